"""The commands that a simulated Hänel machine has taken and not ended: what each waits for, and what is said of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from hardware.sim.machine import Happened, Happening
from hardware.sim.machine_wire import MachineWire
from hardware.sim.wires.hostcom_front import ASKS_RETURN, Front
from hardware.sim.wires.hostcom_text import Writer

STARTED, WAITS_FOR_RETURN, LIFT_ERROR, BUSY_ELSEWHERE, BLOCKED_ELSEWHERE, CLOSE_DOOR, OPEN_DOOR = range(1, 8)
DONE, ABORTED = 0, 99


@dataclass(slots=True)
class Pending:
    """An accepted command. `tray` 0 is a store. `is_given`: the metal has it. `asked`: what XI asks for at the moment."""

    request: str
    opening: str
    seq: str
    tray: int
    is_given: bool = False
    is_started: bool = False
    has_arrived: bool = False
    asked: int = 0


class PendingCommands:
    """At most one at each opening. They go on when `go_on` is called after anything has changed."""

    def __init__(self, wire: MachineWire[Any], front: Front, writer: Writer) -> None:
        self._wire = wire
        self._machine = wire.machine
        self._plan = wire.plan
        self._front = front
        self._writer = writer
        self._pending: dict[str, Pending] = {}

    def add(self, pending: Pending) -> None:
        self._pending[pending.opening] = pending
        self.go_on()

    def forget(self) -> None:
        self._pending.clear()

    def is_at(self, opening: str) -> bool:
        """Whether one is in progress here."""
        return opening in self._pending

    def is_moving_at(self, opening: str) -> bool:
        """Whether the metal has one of this opening that has not arrived."""
        pending = self._pending.get(opening)
        return pending is not None and pending.is_given and not pending.has_arrived

    @property
    def has_given(self) -> bool:
        """Whether the metal has one of them."""
        return any(each.is_given for each in self._pending.values())

    def seen(self) -> dict[str, str]:
        """Their numbers by opening."""
        return {name: pending.seq for name, pending in self._pending.items()}

    def snapshot(self) -> list[dict[str, Any]]:
        return [asdict(pending) for pending in self._pending.values()]

    def restore(self, state: list[dict[str, Any]]) -> None:
        self._pending = {each["opening"]: Pending(**each) for each in state}

    def go_on(self) -> None:
        """Whatever may happen now happens; what waits says what for."""
        for pending in tuple(self._pending.values()):
            if not pending.is_given:
                self._try_to_give(pending)
            elif pending.has_arrived and not self._is_waiting(pending, OPEN_DOOR, self._is_door_closed(pending.opening)):
                self._end(pending, DONE)

    def _try_to_give(self, pending: Pending) -> None:
        opening, tray = pending.opening, pending.tray
        others = [name for name in self._machine.openings if name != opening]
        is_elsewhere = tray != 0 and any(self._machine.tray_at(name) == tray for name in others)
        if self._is_waiting(pending, BUSY_ELSEWHERE, self._machine.is_busy):
            return
        if self._is_waiting(pending, BLOCKED_ELSEWHERE, is_elsewhere):
            return
        if self._is_waiting(pending, CLOSE_DOOR, self._front.is_open(opening)):
            return
        if self._is_waiting(pending, WAITS_FOR_RETURN, self._front.panel == ASKS_RETURN):
            return
        self._give(pending)

    def _give(self, pending: Pending) -> None:
        """To the metal. Of the tray that is there already, and of none to store, nothing moves."""
        opening, tray = pending.opening, pending.tray
        pending.is_given = True
        if tray == (self._machine.tray_at(opening) or 0):
            pending.has_arrived = True
            self.go_on()
        elif self._machine.refusal_of(opening, tray or None) is not None:
            self._end(pending, ABORTED)
        elif tray:
            self._machine.fetch(pending.request, opening=opening, tray=tray)
        else:
            self._machine.store(pending.request, opening=opening)

    def _is_waiting(self, pending: Pending, what: int, is_so: bool) -> bool:
        """Whether it waits for this; said once. The published transcript has a "motion started" before the first instruction."""
        if is_so and pending.asked != what:
            if not pending.is_started and what == CLOSE_DOOR:
                self._say_started(pending)
            pending.asked = what
            self._info(pending, what)
        return is_so

    def _is_door_closed(self, opening: str) -> bool:
        is_tray_there = self._machine.tray_at(opening) is not None
        return self._front.has_door and is_tray_there and not self._front.is_open(opening)

    # --- what the metal tells ------------------------------------------------------------------------------------------------

    def told(self, happened: Happened) -> None:
        pending = self._pending.get(happened.opening)
        if pending is not None and pending.request == happened.request:
            self._told_of(pending, happened.what)
        self.go_on()

    def _told_of(self, pending: Pending, what: Happening) -> None:
        match what:
            case Happening.STARTED:
                if not pending.is_started:
                    self._say_started(pending)
            case Happening.RESUMED:
                self._info(pending, STARTED)
            case Happening.STOPPED:
                self._info(pending, LIFT_ERROR)
            case Happening.ARRIVED | Happening.STORED:
                pending.has_arrived = True
            case Happening.CANCELLED:
                self._end(pending, ABORTED)
            case Happening.RETURNED:  # the check refused the tray: the machine stands for that
                self._info(pending, LIFT_ERROR)
                self._end(pending, ABORTED)
            case Happening.WAITING:
                pass  # it is never asked to prefetch

    def _say_started(self, pending: Pending) -> None:
        pending.is_started = True
        if self._plan.is_on("answer_to_old_id"):
            old = f"{(int(pending.seq) - 1) % 1000:03}"
            self._wire.tell(pending.opening, self._writer.response(address_of(pending.opening), old, DONE, pending.tray))
        self._info(pending, STARTED)

    def _info(self, pending: Pending, number: int) -> None:
        self._wire.tell(pending.opening, self._writer.info(address_of(pending.opening), pending.seq, number))

    def _end(self, pending: Pending, number: int) -> None:
        self._pending.pop(pending.opening, None)
        if self._wire.is_silenced(pending.request):
            return
        tray = self._machine.tray_at(pending.opening) or 0
        frame = self._writer.response(address_of(pending.opening), pending.seq, number, tray)
        self._wire.tell(pending.opening, frame, is_final=True)
        if self._plan.is_on("double_answer"):
            self._wire.tell(pending.opening, frame)


def address_of(opening: str) -> str:
    return opening.replace("-", "")
