"""The page on which days of the record are worked again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from station.view.action import Offer
from station.view.ask import Ask

if TYPE_CHECKING:
    from station.planner.replay import Replay


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayFace:
    """Which days (`ask`), how far it is (`done` of `of` ways, 0 of 0 while the record is read), or the report. `why`: there is
    none, nothing or failed. `shows_policies`: each policy at each bay instead of the bars."""

    offers: tuple[Offer, ...]
    ask: Ask | None = None
    days: int = 0
    done: int = 0
    of: int = 0
    report: Replay | None = None
    why: str = ""
    shows_policies: bool = False
