"""The JMIF side of a simulated machine: telegrams in, answers out. What we chose is marked in docs/wire/jmif.md."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hardware.devices.jmif.framing import JMIF_LINES
from hardware.line_framer import Line, LineFramer
from hardware.sim.alarms import ALARMS, CURTAIN, E_STOP
from hardware.sim.faults import FaultPlan
from hardware.sim.line import Client
from hardware.sim.machine import Happened, Happening, Machine
from hardware.sim.machine_wire import Clock, MachineWire, Session
from hardware.sim.moves import Refusal
from hardware.sim.options import OptionError

ENCODING = "iso-8859-1"
FIELDS = 12
PAD = b"\x00" * 8  # the public server pads its writes with NUL; how far is not told
# Our numbers in the public range of machine errors: 1001 curtain, 1002 E-stop, the other alarms from 1003 in their order.
_OTHERS = [name for name, alarm in ALARMS.items() if alarm.stops and name not in (CURTAIN, E_STOP)]
STOP_CODES = {"": 0, CURTAIN: 1001, E_STOP: 1002} | {name: 1003 + number for number, name in enumerate(_OTHERS)}
REFUSAL_CODES = {
    Refusal.BUSY: 103,
    Refusal.STOPPED: 107,
    Refusal.MANUAL: 103,
    Refusal.NOT_READY: 103,
    Refusal.NO_SUCH_OPENING: 108,
    Refusal.NO_SUCH_TRAY: 106,
    Refusal.OCCUPIED: 302,
}
HAPPENED_CODES = {
    Happening.STARTED: (202,),
    Happening.ARRIVED: (203, 0),
    Happening.STORED: (0,),
    Happening.RESUMED: (202,),
    Happening.CANCELLED: (107,),
}
FINAL_CODES = frozenset((0, 107, 203))
MOVE_CODES = ("1", "2", "5")
PING_CODE = "61"


@dataclass(frozen=True, slots=True)
class JmifOptions:
    """What is not public, and may be so or otherwise at a real machine."""

    pings_tell_stops: bool = True


def read_jmif_options(path: Path | None) -> JmifOptions:
    """The `jmif` object of a machine file. Raises OptionError."""
    if path is None:
        return JmifOptions()
    try:
        return JmifOptions(**json.loads(path.read_text(encoding="utf-8")).get("jmif", {}))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise OptionError("--machine", str(path), f"its jmif part cannot be: {error}") from error


@dataclass(slots=True)
class JmifSession(Session):
    """`framer` cuts this client's bytes into lines."""

    framer: LineFramer = field(default_factory=lambda: LineFramer(JMIF_LINES))


class JmifWire(MachineWire[JmifSession]):
    """Speaks JMIF for one machine."""

    faults = MachineWire.faults | {"answer_to_old_id", "double_answer"}
    spoils = frozenset(("wrong_seq",))

    def __init__(
        self,
        machine: Machine,
        plan: FaultPlan,
        *,
        clock: Clock,
        saved: Callable[[], None] = lambda: None,
        options: JmifOptions | None = None,
    ) -> None:
        super().__init__(machine, plan, clock=clock, saved=saved)
        self._options = options or JmifOptions()
        self._lit: dict[str, list[str]] = {}
        self._next: dict[str, int] = {}  # carrierNext by the id of the fetch it came with

    def make_session(self, client: Client) -> JmifSession:
        return JmifSession(client)

    def greet(self, session: JmifSession) -> None:
        served = {opening for other in self.sessions.values() for opening in other.openings}
        self.tell_late(session, {untold.opening for untold in self.untold} - served)

    def heard(self, session: JmifSession, data: bytes) -> None:
        for line in session.framer.feed(data):
            if isinstance(line, Line):
                self.pump()
                self._telegram(session, line.data.decode(ENCODING).split("|"))

    def powered_on(self) -> None:
        self._next.clear()

    def spoil(self, frame: bytes, fault: str) -> bytes:
        """An answer to a command with an id one too high."""
        code, host_id, rest = frame.split(b"|", 2)
        return b"|".join((code, b"%d" % (int(host_id) + 1), rest)) if host_id.isdigit() else frame

    # --- telegrams -----------------------------------------------------------------------------------------------------

    def _telegram(self, session: JmifSession, fields: list[str]) -> None:
        code, host_id = fields[0], fields[1] if len(fields) > 1 else ""
        if len(fields) != FIELDS + 1 or fields[-1]:
            self._answer(session, fields, 1)
        elif code == PING_CODE:
            self.serves(session, fields[2])
            self._answer(session, fields, STOP_CODES[self.machine.stop] if self._options.pings_tell_stops else 0)
        elif not host_id.isdigit():
            self._answer(session, fields, 102)
        elif code not in MOVE_CODES or not _has_good_numbers(fields):
            self._answer(session, fields, 108)
        else:
            self.serves(session, fields[2])
            self._command(session, fields)

    def _command(self, session: JmifSession, fields: list[str]) -> None:
        opening, tray, here = fields[2], int(fields[3]), self.machine.tray_at(fields[2])
        refusal = self.machine.refusal_of(opening, tray or None)
        if refusal is not None:
            self._answer(session, fields, REFUSAL_CODES[refusal])
            return
        self._answer(session, fields, 201)
        self.accepted(fields[1])
        if tray == 0:
            self._lit.pop(opening, None)
        else:
            self._lit[opening] = fields[5:FIELDS]
        if tray == (here or 0):  # the tray is here already, or there is none to send away: nothing moves
            self._tell_code(opening, fields[1], 0)
            if tray and int(fields[4]):
                self._prefetch(opening, int(fields[4]))
        elif tray == 0:
            self.machine.store(fields[1], opening=opening)
        else:
            self._next[fields[1]] = int(fields[4])
            self.machine.fetch(fields[1], opening=opening, tray=tray)
        self.saved()

    def _answer(self, session: JmifSession, fields: list[str], code: int) -> None:
        """An answer to what was just said, to who said it. The telegram's own fields follow, our choice."""
        self.write(session, "|".join((str(code), *fields[1:FIELDS], "")).encode(ENCODING) + b"\r\n" + PAD)

    # --- what the machine tells ----------------------------------------------------------------------------------------

    def told(self, happened: Happened) -> None:
        for code in HAPPENED_CODES.get(happened.what, (STOP_CODES[self.machine.stop],)):
            self._tell_code(happened.opening, happened.request, code)
        if happened.what is Happening.RETURNED:
            self._tell_code(happened.opening, happened.request, 107)
        if happened.what is Happening.ARRIVED and (next_tray := self._next.pop(happened.request, 0)):
            self._prefetch(happened.opening, next_tray)

    def _prefetch(self, opening: str, tray: int) -> None:
        """carrierNext is a wish: what cannot be is left."""
        if self.machine.refusal_of_prefetch(opening, tray) is None:
            self.machine.prefetch("", opening=opening, tray=tray)

    def _tell_code(self, opening: str, host_id: str, code: int) -> None:
        is_final = code in FINAL_CODES
        if is_final and self.is_silenced(host_id):
            return
        frame = _line(code, host_id, opening)
        if code == 202 and self.plan.is_on("answer_to_old_id"):
            self.tell(opening, _line(0, str(max(int(host_id) - 1, 0)), opening))
        self.tell(opening, frame, is_final=is_final)
        if is_final and self.plan.is_on("double_answer"):
            self.tell(opening, frame)

    # --- what is seen, and what survives a kill --------------------------------------------------------------------------

    def own_state(self) -> dict[str, Any]:
        return {"openings": {name: self._seen_at(name) for name in self.machine.openings}}

    def _seen_at(self, opening: str) -> dict[str, Any]:
        return {
            "tray": self.machine.tray_at(opening),
            "waiting": self.machine.waiting_at(opening),
            "light": self._light(opening),
            "texts": self._lit.get(opening, [])[2:],
        }

    def _light(self, opening: str) -> list[int] | None:
        """Where the pointer shows, in mm; only while a tray is there to be pointed at."""
        x_mm, y_mm = (self._lit.get(opening) or ["", ""])[:2]
        is_lit = x_mm != "" and self.machine.tray_at(opening) is not None
        return [int(x_mm), int(y_mm)] if is_lit else None

    def own_snapshot(self) -> dict[str, Any]:
        return {"lit": self._lit, "next": self._next}

    def own_restore(self, state: dict[str, Any]) -> None:
        self._lit = {name: list(texts) for name, texts in state["lit"].items()}
        self._next = dict(state.get("next", {}))


def _has_good_numbers(fields: list[str]) -> bool:
    is_point = (fields[5] == "") == (fields[6] == "") and all(not text or text.isdigit() for text in fields[5:7])
    return fields[3].isdigit() and fields[4].isdigit() and is_point


def _line(code: int, host_id: str, opening: str) -> bytes:
    return f"{code}|{host_id}|{opening}|".encode(ENCODING) + b"\r\n" + PAD
