"""The page of the lots on quality hold."""

from __future__ import annotations

from dataclasses import dataclass

from station.held_lots import HeldLot
from station.view.action import Offer
from station.view.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class LotsFace:
    """The lots, or the question about one of them. `wait` is what is awaited, "" for nothing."""

    rows: tuple[HeldLot, ...] = ()
    offers: tuple[Offer, ...] = ()
    ask: Ask | None = None
    about: HeldLot | None = None
    wait: str = ""
    zones: frozenset[str] = frozenset()  # places without a lift
