"""Where goods should go: pure proposals, best first, each with the reasons that made it one.

Left out is every place where the goods must not lie: with another item, another status, another lot or owner (unless the item
allows mixing), of no fit class or height, on a tray that would pass its weight limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from station.rules import mixing, storage
from station.rules.handling import weight_g
from station.rules.put_away import AT_BAY, CONSOLIDATION, EMPTY, FITS, RIGHTS, SAME_ITEM, USED_OFTEN, WEIGHT, Proposal
from station.tray_order import Position, position_key
from station.values import Compartment, Item, Place, Stock, StockKey, Tray

MAX_PROPOSALS = 3  # the one that is made, and two runners-up
SAME_STOCK = "same_stock"  # of a kind of its own only in the ranking

Carrier = tuple[str, int]
_Order = tuple[int, bool, bool, bool, bool, str, int, Position]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A machine's trays as they are loaded, looked through once for all goods of a moment. `empty` is in each tray's order;
    `homes` are the places of each item; `rights` what each tray asks for; `busy` are the trays that are called most."""

    trays: Mapping[Carrier, Tray]
    contents: Mapping[Place, Sequence[Stock]]
    homes: Mapping[str, Sequence[Place]]
    empty: Mapping[Carrier, Sequence[Compartment]]
    load_g: Mapping[Carrier, int]
    rights: Mapping[int, Set[str]] = field(default_factory=dict)
    busy: Set[int] = frozenset()


def survey(
    trays: Sequence[Tray],
    stock: Iterable[Stock],
    items: Mapping[str, Item],
    *,
    rights: Mapping[int, Set[str]] | None = None,
    busy: Set[int] = frozenset(),
) -> Survey:
    """Look through the trays. Stock elsewhere, and what the book has at or below zero, does not count."""
    by_number = {(tray.machine, tray.number): tray for tray in trays}
    contents: dict[Place, list[Stock]] = {}
    homes: dict[str, list[Place]] = {}
    load_g: dict[Carrier, int] = {}
    for each in stock:
        carrier = (each.place.machine, each.place.tray)
        if each.quantity <= 0 or carrier not in by_number:
            continue
        contents.setdefault(each.place, []).append(each)
        homes.setdefault(each.key.item, []).append(each.place)
        if each.key.item in items:
            load_g[carrier] = load_g.get(carrier, 0) + weight_g(items[each.key.item], each.quantity)
    full: dict[Carrier, set[str]] = {}
    for place in contents:
        full.setdefault((place.machine, place.tray), set()).add(place.compartment)
    empty = {carrier: _empty(tray, full.get(carrier, ())) for carrier, tray in by_number.items()}
    asked = rights or {}
    return Survey(trays=by_number, contents=contents, homes=homes, empty=empty, load_g=load_g, rights=asked, busy=busy)


def _empty(tray: Tray, full: Iterable[str]) -> Sequence[Compartment]:
    taken = set(full)
    free = [each for each in tray.compartments if each.label not in taken]
    return sorted(free, key=lambda each: (each.x_mm, each.y_mm, each.label))


def propose(
    item: Item,
    key: StockKey,
    quantity: int,
    *,
    on: Survey,
    exclude: Set[Place] = frozenset(),
    tray_at_bay: int | None = None,
    is_used_often: bool = False,
    limit: int = MAX_PROPOSALS,
) -> tuple[Proposal, ...]:
    """The best places for `quantity` of `key`: where the same stock is, then the same item, then an empty compartment.

    Within each: trays that ask for the item's own right and no other, the tray at the bay before one that must be fetched, a tray
    where the item is, a tray that is called often where the item is used often. `exclude` are full, or refused by the operator.
    Empty when nothing fits.
    """
    moved_g = weight_g(item, quantity)
    homes = {(place.machine, place.tray) for place in on.homes.get(item.code, ())}
    ranked: list[tuple[_Order, Proposal]] = []
    for place, kind in _candidates(item, key, on=on, exclude=exclude, limit=limit):
        carrier = (place.machine, place.tray)
        tray = on.trays[carrier]
        if tray.max_weight_g and on.load_g.get(carrier, 0) + moved_g > tray.max_weight_g:
            continue
        asked = set(on.rights.get(tray.number, ()))
        has_right = asked == ({item.access} if item.access else set())
        is_here, is_home = tray.number == tray_at_bay, carrier in homes
        is_busy = is_used_often and tray.number in on.busy
        where = (tray.machine, tray.number, position_key(place, on.trays))
        found = {
            SAME_ITEM: kind in (SAME_STOCK, SAME_ITEM),
            EMPTY: kind == EMPTY,
            CONSOLIDATION: kind == SAME_STOCK or (kind == EMPTY and is_home),
            AT_BAY: is_here,
            USED_OFTEN: is_busy,
            RIGHTS: bool(item.access) and has_right,
            WEIGHT: bool(tray.max_weight_g and moved_g),
            FITS: bool(item.storage_class or (item.height_mm and _height_mm(tray, place))),
        }
        reasons = tuple(reason for reason, holds in found.items() if holds)
        order = (_rank(kind, item), not has_right, not is_here, not is_home, not is_busy, *where)
        ranked.append((order, Proposal(place, reasons)))
    return tuple(proposal for _, proposal in sorted(ranked, key=lambda each: each[0])[:limit])


def _candidates(item: Item, key: StockKey, *, on: Survey, exclude: Set[Place], limit: int) -> Iterator[tuple[Place, str]]:
    """The places where the goods may lie: all where the item is, and of each tray the first empty ones."""
    for place in dict.fromkeys(on.homes.get(item.code, ())):
        tray = on.trays[place.machine, place.tray]
        compartment = tray.compartment(place.compartment)
        if place in exclude or compartment is None or storage.why_not(item, tray, compartment):
            continue
        if kind := _kind(item, key, on.contents[place]):
            yield place, kind
    for (machine, number), empty in on.empty.items():
        tray, found = on.trays[machine, number], 0
        for each in empty:
            place = Place(machine, number, each.label)
            if place not in exclude and not storage.why_not(item, tray, each):
                yield place, EMPTY
                found += 1
            if found == limit:
                break


def _kind(item: Item, key: StockKey, content: Sequence[Stock]) -> str:
    """What the compartment is to this stock; "" when the goods must not go there."""
    if any((each.key.item, each.key.status) != (key.item, key.status) for each in content):
        return ""
    if mixing.why_not(item, key, [each.key for each in content]):
        return ""
    return SAME_STOCK if any(each.key == key for each in content) else SAME_ITEM


def _rank(kind: str, item: Item) -> int:
    # Two lots in one compartment are told apart by hand only: for tracked items an empty compartment is the better home.
    order = (SAME_STOCK, EMPTY, SAME_ITEM) if item.lot_tracked else (SAME_STOCK, SAME_ITEM, EMPTY)
    return order.index(kind)


def _height_mm(tray: Tray, place: Place) -> int:
    compartment = tray.compartment(place.compartment)
    return storage.max_height_mm(tray, compartment) if compartment else 0
