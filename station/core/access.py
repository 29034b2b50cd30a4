"""Who may have which tray: an item, a compartment or the tray itself may ask for a right. Pure.

What is on a tray locks it, for whoever has it before him reaches all of it. A refusal stands in the record.
"""

from __future__ import annotations

from collections.abc import Iterable

from db.records.people import AccessRefused
from station.core.effects import Append
from station.core.state import StationState
from station.core.writing import written
from station.rules.rights import DEPART, may
from station.values import Item, Lock
from station.view.message import Level, Message


def lock_of(state: StationState, tray: int | None) -> Lock | None:
    """What keeps the person who works here from this tray; None: nothing does."""
    return first_lock(state, state.locks.get(tray, ())) if tray is not None else None


def first_lock(state: StationState, locks: Iterable[Lock]) -> Lock | None:
    """The first of these that the person who works here has no right for."""
    if state.person is None:
        return None
    rights = state.person.rights
    return next((each for each in locks if not may(each.right, rights)), None)


def refused(state: StationState, tray: int | None) -> Message | None:
    """The same as a sentence."""
    return as_message(lock_of(state, tray))


def as_message(lock: Lock | None) -> Message | None:
    """A lock as a sentence."""
    if lock is None:
        return None
    return Message("tray_locked", Level.ACT, {"tray": lock.tray, "right": lock.right}, error="O363")


def noted(state: StationState, tray: int | None) -> tuple[Append, ...]:
    """The record of a refusal; nothing where nothing is refused."""
    lock, person = lock_of(state, tray), state.person
    if lock is None or person is None:
        return ()
    machine = state.custody.machine
    record = AccessRefused(person=person.person, machine=machine, tray=lock.tray, right=lock.right, what=lock.what)
    return (written(state, record),)


def item_refused(state: StationState, item: Item) -> Message | None:
    """Why the person who works here may not handle this item, wherever it is or goes; None: he may."""
    if state.person is None or may(item.access, state.person.rights):
        return None
    return Message("item_locked", Level.ACT, {"item": item.code, "right": item.access}, error="O434")


def item_noted(state: StationState, item: Item, place: tuple[str, int]) -> tuple[Append, ...]:
    """The record of that refusal. `place`: machine and tray where it was asked."""
    if state.person is None or item_refused(state, item) is None:
        return ()
    machine, tray = place
    record = AccessRefused(person=state.person.person, machine=machine, tray=tray, right=item.access, what="item")
    return (written(state, record),)


def may_depart(state: StationState) -> bool:
    """Whether the person may take another lot than the item's issue rule says."""
    return state.person is not None and may(DEPART, state.person.rights)
