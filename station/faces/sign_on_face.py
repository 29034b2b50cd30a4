"""The faces while nobody may work: sign-on, locked, hand-over."""

from __future__ import annotations

from station.core.inputs import Now
from station.core.state import StationState
from station.faces.waits import machine_wait, retry_in_s
from station.flows.sign_on import HandOver, Locked, SignedOut
from station.view.sign_on import HandOverFace, LockedFace, SignOnFace


def sign_on_face(state: StationState, session: SignedOut, now: Now) -> SignOnFace:
    gate = session.gate
    return SignOnFace(
        step="pin" if gate.candidate else "badge",
        name=gate.candidate.name if gate.candidate else "",
        retry_in_s=retry_in_s(gate, now),
        is_checking=gate.is_checking,
        pin_length=state.rules.pin_length,
        sample_people=state.rules.sample_people,
    )


def locked_face(state: StationState, session: Locked, now: Now) -> LockedFace:
    gate = session.gate
    return LockedFace(
        step="pin" if gate.candidate else "badge",
        owner=session.owner.name,
        tray=state.custody.tray_here,
        name=gate.candidate.name if gate.candidate else "",
        wait=machine_wait(state) if state.custody.motion is not None else None,
        by_badge_alone=not session.is_closed and now.mono_s - session.since_s < state.rules.return_by_badge_s,
        is_closed=session.is_closed,
        is_checking=gate.is_checking,
        retry_in_s=retry_in_s(gate, now),
        pin_length=state.rules.pin_length,
        sample_people=state.rules.sample_people,
    )


def hand_over_face(state: StationState, session: HandOver) -> HandOverFace:
    task = state.round.task if state.round else None
    return HandOverFace(
        owner=session.owner.name,
        name=session.person.name,
        order=task.order if task else next(iter(state.resume), ""),
        line=task.line if task else "",
    )
