"""The page of what waits at places without a lift."""

from __future__ import annotations

from dataclasses import dataclass

from station.task import Task
from station.view.action import Offer
from station.view.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesFace:
    """The tasks in walking order, or which zone is to be counted. `titles` are what the zones are called, by name; `wait` is what
    is awaited, "" for nothing."""

    rows: tuple[Task, ...]
    titles: tuple[tuple[str, str], ...]
    offers: tuple[Offer, ...]
    ask: Ask | None = None
    wait: str = ""
