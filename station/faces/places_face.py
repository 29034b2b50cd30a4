"""What waits at places without a lift, as the window shows it."""

from __future__ import annotations

from db.errors import DISK_NEARLY_FULL
from station.core.page import may_order_count
from station.core.places_page import orders_there
from station.core.state import PlacesPage, StationState
from station.core.work import begun
from station.view.action import Action, Offer
from station.view.ask import AskChoice, Choice
from station.view.message import Message
from station.view.places import PlacesFace


def places_face(state: StationState, page: PlacesPage) -> PlacesFace:
    """The list with its buttons, or the question which zone is counted."""
    titles = tuple((each.name, each.title) for each in state.rules.zones.values())
    wait = "reading" if state.orders is None else ""
    if page.is_counting:
        choices = tuple(Choice(name, "zone", {"zone": name, "title": title or name}) for name, title in titles)
        ask = AskChoice(code="which_zone", choices=choices)
        leave = (Offer(Action.BACK), Offer(Action.LOCK))
        return PlacesFace(rows=state.zone_tasks, titles=titles, offers=leave, ask=ask)
    offers = (Offer(Action.WALK, _refusal(state)), Offer(Action.BACK), *_counts(state), Offer(Action.LOCK))
    return PlacesFace(rows=state.zone_tasks, titles=titles, offers=offers, wait=wait)


def _refusal(state: StationState) -> str:
    """Why the way cannot begin now."""
    if state.store_code:
        return "store_read_only"
    if not state.zone_tasks:
        return "nothing_waits"
    is_full = DISK_NEARLY_FULL in state.store_alarms and not set(orders_there(state)) <= begun(state)
    return "disk_nearly_full" if is_full else ""


def _counts(state: StationState) -> tuple[Offer, ...]:
    if not may_order_count(state):
        return ()
    return (Offer(Action.COUNT_ZONE, "store_read_only" if state.store_code else ""),)


def places_bar(state: StationState, page: PlacesPage) -> Message:
    """What to do here."""
    if state.orders is None:
        return Message("reading")
    if page.is_counting:
        return Message("answer_question")
    return Message("places_page" if state.zone_tasks else "places_page_empty")
