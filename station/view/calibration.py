"""The page on which the pointer is taught."""

from __future__ import annotations

from dataclasses import dataclass

from station.view.action import Offer
from station.view.ask import Ask
from station.view.tray_map import TrayMap
from station.view.wait import Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMark:
    """One of the places that the pointer is taught at, in mm from the tray's front-left corner. `state` is taught, now or waits;
    `compartment` the one whose middle it is, "" for a corner."""

    number: int
    x_mm: int
    y_mm: int
    state: str
    compartment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationFace:
    """The pointer is taught a height of trays. `step` is tray, coming, height, teaching, judged, refused, saving, saved or ended,
    `why` what refused or ended it. `turn` is how far an arrow turns, from fine (0) to coarse (2). `checks_mm` is how far each
    check is off, `limit_mm` how far one may be; None while nothing is judged."""

    step: str
    offers: tuple[Offer, ...]
    tray: int | None = None
    map: TrayMap | None = None
    marks: tuple[PlaceMark, ...] = ()
    height_mm: int | None = None
    turn: int = 0
    checks_mm: tuple[float, ...] = ()
    limit_mm: float | None = None
    why: str = ""
    wait: Wait | None = None
    ask: Ask | None = None

    @property
    def now(self) -> PlaceMark | None:
        """The place that is taught now."""
        return next((each for each in self.marks if each.state == "now"), None)
