"""What may lie together in a compartment: one lot and one owner, unless the item allows more. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from station.values import Item, StockKey

OTHER_LOT, OTHER_OWNER = "mixing_lot", "mixing_owner"


def why_not(item: Item, key: StockKey, lying: Iterable[StockKey]) -> str:
    """Why this stock may not be put beside what lies in the compartment; "" when it may. Other items beside it are no matter of
    lots, but whose they are is."""
    if item.mixing:
        return ""
    present = list(lying)
    if any(each.owner != key.owner for each in present):
        return OTHER_OWNER
    return OTHER_LOT if any((each.item, each.lot) != (key.item, key.lot) and each.item == key.item for each in present) else ""
