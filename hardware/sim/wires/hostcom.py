"""The HOST-COM side of a simulated Hänel machine. What we chose is marked in docs/wire/hostcom.md.

Openings are lift and access point, `001-1`. A machine with a door moves only while it is closed, and hands a tray over only when
it is open; people open and close it, and press RETURN, through the control connection.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hardware.sim.device import Act
from hardware.sim.device import Request as Asked
from hardware.sim.faults import FaultPlan
from hardware.sim.line import Client
from hardware.sim.machine import Happened, Machine, Refusal
from hardware.sim.machine_wire import Clock, MachineWire, Session
from hardware.sim.options import OptionError
from hardware.sim.wires.hostcom_front import NOT_READY, READY, Front
from hardware.sim.wires.hostcom_pending import ABORTED, DONE, LIFT_ERROR, Pending, PendingCommands
from hardware.sim.wires.hostcom_text import Controller, Request, RequestReader, Writer

READ_STATUS, GET_SHELF, STORE_SHELF = "read_status", "get_shelf", "store_shelf"
HOSTCOM_OPENINGS = ("001-1", "001-2")
_OPENING = re.compile(r"[0-9]{3}-[0-9]")


@dataclass(slots=True)
class HostComSession(Session):
    """`reader` cuts this client's bytes into telegrams."""

    reader: RequestReader = field(kw_only=True)


class HostComWire(MachineWire[HostComSession]):
    """Speaks HOST-COM for one machine."""

    faults = MachineWire.faults | {"answer_to_old_id", "double_answer"}
    spoils = frozenset(("wrong_seq", "wrong_address"))

    def __init__(
        self,
        machine: Machine,
        plan: FaultPlan,
        *,
        clock: Clock,
        saved: Callable[[], None] = lambda: None,
        controller: Controller | None = None,
    ) -> None:
        super().__init__(machine, plan, clock=clock, saved=saved)
        self._controller = controller or Controller()
        self._writer = Writer(self._controller)
        self._is_first_contact = True
        self._front = Front(machine.openings, has_door=self._controller.has_door)
        self._pending = PendingCommands(self, self._front, self._writer)
        self._count = 0
        self._asked: Counter[str] = Counter()

    def make_session(self, client: Client) -> HostComSession:
        return HostComSession(client, reader=RequestReader(self._controller))

    def powered_on(self) -> None:
        self._is_first_contact = True
        self._pending.forget()

    def spoil(self, frame: bytes, fault: str) -> bytes:
        head, kind, seq, rest = frame.split(b"$", 3)
        if fault == "wrong_seq":
            seq = b"%03d" % ((int(seq) + 1) % 1000)
        else:
            head = head[:-1] + b"%d" % ((int(head[-1:]) + 1) % 10)
        return b"$".join((head, kind, seq, rest))

    # --- requests --------------------------------------------------------------------------------------------------------

    def heard(self, session: HostComSession, data: bytes) -> None:
        for request in session.reader.feed(data):
            self.pump()
            self._pending.go_on()
            self._request(session, request)

    def _request(self, session: HostComSession, request: Request) -> None:
        self._asked[request.macro] += 1
        opening = f"{request.address[:3]}-{request.address[3]}"
        refusal = request.refusal or self._refusal(request, opening)
        if opening in self.machine.openings:
            self.serves(session, opening)
        if refusal:
            self.write(session, self._writer.status(request.address, request.seq, refusal))
        elif request.macro == READ_STATUS:
            self._status(session, request, opening)
        else:
            self._command(session, request, opening)

    def _refusal(self, request: Request, opening: str) -> str:
        """Why it is not taken."""
        if opening not in self.machine.openings or request.macro not in (READ_STATUS, GET_SHELF, STORE_SHELF):
            return "E03"
        if request.macro == GET_SHELF and (request.values.get(1, 0) < 1 or 14 not in request.values):
            return "E03"
        if self._is_first_contact:
            self._is_first_contact = False
            self.saved()
            return "E01"
        is_status = request.macro == READ_STATUS
        if self._front.panel == NOT_READY or self._is_not_ready(opening, is_status=is_status):
            return "E05"
        is_taken = is_status and self._controller.is_status_taken_while_moving
        return "E02" if self._is_busy(opening) and not is_taken else ""

    def _is_not_ready(self, opening: str, *, is_status: bool) -> bool:
        """A machine that stands for safety still says so when it is asked (XI 03); it takes no command."""
        reasons = (Refusal.MANUAL, Refusal.NOT_READY) if is_status else (Refusal.MANUAL, Refusal.NOT_READY, Refusal.STOPPED)
        return self.machine.refusal_of(opening, None) in reasons

    def _is_busy(self, opening: str) -> bool:
        """Whether a command is in progress here; one at another access point is waited for instead."""
        is_own_errand = self.machine.is_busy and not self._pending.has_given
        return self._pending.is_at(opening) or is_own_errand

    def _status(self, session: HostComSession, request: Request, opening: str) -> None:
        self.write(session, self._writer.status(request.address, request.seq, "E00"))
        number = DONE
        if self.machine.stop:
            self.write(session, self._writer.info(request.address, request.seq, LIFT_ERROR))
            number = ABORTED
        tray = self.machine.tray_at(opening) or 0
        self.write(session, self._writer.response(request.address, request.seq, number, tray))

    def _command(self, session: HostComSession, request: Request, opening: str) -> None:
        self._count += 1
        tray = request.values[1] if request.macro == GET_SHELF else 0
        pending = Pending(f"{request.seq}#{self._count}", opening, request.seq, tray)
        if self.plan.is_on("arrive_early"):
            self.write(session, self._writer.response(request.address, request.seq, DONE, tray))
        self.write(session, self._writer.status(request.address, request.seq, "E00"))
        self.accepted(pending.request)
        self._pending.add(pending)
        self.saved()

    def told(self, happened: Happened) -> None:
        self._pending.told(happened)

    # --- people at the machine -----------------------------------------------------------------------------------------------

    def acts(self) -> Mapping[str, Act]:
        return {**super().acts(), "door": self._do_door, "panel": self._do_panel, "return_key": self._do_return_key}

    def door(self, opening: str, *, is_open: bool) -> None:
        """Somebody opens or closes the door. It is locked while something moves here."""
        self.pump()
        if not self._pending.is_moving_at(opening):
            self._front.move_door(opening, is_open=is_open)
        self._changed()

    def panel(self, state: str) -> None:
        """See PANEL in hostcom_front.py. Raises ValueError."""
        self._front.show(state)
        self._changed()

    def return_key(self) -> None:
        self.panel(READY)

    def _changed(self) -> None:
        self.pump()
        self._pending.go_on()
        self.pump()
        self.saved()

    def _do_door(self, request: Asked) -> dict[str, Any]:
        self.door(str(request.get("opening") or self.machine.openings[0]), is_open=bool(request["open"]))
        return {"state": self.state()}

    def _do_panel(self, request: Asked) -> dict[str, Any]:
        self.panel(str(request["state"]))
        return {"state": self.state()}

    def _do_return_key(self, request: Asked) -> dict[str, Any]:
        self.return_key()
        return {"state": self.state()}

    # --- what is seen, and what survives a kill --------------------------------------------------------------------------

    def own_state(self) -> dict[str, Any]:
        return {
            **self._front.snapshot(),
            "asked": dict(self._asked),
            "pending": self._pending.seen(),
        }

    def own_snapshot(self) -> dict[str, Any]:
        return {
            "is_first_contact": self._is_first_contact,
            **self._front.snapshot(),
            "pending": self._pending.snapshot(),
            "count": self._count,
        }

    def own_restore(self, state: dict[str, Any]) -> None:
        self._is_first_contact = bool(state["is_first_contact"])
        self._front.restore(state)
        self._pending.restore(state["pending"])
        self._count = int(state["count"])


def make_hostcom_wire(
    machine: Machine, plan: FaultPlan, *, clock: Clock, saved: Callable[[], None], controller: Controller
) -> HostComWire:
    """Raises OptionError for openings that are no lift and access point."""
    for opening in machine.openings:
        if _OPENING.fullmatch(opening) is None:
            raise OptionError("--machine", opening, "openings of a Hänel machine are lift and access point, like 001-1")
    return HostComWire(machine, plan, clock=clock, saved=saved, controller=controller)
