"""The JMIF side of a simulated machine: telegrams in, answers out. What we chose is marked in docs/wire/jmif.md.

The machine goes on by itself when a client leaves. A final answer that nobody was there to hear is told to the next client of
that opening, with the id of the command it belongs to.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hardware.devices.jmif.framing import Line, LineFramer
from hardware.sim.faults import FaultPlan, FaultyOutput
from hardware.sim.line import Client
from hardware.sim.machine import CURTAIN, E_STOP, Happened, Happening, Machine, Refusal

logger = logging.getLogger(__name__)

ENCODING = "iso-8859-1"
FIELDS = 12
PAD = b"\x00" * 8  # the public server pads its writes with NUL; how far is not told
STOP_CODES = {CURTAIN: 1001, E_STOP: 1002, "": 0}  # our numbers in the public range of machine errors
REFUSAL_CODES = {
    Refusal.BUSY: 103,
    Refusal.STOPPED: 107,
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


@dataclass(slots=True)
class _Session:
    """One client: its half lines, its faults, the openings it has spoken of."""

    client: Client
    output: FaultyOutput
    framer: LineFramer = field(default_factory=LineFramer)
    openings: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Untold:
    """An answer nobody was there to hear."""

    opening: str
    data: bytes


class JmifWire:
    """Speaks for one machine to all its clients. `saved` is called whenever something changed that must survive a kill."""

    def __init__(
        self, machine: Machine, plan: FaultPlan, *, clock: Callable[[], float], saved: Callable[[], None] = lambda: None
    ) -> None:
        self._machine = machine
        self._plan = plan
        self._clock = clock
        self._saved = saved
        self._sessions: dict[Client, _Session] = {}
        self._untold: list[_Untold] = []
        self._lit: dict[str, list[str]] = {}
        self._silenced: set[str] = set()  # ids whose end is never told (never_arrive)
        self._timer: asyncio.TimerHandle | None = None

    # --- the line ------------------------------------------------------------------------------------------------------

    def connected(self, client: Client) -> None:
        session = _Session(client, FaultyOutput(client.write, self._plan))
        served = {opening for other in self._sessions.values() for opening in other.openings}
        self._sessions[client] = session
        if self._plan.is_on("garbage_on_open"):
            session.output.send(self._plan.garbage())
        self._tell_late(session, {untold.opening for untold in self._untold} - served)

    def received(self, client: Client, data: bytes) -> None:
        session = self._sessions[client]
        for line in session.framer.feed(data):
            if isinstance(line, Line):
                self._telegram(session, line.data.decode(ENCODING))

    def disconnected(self, client: Client) -> None:
        self._sessions.pop(client, None)

    def release(self) -> None:
        """A stall is over: what was held goes out."""
        for session in self._sessions.values():
            session.output.release()

    @property
    def clients(self) -> int:
        return len(self._sessions)

    def _serves(self, session: _Session, opening: str) -> None:
        """The client has spoken of this opening: what could not be told before belongs to it."""
        session.openings.add(opening)
        self._tell_late(session, {opening})

    def _tell_late(self, session: _Session, openings: set[str]) -> None:
        late = [untold for untold in self._untold if untold.opening in openings]
        if not late:
            return
        self._untold = [untold for untold in self._untold if untold.opening not in openings]
        for untold in late:
            session.output.send(untold.data)
        self._saved()

    # --- telegrams -----------------------------------------------------------------------------------------------------

    def _telegram(self, session: _Session, line: str) -> None:
        self.pump()
        fields = line.split("|")
        code, host_id = fields[0], fields[1] if len(fields) > 1 else ""
        if len(fields) != FIELDS + 1 or fields[-1]:
            self._answer(session, fields, 1)
        elif code == PING_CODE:
            self._serves(session, fields[2])
            self._answer(session, fields, STOP_CODES[self._machine.stop])
        elif not host_id.isdigit():
            self._answer(session, fields, 102)
        elif code not in MOVE_CODES or not self._has_good_numbers(fields):
            self._answer(session, fields, 108)
        else:
            self._serves(session, fields[2])
            self._command(session, fields)
        self.pump()

    @staticmethod
    def _has_good_numbers(fields: list[str]) -> bool:
        is_point = (fields[5] == "") == (fields[6] == "") and all(not text or text.isdigit() for text in fields[5:7])
        return fields[3].isdigit() and fields[4].isdigit() and is_point

    def _command(self, session: _Session, fields: list[str]) -> None:
        opening, tray, here = fields[2], int(fields[3]), self._machine.tray_at(fields[2])
        refusal = self._machine.refusal_of(opening, tray or None)
        if refusal is not None:
            self._answer(session, fields, REFUSAL_CODES[refusal])
            return
        self._answer(session, fields, 201)
        if self._plan.take("never_arrive"):
            self._silenced.add(fields[1])
        if tray == 0:
            self._lit.pop(opening, None)
        else:
            self._lit[opening] = fields[5:FIELDS]
        if tray == (here or 0):  # the tray is here already, or there is none to send away: nothing moves
            self._tell(opening, fields[1], 0)
        elif tray == 0:
            self._machine.store(fields[1], opening=opening)
        else:
            self._machine.fetch(fields[1], opening=opening, tray=tray)
        self._saved()

    @staticmethod
    def _answer(session: _Session, fields: list[str], code: int) -> None:
        """An answer to what was just said, to who said it. The telegram's own fields follow, our choice."""
        session.output.send("|".join((str(code), *fields[1:FIELDS], "")).encode(ENCODING) + b"\r\n" + PAD)

    # --- what the machine tells ----------------------------------------------------------------------------------------

    def pump(self) -> None:
        """Let the machine's time pass, tell what happened, and set the timer to its next moment."""
        self.happened(self._machine.advance(self._clock()))
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._machine.due_s is not None:
            delay_s = max(0.0, self._machine.due_s - self._clock())
            self._timer = asyncio.get_running_loop().call_later(delay_s, self.pump)

    def happened(self, happenings: tuple[Happened, ...]) -> None:
        for happened in happenings:
            codes = HAPPENED_CODES.get(happened.what, (STOP_CODES[self._machine.stop],))
            for code in codes:
                self._tell(happened.opening, happened.request, code)
        if happenings:
            self._saved()

    def _tell(self, opening: str, host_id: str, code: int) -> None:
        is_final = code in FINAL_CODES
        if is_final and host_id in self._silenced:
            return
        data = f"{code}|{host_id}|{opening}|".encode(ENCODING) + b"\r\n" + PAD
        if code == 202 and self._plan.is_on("answer_to_old_id"):
            self._say(opening, f"0|{max(int(host_id) - 1, 0)}|{opening}|".encode(ENCODING) + b"\r\n" + PAD, is_final=False)
        self._say(opening, data, is_final=is_final)
        if is_final and self._plan.is_on("double_answer"):
            self._say(opening, data, is_final=False)

    def _say(self, opening: str, data: bytes, *, is_final: bool) -> None:
        hearers = [session for session in self._sessions.values() if opening in session.openings]
        for session in hearers:
            session.output.send(data)
        if not hearers and is_final:
            self._untold.append(_Untold(opening, data))

    # --- people at the machine, and what survives a kill -----------------------------------------------------------------

    def curtain(self, opening: str, *, is_broken: bool) -> None:
        self.pump()
        self.happened(self._machine.set_curtain(opening, is_broken=is_broken))
        self._changed()

    def e_stop(self, *, is_pressed: bool) -> None:
        self.pump()
        self.happened(self._machine.set_e_stop(is_pressed=is_pressed))
        self._changed()

    def reset(self) -> None:
        self.pump()
        self.happened(self._machine.reset())
        self._changed()

    def _changed(self) -> None:
        self.pump()
        self._saved()

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def state(self) -> dict[str, Any]:
        """What a person would see who stands at the machine."""
        self.pump()
        openings = {
            name: {"tray": self._machine.tray_at(name), "light": self._light(name), "texts": self._lit.get(name, [])[2:]}
            for name in self._machine.openings
        }
        return {
            "openings": openings,
            "busy": self._machine.is_busy,
            "stop": self._machine.stop,
            "clients": self.clients,
            "untold": [untold.data.rstrip(b"\r\n\0").decode(ENCODING) for untold in self._untold],
        }

    def _light(self, opening: str) -> list[int] | None:
        """Where the pointer shows, in mm; only while a tray is there to be pointed at."""
        x_mm, y_mm = (self._lit.get(opening) or ["", ""])[:2]
        is_lit = x_mm != "" and self._machine.tray_at(opening) is not None
        return [int(x_mm), int(y_mm)] if is_lit else None

    def snapshot(self) -> dict[str, Any]:
        return {
            "machine": self._machine.snapshot(),
            "untold": [[untold.opening, untold.data.decode(ENCODING)] for untold in self._untold],
            "lit": self._lit,
            "silenced": sorted(self._silenced),
        }

    def restore(self, state: dict[str, Any]) -> None:
        self._machine.restore(state["machine"])
        self._untold = [_Untold(opening, text.encode(ENCODING)) for opening, text in state["untold"]]
        self._lit = {name: list(texts) for name, texts in state["lit"].items()}
        self._silenced = set(state["silenced"])
