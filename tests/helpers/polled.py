"""A made-up protocol of questions and answers, and a bench that plays the machine by hand with a clock of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from hardware.config import LiftConfig
from hardware.errors import MOTION_BAD_REQUEST, DeviceError
from hardware.lift.dialect import Ask, CommandStep, Kind, Pause, PolledTiming, Refused, Snapshot
from hardware.lift.exchange import FlightEnded, Out, Outs, Send, StatusRead
from hardware.lift.polled import PolledExchange
from hardware.line_layer import Trouble
from hardware.values import FetchTray, LiftRequest, MotionResult, StoreTray

CONFIG = LiftConfig(url="socket://127.0.0.1:1", height_mm=10_000)
T = TypeVar("T")


@dataclass(frozen=True)
class Reply:
    """An answer: to which request, and what it says."""

    to: str
    says: Snapshot | Refused | None = None


@dataclass
class FakeDialect:
    """Requests are words: `status N` (and `status2 N`), `tray T`, `go ID VERB T`, `clear`."""

    timing: PolledTiming = field(default_factory=PolledTiming)
    keeps_tray: bool = False
    reads: int = 1
    pulse: bool = True
    pulse_s: float = 0.5
    is_nothing_to_write: bool = False

    def status_asks(self, number: int) -> tuple[Ask, ...]:
        return tuple(_ask(f"status{'' if part == 0 else part + 1} {number}", Kind.READ) for part in range(self.reads))

    def steps(self, request: LiftRequest, now: Snapshot) -> tuple[CommandStep, ...]:
        if request.tray > 900:
            raise DeviceError(MOTION_BAD_REQUEST, "no such tray")
        if self.is_nothing_to_write:
            return ()
        verb = {FetchTray: "fetch", StoreTray: "store"}.get(type(request), "point")
        go = _ask(f"go {request.command_id} {verb} {request.tray}", Kind.MOVE)
        if not self.pulse:
            return (go,)
        return (_ask(f"tray {request.tray}", Kind.PREPARE), go, Pause(self.pulse_s), _ask("clear", Kind.CLEAN_UP))

    def understand(self, message: Reply, ask: Ask) -> Reply | Refused | None:
        if message.to != ask.mark:
            return None
        return message.says if isinstance(message.says, Refused) else message

    def snapshot(self, answers: tuple[Reply, ...]) -> Snapshot | Refused:
        says = answers[-1].says
        return says if says is not None else Refused("L103", "empty")

    def echo_of(self, command_id: int) -> int:
        return command_id % 100


def _ask(text: str, kind: Kind) -> Ask:
    return Ask(text.encode(), kind, mark=text)


class Bench:
    """One exchange, its line and its clock."""

    def __init__(self, dialect: FakeDialect | None = None, *, is_up: bool = True) -> None:
        self.now_s = 100.0
        self.exchange: PolledExchange[Reply] = PolledExchange(CONFIG, dialect or FakeDialect())
        self.sent: list[str] = []
        self.told: list[Out] = []
        if is_up:
            self.take(self.exchange.opened(self.now_s))
            self.answer(Snapshot(is_ready=True))
            self.sent.clear()
            self.told.clear()

    def take(self, outs: Outs) -> Outs:
        self.sent += [out.data.decode() for out in outs if isinstance(out, Send)]
        self.told += [out for out in outs if not isinstance(out, Send)]
        return outs

    @property
    def open_request(self) -> str:
        """The request that was sent last."""
        return self.sent[-1]

    def begin(self, request: LiftRequest) -> None:
        self.take(self.exchange.begin(request, self.now_s))

    def heard(self, message: Reply | Trouble) -> None:
        self.take(self.exchange.heard(message, self.now_s))

    def answer(self, says: Snapshot | Refused | None = None) -> None:
        """Answer what was asked last."""
        self.heard(Reply(self.open_request, says))

    def pass_s(self, seconds: float) -> None:
        """Let time pass, waking the exchange whenever it wants to be woken."""
        until_s = self.now_s + seconds
        while (due_s := self.exchange.due_s) is not None and due_s <= until_s:
            self.now_s = max(self.now_s, due_s)
            self.take(self.exchange.tick(self.now_s))
        self.now_s = until_s

    def poll(self, now: Snapshot, *, until: Callable[[], bool] | None = None, for_s: float = 1.0) -> None:
        """Answer every status with `now` for so long."""
        end_s = self.now_s + for_s
        while self.now_s < end_s and not (until and until()):
            count = len(self.sent)
            self.pass_s(0.05)
            if len(self.sent) > count and self.open_request.startswith("status"):
                self.answer(now)

    def write_all(self) -> None:
        """Answer every step of the command, up to the first status after it."""
        while not self.open_request.startswith("status"):
            count = len(self.sent)
            self.answer()
            if len(self.sent) == count:
                self.pass_s(0.5)

    def all_of(self, kind: type[T]) -> list[T]:
        return [out for out in self.told if isinstance(out, kind)]

    @property
    def result(self) -> MotionResult:
        (ended,) = self.all_of(FlightEnded)
        return ended.result

    @property
    def is_ended(self) -> bool:
        return bool(self.all_of(FlightEnded))

    @property
    def status(self) -> StatusRead:
        return self.all_of(StatusRead)[-1]
