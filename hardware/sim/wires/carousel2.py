"""The two-byte side of a simulated carousel: a command byte, for a move the position, and two bytes back.

Written apart from the driver, from the public text. What we chose is marked in docs/wire/carousel2.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hardware.sim.alarms import E_STOP
from hardware.sim.faults import FaultPlan
from hardware.sim.layout import Carousel
from hardware.sim.line import Client
from hardware.sim.machine import Happened, Machine
from hardware.sim.machine_wire import Clock, MachineWire, Session
from hardware.sim.options import OptionError

MOVE = 1
READY_BIT, RUN_BIT, MODE_BIT, ALARM_BIT, E_STOP_BIT, DRIVE_BIT, POSITION_BIT, DIRECTION_BIT = (1 << bit for bit in range(8))
DRIVE_ALARMS = ("drive_fault", "drive_hot")
POSITION_ALARMS = ("position_error", "reference_lost")


def read_bit2(path: Path | None) -> str:
    """What bit 2 of the status means when it is 1, from the `carousel2` object of a machine file. Raises OptionError."""
    try:
        part = json.loads(path.read_text(encoding="utf-8")).get("carousel2", {}) if path else {}
        found = str(part.get("bit2", "manual"))
    except (OSError, ValueError, AttributeError) as error:
        raise OptionError("--machine", str(path), f"its carousel2 part cannot be: {error}") from error
    if found not in ("manual", "remote"):
        raise OptionError("--machine", str(path), "carousel2 bit2 is manual or remote")
    return found


@dataclass(slots=True)
class Carousel2Session(Session):
    """`is_argument_due`: the command byte of a move came, and the next byte is its position."""

    is_argument_due: bool = False


class Carousel2Wire(MachineWire[Carousel2Session]):
    """Speaks for one carousel. Bins are named by their place round the loop, from 0."""

    def __init__(
        self,
        machine: Machine,
        carousel: Carousel,
        plan: FaultPlan,
        *,
        clock: Clock,
        saved: Callable[[], None] = lambda: None,
        bit2: str = "manual",
    ) -> None:
        super().__init__(machine, plan, clock=clock, saved=saved)
        self._carousel = carousel
        self._bit2 = bit2
        self._moves = 0
        self._position = 0
        self._is_downwards = False

    def make_session(self, client: Client) -> Carousel2Session:
        return Carousel2Session(client)

    def heard(self, session: Carousel2Session, data: bytes) -> None:
        for byte in data:
            if session.is_argument_due:
                session.is_argument_due = False
                self._move(byte)
            elif byte == MOVE:
                session.is_argument_due = True
                continue
            self.pump()
            self.write(session, bytes((self._status(), self._at())))

    def told(self, happened: Happened) -> None:
        """Nothing is said unasked."""

    def powered_on(self) -> None:
        """The controller has forgotten the move it was about."""
        self._moves += 1

    def _move(self, position: int) -> None:
        """A move that cannot be is not answered differently: only the status says that nothing turns."""
        if position >= len(self._carousel.bins):
            return
        tray, opening = self._carousel.bins[position], self._carousel.opening
        if self.machine.refusal_of(opening, tray) is not None:
            return
        self._moves += 1
        self._is_downwards = position < self._at()
        self.accepted(str(self._moves))
        self.machine.fetch(str(self._moves), opening=opening, tray=tray)
        self.pump()
        self.saved()

    def _status(self) -> int:
        machine, stop = self.machine, self.machine.stop
        is_silenced = self.is_silenced(str(self._moves))
        bits = {
            READY_BIT: bool(stop) or machine.is_manual or machine.is_referencing,
            RUN_BIT: (machine.is_busy and not stop) or is_silenced,
            MODE_BIT: machine.is_manual == (self._bit2 == "manual"),
            ALARM_BIT: bool(machine.alarms),
            E_STOP_BIT: E_STOP not in machine.alarms,
            DRIVE_BIT: stop in DRIVE_ALARMS,
            POSITION_BIT: stop in POSITION_ALARMS,
            DIRECTION_BIT: self._is_downwards,
        }
        return sum(bit for bit, is_set in bits.items() if is_set)

    def _at(self) -> int:
        """The bin in front; while it turns, the one it left."""
        tray = self.machine.tray_at(self._carousel.opening)
        if tray in self._carousel.bins:
            self._position = self._carousel.bins.index(tray)
        return self._position

    # --- what is seen, and what survives a kill --------------------------------------------------------------------------

    def own_state(self) -> dict[str, Any]:
        return {"position": self._at()}

    def own_snapshot(self) -> dict[str, Any]:
        return {"moves": self._moves, "position": self._position}

    def own_restore(self, state: dict[str, Any]) -> None:
        self._moves, self._position = int(state["moves"]), int(state["position"])
