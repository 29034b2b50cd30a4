"""Looking for an item over the work list: what it is, how much there is, and where else. The page itself moves nothing."""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station.core import calling, other_page
from station.core.effects import Effect, Play, Sound
from station.core.inputs import Scanned
from station.core.leaving import left
from station.core.state import SearchPage, StationState
from station.flows import search
from station.flows.search import LookAt, Looking, SearchAnswer, SearchTurn
from station.flows.turn import Say
from station.values import Place, Stock
from station.view.message import Level, Message

PageTurn = tuple[StationState, tuple[Effect, ...]]


def opened(state: StationState) -> PageTurn:
    """Open the search. Who works here may look for things; what is done with them has its own rules."""
    return (state, ()) if state.person is None else (replace(state, page=SearchPage()), ())


def command(state: StationState, page: SearchPage, given: do.Command) -> PageTurn:
    """What a person does on the page."""
    match given:
        case do.CallPlace() if (chosen := chosen_place(page)) is not None:
            return called(state, chosen)
        case do.MoveFromPlace() if (stock := chosen_stock(page)) is not None and page.search.item is not None:
            return other_page.begun_from(state, "transfer", page.search.item.item, stock)
        case do.ReturnToPlace() if (stock := chosen_stock(page)) is not None and page.search.item is not None:
            return other_page.begun_from(state, "return", page.search.item.item, stock)
        case _:
            return _turned(state, page, search.advance(page.search, given))


def scanned(state: StationState, page: SearchPage, event: Scanned) -> PageTurn:
    """The item of a code that was scanned."""
    return _turned(replace(state, input_token=state.token), page, search.begin_scan(page.search, event.text))


def answered(state: StationState, event: SearchAnswer) -> PageTurn:
    """What the store has found."""
    page = state.page
    if not isinstance(page, SearchPage):
        return state, ()
    return _turned(state, page, search.advance(page.search, event))


def stale(state: StationState) -> tuple[Effect, ...]:
    """What lies where has changed: the item that is looked at is read again."""
    page = state.page
    if not isinstance(page, SearchPage) or page.search.at is not Looking.ITEM or page.search.item is None:
        return ()
    return (LookAt(page.search.item.item.code),)


def chosen_stock(page: SearchPage) -> Stock | None:
    """The stock in the place that was chosen."""
    item, number = page.search.item, page.search.chosen
    return item.stock[number] if item is not None and number is not None and number < len(item.stock) else None


def chosen_place(page: SearchPage) -> Place | None:
    stock = chosen_stock(page)
    return None if stock is None else stock.place


def called(state: StationState, place: Place) -> PageTurn:
    """The tray comes, and the compartment is the one that is looked at. Another machine's tray never comes to this bay."""
    if place.machine != state.custody.machine:
        where: dict[str, str | int] = {"machine": place.machine, "tray": place.tray}
        return state.said(Message("item_elsewhere", Level.ACT, where, error="O431")), (Play(Sound.WRONG),)
    return calling.call(left(state), place.tray, place.compartment)


def _turned(state: StationState, page: SearchPage, turn: SearchTurn) -> PageTurn:
    after, asked = turn
    state = left(state) if after is None else replace(state, page=replace(page, search=after))
    effects: list[Effect] = []
    for each in asked:
        match each:
            case Say(message):
                state = state.said(message)
                effects.append(Play(Sound.WRONG))
            case _:
                effects.append(each)
    return state, tuple(effects)
