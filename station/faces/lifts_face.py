"""The strip of several lifts, from what is known of each. Pure."""

from __future__ import annotations

from station.core.lifts import turned_to
from station.core.state import StationState
from station.custody import Here, NotKnown, Verb, asks_for_tray
from station.side_by_side import LiftPlace
from station.view.lifts import LiftState, LiftTag


def lift_tags(state: StationState) -> tuple[LiftTag, ...]:
    """The lifts from left to right; none where there is one."""
    return tuple(_tag(state, each) for each in state.rules.lifts) if state.beside else ()


def _tag(state: StationState, lift: LiftPlace) -> LiftTag:
    seen = turned_to(state, lift.opening)
    is_faced = lift.opening == state.custody.opening
    said, tray = _state(seen)
    return LiftTag(number=lift.number, count=len(state.rules.lifts), is_faced=is_faced, state=said, tray=tray)


def _state(state: StationState) -> tuple[LiftState, int]:
    """What stops it comes first, as in the message bar."""
    custody, motion = state.custody, state.custody.motion
    tray = custody.where.tray if isinstance(custody.where, Here) else 0
    if custody.safety_code:
        return LiftState.STOPPED, tray
    if not custody.is_linked:
        return LiftState.LOST, tray
    if motion is not None and motion.verb is not Verb.POINT:
        return (LiftState.COMING if motion.verb is Verb.FETCH else LiftState.LEAVING), motion.tray
    if custody.is_checking:
        return LiftState.CHECKING, tray
    if asks_for_tray(custody):
        return LiftState.UNKNOWN, 0
    if state.bay_out and not tray:
        return LiftState.OUT, 0
    if custody.needs_touch and state.round is not None and not isinstance(custody.where, NotKnown):
        return LiftState.TOUCH, tray
    return (LiftState.HERE, tray) if tray else (LiftState.EMPTY, 0)
