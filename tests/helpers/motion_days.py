"""Days of motions of the simulated machine as its station would log them: what each took is what the simulator's moves say."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hardware.sim.kinematics import Kinematics
from hardware.sim.layout import Layout, default_layout
from hardware.sim.lift_moves import EXTRACTOR, LiftMoves
from hardware.sim.moves import Places
from station.planner.motion_log import Levels

MACHINE, OPENING = "M1", "SH1-1"
BEGAN = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
LogEvent = tuple[datetime, str, Mapping[str, Any]]


def even(*, speed: float, acceleration: float, transfer_s: float) -> Kinematics:
    """A machine of one speed that does not settle."""
    return Kinematics(empty_speed=speed, loaded_speed=speed, acceleration=acceleration, transfer_s=transfer_s, settle_s=0.0)


def levels() -> Levels:
    layout = default_layout()
    return Levels(bay_mm=layout.openings[OPENING], trays_mm=layout.trays)


@dataclass
class MotionDay:
    """A machine that fetches and stores trays drawn by `seed`; `noise_s` is what each answer is early or late by (sd)."""

    kinematics: Kinematics
    seed: int = 1
    noise_s: float = 0.0
    at: datetime = BEGAN
    events: list[LogEvent] = field(default_factory=list)
    _command: int = 0

    def __post_init__(self) -> None:
        plain = default_layout()
        layout = Layout(trays=plain.trays, openings=plain.openings, kinematics=self.kinematics)
        self._moves, self._random = LiftMoves(layout), random.Random(self.seed)
        self._places: Places = self._moves.places()

    def visits(self, count: int, *, stuck_every: int = 0, is_told: bool = False) -> None:
        """So many trays there and back. Every `stuck_every`-th motion takes 40 s longer; `is_told`: by a stop in the log."""
        for _ in range(count):
            tray = self._random.choice(self._moves.trays)
            for verb in ("fetch", "store"):
                is_stuck = bool(stuck_every) and self._command % stuck_every == stuck_every - 1
                self.motion(verb, tray, more_s=40.0 if is_stuck else 0.0, is_stopped=is_stuck and is_told)
                self.at += timedelta(seconds=12)

    def motion(self, verb: str, tray: int, *, more_s: float = 0.0, is_stopped: bool = False) -> None:
        plan = self._moves.fetch if verb == "fetch" else self._moves.store
        phases = plan(self._places, OPENING, tray)
        for phase in phases:
            self._places.drives[EXTRACTOR] = phase.end_mm
            self._places.end(phase.step, OPENING, tray)
        self._command += 1
        base = {"command": self._command, "verb": verb, "machine": MACHINE, "opening": OPENING, "tray": tray}
        self.events.append((self.at, "motion_intended", {**base, "next_tray": None}))
        if is_stopped:
            self.events.append((self.at, "safety", {"machine": MACHINE, "code": "S1", "is_stopped": True}))
        self.at += timedelta(seconds=sum(each.left_s for each in phases) + more_s + self._random.gauss(0, self.noise_s))
        self.events.append((self.at, "motion_ended", {**base, "outcome": "done", "how": "answer"}))
