"""Where goods should go: pure proposals, best first, each with the reasons that made it one.

Left out is every place where the goods must not lie: with another item, another status, another lot or owner (unless the item
allows mixing), of no fit class, height or size, on a tray that would pass its weight limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice

from station.rules import mixing, storage
from station.rules.handling import weight_g
from station.rules.put_away import AT_BAY, CONSOLIDATION, EMPTY, FITS, RIGHTS, SAME_ITEM, USED_OFTEN, WEIGHT, Proposal
from station.tray_order import Position, position_key
from station.values import Compartment, Item, Place, Stock, StockKey, Tray

MAX_PROPOSALS = 3  # the one that is made, and two runners-up
SAME_STOCK = "same_stock"  # of a kind of its own only in the ranking

Carrier = tuple[str, int]
_TrayRank = tuple[bool, bool, bool, bool, str, int]


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
    wish = _Wish(item, weight_g(item, quantity), on, tray_at_bay, is_used_often)
    homes = ((place, kind) for place, kind in _homes(item, key, on) if place not in exclude and wish.bears(place))
    empty = islice(((place, EMPTY) for place in _empties(wish) if place not in exclude), limit)
    ranked = sorted((*homes, *empty), key=lambda each: (_rank(each[1], item), *wish.rank(each[0])))
    return tuple(Proposal(place, wish.reasons(place, kind)) for place, kind in ranked[:limit])


def fits_anywhere(item: Item, quantity: int, *, on: Survey) -> bool:
    """Whether some compartment would take the goods if it were empty, by size, class and weight."""
    moved_g = weight_g(item, quantity)
    bearing = (each for each in on.trays.values() if not each.max_weight_g or moved_g <= each.max_weight_g)
    return any(not storage.why_not(item, tray, each) for tray in bearing for each in tray.compartments)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is put, and what one tray is to it."""

    item: Item
    moved_g: int
    on: Survey
    tray_at_bay: int | None
    is_used_often: bool

    def bears(self, place: Place) -> bool:
        """Whether the tray bears the goods too."""
        carrier = (place.machine, place.tray)
        most_g = self.on.trays[carrier].max_weight_g
        return not most_g or self.on.load_g.get(carrier, 0) + self.moved_g <= most_g

    def tray_rank(self, carrier: Carrier) -> _TrayRank:
        """Sorts trays of one kind of place."""
        machine, tray = carrier
        is_busy = self.is_used_often and tray in self.on.busy
        return not self._has_right(tray), tray != self.tray_at_bay, not self._is_home(carrier), not is_busy, machine, tray

    def rank(self, place: Place) -> tuple[_TrayRank, Position]:
        """Sorts places of one kind."""
        return self.tray_rank((place.machine, place.tray)), position_key(place, self.on.trays)

    def reasons(self, place: Place, kind: str) -> tuple[str, ...]:
        """Why the goods may go there, what weighs most first."""
        carrier = (place.machine, place.tray)
        tray = self.on.trays[carrier]
        compartment = tray.compartment(place.compartment)
        height_mm = storage.max_height_mm(tray, compartment) if compartment else 0
        found = {
            SAME_ITEM: kind in (SAME_STOCK, SAME_ITEM),
            EMPTY: kind == EMPTY,
            CONSOLIDATION: kind == SAME_STOCK or (kind == EMPTY and self._is_home(carrier)),
            AT_BAY: tray.number == self.tray_at_bay,
            USED_OFTEN: self.is_used_often and tray.number in self.on.busy,
            RIGHTS: bool(self.item.access) and self._has_right(tray.number),
            WEIGHT: bool(tray.max_weight_g and self.moved_g),
            FITS: bool(self.item.storage_class or (self.item.height_mm and height_mm) or self._has_size),
        }
        return tuple(reason for reason, holds in found.items() if holds)

    @property
    def _has_size(self) -> bool:
        return bool(self.item.width_mm or self.item.depth_mm)

    def _has_right(self, tray: int) -> bool:
        """Whether the tray asks for just what the item asks for: then it locks no other tray, and is no obstacle itself."""
        return set(self.on.rights.get(tray, ())) == ({self.item.access} if self.item.access else set())

    def _is_home(self, carrier: Carrier) -> bool:
        return any((place.machine, place.tray) == carrier for place in self.on.homes.get(self.item.code, ()))


def _homes(item: Item, key: StockKey, on: Survey) -> Iterator[tuple[Place, str]]:
    """The places where the item is and the goods may lie, each with its kind."""
    for place in dict.fromkeys(on.homes.get(item.code, ())):
        tray = on.trays[place.machine, place.tray]
        compartment = tray.compartment(place.compartment)
        is_fit = compartment is not None and not storage.why_not(item, tray, compartment)
        if is_fit and (kind := _kind(item, key, on.contents[place])):
            yield place, kind


def _empties(wish: _Wish) -> Iterator[Place]:
    """The empty places where the goods may lie, the best tray first; of thousands only the first few are looked at."""
    for carrier in sorted(wish.on.empty, key=wish.tray_rank):
        tray = wish.on.trays[carrier]
        if wish.bears(Place(*carrier, "")):
            yield from (
                Place(*carrier, each.label) for each in wish.on.empty[carrier] if not storage.why_not(wish.item, tray, each)
            )


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
