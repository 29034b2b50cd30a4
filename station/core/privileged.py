"""Acts that ask for the PIN once more (`station.core.privileged_acts`): how one is held back until then. Pure.

A command is carried out on trial. When that would be a privileged act, nothing of it happens: the state before stays, with the
question over it, and the same command is carried out once the PIN was right, on the same screen. The record of the act and
`pin_confirmed` are of one transaction. What a waiting count comes to is decided by badge and PIN of somebody who has not
counted it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from db.records.people import PinConfirmed, Unattended
from db.records.record import Record
from db.records.sequence import GapReleased
from db.records.stock import Picked, Put
from station import commands as do
from station.core import absence, people
from station.core import given as commands
from station.core.effects import Append, ChangeOrder, Declare, Effect, EnterLate, Receive, SettleHeld
from station.core.inputs import Now
from station.core.privileged_acts import BESIDE, CARRIERS, COUNTER_SECOND, TWO_PERSON, act_of, decision_of
from station.core.signature import beneath
from station.core.state import HeldBack, ReceiptsPage, StationState
from station.core.writing import written
from station.flows import pin_again
from station.flows.pin_again import Asking, Confirmed, GivenUp
from station.flows.session import Active, BadgeFound, BadgeShown, Gate, Locked, NoteSignOn, PinChecked, SaySignOn
from station.staff.page import ChangePerson
from station.values import Person, Role
from station.view.message import Level, Message

PrivilegedTurn = tuple[StationState, tuple[Effect, ...]]


def given(state: StationState, command: do.Command, now: Now) -> PrivilegedTurn:
    """Carry the command out, or hold it back until the PIN was right."""
    if state.held_back is not None:
        return _answered(state, state.held_back, command, now)
    after, effects = commands.given(state, command, now)
    act = act_of(state, after, effects)
    if not act or not isinstance(state.session, Active):
        return after, effects
    person = state.session.person
    approvers: frozenset[Role] = frozenset()
    if act == TWO_PERSON:
        approvers = frozenset(Role)
    elif act == COUNTER_SECOND or (act in BESIDE and person.role not in state.rules.approve_stock):
        approvers = state.rules.approve_stock
    barred = frozenset({person.person}) if approvers else frozenset()
    asking = Asking(act=act, by=person, person=None if approvers else person, approvers=approvers, barred=barred)
    task = absence.task_alone(state, act)
    held = HeldBack(command=command, screen=beneath(state), asking=asking, task=task)
    if (decision := decision_of(effects)) is not None:
        seen = decision.seen
        asking = Asking(act=act, by=person, person=None, approvers=state.rules.approve_stock, barred=seen.held.counters)
        held = replace(held, asking=asking, item=seen.item, counted=decision.figure, book=seen.book)
    return replace(state, held_back=held, input_token=state.token), ()


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
    if (alone := absence.command(state, held, command, now)) is not None:
        return alone
    return happened(state, held, command, now)


def awaits(state: StationState, event: object) -> bool:
    """Whether this answer is the one that is waited for here, and none of the closed screen's."""
    held = state.held_back
    if held is None or not held.asking.is_checking:
        return False
    return isinstance(event, BadgeFound if held.asking.person is None else PinChecked)


def checked(state: StationState, held: HeldBack, event: PinChecked | BadgeFound, now: Now) -> PrivilegedTurn:
    """A verdict, or whose badge it is. It counts only for the person who asked, while he is still here."""
    if not isinstance(state.session, Active) or state.session.person.person != held.asking.by.person:
        return replace(state, held_back=None), ()
    return happened(state, held, event, now)


def badge_shown(state: StationState, held: HeldBack, text: str, now: Now) -> PrivilegedTurn:
    """A scan while the PIN is asked: the badge of an approver where one is needed, else no part of it."""
    return happened(state, replace(held, absent=""), BadgeShown(text), now)


def happened(state: StationState, held: HeldBack, event: pin_again.PinAgainEvent, now: Now) -> PrivilegedTurn:
    """Hand the event to the flow and draw the consequences."""
    asked, wishes = pin_again.advance(held.asking, event, now.mono_s)
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
        case Confirmed(person):
            return _carried_out(replace(state, held_back=None), held, person, now)
        case GivenUp(is_locked_out=True):
            return _locked_out(replace(state, held_back=None), held, tuple(effects), now)
        case GivenUp():
            return replace(state, held_back=None), tuple(effects)


def _carried_out(state: StationState, held: HeldBack, by: Person, now: Now) -> PrivilegedTurn:
    """The act happens now, on the screen on which it was asked for; where that has changed meanwhile, nothing does."""
    if beneath(state) != held.screen:
        return state.said(Message("pin_too_late", Level.ACT, error="S505")), ()
    if held.asking.act == TWO_PERSON:
        state = _confirmed_by(state, by)
    command: Any = held.command
    if hasattr(command, "token"):
        command = replace(command, token=state.token)
    after, effects = commands.given(state, command, now)
    is_same = (after.round, after.page) == (state.round, state.page)
    is_said_no = is_same if held.asking.act == TWO_PERSON else act_of(state, after, effects) != held.asking.act
    if is_said_no:
        return after, effects  # a store or a machine that says no meanwhile has said so
    confirmed = PinConfirmed(person=by.person, act=held.asking.act)
    return after, _with(effects, confirmed) or (*effects, written(state, confirmed))


def _confirmed_by(state: StationState, second: Person) -> StationState:
    """The task or the goods in hand with the second person. He counts for these, and as long as the first one works at it."""
    if isinstance(state.page, ReceiptsPage) and (hand := state.page.receipt) is not None:
        return replace(state, page=replace(state.page, receipt=replace(hand, goods=replace(hand.goods, second=second.person))))
    if state.round is None or state.round.current is None:
        return state
    return replace(state, round=replace(state.round, current=replace(state.round.current, second=second.person)))


def _with(effects: tuple[Effect, ...], confirmed: PinConfirmed) -> tuple[Effect, ...]:
    """The same, with the confirmation behind the record of the act; empty where the act itself writes nothing yet."""
    for place, effect in enumerate(effects):
        told: Effect | None = None
        if isinstance(effect, EnterLate):
            told = replace(effect, more=(*effect.more, confirmed))
        elif isinstance(effect, ChangeOrder):
            told = ChangeOrder(replace(effect.act, more=(*effect.act.more, confirmed)))
        elif isinstance(effect, SettleHeld):
            told = SettleHeld(replace(effect.decision, more=(confirmed,)))
        elif isinstance(effect, ChangePerson):
            told = replace(effect, is_confirmed=True)
        elif isinstance(effect, Receive):
            told = replace(effect, records=(*effect.records, confirmed))
        elif isinstance(effect, Append | Declare) and any(type(each) in (*CARRIERS, Picked, Put) for each in effect.records):
            records = tuple(_released_by(each, confirmed) for each in effect.records)
            told = replace(effect, records=(*records, confirmed))
        if told is not None:
            return (*effects[:place], told, *effects[place + 1 :])
    return ()


def _released_by(record: Record, confirmed: PinConfirmed) -> Record:
    """An empty position is released by whose PIN it was, whoever works at the bay."""
    return replace(record, released_by=confirmed.person) if isinstance(record, GapReleased) else record


def _locked_out(state: StationState, held: HeldBack, effects: tuple[Effect, ...], now: Now) -> PrivilegedTurn:
    """Ten wrong PINs: the screen is locked, and a supervisor may lift that right here. The badge alone opens nothing."""
    person = held.asking.by
    since_s = now.mono_s - state.rules.return_by_badge_s
    unattended = written(state, Unattended(person=person.person, tray=state.custody.tray_here, why="locked_out"))
    session = Locked(owner=person, since_s=since_s, gate=Gate(locked=person))
    return people.left_by_lock(replace(state, session=session)), (*effects, unattended)
