"""The faces while nobody may work: sign-on, locked, hand-over."""

from __future__ import annotations

from station.core import absence
from station.core.inputs import Now
from station.core.state import HeldBack, StationState
from station.faces.waits import machine_wait, retry_in_s
from station.flows import unlock
from station.flows.sign_on import Gate, HandOver, Locked, SignedOut
from station.rules.absent import REASONS
from station.view.action import Action, Offer
from station.view.ask import AskChoice, Choice
from station.view.sign_on import HandOverFace, LockedFace, PinAgainFace, SignOnFace, UnlockFace


def sign_on_face(state: StationState, session: SignedOut, now: Now) -> SignOnFace:
    gate = session.gate
    return SignOnFace(
        step=_step(gate),
        name=_who_types(gate),
        locked=gate.locked.name if gate.locked else "",
        retry_in_s=retry_in_s(gate, now),
        is_checking=gate.is_checking,
        pin_length=state.rules.pin_length,
        sample_people=state.rules.sample_people,
    )


def locked_face(state: StationState, session: Locked, now: Now) -> LockedFace:
    gate = session.gate
    return LockedFace(
        step=_step(gate),
        locked=gate.locked.name if gate.locked else "",
        owner=session.owner.name,
        tray=state.custody.tray_here,
        name=_who_types(gate),
        wait=machine_wait(state) if state.custody.motion is not None else None,
        by_badge_alone=not session.is_closed and now.mono_s - session.since_s < state.rules.return_by_badge_s,
        is_closed=session.is_closed,
        is_checking=gate.is_checking,
        retry_in_s=retry_in_s(gate, now),
        pin_length=state.rules.pin_length,
        sample_people=state.rules.sample_people,
    )


def unlock_face(gate: Gate) -> UnlockFace | None:
    """The choices of whoever has proven that he may lift a lock-out; None while no choice is asked."""
    if gate.locked is None or gate.helper is None or gate.step != unlock.CHOOSE:
        return None
    may = unlock.may_give_pin(gate.locked)
    return UnlockFace(locked=gate.locked.name, helper=gate.helper.name, may_give_pin=may, is_checking=gate.is_checking)


def pin_again_face(state: StationState, held: HeldBack, now: Now) -> PinAgainFace:
    asking = held.asking
    return PinAgainFace(
        name=asking.person.name if asking.person else "",
        act=asking.act,
        step="pin" if asking.person else "badge",
        item=held.item,
        counted=held.counted or 0,
        book=held.book,
        task=held.task,
        by=asking.by.name if held.task is not None else "",
        may_be_absent=asking.person is None and bool(absence.ways(state, held)),
        offers=(Offer(Action.BACK), Offer(Action.LOCK)) if held.absent else (),
        ask=_absent_ask(state, held) if held.absent else None,
        retry_in_s=retry_in_s(asking, now),
        is_checking=asking.is_checking,
        pin_length=state.rules.pin_length,
        sample_people=state.rules.sample_people,
    )


def _absent_ask(state: StationState, held: HeldBack) -> AskChoice:
    """Nobody is there: how does it go on, or why is it released?"""
    if held.absent == absence.EMERGENCY_ASKED:
        return AskChoice(code="why_emergency", choices=tuple(Choice(each, f"reason_{each}") for each in REASONS))
    choices = tuple(Choice(each, f"absent_{each}") for each in absence.ways(state, held))
    return AskChoice(code="absent", choices=choices)


def _step(gate: Gate) -> str:
    return gate.step or ("pin" if gate.candidate else "badge")


def _who_types(gate: Gate) -> str:
    """Whose PIN is asked: a new one is that of the person who was locked out."""
    person = (gate.locked or gate.candidate) if gate.step else gate.candidate
    return person.name if person else ""


def hand_over_face(state: StationState, session: HandOver) -> HandOverFace:
    task = state.round.task if state.round else None
    return HandOverFace(
        owner=session.owner.name,
        name=session.person.name,
        order=task.order if task else next(iter(state.resume), ""),
        line=task.line if task else "",
    )
