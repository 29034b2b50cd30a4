"""Acts that ask the person who is signed on for the PIN once more: which they are, and how one is held back until then. Pure.

A command is carried out on trial. When that would be one of the `ACTS`, nothing of it happens: the state before stays, with the
question over it, and the same command is carried out once the PIN was right, on the same screen. The record of the act and
`pin_confirmed` are of one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from db.records.people import PinConfirmed, Unattended
from db.records.record import Record
from db.records.service import BayInService, TrayInService
from station import commands as do
from station.core import given as commands
from station.core import people
from station.core.effects import Append, Declare, Effect
from station.core.inputs import Now
from station.core.signature import beneath
from station.core.state import HeldBack, StationState
from station.core.writing import written
from station.flows import pin_again
from station.flows.pin_again import Asking, Confirmed, GivenUp
from station.flows.session import Active, Gate, Locked, NoteSignOn, PinChecked, SaySignOn
from station.view.message import Level, Message

# The records that only a right PIN lets into the log, and the name of their act. An operator's short with its reason is none of
# them: it happens many times a day, and takes nothing on trust that the next count would not find.
ACTS: Mapping[type[Record], str] = {TrayInService: "tray_in_service", BayInService: "bay_in_service"}
LABEL_OVERRIDE = "label_unreadable"  # what is booked then was proven by nothing but the person's word

PrivilegedTurn = tuple[StationState, tuple[Effect, ...]]


def given(state: StationState, command: do.Command, now: Now) -> PrivilegedTurn:
    """Carry the command out, or hold it back until the PIN was right."""
    if state.held_back is not None:
        return _answered(state, state.held_back, command, now)
    after, effects = commands.given(state, command, now)
    act = act_of(state, after, effects)
    if not act or not isinstance(state.session, Active):
        return after, effects
    asking = Asking(act=act, person=state.session.person)
    return replace(state, held_back=HeldBack(command=command, screen=beneath(state), asking=asking), input_token=state.token), ()


def act_of(before: StationState, after: StationState, effects: Sequence[Effect]) -> str:
    """Which privileged act this step would be, "" for none."""
    written_now = (record for effect in effects if isinstance(effect, Append | Declare) for record in effect.records)
    named = next((ACTS[type(record)] for record in written_now if type(record) in ACTS), "")
    return LABEL_OVERRIDE if _is_flagged(after) and not _is_flagged(before) else named


def _is_flagged(state: StationState) -> bool:
    return state.round is not None and state.round.current is not None and state.round.current.is_flagged


def _answered(state: StationState, held: HeldBack, command: do.Command, now: Now) -> PrivilegedTurn:
    """A command while the PIN is asked. Leaving gives the act up; a PIN that is being checked is waited for."""
    if commands.is_stale(state, command):
        return state, ()
    is_here = isinstance(state.session, Active)
    if isinstance(command, do.LockScreen) or not is_here:
        if isinstance(command, do.EnterPin) and held.asking.is_checking:
            return state, ()  # the answer under way would be taken for this one's
        return commands.given(state if held.asking.is_checking else replace(state, held_back=None), command, now)
    state = replace(state, input_token=state.token)
    return _turned(state, held, *pin_again.advance(held.asking, command, now.mono_s), now)


def checked(state: StationState, held: HeldBack, event: PinChecked, now: Now) -> PrivilegedTurn:
    """The verdict. It counts only for the person who asked, while he is still here."""
    if not isinstance(state.session, Active) or state.session.person.person != held.asking.person.person:
        return replace(state, held_back=None), ()
    return _turned(state, held, *pin_again.advance(held.asking, event, now.mono_s), now)


def _turned(
    state: StationState, held: HeldBack, asked: pin_again.Asked, wishes: Sequence[pin_again.PinAgainEffect], now: Now
) -> PrivilegedTurn:
    effects: list[Effect] = []
    for wish in wishes:
        match wish:
            case SaySignOn(message):
                state = state.said(message)
            case NoteSignOn(records, operator, role):
                effects.append(Append(records=records, operator=operator, role=role))
            case _:
                effects.append(wish)
    match asked:
        case Asking():
            return replace(state, held_back=replace(held, asking=asked)), tuple(effects)
        case Confirmed():
            return _carried_out(replace(state, held_back=None), held, now)
        case GivenUp(is_locked_out=is_locked_out):
            state = replace(state, held_back=None)
            return _locked_out(state, held, tuple(effects), now) if is_locked_out else (state, tuple(effects))


def _carried_out(state: StationState, held: HeldBack, now: Now) -> PrivilegedTurn:
    """The act happens now, on the screen on which it was asked for; where that has changed meanwhile, nothing does."""
    if beneath(state) != held.screen:
        return state.said(Message("pin_too_late", Level.ACT, error="S505")), ()
    command: Any = held.command
    if hasattr(command, "token"):
        command = replace(command, token=state.token)
    after, effects = commands.given(state, command, now)
    if act_of(state, after, effects) != held.asking.act:
        return after, effects  # a store or a machine that says no meanwhile has said so
    confirmed = PinConfirmed(person=held.asking.person.person, act=held.asking.act)
    return after, _with(effects, confirmed) or (*effects, written(state, confirmed))


def _with(effects: tuple[Effect, ...], confirmed: PinConfirmed) -> tuple[Effect, ...]:
    """The same, with the confirmation behind the record of the act; empty where the act itself writes nothing yet."""
    for place, effect in enumerate(effects):
        if isinstance(effect, Append | Declare) and any(type(record) in ACTS for record in effect.records):
            told = replace(effect, records=(*effect.records, confirmed))
            return (*effects[:place], told, *effects[place + 1 :])
    return ()


def _locked_out(state: StationState, held: HeldBack, effects: tuple[Effect, ...], now: Now) -> PrivilegedTurn:
    """Ten wrong PINs: the screen is locked, and a supervisor may lift that right here. The badge alone opens nothing."""
    person = held.asking.person
    since_s = now.mono_s - state.rules.return_by_badge_s
    unattended = written(state, Unattended(person=person.person, tray=state.custody.tray_here, why="locked_out"))
    session = Locked(owner=person, since_s=since_s, gate=Gate(locked=person))
    return people.left_by_lock(replace(state, session=session)), (*effects, unattended)
