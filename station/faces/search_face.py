"""The search for an item, as the window shows it."""

from __future__ import annotations

from station.core import access, service
from station.core.search_page import chosen_stock
from station.core.state import SearchPage, StationState
from station.custody import Here
from station.flows.search import MOST, Looking, Search
from station.values import FoundItem, Place, Stock, StockStatus
from station.view.action import Action, Offer
from station.view.message import Message
from station.view.search import FoundRow, PlaceRow, SearchFace


def search_face(state: StationState, page: SearchPage) -> SearchFace:
    """The letters, a list, the pictures, or one item and where it is."""
    search = page.search
    shown = search.pictures if search.at is Looking.PICTURES else search.found
    places = tuple(_place(state, search.item, number) for number in range(len(search.item.stock))) if search.item else ()
    return SearchFace(
        at=search.at.value,
        text=search.text,
        found=tuple(_found(state, each) for each in shown or ()),
        is_reading=shown is None or bool(search.asked or search.asked_item),
        has_all=search.at is Looking.PICTURES or len(search.found or ()) < MOST,
        first=search.first,
        pictured=search.pictured,
        item=_found(state, search.item) if search.item else None,
        places=places,
        chosen=search.chosen,
        offers=_offers(state, page),
    )


def search_bar(state: StationState, page: SearchPage) -> Message:
    """What to do here."""
    search = page.search
    match search.at:
        case Looking.LETTERS:
            return Message("search_type" if not search.text else "search_typed")
        case Looking.FOUND:
            return Message("search_choose")
        case Looking.PICTURES:
            is_none = search.pictures is not None and not search.pictured
            return Message("search_no_pictures" if is_none else "search_picture")
        case Looking.ITEM:
            return _item_bar(state, page, search)


def _item_bar(state: StationState, page: SearchPage, search: Search) -> Message:
    if search.item is not None and not search.item.stock:
        return Message("search_nowhere", params={"item": search.item.item.code})
    if chosen_stock(page) is None:
        return Message("search_choose_place")
    return Message("search_chosen")


def is_hidden(state: StationState, found: FoundItem, stock: Stock) -> bool:
    """Whether this figure must not be seen: somebody is to count it, and who counts does not know the book."""
    waiting = {(each.held.place, each.held.key) for each in state.counts_held}
    is_due = stock.place.machine == state.custody.machine and stock.place.tray in state.counts_due
    return found.is_counted or is_due or (stock.place, stock.key) in waiting


def _found(state: StationState, found: FoundItem) -> FoundRow:
    is_seen = not any(is_hidden(state, found, each) for each in found.stock)
    total = sum(each.quantity for each in found.stock) if is_seen and not found.is_counted else None
    return FoundRow(item=found.item, total=total, places=len({each.place for each in found.stock}))


def _place(state: StationState, found: FoundItem, number: int) -> PlaceRow:
    stock = found.stock[number]
    where, why = where_is(state, stock.place)
    return PlaceRow(
        number=number,
        place=stock.place,
        key=stock.key,
        quantity=None if is_hidden(state, found, stock) else stock.quantity,
        where=where,
        why=why,
        is_spoilt=stock.key.status is not StockStatus.FREE,
    )


def where_is(state: StationState, place: Place) -> tuple[str, str]:
    """Where the tray is now, and what keeps it from coming."""
    custody = state.custody
    if (zone := state.rules.zones.get(place.machine)) is not None:
        return "zone", zone.title or zone.name
    if place.machine != custody.machine:
        return "other_machine", place.machine
    if isinstance(custody.where, Here) and custody.where.tray == place.tray:
        return "here", ""
    if place.tray in state.trays_out:
        return "out", state.trays_out[place.tray]
    if (lock := access.lock_of(state, place.tray)) is not None:
        return "locked", lock.right
    refused = service.why_not_called(state, place.tray)
    return ("other_bay", "") if refused is not None else ("away", "")


def _offers(state: StationState, page: SearchPage) -> tuple[Offer, ...]:
    search = page.search
    ways: tuple[Offer, ...] = ()
    match search.at:
        case Looking.LETTERS:
            ways = (Offer(Action.SHOW_FOUND, "" if search.found else "nothing_found"), Offer(Action.SHOW_PICTURES))
        case Looking.FOUND:
            ways = (Offer(Action.SHOW_LETTERS), Offer(Action.SHOW_PICTURES))
        case Looking.PICTURES:
            ways = (Offer(Action.SHOW_LETTERS),)
        case Looking.ITEM if (stock := chosen_stock(page)) is not None:
            ways = _of_place(state, stock)
    return (Offer(Action.BACK), *ways, Offer(Action.LOCK))


def _of_zone(state: StationState) -> tuple[Offer, ...]:
    """No tray is called: whoever may moves from there, or returns to there."""
    if state.person is None or state.person.role not in state.rules.direct_work:
        return ()
    refused = "store_read_only" if state.store_code else ""
    return Offer(Action.MOVE_FROM, refused), Offer(Action.RETURN_TO, refused)


def _of_place(state: StationState, stock: Stock) -> tuple[Offer, ...]:
    """Call its tray; or move from there, or return to there, by right."""
    where, _ = where_is(state, stock.place)
    if where == "zone":
        return _of_zone(state)
    refused = {"other_machine": "other_machine", "locked": "no_access", "other_bay": "tray_not_called"}.get(where, "")
    if where == "out" and not service.may_declare(state):
        refused = "tray_not_called"
    call = Offer(Action.CALL_PLACE, refused)
    if state.person is None or state.person.role not in state.rules.direct_work:
        return (call,)
    refused = refused or ("store_read_only" if state.store_code else "")
    return call, Offer(Action.MOVE_FROM, refused), Offer(Action.RETURN_TO, refused)
