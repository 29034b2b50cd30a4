"""The Modula Link side of a simulated machine: it only answers. What we chose is marked in docs/wire/modula-link.md.

Written apart from the driver, from the public texts. `SH1-2` is prefix 12; an opening `SH1-2.2` is that exit's second position.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hardware.sim.alarms import ALARMS, CURTAIN, E_STOP
from hardware.sim.faults import FaultPlan
from hardware.sim.line import Client
from hardware.sim.machine import Happened, Happening, Machine
from hardware.sim.machine_wire import Clock, MachineWire, Session
from hardware.sim.moves import Refusal

MOST_BYTES = 256
READY, BUSY, STOPPED, MANUAL = 0, 1, 3, 4  # 0 is public; the others are ours
# Our numbers: 1 curtain, 2 E-stop, the other alarms that stop from 3 in their order.
_OTHERS = [name for name, alarm in ALARMS.items() if alarm.stops and name not in (CURTAIN, E_STOP)]
ERROR_CODES = {"": 0, CURTAIN: 1, E_STOP: 2} | {name: 3 + number for number, name in enumerate(_OTHERS)}
REFUSAL_RESULTS = {
    Refusal.NO_SUCH_TRAY: -1,
    Refusal.NO_SUCH_OPENING: -2,
    Refusal.OCCUPIED: -3,
    Refusal.BUSY: -4,
}
NOT_NOW = "NOT_READY"  # the word for every other refusal
PARAMETERS = {"STATUS": 0, "CALL": 2, "RETURN": 1}
ENDED = (Happening.ARRIVED, Happening.STORED, Happening.RETURNED, Happening.CANCELLED)


@dataclass(slots=True)
class ModulaSession(Session):
    """`rest` is the line that has not ended yet, at most its last MOST_BYTES."""

    rest: bytes = b""


class ModulaWire(MachineWire[ModulaSession]):
    """Speaks Modula Link for one machine, which may have several exits and positions."""

    faults = MachineWire.faults | {"double_answer", "answer_to_old_id"}
    spoils = frozenset(("wrong_seq", "wrong_address"))

    def __init__(self, machine: Machine, plan: FaultPlan, *, clock: Clock, saved: Callable[[], None] = lambda: None) -> None:
        super().__init__(machine, plan, clock=clock, saved=saved)
        self._executed: dict[str, int] = {}  # opening -> the tray that is moved there or from there

    def make_session(self, client: Client) -> ModulaSession:
        return ModulaSession(client)

    def heard(self, session: ModulaSession, data: bytes) -> None:
        *lines, rest = re.split(rb"[\r\n]", session.rest + data)
        session.rest = rest[-MOST_BYTES:]
        for line in filter(None, lines):
            self.pump()
            self._answer(session, line.decode("ascii", errors="replace"))

    def told(self, happened: Happened) -> None:
        if happened.what in ENDED and not self.is_silenced(happened.request):
            self._executed.pop(happened.opening, None)

    def powered_on(self) -> None:
        """The controller has forgotten what it was about."""
        self._executed.clear()

    def spoil(self, frame: bytes, fault: str) -> bytes:
        fields = frame.split(b"|")
        if len(fields) < 3:
            return frame
        at = 1 if fault == "wrong_seq" else 0
        fields[at] = str(int(fields[at]) + 1).encode()
        return b"|".join(fields)

    # --- requests --------------------------------------------------------------------------------------------------------

    def _answer(self, session: ModulaSession, text: str) -> None:
        said = self._answer_of(text.removesuffix("|").split("|"))
        if "|" in said and self.plan.is_on("answer_to_old_id"):
            prefix, request_id, rest = said.split("|", 2)
            self.write(session, f"{prefix}|{max(int(request_id) - 1, 0)}|{rest}\n\r".encode())
        for _ in range(2 if self.plan.is_on("double_answer") else 1):
            self.write(session, f"{said}\n\r".encode("ascii", errors="replace"))

    def _answer_of(self, fields: list[str]) -> str:
        if len(fields) < 3 or not fields[1].isdigit():
            return "MISSING_ID"
        prefix, request_id, verb, *parameters = fields
        if verb not in PARAMETERS:
            return "BAD_COMMAND"
        if len(parameters) != PARAMETERS[verb] or not all(text.isdigit() for text in parameters):
            return "BAD_PARAMETERS"
        if self._opening_of(prefix, 1) not in self.machine.openings:
            return "BAD_PREFIX"
        said = f"{prefix}|{request_id}|{verb}|"
        if verb == "STATUS":
            return said + "|".join(map(str, self._status(prefix)))
        numbers = [int(text) for text in parameters]
        opening = self._opening_of(prefix, numbers[-1])
        result = self._call(request_id, opening, numbers[0]) if verb == "CALL" else self._return(request_id, opening)
        return NOT_NOW if result is None else f"{said}{result}"

    def _status(self, prefix: str) -> tuple[int, ...]:
        openings = [self._opening_of(prefix, position) for position in (1, 2)]
        picks = [self._at_hand(opening) for opening in openings]
        exes = [self._executed.get(opening, pick) for opening, pick in zip(openings, picks, strict=True)]
        error_code = ERROR_CODES[self.machine.stop]
        idle = MANUAL if self.machine.is_manual else READY
        status = STOPPED if error_code else BUSY if self.machine.is_busy else idle
        return (status, *picks, *exes, error_code)

    def _at_hand(self, opening: str) -> int:
        """A tray that is on its way is not at hand, wherever it is."""
        return 0 if opening in self._executed else self.machine.tray_at(opening) or 0

    def _call(self, request_id: str, opening: str, tray: int) -> int | None:
        refusal = self.machine.refusal_of(opening, tray)
        if refusal is None and any(self._at_hand(each) for each in self.machine.openings):
            refusal = Refusal.OCCUPIED  # one tray out at a time
        if refusal is not None:
            return REFUSAL_RESULTS.get(refusal)
        self._begin(request_id, opening, tray)
        self.machine.fetch(request_id, opening=opening, tray=tray)
        return 0

    def _return(self, request_id: str, opening: str) -> int | None:
        refusal = self.machine.refusal_of(opening, None)
        if refusal is not None:
            return REFUSAL_RESULTS.get(refusal)
        tray = self.machine.tray_at(opening)
        if tray is None:
            return -1
        self._begin(request_id, opening, tray)
        self.machine.store(request_id, opening=opening)
        return 0

    def _begin(self, request_id: str, opening: str, tray: int) -> None:
        self.accepted(request_id)
        self._executed[opening] = tray
        self.saved()

    def _opening_of(self, prefix: str, position: int) -> str:
        return f"SH{prefix[:-1]}-{prefix[-1:]}" + ("" if position == 1 else f".{position}")

    # --- what is seen, and what survives a kill --------------------------------------------------------------------------

    def own_snapshot(self) -> dict[str, Any]:
        return {"executed": self._executed}

    def own_restore(self, state: dict[str, Any]) -> None:
        self._executed = {str(opening): int(tray) for opening, tray in state["executed"].items()}
