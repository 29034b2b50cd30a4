"""The pull board."""

from __future__ import annotations

from dataclasses import dataclass

from station.pull.board import PullRow
from station.view.action import Offer
from station.view.ask import Ask
from station.view.work import OrderTag


@dataclass(frozen=True, slots=True, kw_only=True)
class PullFace:
    """The rows, what is needed first before the others, or the question about one of them. `orders` say what blocks their work;
    `chosen` is the signal that was scanned last, `wait` what is awaited ("" for nothing)."""

    rows: tuple[PullRow, ...] = ()
    offers: tuple[Offer, ...] = ()
    orders: tuple[OrderTag, ...] = ()
    ask: Ask | None = None
    about: PullRow | None = None
    chosen: str = ""
    wait: str = ""
