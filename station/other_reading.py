"""What other work asks of the store. Blocking calls, made on a reader thread."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from station.flows.other_draft import A_PAGE
from station.flows.other_work import (
    CheckPlace,
    FindPlaces,
    LookedInto,
    LookInto,
    OtherAnswer,
    PlaceChecked,
    PlacesFound,
)
from station.ports import Library
from station.put_reading import PutPlaces
from station.rules import mixing
from station.rules.put_away import PLANNED, Proposal
from station.rules.rights import may
from station.rules.shelf_life import is_expired
from station.scan_name import items_meant
from station.values import Item, Person, Place, StockKey

PICKS = 3 * A_PAGE


def looked_into(library: Library, machines: Collection[str], text: str, *, who: Person | None, today: date) -> LookedInto:
    """The items of a text; where it is one, what is known of it."""
    items = items_meant(text, library)
    if len(items) != 1:
        return LookedInto(text=text, items=items)
    item = items[0]
    stock = tuple(each for each in library.stock_of_item(item.code) if each.place.machine in machines and each.quantity > 0)
    return LookedInto(
        text=text,
        items=items,
        stock=stock,
        expired=frozenset(each.key for each in stock if is_expired(item, each, today)),
        picks=library.net_picks(item.code, PICKS),
        taken=tuple(each for each in library.taken() if each.key.item == item.code),
        people=tuple(each for each in library.people() if each.is_active),
        is_open=may(item.access, who.rights if who is not None else ()),
    )


def is_place(library: Library, place: Place) -> bool:
    """Whether there is such a compartment."""
    tray = library.tray(place.machine, place.tray)
    return tray is not None and tray.compartment(place.compartment) is not None


def other_item_at(library: Library, goods: Item, place: Place) -> str:
    """The item that lies there and shares its compartment with no other, "" where there is none."""
    lying = {each.key.item for each in library.stock_at(place) if each.quantity > 0}
    return mixing.other_item(goods, sorted(lying), {each.code for each in library.items_named(lying) if each.mixing})


def planned_for(library: Library, machine: str, item: Item, key: StockKey) -> tuple[Proposal, ...]:
    """Where goods in hand are to go because their move was planned; nothing where something else lies by now."""
    moves = [each for each in library.planned_moves(machine) if each.is_taken and each.key == key]
    free = [each.to_place for each in moves if not other_item_at(library, item, each.to_place)]
    return tuple(Proposal(place, (PLANNED,)) for place in dict.fromkeys(free))


def answer(
    library: Library,
    machines: Collection[str],
    question: LookInto | FindPlaces | CheckPlace,
    *,
    who: Person | None,
    today: date,
    places: PutPlaces | None = None,
    tray_at_bay: int | None = None,
) -> OtherAnswer:
    """The answer to one question of other work. `places` are read for FindPlaces alone."""
    match question:
        case LookInto(text):
            return looked_into(library, machines, text, who=who, today=today)
        case CheckPlace(place, goods):
            other = other_item_at(library, goods, place) if goods is not None else ""
            return PlaceChecked(place, is_place(library, place), other)
        case FindPlaces(item, key, quantity):
            found = places.of_key(item, key, quantity, exclude=set(), tray_at_bay=tray_at_bay) if places is not None else ()
            planned = tuple(each for machine in machines for each in planned_for(library, machine, item, key))
            rest = tuple(each for each in found if each.place not in {one.place for one in planned})
            return PlacesFound(question, (*planned, *rest))
