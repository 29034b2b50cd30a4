"""Several lifts before one person: whose custody is looked at, and what the others do meanwhile. Pure (decision 0049).

`StationState.custody` is that of the lift where the task in hand is worked. To do something at another one the state is turned to
it and back, so that no rule has to know that there are several. With one lift everything here leaves things as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from station.core import machine
from station.core.effects import AskStatus, Effect, Move, ReadStatus
from station.core.inputs import OrdersRead
from station.core.state import Beside, DevicesPage, StationState
from station.core.steering import wanted
from station.custody import Custody, Here, asks_for_tray, visits_known
from station.side_by_side import LiftPlace, lift_at, lift_of
from station.task import Task
from station.view.message import Level, Message

STOPPED, LOST, UNKNOWN = "stopped", "link_down", "tray_not_known"


def turned_to(state: StationState, opening: str) -> StationState:
    """The state seen from this lift. The highest command number goes along: the numbers are the machine's."""
    if opening == state.custody.opening or all(each.custody.opening != opening for each in state.beside):
        return state
    found = next(each for each in state.beside if each.custody.opening == opening)
    left = Beside(custody=state.custody, bay_out=state.bay_out)
    beside = tuple(left if each is found else each for each in state.beside)
    last = max(state.custody.last_command, *(each.custody.last_command for each in state.beside))
    custody = replace(found.custody, last_command=last) if found.custody.last_command < last else found.custody
    return replace(state, custody=custody, beside=beside, bay_out=found.bay_out)


def custodies(state: StationState) -> tuple[Custody, ...]:
    """What is known of every lift, the one that is worked at first."""
    return state.custody, *(each.custody for each in state.beside)


def place_of(state: StationState, tray: int) -> LiftPlace | None:
    """The lift that has this tray; None where there is one lift."""
    return lift_of(state.rules.lifts, tray)


def seen_from(state: StationState, tray: int) -> StationState:
    """The state seen from the lift that has this tray."""
    lift = place_of(state, tray)
    return state if lift is None else turned_to(state, lift.opening)


def opening_of(state: StationState, tray: int) -> str:
    """The opening at which this tray is presented."""
    lift = place_of(state, tray)
    return state.custody.opening if lift is None else lift.opening


def number_of(state: StationState, opening: str) -> int:
    """The number that a lift is shown under; 0 where there is one."""
    lift = lift_at(state.rules.lifts, opening)
    return 0 if lift is None else lift.number


def is_of_another(state: StationState, tray: int) -> bool:
    """Whether this tray never comes to the lift that is looked at."""
    return opening_of(state, tray) != state.custody.opening


def stands(state: StationState, tray: int) -> str:
    """Why the lift that has this tray does nothing until somebody has seen to it, "" when it works. A hand in the light curtain
    stops it for the moment that the hand is there: that is no reason to walk away from the tray."""
    if not state.beside:
        return ""
    seen = seen_from(state, tray)
    custody = seen.custody
    is_hand = state.rules.stop_causes.get(custody.safety_code) == machine.LIGHT_CURTAIN and custody.tray_here == tray
    if custody.safety_code and not is_hand:
        return STOPPED
    if not custody.is_linked:
        return LOST
    return UNKNOWN if asks_for_tray(custody) else ""


# --- what a step of the core does to the lifts


def stamped(state: StationState, effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """What is asked of the machine, for the lift that is looked at."""
    if not state.beside:
        return tuple(effects)
    opening = state.custody.opening
    return tuple(
        replace(each, opening=opening) if isinstance(each, Move | ReadStatus | AskStatus) and not each.opening else each
        for each in effects
    )


def back_at(before: StationState, after: StationState, opening: str) -> StationState:
    """Something was done at another lift: the state is turned back to the one that is worked at. Trays that are to go back go
    from all lifts."""
    there = after.custody
    after = turned_to(after, opening)
    is_new_stop = there.safety_code and not _named(before, there.opening).safety_code
    if is_new_stop and after.person is not None and not after.custody.safety_code:
        after = after.said(Message("lift_stopped", Level.ACT, {"lift": number_of(after, there.opening)}, error="O457"))
    return _leaving(before, after)


def _leaving(before: StationState, after: StationState) -> StationState:
    """One tray has gone: the others go too."""
    if not after.beside or not before.is_leaving or after.is_leaving or after.round is not None or after.call is not None:
        return after
    return replace(after, is_leaving=True) if any(_can_send_back(each) for each in custodies(after)) else after


def _can_send_back(custody: Custody) -> bool:
    is_still = custody.is_linked and not custody.safety_code and not custody.needs_touch
    return isinstance(custody.where, Here) and is_still


def _named(state: StationState, opening: str) -> Custody:
    return next(each for each in custodies(state) if each.opening == opening)


def follow(before: StationState, state: StationState) -> StationState:
    """After a step: who starts work has touched for every lift that he will work at; then the state is turned to the lift that
    the work in hand wants."""
    if not state.beside:
        return state
    state = _leaving(before, state)
    if before.starting is None and state.starting is not None and state.starting_orders:
        state = _touched(state)
    faced = turned_to(state, _faced(state))
    called = state.call.tray if state.call is not None else None
    was_called = before.call.tray if before.call is not None else None
    is_news = called is not None and called != was_called and faced.custody.opening != state.custody.opening
    return machine.touched(faced) if is_news else faced


def _touched(state: StationState) -> StationState:
    here = state.custody.opening
    for opening in [each.custody.opening for each in state.beside]:
        state = machine.touched(turned_to(state, opening))
        state = turned_to(state, here)
    return state


def _faced(state: StationState) -> str:
    """The lift that the work in hand wants. Where it wants none, the one that asks which tray it has."""
    page = state.page
    if isinstance(page, DevicesPage) and page.hand is not None and page.hand.tray is not None:
        return opening_of(state, page.hand.tray)
    want = wanted(state)
    if want is not None and want.tray is not None:
        return opening_of(state, want.tray)
    is_idle = state.person is not None and page is None and state.round is None and state.call is None
    if is_idle and not asks_for_tray(state.custody):
        return next((each.opening for each in custodies(state) if asks_for_tray(each)), state.custody.opening)
    return state.custody.opening


def orders_read(state: StationState, event: OrdersRead) -> StationState:
    """What was read of the machine, for the other lifts too."""
    out = {each.outage.opening: each.outage.reason for each in event.outages if each.outage.opening}
    beside = tuple(
        replace(
            each,
            custody=visits_known(each.custody, event.other_bays.visits),
            bay_out=out.get(each.custody.opening, ""),
        )
        for each in state.beside
    )
    return replace(state, beside=beside) if state.beside else state


def own(state: StationState, tasks: Iterable[Task], opening: str) -> tuple[Task, ...]:
    """Those of the tasks that are worked at this lift."""
    zones = state.rules.zones
    return tuple(each for each in tasks if each.place.machine not in zones and opening_of(state, each.place.tray) == opening)
