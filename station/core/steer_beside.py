"""What the lifts do at which nobody works now: each brings its next tray while the hand works at another one. Pure.

Only for the round of who is signed on, and only where a touch is not due: a lift that stood for safety waits until the work turns
to it and a person touches. Its light is out: the light is where the work is.
"""

from __future__ import annotations

from station.core import machine
from station.core.darkness import go_dark, may_go_dark
from station.core.effects import Effect
from station.core.inputs import Now
from station.core.lifts import own, stamped, turned_to
from station.core.service import why_not_called
from station.core.state import StationState
from station.core.steering import Want, send, wanted
from station.flows.lines import was_skipped
from station.flows.round import Round
from station.flows.sign_on import Active

BesideTurn = tuple[StationState, tuple[Effect, ...]]


def steer_beside(state: StationState, now: Now) -> BesideTurn:
    """The next command of each of them, if one is wanted and may be sent."""
    here = state.custody.opening
    sent: tuple[Effect, ...] = ()
    for opening in [each.custody.opening for each in state.beside]:
        one, effects = _steered(turned_to(state, opening), now)
        state, sent = turned_to(one, here), (*sent, *stamped(one, effects))
    return state, sent


def _steered(state: StationState, now: Now) -> BesideTurn:
    state, asked = machine.ask(state)
    if asked or state.is_stopping or not isinstance(state.session, Active):
        return state, asked
    after, effects = send(state, _wanted(state), now)
    if effects or not may_go_dark(state.custody):
        return after, effects
    return go_dark(state, now)


def _wanted(state: StationState) -> Want | None:
    """The next tray of the round that is this lift's own; nothing at all once the trays go back. A tray that is still needed
    stays."""
    if state.person is None or state.page is not None or state.held_back is not None:
        return None
    if state.undo is not None and state.undo.is_asking:
        return None
    if state.round is None:
        return wanted(state) if state.call is None else None
    trays = _needed(state, state.round)
    if not trays or state.custody.tray_here in trays:
        return None
    tray = next((each for each in trays if why_not_called(state, each) is None), None)
    return None if tray is None else Want(tray)


def _needed(state: StationState, work: Round) -> tuple[int, ...]:
    """The trays of this lift in the order in which they will be worked. None before the start of the orders is on the disk."""
    if work.task is None or work.current is None:
        return ()
    mine = own(state, (work.task, *work.queue), state.custody.opening)
    return tuple(dict.fromkeys(each.place.tray for each in mine if not was_skipped(work.lines, each)))
