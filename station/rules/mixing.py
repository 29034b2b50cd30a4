"""What may lie together in a compartment: one item of one lot and one owner, unless the items allow more. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

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


def other_item(item: Item, lying: Iterable[str], mixable: Collection[str]) -> str:
    """The item that lies in the compartment and keeps this one out, "" for none: of several items all have to allow it
    (`mixable`). Where the item lies already, it may come to it."""
    present = list(lying)
    if item.code in present:
        return ""
    return next((each for each in present if not (item.mixing and each in mixable)), "")
