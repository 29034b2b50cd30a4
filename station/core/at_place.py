"""Whether work may be done where the task in hand is: at the bay the machine says so, at a place without a lift the scan of its
label. The one place where the two are told apart. Pure."""

from __future__ import annotations

from station import interlocks
from station.core import access, service
from station.core.state import StationState
from station.task import Task
from station.values import Lock, Place
from station.view.message import Level, Message


def is_zone(state: StationState, place: Place) -> bool:
    """Whether this is a place without a lift."""
    return place.machine in state.rules.zones


def place_in_hand(state: StationState) -> Place | None:
    """The place without a lift that the task in hand is at; None when it is at a tray, or none is in hand."""
    task = state.round.task if state.round is not None else None
    return task.place if task is not None and is_zone(state, task.place) else None


def may_work(state: StationState, place: Place) -> str:
    """Why nothing may be booked at this place now, "" when it may."""
    if is_zone(state, place):
        return interlocks.may_work_at(state.walk, place)
    return interlocks.may_work(state.custody, place.tray)


def is_coming(state: StationState, task: Task | None) -> bool:
    """Whether it is known that the task's tray is not at the bay: another one is, or it moves. Then nothing can be out of it."""
    if task is None or is_zone(state, task.place) or state.custody.tray_here == task.place.tray:
        return False
    return state.custody.motion is not None or state.custody.tray_here is not None


def visit_of(state: StationState, place: Place) -> int:
    """The visit in which a booking at this place is made."""
    return state.walk.visit if is_zone(state, place) else state.custody.visit


def lock_of(state: StationState, place: Place) -> Lock | None:
    """What keeps the person who works here from this place."""
    if not is_zone(state, place):
        return access.lock_of(state, place.tray)
    return access.first_lock(state, state.zone_locks.get((place.machine, place.tray), ()))


def refused(state: StationState, place: Place) -> Message | None:
    """The same as a sentence."""
    if not is_zone(state, place):
        return access.refused(state, place.tray)
    lock = lock_of(state, place)
    if lock is None:
        return None
    return Message("place_locked", Level.ACT, {"place": f"{place.machine} {place.tray}", "right": lock.right}, error="O363")


def why_not_called(state: StationState, place: Place) -> Message | None:
    """Why nobody can go on to this place now: its tray is not called, or it asks for a right."""
    return refused(state, place) if is_zone(state, place) else service.why_not_called(state, place.tray)
