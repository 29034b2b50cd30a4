"""The machine's side of JMIF, and what every dialect has from `MachineWire`: with a clock and clients of our own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from hardware.sim.faults import FaultPlan, parse_fault
from hardware.sim.layout import Layout
from hardware.sim.loads import Load
from hardware.sim.machine import Machine
from hardware.sim.options import OptionError
from hardware.sim.wires.jmif import JmifWire, read_jmif_options

LAYOUT = Layout(trays={1: 3900, 2: 900, 3: 5900}, openings={"A": 900, "B": 4900}, has_second_place=True)


class Host:
    """One client; what it was told, without the padding."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, data: bytes) -> None:
        self.lines += data.replace(b"\0", b"").decode("latin-1").split("\r\n")[:-1]

    def taken(self) -> list[str]:
        """Code and id of what was told since the last look."""
        lines, self.lines = self.lines, []
        return ["|".join(line.split("|")[:2]) for line in lines]


class Bench:
    """A machine with its wire, one client and a clock that only moves when told."""

    def __init__(self, *faults: str) -> None:
        self.now_s = 0.0
        self.plan = FaultPlan(seed=1)
        self.machine = Machine(LAYOUT)
        self.wire = JmifWire(self.machine, self.plan, clock=lambda: self.now_s)
        self.host = Host()
        self.wire.connected(self.host)
        for text in faults:
            fault = parse_fault(text)
            if self.wire.begin(fault.name, fault.argument) is None:
                self.plan.turn_on(fault.name, fault.argument)

    def say(self, *telegrams: str) -> list[str]:
        for telegram in telegrams:
            self.wire.received(self.host, f"{telegram}\r\n".encode())
        return self.host.taken()

    def fetch(self, host_id: int, tray: int, next_tray: int = 0) -> list[str]:
        return self.say(f"1|{host_id}|A|{tray}|{next_tray}||||||||")

    def store(self, host_id: int) -> list[str]:
        return self.say(f"1|{host_id}|A|0|0||||||||")

    def ping(self) -> str:
        return self.say("61|ping1|A|0|0||||||||")[0].partition("|")[0]

    def wait(self, seconds: float) -> list[str]:
        self.now_s += seconds
        self.wire.pump()
        return self.host.taken()


def play(scenario: Coroutine[Any, Any, None]) -> None:
    asyncio.run(scenario)


def test_a_fetch_is_told_step_by_step() -> None:
    async def scenario() -> None:
        bench = Bench()
        assert bench.fetch(7, 1) == ["201|7", "202|7"]
        assert bench.wait(60) == ["203|7", "0|7"]
        assert bench.store(8) == ["201|8", "202|8"]
        assert bench.wait(60) == ["0|8"]
        bench.wire.close()

    play(scenario())


def test_the_tray_wanted_next_waits_behind_the_one_that_came() -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.fetch(7, 1, next_tray=3)
        assert bench.wait(60) == ["203|7", "0|7"]
        assert bench.wait(60) == []  # nobody is told of a wish
        assert bench.wire.state()["openings"]["A"]["waiting"] == 3
        bench.store(8)
        bench.wait(60)
        assert bench.fetch(9, 3) == ["201|9", "202|9"]
        assert bench.wait(4.9) == ["203|9", "0|9"]
        bench.wire.close()

    play(scenario())


def test_a_store_that_is_refused_by_the_check_ends_with_its_alarm() -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.fetch(7, 1)
        bench.wait(60)
        bench.wire.act(lambda: bench.machine.set_load(1, Load(999_000, 100)))
        bench.store(8)
        assert bench.wait(60) == ["1010|8", "107|8"]
        assert bench.ping() == "1010"
        assert bench.wire.state()["openings"]["A"]["tray"] == 1
        bench.wire.act(lambda: bench.machine.set_load(1, Load(1000, 100)))
        bench.wire.reset()
        assert bench.ping() == "0"
        bench.wire.close()

    play(scenario())


def test_in_manual_and_while_it_finds_its_position_the_machine_is_busy() -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.wire.manual_key(is_manual=True)
        assert bench.fetch(7, 1) == ["103|7"]
        bench.wire.manual_key(is_manual=False)
        bench.wire.power(is_on=False)
        bench.wire.power(is_on=True)
        assert bench.fetch(8, 1) == ["103|8"]
        bench.wait(11)
        assert bench.fetch(9, 1) == ["201|9", "202|9"]
        bench.wire.close()

    play(scenario())


def test_without_power_nothing_is_heard_nothing_is_said_and_the_command_is_forgotten() -> None:
    async def scenario() -> None:
        bench = Bench()
        changes: list[bool] = []
        bench.wire.power_changed = changes.append
        bench.fetch(7, 1)
        bench.wait(12)
        bench.wire.power(is_on=False)
        assert bench.say("61|ping1|A|0|0||||||||") == []
        assert bench.wait(60) == []
        bench.wire.power(is_on=True)
        assert bench.wait(60) == []
        assert (bench.ping(), bench.machine.tray_at("A"), changes) == ("0", None, [False, True])
        bench.wire.close()

    play(scenario())


def test_a_command_sent_to_a_dead_controller_is_lost() -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.wire.power(is_on=False)
        bench.fetch(7, 1)
        assert not bench.machine.is_busy
        bench.wire.close()

    play(scenario())


def test_a_power_cut_forgets_what_was_not_told() -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.fetch(7, 1)
        bench.wire.disconnected(bench.host)
        bench.wait(60)
        bench.wire.power(is_on=False)
        bench.wire.power(is_on=True)
        bench.wire.connected(bench.host)
        assert (bench.ping(), bench.host.taken()) == ("0", [])
        bench.wire.close()

    play(scenario())


@pytest.mark.parametrize(
    ("fault", "started", "ended"),
    [
        ("never_arrive", ["201|7", "202|7"], []),
        ("arrive_early", ["201|7"], ["203|7", "0|7", "202|7"]),
        ("double_answer", ["201|7", "202|7"], ["203|7", "203|7", "0|7", "0|7"]),
        ("answer_to_old_id", ["201|7", "0|6", "202|7"], ["203|7", "0|7"]),
        ("wrong_seq=1", ["201|8", "202|7"], ["203|7", "0|7"]),
    ],
)
def test_each_fault_of_the_wire_does_what_its_name_says(fault: str, started: list[str], ended: list[str]) -> None:
    async def scenario() -> None:
        bench = Bench(fault)
        assert bench.fetch(7, 1) == started
        assert bench.wait(60) == ended
        assert bench.machine.tray_at("A") == 1
        bench.wire.close()

    play(scenario())


def test_the_wrong_tray_comes_once() -> None:
    async def scenario() -> None:
        bench = Bench("arrive_wrong_tray")
        bench.fetch(7, 1)
        assert bench.wait(60) == ["203|7", "0|7"]  # JMIF cannot say which
        assert bench.machine.tray_at("A") == 2
        bench.store(8)
        bench.wait(60)
        bench.fetch(9, 1)
        bench.wait(60)
        assert bench.machine.tray_at("A") == 1
        bench.wire.close()

    play(scenario())


@pytest.mark.parametrize(("fault", "code"), [("overweight", "1010"), ("too_high", "1005")])
def test_a_load_that_a_fault_put_on_is_taken_off_after_the_refused_store(fault: str, code: str) -> None:
    async def scenario() -> None:
        bench = Bench(f"{fault}=0")
        bench.fetch(7, 1)
        bench.wait(60)
        bench.store(8)
        assert bench.wait(60) == [f"{code}|8", "107|8"]
        taken_off = asyncio.Event()
        bench.wire.saved = lambda: None if bench.machine.stop else taken_off.set()
        async with asyncio.timeout(5):
            await taken_off.wait()
        bench.store(9)
        assert bench.wait(60) == ["0|9"]
        bench.wire.close()

    play(scenario())


def test_the_power_goes_in_the_middle_of_the_next_move_and_comes_back() -> None:
    async def scenario() -> None:
        bench = Bench("power_cycle_mid_move=0")
        off = asyncio.Event()
        on = asyncio.Event()
        bench.wire.power_changed = lambda is_on: (on if is_on else off).set()
        bench.machine._drives._speed = 10_000  # a move of 2 ms of real time
        bench.fetch(7, 1)
        async with asyncio.timeout(5):
            await off.wait()
            assert bench.machine.moving_tray == 1
            await on.wait()
        bench.wait(60)
        assert bench.machine.tray_at("A") is None
        bench.wire.close()

    play(scenario())


def test_a_power_cut_comes_half_way() -> None:
    async def scenario() -> None:
        bench, later = Bench("power_cycle_mid_move=3"), []
        bench.wire.people._later = lambda seconds, function: later.append(seconds)  # type: ignore[method-assign]
        bench.fetch(7, 1)
        assert later == [pytest.approx(21.1 / 2)]  # 5.5 + 4.8 + 6.0 + 4.8
        bench.wire.close()

    play(scenario())


def test_a_command_whose_end_is_not_told_stays_so_after_a_kill() -> None:
    async def scenario() -> None:
        bench, again = Bench("never_arrive"), Bench()
        bench.fetch(7, 1)
        again.wire.restore(json.loads(json.dumps(bench.wire.snapshot())))
        again.wait(60)
        assert again.wire.untold == []
        assert again.machine.tray_at("A") == 1
        bench.wire.close()
        again.wire.close()

    play(scenario())


def test_people_do_what_the_control_connection_says() -> None:
    async def scenario() -> None:
        bench = Bench()
        acts = bench.wire.acts()
        assert acts["alarm"]({"name": "drive_hot", "on": True})["state"]["stop"] == "drive_hot"
        assert acts["alarm"]({"name": "battery_low", "on": True})["state"]["alarms"] == ["drive_hot", "battery_low"]
        acts["alarm"]({"name": "drive_hot", "on": False})
        assert acts["reset"]({})["state"]["alarms"] == ["battery_low"]
        assert acts["manual_key"]({"on": True})["state"]["manual"] is True
        assert acts["power"]({"on": False})["state"]["powered"] is False
        acts["power"]({"on": True})
        acts["load"]({"tray": 2, "weight_g": 7})
        assert bench.machine.load_of(2) == Load(7, 100)
        assert acts["curtain"]({"on": True})["state"]["stop"] == ""  # nothing moves
        with pytest.raises(KeyError):
            acts["alarm"]({"name": "no_such_alarm", "on": True})
        bench.wire.close()

    play(scenario())


def test_a_final_answer_nobody_heard_survives_a_kill_and_goes_to_the_next_client() -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.fetch(7, 1, next_tray=3)
        bench.wire.disconnected(bench.host)
        bench.wait(60)
        state = json.loads(json.dumps(bench.wire.snapshot()))
        bench.wire.close()
        again = Bench()
        again.wire.disconnected(again.host)
        again.wire.restore(state)
        again.wire.connected(again.host)
        assert again.host.taken() == ["203|7", "0|7"]
        assert again.wire.state()["untold"] == []
        again.wire.close()

    play(scenario())


def test_a_state_of_the_first_release_keeps_its_trays() -> None:
    job = {"request": "7", "opening": "A", "tray": 3, "is_fetch": True, "phases": [], "has_started": True}
    stop = {"broken": [], "is_e_stop_pressed": False, "stop": ""}
    old = {"machine": {"level_mm": 900, "at_opening": {"B": 2}, "job": job, **stop}, "untold": [], "lit": {}, "silenced": []}

    async def scenario() -> None:
        bench = Bench()
        bench.wire.restore(old)
        assert (bench.machine.tray_at("B"), bench.machine.is_busy) == (2, False)
        bench.wire.close()

    play(scenario())


@pytest.mark.parametrize(("tells", "code"), [(True, "1002"), (False, "0")])
def test_a_machine_file_says_whether_pings_speak_of_stops(tells: bool, code: str, tmp_path: Path) -> None:
    file = tmp_path / "machine.json"
    file.write_text(json.dumps({"jmif": {"pings_tell_stops": tells}}))
    bench = Bench()
    bench.wire._options = read_jmif_options(file)
    bench.wire.people.acts()["e_stop"]({"on": True})
    bench.host.taken()
    bench.wire.received(bench.host, b"61|ping7|A|0|0||||||||\r\n")
    assert bench.host.taken() == [f"{code}|ping7"]


@pytest.mark.parametrize("text", ['{"jmif": {"no_such_thing": 1}}', '{"jmif": 1}', "[]", "{"])
def test_a_jmif_part_that_cannot_be_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "machine.json"
    file.write_text(text)
    with pytest.raises(OptionError, match="jmif part"):
        read_jmif_options(file)
