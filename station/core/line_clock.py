"""What the person's time goes into, moment by moment, and with each booking of a line written down. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from db.records.planning import LineTimed
from db.records.stock import Counted, CountHeld, Picked, Put
from db.records.undo import BookingUndone
from station.core import at_place
from station.core.effects import Append, Effect
from station.core.given_booking import is_booking
from station.core.inputs import Now
from station.core.state import StationState
from station.core.steering import awaits_touch
from station.flows.round import Round
from station.line_times import Cause
from station.view.message import Level

LINES = (Picked, Put, Counted, CountHeld)  # bookings that a line of an order ends with, or a part of it


ClockTurn = tuple[StationState, tuple[Effect, ...]]


def follow(before: StationState, state: StationState, effects: tuple[Effect, ...], now: Now) -> ClockTurn:
    """The state with the time that was spent; a booking of a line takes it along."""
    if not state.rules.times_lines:
        return state, effects
    timed: list[Effect] = []
    for effect in effects:
        if isinstance(effect, Append) and effect.is_awaited and (record := _record(before, effect, now)) is not None:
            effect = replace(effect, records=(*effect.records, record))
            state = replace(state, spent=before.spent.booked(now.mono_s))
        timed.append(effect)
    spent = state.spent.turned(cause_of(state), now.mono_s)
    return (state if spent is state.spent else replace(state, spent=spent)), tuple(timed)


def cause_of(state: StationState) -> Cause:
    """What this moment goes into."""
    if state.person is None:
        return Cause.NOBODY
    if state.page is not None or state.held_back is not None or state.call is not None:
        return Cause.OPERATOR
    return _of_list(state) if state.round is None else _of_round(state, state.round)


def _of_list(state: StationState) -> Cause:
    if state.starting is not None or state.orders is None:
        return Cause.HOST
    if not state.orders:
        return Cause.EMPTY
    is_free = any(all(each.level is Level.NOTE for each in order.blocked) for order in state.orders)
    return Cause.OPERATOR if is_free else Cause.HOST


def _of_round(state: StationState, work: Round) -> Cause:
    """A question to the person is his; a gap waits for its release."""
    if work.gap is not None or work.is_searching or is_booking(state):
        return Cause.HOST
    if work.binding is not None:
        return Cause.OPERATOR
    if work.current is None or work.task is None:
        return Cause.HOST
    if at_place.is_zone(state, work.task.place) or awaits_touch(state):
        return Cause.OPERATOR
    return Cause.LIFT if at_place.may_work(state, work.task.place) else Cause.OPERATOR


def _record(state: StationState, booking: Append, now: Now) -> LineTimed | None:
    work = state.round
    is_line = any(isinstance(each, LINES) for each in booking.records)
    is_undone = any(isinstance(each, BookingUndone) for each in booking.records)
    if work is None or work.task is None or not work.orders or not is_line or is_undone:
        return None
    spent, task = state.spent.until(now.mono_s), work.task
    return LineTimed(
        order=task.order,
        line=task.line,
        tray=task.place.tray,
        lift_ms=_ms(spent, Cause.LIFT),
        operator_ms=_ms(spent, Cause.OPERATOR),
        host_ms=_ms(spent, Cause.HOST),
        empty_ms=_ms(spent, Cause.EMPTY),
    )


def _ms(spent: Mapping[Cause, float], cause: Cause) -> int:
    return round(spent.get(cause, 0.0) * 1000)
