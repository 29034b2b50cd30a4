"""Goods that come in at the bay, and lots on hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenReceipts:
    """Receive goods."""


@dataclass(frozen=True, slots=True)
class TypeGoods:
    """The goods carry no readable code: it is typed."""

    token: int


@dataclass(frozen=True, slots=True)
class TakeAnnounced:
    """Receive what this row announces, as if its label had been scanned."""

    token: int
    number: int


@dataclass(frozen=True, slots=True)
class TakeWaiting:
    """Go on with goods of the list that were received before: hand them over, or put them away."""

    token: int
    number: int


@dataclass(frozen=True, slots=True)
class JudgeGoods:
    """Ask for the condition of these goods, although no setting does."""

    token: int


@dataclass(frozen=True, slots=True)
class OpenLots:
    """Show the lots that are on quality hold."""


@dataclass(frozen=True, slots=True)
class ShowLot:
    """Ask whether this lot is to be released; `number` is its place in the list, from 0."""

    token: int
    number: int


ReceiptsCommand = OpenReceipts | TypeGoods | TakeAnnounced | TakeWaiting | JudgeGoods | OpenLots | ShowLot
