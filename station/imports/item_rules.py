"""What a row of an item file must not do to the items that the store has already."""

from __future__ import annotations

from typing import Protocol

from station.imports.report import ErrorList
from station.values import Item, Stock

FIXED = {"decimals": "decimals_fixed", "unit": "unit_fixed"}  # the field, and the reason why it does not change any more


class Items(Protocol):
    """The part of the store that is asked."""

    def item(self, code: str) -> Item | None: ...

    def stock_of_item(self, item: str) -> tuple[Stock, ...]: ...


def refuse_new_measures(found: dict[int, Item], errors: ErrorList, *, site: Items) -> tuple[dict[int, Item], dict[str, str]]:
    """The rows without those that would give stock another unit or other decimals. With them the items that the store may still
    refuse for that, because an order or an event names them, and the field that differs."""
    good: dict[int, Item] = {}
    differs: dict[str, str] = {}
    for line, each in found.items():
        before = site.item(each.code)
        new = [name for name in FIXED if before and getattr(before, name) != getattr(each, name)]
        if new and site.stock_of_item(each.code):
            for name in new:
                errors.add(line, name, FIXED[name], value=str(getattr(each, name)), allowed=str(getattr(before, name)))
            continue
        good[line] = each
        if new:
            differs[each.code] = new[0]
    return good, differs
