"""Random walks of a polled exchange against a small metal machine on a bad line, held to the laws of every lift.

The line loses, delays, doubles and cuts; the machine refuses, stops, forgets, brings another tray; people move trays by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.errors import MOTION_REFUSED, DeviceError
from hardware.lift.dialect import Refused, Snapshot
from hardware.lift.exchange import FlightEnded, Out, Reopen, Send
from hardware.lift.polled import PolledExchange
from hardware.values import FetchTray, MotionResult, Outcome, PointTray, StoreTray
from tests.helpers.polled import CONFIG, FakeDialect, Reply

MOVE_S = 6.0
TRAYS = (11, 12)


@dataclass
class Metal:
    """What really stands where. Commands begin when their bytes come, and a pulse begins one however often it comes."""

    tray: int | None = None
    goal: int | None = None
    done_s: float | None = None
    echo: int | None = None
    stop: str = ""
    is_off: bool = False
    is_manual: bool = False
    brings: int | None = None
    begun: list[int] = field(default_factory=list)
    is_start_bit_on: bool = False

    def at(self, now_s: float) -> Snapshot:
        if self.done_s is not None and now_s >= self.done_s and not self.stop:
            self.tray, self.done_s = self.goal, None
        return Snapshot(
            is_ready=self.done_s is None and not self.stop and not self.is_manual,
            is_moving=self.done_s is not None and not self.stop,
            tray=self.tray,
            stop_code=self.stop,
            echo=self.echo,
        )

    def go(self, words: list[str], now_s: float, *, names_commands: bool, has_pulse: bool) -> Refused | None:
        self.is_start_bit_on = has_pulse
        before = self.at(now_s)
        if not before.is_ready:
            return Refused(MOTION_REFUSED)
        command_id, verb, tray = int(words[1]), words[2], int(words[3])
        self.begun.append(command_id)
        if names_commands:
            self.echo = command_id % 100
        if verb != "point":
            self.goal = None if verb == "store" else self.brings or tray
            self.tray, self.done_s, self.brings = None, now_s + MOVE_S, None
        return None


@dataclass(frozen=True)
class Flying:
    """Something on the line."""

    at_s: float
    text: str
    says: Snapshot | Refused | None
    is_answer: bool


@dataclass
class World:
    """The exchange, the line and the metal, on one clock; every law is checked as it goes."""

    dialect: FakeDialect
    names_commands: bool
    now_s: float = 100.0
    metal: Metal = field(default_factory=Metal)
    flying: list[Flying] = field(default_factory=list)
    is_plugged: bool = True
    request_delay_s: float = 0.01
    answer_delay_s: float = 0.01
    loses_requests: int = 0
    loses_answers: int = 0
    doubles: int = 0
    loses_writes: int = 0
    loses_write_answers: int = 0
    next_id: int = 1
    open_since_s: float | None = None
    in_flight: FetchTray | StoreTray | PointTray | None = None
    written_s: dict[str, float] = field(default_factory=dict)
    results: list[MotionResult] = field(default_factory=list)
    last_status: tuple[str, Snapshot] | None = None
    asked_s: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.exchange: PolledExchange[Reply] = PolledExchange(CONFIG, self.dialect)
        self.take(self.exchange.opened(self.now_s))

    # --- time and line -----------------------------------------------------------------------------------------------------

    def advance(self, seconds: float) -> None:
        until_s = self.now_s + seconds
        while (due_s := self._due_s()) is not None and due_s <= until_s:
            self.now_s = max(self.now_s, due_s)
            self._arrive()
            if self.exchange.due_s is not None and self.exchange.due_s <= self.now_s:
                self.take(self.exchange.tick(self.now_s))
        self.now_s = until_s

    def _due_s(self) -> float | None:
        times = [each.at_s for each in self.flying] + ([self.exchange.due_s] if self.exchange.due_s is not None else [])
        return min(times, default=None)

    def _arrive(self) -> None:
        ready = sorted((each for each in self.flying if each.at_s <= self.now_s), key=lambda each: each.at_s)
        self.flying = [each for each in self.flying if each.at_s > self.now_s]
        for each in ready:
            if each.is_answer:
                self._hear(each)
            elif not self.metal.is_off:
                self._serve(each.text)

    def _serve(self, text: str) -> None:
        says: Snapshot | Refused | None = None
        if text.startswith("status"):
            says = self.metal.at(self.now_s)
        elif text.startswith("go"):
            assert not self.metal.is_start_bit_on, "a start bit that is on is written on"
            says = self.metal.go(text.split(), self.now_s, names_commands=self.names_commands, has_pulse=self.dialect.pulse)
        elif text == "clear":
            self.metal.is_start_bit_on = False
        if self.loses_answers:
            self.loses_answers -= 1
            return
        if self.loses_write_answers and not text.startswith("status"):
            self.loses_write_answers -= 1
            return
        copies, self.doubles = (2, self.doubles - 1) if self.doubles else (1, 0)
        self.flying += [Flying(self.now_s + self.answer_delay_s * (n + 1), text, says, True) for n in range(copies)]

    def _hear(self, each: Flying) -> None:
        if not self.is_plugged:
            return
        if each.text == self._open_text:
            self.open_since_s = None
            if isinstance(each.says, Snapshot):
                self.last_status = (each.text, each.says)
        self.take(self.exchange.heard(Reply(each.text, each.says), self.now_s))

    @property
    def _open_text(self) -> str:
        return next(reversed(self.asked_s), "")

    # --- what the exchange does -----------------------------------------------------------------------------------------------

    def take(self, outs: tuple[Out, ...]) -> None:
        for out in outs:
            match out:
                case Send():
                    self._sent(out.data.decode())
                case Reopen():
                    self._reopened()
                case FlightEnded():
                    self._ended(out.result)

    def _reopened(self) -> None:
        self.flying.clear()
        self.open_since_s = None
        if self.is_plugged:
            self.take(self.exchange.opened(self.now_s))

    def _sent(self, text: str) -> None:
        waited_s = None if self.open_since_s is None else self.now_s - self.open_since_s
        assert waited_s is None or waited_s >= self.dialect.timing.request_s, "two requests open on the line"
        if not text.startswith(("status", "clear")):
            key = f"{self.in_flight} {text}"
            assert key not in self.written_s, f"{text} was written twice for one command"
            self.written_s[key] = self.now_s
        self.asked_s.pop(text, None)
        self.asked_s[text] = self.now_s
        self.open_since_s = self.now_s
        if self.loses_requests:
            self.loses_requests -= 1
        elif self.loses_writes and not text.startswith("status"):
            self.loses_writes -= 1
        elif self.is_plugged:
            self.flying.append(Flying(self.now_s + self.request_delay_s, text, None, False))

    def _ended(self, result: MotionResult) -> None:
        request = self.in_flight
        assert request is not None
        assert result.command_id == request.command_id
        self.in_flight = None
        self.results.append(result)
        if result.outcome is Outcome.DONE:
            self._is_proven(request, result)
        if result.outcome is Outcome.NOT_DONE:
            assert result.command_id not in self.metal.begun, "not done, and the machine began it"

    def _is_proven(self, request: FetchTray | StoreTray | PointTray, result: MotionResult) -> None:
        assert self.last_status is not None
        text, now = self.last_status
        wanted = None if isinstance(request, StoreTray) else request.tray
        assert (now.tray, now.is_moving, now.stop_code) == (wanted, False, "")
        assert result.tray == wanted
        written = [at_s for key, at_s in self.written_s.items() if key.startswith(f"{request} ")]
        assert self.asked_s[text] >= max(written), "done by a status from before the command"
        assert now.echo in (None, request.command_id % 100)

    # --- what happens ---------------------------------------------------------------------------------------------------------

    def begin(self, verb: type[FetchTray] | type[StoreTray] | type[PointTray], tray: int) -> None:
        request = verb(command_id=self.next_id, opening="SH1-1", tray=tray)
        self.next_id += 1
        before, self.in_flight = self.in_flight, request
        try:
            outs = self.exchange.begin(request, self.now_s)
        except DeviceError:
            self.in_flight = before
            return
        assert before is None, "a second command began while one was in flight"
        self.take(outs)

    def do(self, what: str) -> None:
        match what:
            case "lose_request":
                self.loses_requests += 1
            case "lose_answer":
                self.loses_answers += 1
            case "lose_write":
                self.loses_writes += 1
            case "lose_write_answer":
                self.loses_write_answers += 1
            case "double":
                self.doubles += 1
            case "slow":
                self.answer_delay_s = 1.3
            case "fast":
                self.answer_delay_s = 0.01
            case "unplug" if self.is_plugged:
                self.is_plugged, self.open_since_s = False, None
                self.flying.clear()
                self.take(self.exchange.lost("L101", "unplugged", self.now_s))
            case "replug" if not self.is_plugged:
                self.is_plugged = True
                self.take(self.exchange.opened(self.now_s))
            case "stop":
                self.metal.at(self.now_s)
                self.metal.stop = "M7"
            case "reset":
                self._reset()
            case "manual":
                self.metal.is_manual = not self.metal.is_manual
            case "power":
                self.metal.done_s, self.metal.echo = None, 0 if self.names_commands else None
                self.metal.is_off = not self.metal.is_off
            case "other_tray":
                self.metal.brings = 99
            case "ask":
                self.take(self.exchange.ask_status(self.now_s)[1])

    def _reset(self) -> None:
        if self.metal.stop and self.metal.done_s is not None:
            self.metal.done_s = self.now_s + MOVE_S
        self.metal.stop = ""

    def heal(self) -> None:
        """Everything works again: whatever is in flight must come to an end."""
        self.loses_requests = self.loses_answers = self.doubles = self.loses_writes = self.loses_write_answers = 0
        self.do("replug")
        self.do("reset")
        self.do("fast")
        self.metal.is_off = self.metal.is_manual = False


HAPPENINGS = (
    "lose_request", "lose_answer", "double", "slow", "fast", "unplug", "replug", "stop", "reset", "manual", "power",
    "other_tray", "ask", "lose_write", "lose_write_answer",
)  # fmt: skip
commands = st.tuples(st.sampled_from((FetchTray, StoreTray, PointTray)), st.sampled_from(TRAYS))
moves = st.lists(st.one_of(commands, st.sampled_from(HAPPENINGS), st.floats(0.01, 8.0)), max_size=40)


@settings(max_examples=400, deadline=None)
@given(
    moves=moves,
    pulse=st.booleans(),
    pulse_s=st.sampled_from((0.5, 3.0, 5.0)),
    names_commands=st.booleans(),
    reads=st.integers(1, 2),
)
def test_whatever_happens_no_command_is_written_twice_and_none_is_done_without_its_tray(
    moves: list[object], pulse: bool, pulse_s: float, names_commands: bool, reads: int
) -> None:
    world = World(FakeDialect(pulse=pulse, pulse_s=pulse_s, reads=reads), names_commands=names_commands)
    for move in moves:
        match move:
            case float():
                world.advance(move)
            case str():
                world.do(move)
            case (verb, tray):
                world.begin(verb, tray)
    world.heal()
    world.advance(120)
    assert world.in_flight is None, "a command without an end"
    assert world.exchange.is_line_up
    assert not world.metal.is_start_bit_on, "a start bit stays on"
    assert not world.exchange.owes_clean_up
    assert len({result.command_id for result in world.results}) == len(world.results)


def test_on_a_good_line_a_walk_of_commands_is_done() -> None:
    world = World(FakeDialect(), names_commands=True)
    world.advance(1)
    for verb, tray in ((FetchTray, 11), (PointTray, 11), (StoreTray, 11), (FetchTray, 12)):
        world.begin(verb, tray)
        world.advance(12)
    assert [result.outcome for result in world.results] == [Outcome.DONE] * 4
    assert world.metal.begun == [1, 2, 3, 4]
