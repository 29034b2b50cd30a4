"""The page of what was done without the station."""

from __future__ import annotations

from dataclasses import dataclass

from station.count_due import TrayToCount
from station.view.action import Offer
from station.view.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class LateFace:
    """The trays that are to be counted at their next visit, or a question."""

    rows: tuple[TrayToCount, ...]
    offers: tuple[Offer, ...]
    ask: Ask | None = None
