"""The page of what was done without the station."""

from __future__ import annotations

from dataclasses import dataclass

from station.count_due import TrayToCount
from station.view.action import Offer
from station.view.ask import Ask
from station.view.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class LateFace:
    """The trays that are to be counted at their next visit, or a question."""

    rows: tuple[TrayToCount, ...]
    offers: tuple[Offer, ...]
    ask: Ask | None = None
    wait: str = ""  # what is awaited: reading | booking
    said: tuple[Message, ...] = ()  # what the booking says so far, and what warns before it is written
