"""What a search for items finds."""

from __future__ import annotations

from dataclasses import dataclass

from db.rows.items import Item
from db.rows.stock import Stock


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundItem:
    """An item with all that the book has of it, in every machine, what came first before what came later. `is_counted`: an open
    count order asks for it, so that nobody is to see the figures now."""

    item: Item
    stock: tuple[Stock, ...] = ()
    is_counted: bool = False
