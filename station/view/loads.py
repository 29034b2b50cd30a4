"""The page of what waits in the machine for somebody else."""

from __future__ import annotations

from dataclasses import dataclass

from station.values import Load
from station.view.action import Offer
from station.view.ask import Ask


@dataclass(frozen=True, slots=True)
class Ceiling:
    """How many loads wait for a consumer, and how many may."""

    consumer: str
    waiting: int
    most: int

    @property
    def is_reached(self) -> bool:
        return self.waiting >= self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadsFace:
    """The loads, what is to be taken first on top, or a question about one that goes in. `wait` is what is awaited, "" for
    nothing."""

    rows: tuple[Load, ...]
    ceilings: tuple[Ceiling, ...]
    offers: tuple[Offer, ...]
    ask: Ask | None = None
    wait: str = ""
    load: str = ""  # that the question is about
