"""A task that took goods into the hand is over: the screen leads on to put them down. Pure."""

from __future__ import annotations

from dataclasses import replace

from db.rows.taken import HAND
from station.core.state import OtherPage, StationState
from station.task import Mode, Task


def after_round(state: StationState, worked: Task | None) -> StationState:
    """Where they go is asked as soon as the record of them has been read; until that is known the tray stays."""
    beside = worked.beside if worked is not None else None
    if worked is None or beside is None or beside.account != HAND:
        return state
    is_taken = worked.mode is Mode.PICK or beside.goes_on
    return replace(state, page=OtherPage(awaits_hand=True)) if is_taken or _is_left(state) else state


def _is_left(state: StationState) -> bool:
    """Whether a task that put them down may have left some of them in the hand: the record says."""
    return any(each.taken.account == HAND for each in state.taken)
