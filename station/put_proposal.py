"""Where goods should go: pure proposals, best first, each with the reasons that made it one.

Stock that must not be mixed is never proposed together: another owner's, another status, and for items that are tracked by lot
another lot only where nothing else is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from station.tray_order import Position, position_key
from station.values import Item, Place, Stock, StockKey, Tray

MAX_PROPOSALS = 5

_Order = tuple[int, bool, bool, str, int, Position]

SAME_STOCK, SAME_ITEM, EMPTY = "same_stock", "same_item", "empty"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place for the goods. `reasons`: same_stock, same_item or empty, then at_bay and same_tray where they hold."""

    place: Place
    reasons: tuple[str, ...]


def propose(
    item: Item,
    key: StockKey,
    quantity: int,
    *,
    trays: Sequence[Tray],
    stock: Sequence[Stock],
    items: Mapping[str, Item],
    exclude: Set[Place] = frozenset(),
    tray_at_bay: int | None = None,
    limit: int = MAX_PROPOSALS,
) -> tuple[Proposal, ...]:
    """The best places for `quantity` of `key`: where the same stock is, then the same item, then an empty compartment.

    Within each, the tray at the bay before one that must be fetched. A tray that would pass its weight limit, and the
    places in `exclude` (full, or refused by the operator), are left out. Empty when nothing fits.
    """
    contents = _by_place(stock)
    load_g = _load_by_tray(stock, items)
    homes = {(each.place.machine, each.place.tray) for each in stock if each.key.item == item.code and each.quantity > 0}
    by_number = {(tray.machine, tray.number): tray for tray in trays}
    ranked: list[tuple[_Order, Proposal]] = []
    for carrier, tray in by_number.items():
        if tray.max_weight_g and load_g.get(carrier, 0) + _weight_g(item, quantity) > tray.max_weight_g:
            continue
        is_here, is_home = tray.number == tray_at_bay, carrier in homes
        for place in (Place(tray.machine, tray.number, each.label) for each in tray.compartments):
            kind = _kind(key, contents.get(place, ()))
            if kind and place not in exclude:
                order = (_rank(kind, item), not is_here, not is_home, tray.machine, tray.number, position_key(place, by_number))
                ranked.append((order, Proposal(place, _reasons(kind, is_here=is_here, is_home=is_home))))
    return tuple(proposal for _, proposal in sorted(ranked, key=lambda each: each[0])[:limit])


def _reasons(kind: str, *, is_here: bool, is_home: bool) -> tuple[str, ...]:
    return (kind, *(["at_bay"] if is_here else []), *(["same_tray"] if is_home and kind == EMPTY else []))


def _by_place(stock: Sequence[Stock]) -> dict[Place, tuple[Stock, ...]]:
    found: dict[Place, tuple[Stock, ...]] = {}
    for each in stock:
        if each.quantity > 0:
            found[each.place] = (*found.get(each.place, ()), each)
    return found


def _kind(key: StockKey, content: Sequence[Stock]) -> str:
    """What the compartment is to this stock; "" when the goods must not go there."""
    if not content:
        return EMPTY
    if any(each.key == key for each in content):
        return SAME_STOCK
    if any((each.key.item, each.key.owner, each.key.status) != (key.item, key.owner, key.status) for each in content):
        return ""
    return SAME_ITEM


def _rank(kind: str, item: Item) -> int:
    # Two lots in one compartment are told apart by hand only: for tracked items an empty compartment is the better home.
    order = (SAME_STOCK, EMPTY, SAME_ITEM) if item.lot_tracked else (SAME_STOCK, SAME_ITEM, EMPTY)
    return order.index(kind)


def _load_by_tray(stock: Sequence[Stock], items: Mapping[str, Item]) -> dict[tuple[str, int], int]:
    load_g: dict[tuple[str, int], int] = {}
    for each in stock:
        carrier = (each.place.machine, each.place.tray)
        load_g[carrier] = load_g.get(carrier, 0) + _weight_g(items.get(each.key.item), each.quantity)
    return load_g


def _weight_g(item: Item | None, quantity: int) -> int:
    """Rounded up to whole grams. An item without a weight, or one that is not known, weighs nothing here."""
    return -(-item.weight_g * quantity // 10**item.decimals) if item else 0
