"""Goods that a person blocks, wherever they lie, and what each station says when the word has reached it.

A block is known by the event that began it: "epoch-seq". So is the hold that a defect puts on a lot (`lot_held`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class StockBlocked(Record):
    """Nothing of this leaves for an order. `lot` "": every lot of the item, `owner` "": whoever owns it; `supplier` is named
    where it is blocked because it came from there."""

    kind: ClassVar[str] = "stock_blocked"
    item: str
    lot: str = ""
    owner: str = ""
    supplier: str = ""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLifted(Record):
    """A block is over, at whatever station it began. It names all of it: this log may not have its beginning."""

    kind: ClassVar[str] = "block_lifted"
    block: str
    item: str
    lot: str = ""
    owner: str = ""
    supplier: str = ""
    reason: str
    why: str = ""  # it is lifted


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockReached(Record):
    """A block of another station, or its end, has come to this one, and holds here from now on."""

    kind: ClassVar[str] = "block_reached"
    block: str
    item: str
    lot: str = ""
    is_lifted: bool = False
