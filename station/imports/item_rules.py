"""What a row of an item file must not do to the items beside it, in the store or in the file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from station.imports.report import ErrorList
from station.values import Item, Stock

FIXED = {"decimals": "decimals_fixed", "unit": "unit_fixed"}  # the field, and the reason why it does not change any more


class Items(Protocol):
    """The part of the store that is asked."""

    def item(self, code: str) -> Item | None: ...

    def items_with_codes(self, codes: Iterable[str]) -> dict[str, tuple[str, ...]]: ...

    def stock_of_item(self, item: str) -> tuple[Stock, ...]: ...


def fixed_measure(name: str) -> tuple[str, str]:
    """Field and reason of an item that the store refused, by the field that differs ("" when nobody saw which)."""
    return (name, FIXED[name]) if name else ("decimals", FIXED["decimals"])


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


def refuse_taken_codes(
    found: dict[int, Item], errors: ErrorList, *, site: Items, unsure: Collection[str] = ()
) -> dict[int, Item]:
    """The rows without those of which a code or barcode means another item already: a scan of it would prove the wrong one.

    An item's own code goes before a barcode, an earlier row before a later one. What a row gives up another may take, but not
    from items that are `unsure` to be replaced; a refused row gives up nothing, so that the rest is looked at again.
    """
    stored = site.items_with_codes({code for each in found.values() for _, code in _codes(each)})
    while True:
        given_up = {each.code for each in found.values()} - set(unsure)
        kept = {code: [each for each in items if each not in given_up] for code, items in stored.items()}
        clashes = list(_clashes(found, kept))
        for line, name, code, owner in clashes:
            errors.add(line, name, "belongs_to_another_item", value=code, allowed=f"no code of {owner}")
        refused = {line for line, *_ in clashes}
        found = {line: each for line, each in found.items() if line not in refused}
        if not refused:
            return found


def _clashes(found: dict[int, Item], kept: Mapping[str, Sequence[str]]) -> Iterator[tuple[int, str, str, str]]:
    """Line, field, code, and the other item that has the code. `kept` are the items that keep a code in the store."""
    owners = {each.code: each.code for each in found.values()}
    for line, each in found.items():
        is_good = True
        for name, code in _codes(each):
            others = [other for other in (owners.get(code, each.code), *kept.get(code, ())) if other != each.code]
            if others:
                is_good = False
                yield line, name, code, others[0]
        if is_good:
            owners.update(dict.fromkeys(each.barcodes, each.code))


def _codes(item: Item) -> tuple[tuple[str, str], ...]:
    """All that may be scanned for the item, with the field it stands in."""
    return (("item", item.code), *(("barcodes", barcode) for barcode in item.barcodes))
