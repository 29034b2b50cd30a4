"""Sign-on, lock and hand-over at the station: the sign-on flow, with what it means for the work in hand."""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station.core.effects import Allocate, Append, Effect, ReadOrders, ReadPerson
from station.core.inputs import Now
from station.core.leaving import left
from station.core.state import StationState
from station.core.writing import written
from station.flows import round as rounds
from station.flows import sign_on, tote_pick
from station.flows.sign_on import Active, HandOver, Locked, NoteSignOn, SaySignOn


def happened(state: StationState, event: sign_on.SignOnEvent, now: Now) -> tuple[StationState, tuple[Effect, ...]]:
    """Hand the event to the sign-on flow and draw the consequences."""
    before = state.session
    session, asked = sign_on.advance(before, event, around(state, now))
    state = replace(state, session=session)
    effects: list[Effect] = []
    for effect in asked:
        if isinstance(effect, SaySignOn):
            state = state.said(effect.message)
        else:
            effects.append(_append(effect) if isinstance(effect, NoteSignOn) else effect)
    if type(session) is not type(before):  # disabled while a badge or PIN was looked at: what was found then is no news
        effects += read_person(session)
    if isinstance(before, Active) and not isinstance(session, Active):
        state = left_by_lock(state)
    if isinstance(session, Active) and not isinstance(before, Active):
        state = _with_rights_of(state, before, session)
        state, more = _entered(state, before, event)
        effects += more
    return state, tuple(effects)


def left_by_lock(state: StationState) -> StationState:
    """Nobody works here any more: what he asked for last must not begin for whoever comes next. A PIN that is being looked at
    is waited for, so that its verdict is taken for no other's."""
    held = state.held_back if state.held_back is not None and state.held_back.asking.is_checking else None
    return replace(state, starting=None, starting_orders=(), ask_short=(), lacking=(), short_answer="", held_back=held)


def read_person(session: sign_on.Session) -> tuple[ReadPerson, ...]:
    """Ask whether whoever is signed on may still work here."""
    match session:
        case Active(person=person) | HandOver(person=person) | Locked(owner=person):
            return (ReadPerson(person.person),)
        case _:
            return ()


def _with_rights_of(state: StationState, before: sign_on.Session, session: Active) -> StationState:
    """A page is for the person who opened it: another one has other rights."""
    is_same = isinstance(before, Locked) and before.owner.person == session.person.person
    return state if is_same else left(_without_second(state))


def _without_second(state: StationState) -> StationState:
    """Who confirmed with another person did not with this one, who may be he himself."""
    if state.round is None or state.round.current is None or not state.round.current.second:
        return state
    return replace(state, round=replace(state.round, current=replace(state.round.current, second="")))


def around(state: StationState, now: Now) -> sign_on.Around:
    """What the sign-on flow may know of the rest."""
    task = state.round.task if state.round else None
    return sign_on.Around(
        now_s=now.mono_s,
        return_by_badge_s=state.rules.return_by_badge_s,
        order=task.order if task else next(iter(state.resume), ""),
        line=task.line if task else "",
        tray=state.custody.tray_here,
        has_open_work=state.round is not None or state.call is not None or state.is_resuming,
        unlockers=state.rules.unlock,
    )


def _append(effect: NoteSignOn) -> Append:
    return Append(records=effect.records, operator=effect.operator, role=effect.role)


def _entered(state: StationState, before: sign_on.Session, event: sign_on.SignOnEvent) -> tuple[StationState, tuple[Effect, ...]]:
    """Somebody may work now: show the list, or the open line again. Refused hand-over leaves the open orders for later."""
    refused = isinstance(before, HandOver) and event == do.AnswerHandOver(takes_over=False)
    if refused:
        return _left_for_later(state)
    if state.is_resuming:
        return state, (Allocate(orders=state.resume, is_resumed=True),)
    if state.round is None and state.call is None:
        return replace(state, orders=None), (ReadOrders(with_started=not state.was_resumed),)
    return state, ()


def _left_for_later(state: StationState) -> tuple[StationState, tuple[Effect, ...]]:
    records = rounds.left(state.resume, "not_taken_over") if state.resume else ()
    records += (*tote_pick.unreturned(state.round.current), *rounds.leave(state.round, "not_taken_over")) if state.round else ()
    effects: tuple[Effect, ...] = (written(state, *records),) if records else ()
    state = replace(state, round=None, call=None, resume=(), resumes_checks=False, was_resumed=True)
    return state, (*effects, ReadOrders())
