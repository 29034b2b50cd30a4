"""Counts that wait for a different person, as the window shows them."""

from __future__ import annotations

from station.core import held_page
from station.core.at_place import is_zone
from station.core.held_page import COUNT_IT, FIGURE, LOOK, RECOUNT
from station.core.state import HeldPage, StationState
from station.held_counts import HeldSeen
from station.quantity import to_text
from station.view.action import Action, Offer
from station.view.ask import Ask, AskChoice, Choice
from station.view.held import HeldFace, HeldRow
from station.view.message import Message
from station.zones import place_text


def held_face(state: StationState, page: HeldPage) -> HeldFace:
    """The list, or the question about one of them."""
    rows = tuple(_row(state, each) for each in state.counts_held)
    seen = held_page.shown(state, page)
    back = () if page.is_settling else (Offer(Action.BACK),)
    offers = (*back, Offer(Action.LOCK))
    if seen is None or page.is_settling:
        return HeldFace(rows=rows, offers=offers, is_settling=page.is_settling)
    about, ask = _row(state, seen), _decide(state, seen) if page.is_deciding else _what(state, seen)
    return HeldFace(rows=rows, offers=offers, ask=ask, about=about, book=seen.book if page.is_deciding else None)


def held_bar(state: StationState, page: HeldPage) -> Message:
    """What to do here."""
    if page.is_settling:
        return Message("booking")
    if held_page.shown(state, page) is None:
        return Message("held_page" if state.counts_held else "held_none")
    return Message("held_decide" if page.is_deciding else "held_ask")


def _row(state: StationState, seen: HeldSeen) -> HeldRow:
    held = seen.held
    return HeldRow(
        place=held.place,
        key=held.key,
        item=seen.item,
        order=held.order,
        names=tuple(seen.names.get(each.person, "") for each in held.said),
        since=held.since,
        is_mine=state.person is not None and state.person.person in held.counters,
        is_on_foot=is_zone(state, held.place),
    )


def _what(state: StationState, seen: HeldSeen) -> Ask:
    """Count it, or look at the figures: whoever has looked counts it no more."""
    params = _place(seen)
    can_count = not held_page.why_not_counted(state, seen.held)
    count = (Choice(COUNT_IT, "held_count_it", params, is_primary=True),) if can_count else ()
    look = (Choice(LOOK, "held_look", params),) if held_page.may_decide(state) else ()
    return AskChoice(code=_code("held_what", state, seen), choices=(*count, *look), params=params)


def _place(seen: HeldSeen) -> dict[str, str | int]:
    place = seen.held.place
    return {"compartment": place.compartment, "tray": place.tray, "place": place_text(place)}


def _code(code: str, state: StationState, seen: HeldSeen) -> str:
    """A place without a lift is named as it stands on its label."""
    return f"{code}_zone" if is_zone(state, seen.held.place) else code


def _decide(state: StationState, seen: HeldSeen) -> Ask:
    """Each figure once, then afresh."""
    measure: dict[str, str | int] = {"decimals": seen.item.decimals, "unit": seen.item.unit}
    figures = tuple(
        Choice(f"{FIGURE}{number}", "held_figure", {"quantity": to_text(figure, seen.item.decimals), **measure})
        for number, figure in enumerate(seen.held.figures)
    )
    params = _place(seen)
    return AskChoice(
        code=_code("held_decide", state, seen), choices=(*figures, Choice(RECOUNT, "held_recount", params)), params=params
    )
