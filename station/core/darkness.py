"""The pointer is dark when nobody is signed on. Pure.

The light goes out while the person is still signed on: what would end that (lock, idle lock, sign-off, a person who may not work
here any more) waits for the end of one point without a place, and nothing else is taken meanwhile. To a JMIF lift such a telegram
names the tray like a fetch does; that nothing moves rests on the machine's own word that this very tray stands here (`is_proven`,
no touch due). A tray that comes after the lock is darkened with the machine's own answer that it has come: then, and at no other
time with nobody there. Where the word is not to be had, nothing is sent and the light stays as the machine has it.
"""

from __future__ import annotations

from dataclasses import replace

from station import interlocks
from station.core.effects import Effect, Move
from station.core.inputs import Given, Input, MotionOver, Now, Scanned
from station.core.state import StationState
from station.core.writing import written
from station.custody import Custody, Here, Verb
from station.flows.sign_on import Active, Locked, WentIdle
from station.motions import begin

DarkTurn = tuple[StationState, tuple[Effect, ...]]


def may_go_dark(custody: Custody) -> bool:
    """Whether there is a light, and a point without a place would put it out and move nothing."""
    if not custody.lit or not isinstance(custody.where, Here):
        return False
    return custody.is_proven and not custody.needs_touch and not interlocks.may_move(custody)


def holds(before: StationState, after: StationState) -> bool:
    """Whether an input that would end the person's being here has to wait until the light is out."""
    leaves = isinstance(before.session, Active) and not isinstance(after.session, Active)
    return leaves and before.going is None and may_go_dark(before.custody)


def is_deaf(state: StationState, happened: Input) -> bool:
    """While the light goes out nothing is taken from people, and no second reason to go is needed."""
    return state.going is not None and isinstance(happened, Given | Scanned | WentIdle)


def is_due(state: StationState, happened: Input) -> bool:
    """Whether the light is to go out now."""
    has_come = isinstance(happened, MotionOver) and isinstance(state.session, Locked)
    return (state.going is not None or has_come) and may_go_dark(state.custody)


def go_dark(state: StationState, now: Now) -> DarkTurn:
    """One point without a place, in the name of whoever is still signed on."""
    where = state.custody.where
    if not isinstance(where, Here):
        return state, ()
    custody = begin(state.custody, Verb.POINT, where.tray, "", now.mono_s)
    by = written(state)
    move = Move(command=custody.last_command, operator=by.operator, role=by.role, verb=Verb.POINT, tray=where.tray)
    return replace(state, custody=custody), (move,)


def is_over(state: StationState) -> bool:
    """Whether what waited for the light may happen now: it is out, or nothing more can be done about it."""
    return state.going is not None and state.custody.motion is None
