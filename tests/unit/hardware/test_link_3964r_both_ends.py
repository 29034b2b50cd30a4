"""The two ends against each other on a fake clock, over a line that loses, turns and doubles characters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.errors import LINE_GARBAGE, LINE_NO_ANSWER
from hardware.sim.faults import FaultPlan
from tests.helpers.link_ends import Clock, MachineEnd, StationEnd, machine_settings, station_settings

CHAR_S = 11 / 9600
APART = 60  # characters between two faults of one direction: a check by XOR promises nothing about two in one block
TEXT = st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20)


class Faults:
    """Which characters of one direction come to harm: by their number, and never two near each other."""

    def __init__(self, wanted: list[tuple[int, str]]) -> None:
        self._at: dict[int, str] = {}
        for number, kind in sorted(wanted):
            if not self._at or number - max(self._at) >= APART:
                self._at[number] = kind
        self._count = 0

    def harm(self, char: int) -> bytes:
        self._count += 1
        match self._at.get(self._count - 1, ""):
            case "drop":
                return b""
            case "double":
                return bytes((char, char))
            case "":
                return bytes((char,))
            case bit:
                return bytes((char ^ 1 << int(bit),))


class Direction:
    """One pair of wires: a character after the other, at the line's speed."""

    def __init__(self, clock: Clock, faults: Faults) -> None:
        self._clock = clock
        self._faults = faults
        self._free_s = 0.0
        self.far: StationEnd | MachineEnd | None = None

    def say(self, data: bytes) -> None:
        for char in data:
            self._free_s = max(self._free_s, self._clock.now_s) + CHAR_S
            self._clock.at(self._free_s, partial(self._arrive, self._faults.harm(char)))

    def _arrive(self, data: bytes) -> None:
        assert self.far is not None
        self.far.hear(data)


@dataclass
class Pair:
    clock: Clock
    station: StationEnd
    machine: MachineEnd


def pair(station_priority: str, machine_priority: str, *, up: Faults, down: Faults, plan: FaultPlan | None = None) -> Pair:
    clock = Clock()
    upward, downward = Direction(clock, up), Direction(clock, down)
    station = StationEnd(clock, upward.say, settings=station_settings(priority=station_priority, char_s=CHAR_S))
    machine_set = machine_settings(priority=machine_priority, char_s=CHAR_S)
    machine = MachineEnd(clock, downward.say, settings=machine_set, plan=plan)
    upward.far, downward.far = machine, station
    return Pair(clock, station, machine)


def no_faults() -> Faults:
    return Faults([])


def once(contents: list[bytes]) -> list[bytes]:
    """Repeats of a block stand side by side. A 00 more is what XOR cannot see, and what the framing of a text drops."""
    return [content for content, _ in groupby(content.replace(b"\x00", b"") for content in contents)]


def is_in_order(some: list[bytes], all_of_them: list[bytes]) -> bool:
    rest = iter(all_of_them)
    return all(any(each == other for other in rest) for each in some)


KIND = st.sampled_from(["drop", "double", *"01234567"])
HARM = st.lists(st.tuples(st.integers(0, 600), KIND), max_size=8)
POSTS = st.lists(st.tuples(st.floats(0, 20), TEXT), max_size=8)
OPPOSITE = st.sampled_from([("high", "low"), ("low", "high")])


@settings(max_examples=250, deadline=None)
@given(priorities=OPPOSITE, up=HARM, down=HARM, commands=POSTS, answers=POSTS)
def test_every_block_arrives_in_order_or_is_reported_and_none_is_changed(
    priorities: tuple[str, str],
    up: list[tuple[int, str]],
    down: list[tuple[int, str]],
    commands: list[tuple[float, str]],
    answers: list[tuple[float, str]],
) -> None:
    line = pair(*priorities, up=Faults(up), down=Faults(down))
    sent, told = [], []
    for number, (at_s, text) in enumerate(sorted(commands)):
        sent.append(f"{number}|{text}".encode())
        line.clock.at(at_s, lambda content=sent[-1]: line.station.post(content))
    for number, (at_s, text) in enumerate(sorted(answers)):
        told.append(f"{number}|{text}".encode())
        line.clock.at(at_s, lambda content=told[-1]: line.machine.post(content))
    line.station.ready()
    line.machine.ready()
    line.clock.run_until(300)
    arrived = once(line.machine.delivered)
    dropped = [trouble for trouble in line.station.troubles if "dropped" in trouble.message]
    assert is_in_order(arrived, sent)
    assert len(sent) - len(arrived) <= len(dropped)
    assert once(line.station.delivered) == told


@settings(max_examples=60, deadline=None)
@given(priorities=OPPOSITE, commands=POSTS, answers=POSTS)
def test_a_good_line_carries_every_block_once(
    priorities: tuple[str, str], commands: list[tuple[float, str]], answers: list[tuple[float, str]]
) -> None:
    line = pair(*priorities, up=no_faults(), down=no_faults())
    for at_s, text in commands:
        line.clock.at(at_s, lambda text=text: line.station.post(text.encode()))
    for at_s, text in answers:
        line.clock.at(at_s, lambda text=text: line.machine.post(text.encode()))
    line.clock.run_until(100)
    assert sorted(line.machine.delivered) == sorted(text.encode() for _, text in commands)
    assert sorted(line.station.delivered) == sorted(text.encode() for _, text in answers)
    assert line.station.troubles == []


@pytest.mark.parametrize("priorities", [("high", "low"), ("low", "high")], ids="-".join)
def test_a_conflict_is_settled_by_priority(priorities: tuple[str, str]) -> None:
    line = pair(*priorities, up=no_faults(), down=no_faults())
    order: list[str] = []
    line.station.post(b"command")
    line.machine.post(b"answer")
    while not (line.station.delivered and line.machine.delivered) and line.clock.now_s < 5:
        line.clock.run_until(line.clock.now_s + 0.001)
        order += ["answer"] * (bool(line.station.delivered) and "answer" not in order)
        order += ["command"] * (bool(line.machine.delivered) and "command" not in order)
    line.clock.run_until(60)
    assert (line.station.delivered, line.machine.delivered) == ([b"answer"], [b"command"])
    assert order == (["command", "answer"] if priorities[0] == "high" else ["answer", "command"])
    assert (line.station.troubles, line.station.retries) == ([], 0)


@pytest.mark.parametrize("priority", ["high", "low"])
def test_equal_priorities_are_a_wrong_setting_and_end_with_a_report(priority: str) -> None:
    line = pair(priority, priority, up=no_faults(), down=no_faults())
    line.station.post(b"command")
    line.machine.post(b"answer")
    line.clock.run_until(120)
    assert set(line.machine.delivered) <= {b"command"}
    assert set(line.station.delivered) <= {b"answer"}
    assert line.machine.delivered or LINE_NO_ANSWER in [trouble.code for trouble in line.station.troubles]


def plan(name: str, times: float) -> FaultPlan:
    faults = FaultPlan((), seed=0)
    faults.turn_on(name, times)
    return faults


@pytest.mark.parametrize("priorities", [("high", "low"), ("low", "high")], ids="-".join)
@pytest.mark.parametrize(
    ("fault", "commands", "answers", "retries"),
    [
        ("wrong_checksum", 1, 1, 0),
        ("lost_dle", 2, 1, 1),
        ("conflict", 1, 1, 0),
        ("nak_first", 1, 1, 1),
    ],
)
def test_a_fault_of_the_machine_costs_time_and_no_block(
    priorities: tuple[str, str], fault: str, commands: int, answers: int, retries: int
) -> None:
    line = pair(*priorities, up=no_faults(), down=no_faults(), plan=plan(fault, 1))
    line.station.post(b"command")
    line.clock.at(10, lambda: line.machine.post(b"answer"))
    line.clock.run_until(60)
    assert line.machine.delivered == [b"command"] * commands
    assert [content for content in line.station.delivered if content] == [b"answer"] * answers
    assert line.station.retries == retries
    codes = {"wrong_checksum": [LINE_GARBAGE], "lost_dle": [LINE_NO_ANSWER]}
    assert [trouble.code for trouble in line.station.troubles] == codes.get(fault, [])
