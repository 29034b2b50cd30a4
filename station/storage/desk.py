"""What a supervisor is shown of the storage of one machine: empty and under-used compartments, what can be put together, what
should lie nearer with the lift seconds saved a day, and where an item fits. Pure; made in a process of its own, for it takes
seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from db.records.moves import MovePlanned
from station.rules import storage as fitness
from station.storage.accepting import records_of
from station.storage.proposal import Proposal
from station.storage.report import report
from station.storage.shop import Holding, Shop
from station.values import Place

DAYS: Final = 90  # of orders that are looked at, as the command has them
UNDER_USED_PERCENT: Final = 25
MOST_ROWS: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Spare:
    """A compartment that is empty (`fill_percent` 0, no item), or in which goods take up little of its room."""

    place: Place
    width_mm: int
    depth_mm: int
    height_mm: int
    visit_s: float
    item: str = ""
    quantity: int = 0
    fill_percent: int = 0


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal, and the records that plan its moves."""

    proposal: Proposal
    records: tuple[MovePlanned, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """An item as far as a row says it."""

    code: str
    name: str
    unit: str = "pcs"
    decimals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """Where an item may lie: the empty compartments that take it, the smallest of them first, and how many do not, by the code of
    why not."""

    item: str
    places: tuple[Spare, ...]
    not_fit: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageDesk:
    """`empty` and `under_used` count all, `spare` are the first of them. `lift_s_a_day` is what the lift does now for the orders
    of a day, `after_s_a_day` when all of `nearer` is done."""

    made_at: datetime
    days: float
    lift_s_a_day: float
    after_s_a_day: float
    compartments: int
    empty: int
    under_used: int
    spare: tuple[Spare, ...]
    nearer: tuple[Proposed, ...]
    together: tuple[Proposed, ...]
    items: Mapping[str, Named]
    fits: Fits | None = None


def desk_of(shop: Shop, *, now: datetime, item: str = "") -> StorageDesk:
    """All of it."""
    found = report(shop)
    empty = [_empty(shop, each) for each in shop.empty]
    found_little = (_little(shop, each) for each in shop.holdings)
    little = sorted((each for each in found_little if each is not None), key=lambda each: each.fill_percent)
    nearer = _proposed(shop, (*found.moves, *found.second_homes))
    together = _proposed(shop, (*found.together, *found.cleared)[:MOST_ROWS])
    spare = (*little[:MOST_ROWS], *sorted(empty, key=lambda each: (each.visit_s, each.place.tray))[:MOST_ROWS])
    named = {move.item for each in (*nearer, *together) for move in each.proposal.moves} | {each.item for each in spare}
    return StorageDesk(
        made_at=now,
        days=found.days,
        lift_s_a_day=found.lift_s_a_day,
        after_s_a_day=found.after_s_a_day,
        compartments=sum(len(each.compartments) for each in shop.trays.values()),
        empty=len(empty),
        under_used=len(little),
        spare=spare,
        nearer=nearer,
        together=together,
        items={code: _named(shop, code) for code in (named | {item}) & shop.items.keys()},
        fits=fits_of(shop, item) if item in shop.items else None,
    )


def fits_of(shop: Shop, code: str) -> Fits:
    """Where this item fits."""
    item, good, bad = shop.items[code], list[Spare](), dict[str, int]()
    for place in shop.empty:
        tray, cell = shop.trays[place.tray], shop.cell(place)
        why = fitness.why_not(item, tray, cell) if cell is not None else ""
        if why:
            bad[why] = bad.get(why, 0) + 1
        else:
            good.append(_empty(shop, place))
    order = sorted(good, key=lambda each: (each.width_mm * each.depth_mm, each.visit_s, each.place.tray, each.place.compartment))
    return Fits(item=code, places=tuple(order[:MOST_ROWS]), not_fit=bad)


def _proposed(shop: Shop, proposals: tuple[Proposal, ...]) -> tuple[Proposed, ...]:
    return tuple(Proposed(each, records_of(shop, [each])) for each in proposals)


def _empty(shop: Shop, place: Place) -> Spare:
    """A compartment with nothing in it."""
    tray, cell = shop.trays[place.tray], shop.cell(place)
    return Spare(
        place=place,
        width_mm=cell.width_mm if cell is not None else 0,
        depth_mm=cell.depth_mm if cell is not None else 0,
        height_mm=fitness.max_height_mm(tray, cell) if cell is not None else 0,
        visit_s=shop.visit_s.get(place.tray, 0.0),
    )


def _little(shop: Shop, held: Holding) -> Spare | None:
    """The compartment, if its goods take up little of it; None also where nobody has said how large they or it are."""
    item, tray, cell = shop.items[held.item], shop.trays[held.place.tray], shop.cell(held.place)
    if cell is None:
        return None
    room = cell.width_mm * cell.depth_mm * fitness.max_height_mm(tray, cell)
    piece = item.width_mm * item.depth_mm * item.height_mm
    if not room or not piece or item.decimals:
        return None
    percent = min(100, -(-100 * piece * held.quantity // room))
    if percent > UNDER_USED_PERCENT:
        return None
    return replace(_empty(shop, held.place), item=held.item, quantity=held.quantity, fill_percent=percent)


def _named(shop: Shop, code: str) -> Named:
    item = shop.items[code]
    return Named(item.code, item.name, item.unit, item.decimals)
