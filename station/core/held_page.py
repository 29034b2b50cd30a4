"""Counts that wait for a different person: the list, and what is done about one of them. The page itself moves nothing.

Who has not counted it may count it himself, blind. Who approves stock may look at the figures and take one of them, or have it
counted afresh, with badge and PIN of somebody who has not counted it either (`station.core.privileged`). Who has seen the figures
counts it no more.
"""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station.core import at_place, calling, work
from station.core.effects import Effect, Play, ReadOrders, SettleHeld, Sound
from station.core.inputs import HeldSettled, Now
from station.core.leaving import left
from station.core.state import HeldPage, StationState
from station.core.writing import written
from station.held_counts import Decision, HeldSeen
from station.task import held_count_task
from station.tracking import lacks
from station.values import HeldCount
from station.view.message import Level, Message

HeldTurn = tuple[StationState, tuple[Effect, ...]]
COUNT_IT, LOOK, RECOUNT, FIGURE = "count_it", "look", "recount", "figure_"  # the keys of the answers; a figure has its number
WHY_NOT = {"counted_by_you": "held_counted_by_you", "figures_seen": "held_figures_seen", "no_right": "no_right"}


def may_open(state: StationState) -> bool:
    """Whether who works here may count, or decide what is the count. Who only administers people does neither."""
    return state.person is not None and state.person.role in state.rules.direct_work | state.rules.approve_stock


def may_decide(state: StationState) -> bool:
    """Whether who works here may see the figures."""
    return state.person is not None and state.person.role in state.rules.approve_stock


def why_not_counted(state: StationState, held: HeldCount) -> str:
    """Why who works here cannot count it himself, as a code; "" when he can."""
    person = state.person
    if person is None or person.role not in state.rules.direct_work:
        return "no_right"
    if person.person in held.counters:
        return "counted_by_you"
    return "figures_seen" if (person.person, held.place, held.key) in state.seen_figures else ""


def opened(state: StationState) -> HeldTurn:
    """Open the list over the work list."""
    if not may_open(state):
        return _no_right(state)
    if state.round is not None or state.call is not None or state.starting is not None or state.is_resuming:
        return state, ()
    return replace(state, page=HeldPage()), (ReadOrders(),)


def shown(state: StationState, page: HeldPage) -> HeldSeen | None:
    """The count that is asked about, None once it waits no more."""
    return next((each for each in state.counts_held if each.held == page.about), None)


def command(state: StationState, page: HeldPage, given: do.Command, now: Now) -> HeldTurn:
    """What a person does on the page."""
    seen = shown(state, page)
    match given:
        case do.Back() | do.ClosePage() if page.is_settling:
            return state, ()
        case do.Back() | do.ClosePage():
            return _back(state, page), ()
        case do.ShowHeld(number=number) if page.about is None and 0 <= number < len(state.counts_held):
            return _asked(state, state.counts_held[number].held), ()
        case do.Choose(key=key) if seen is not None and not page.is_settling:
            return _decided(state, page, seen, key) if page.is_deciding else _chosen(state, page, seen, key, now)
        case _:
            return state, ()


def settled(state: StationState, event: HeldSettled) -> HeldTurn:
    """The decision is on the disk, or is not, and why."""
    state = replace(state, store_code=event.code) if event.code else state
    if isinstance(state.page, HeldPage) and state.page.is_settling:
        is_over = not event.code and not event.why
        about = None if is_over or event.why else state.page.about
        state = replace(state, page=HeldPage(about=about, is_deciding=about is not None))
    if event.why:
        state = state.said(Message(event.why, Level.ACT, error="O381"))
    elif not event.code:
        state = replace(state.said(Message("held_settled")), flash=state.flash)
        return state, (ReadOrders(), Play(Sound.OK))
    return state, (ReadOrders(),)


def _asked(state: StationState, held: HeldCount) -> StationState:
    """The question about it; or why who works here has no part in it."""
    why = why_not_counted(state, held)
    if why and not may_decide(state):
        return state.said(Message(WHY_NOT[why], Level.ACT, error="O380"))
    return replace(state, page=HeldPage(about=held))


def _chosen(state: StationState, page: HeldPage, seen: HeldSeen, key: str, now: Now) -> HeldTurn:
    if key == LOOK and may_decide(state) and state.person is not None:
        held = seen.held
        looked = state.seen_figures | {(state.person.person, held.place, held.key)}
        return replace(state, page=replace(page, is_deciding=True), seen_figures=looked), ()
    if key != COUNT_IT or why_not_counted(state, seen.held) or state.store_code:
        return state, ()
    place = seen.held.place
    refused = at_place.why_not_called(state, place)
    if refused is not None:
        return state.said(refused), ()
    state = left(state)
    if any(tag.order == seen.held.order for tag in state.orders or ()):
        return work.start(state, (seen.held.order,), now, is_walk=at_place.is_zone(state, place))
    return calling.direct(state, held_count_task(seen.held, seen.item))


def _decided(state: StationState, page: HeldPage, seen: HeldSeen, key: str) -> HeldTurn:
    """The act itself; it comes here a second time once badge and PIN were right."""
    if not may_decide(state) or state.store_code:
        return state, ()
    figure = figure_of(seen.held, key)
    if figure is None and key != RECOUNT:
        return state, ()
    if figure is not None and lacks(seen.item, seen.held.key) and figure > seen.book:
        unnamed = Message("count_unidentified", Level.ACT, {"item": seen.item.code}, error="O311")
        return state.said(unnamed), ()
    by = written(state)
    decision = Decision(seen=seen, figure=figure, operator=by.operator, role=by.role)
    return replace(state, page=replace(page, is_settling=True)), (SettleHeld(decision),)


def figure_of(held: HeldCount, key: str) -> int | None:
    """The figure that this answer stands for."""
    number = key.removeprefix(FIGURE)
    is_one = key.startswith(FIGURE) and number.isdecimal() and int(number) < len(held.figures)
    return held.figures[int(number)] if is_one else None


def _back(state: StationState, page: HeldPage) -> StationState:
    """Out of the figures, out of the question, then to the work list."""
    if page.is_deciding:
        return replace(state, page=replace(page, is_deciding=False))
    return left(state) if page.about is None else replace(state, page=HeldPage())


def _no_right(state: StationState) -> HeldTurn:
    return state.said(Message("no_right", Level.ACT, error="O319")), ()
