"""A supervisor lifts a lock-out at the bay, also without a network. Pure: badge, PIN, one touch; then the operator's own PIN.

Locked out -> a supervisor's badge -> his PIN -> unlock | give a new PIN | sign on himself. A new PIN is typed twice by the
person whose it is: the supervisor looks away. Anybody else's badge leaves this and signs on as always. Nobody lifts his own
lock-out, and nobody gives a PIN to a person of more rights than his own: with it he would act as that person.
"""

from __future__ import annotations

from dataclasses import replace

from db.records.people import SignOnRefused
from station import commands as do
from station.flows.session import (
    Around,
    BadgeFound,
    BadgeShown,
    CheckPin,
    EndLockOut,
    FindBadge,
    Gate,
    LockOutEnded,
    NoteSignOn,
    PinChecked,
    SaySignOn,
    SignOnEffect,
    WentIdle,
)
from station.values import Person, Role
from station.view.message import Level, Message

UNLOCK, NEW_PIN, SIGN_ON = "unlock", "new_pin", "sign_on"
CHOOSE, AGAIN = "choose", "again"

GateTurn = tuple[Gate, tuple[SignOnEffect, ...]]


def may_give_pin(locked: Person) -> bool:
    """Whether this person may be given a new PIN at the bay. Supervisors and administrators get theirs from an administrator."""
    return locked.role in (Role.OPERATOR, Role.MAINTENANCE)


def advance(gate: Gate, locked: Person, event: object, around: Around) -> GateTurn | None:
    """The next gate; None: this is no business of unlocking, and sign-on goes on as always."""
    match event:
        case LockOutEnded(verdict=verdict) if gate.helper is not None and gate.is_checking:
            return _ended(gate, locked, verdict)
        case BadgeFound() if gate.is_checking and gate.candidate is None and gate.helper is None:
            return _helper_found(locked, event, around)
        case PinChecked() if gate.is_checking and gate.candidate is not None:
            return _helper_checked(locked, gate.candidate, event, around)
        case _ if gate.is_checking:
            return gate, ()
        case BadgeShown(text) if gate.helper is None:
            return Gate(locked=locked, is_checking=True), (FindBadge(text),)
        case BadgeShown():
            return gate, ()
        case do.EnterPin(pin=pin) if gate.candidate is not None and around.now_s >= gate.retry_at_s:
            return replace(gate, is_checking=True), (CheckPin(gate.candidate, pin),)
        case do.CancelSignOn() | do.Back() | WentIdle():
            return Gate(), (SaySignOn(Message("scan_badge")),)
        case do.Choose() | do.EnterPin() if gate.helper is not None:
            return _helped(gate, locked, gate.helper, event)
        case _:
            return gate, ()


def _helper_found(locked: Person, event: BadgeFound, around: Around) -> GateTurn | None:
    """A supervisor is asked for his PIN. Whoever cannot help signs on as always."""
    person = event.person
    if person is not None and person.person == locked.person:
        return Gate(locked=locked), (SaySignOn(Message("locked", Level.ACT, error="S502")),)
    if person is None or not person.is_active or person.role not in around.unlockers:
        return None
    return Gate(locked=locked, candidate=person), (SaySignOn(Message("enter_pin")),)


def _helper_checked(locked: Person, helper: Person, event: PinChecked, around: Around) -> GateTurn | None:
    if event.verdict == "ok":
        return Gate(locked=locked, helper=helper, step=CHOOSE), ()
    if event.verdict == "locked":
        return None  # now he is the one who is locked out
    refused = NoteSignOn((SignOnRefused(person=helper.person, reason=event.verdict),))
    params = {"seconds": round(event.retry_in_s)} if event.retry_in_s else {}
    code = "wrong_pin_wait" if event.verdict == "wrong_pin" and event.retry_in_s else event.verdict
    said = SaySignOn(Message(code, Level.ACT, params, error="S502"))
    return Gate(locked=locked, candidate=helper, retry_at_s=around.now_s + event.retry_in_s), (refused, said)


def _helped(gate: Gate, locked: Person, helper: Person, event: do.Choose | do.EnterPin) -> GateTurn | None:
    match gate.step, event:
        case "choose", do.Choose(key="sign_on"):
            return None
        case "choose", do.Choose(key="unlock"):
            return replace(gate, is_checking=True), (EndLockOut(locked, helper),)
        case "choose", do.Choose(key="new_pin") if may_give_pin(locked):
            return replace(gate, step=NEW_PIN), ()
        case "new_pin", do.EnterPin(pin=pin):
            return replace(gate, step=AGAIN, new_pin=pin), ()
        case "again", do.EnterPin(pin=pin) if pin != gate.new_pin:
            return replace(gate, step=NEW_PIN, new_pin=""), (SaySignOn(Message("pins_differ", Level.ACT, error="S504")),)
        case "again", do.EnterPin(pin=pin):
            return replace(gate, is_checking=True, new_pin=""), (EndLockOut(locked, helper, pin),)
        case _:
            return gate, ()


def _ended(gate: Gate, locked: Person, verdict: str) -> GateTurn:
    """Unlocked: the person signs on with his own PIN. A PIN that may not be chosen is asked again."""
    if verdict == "ok":
        return Gate(candidate=locked), (SaySignOn(Message("unlocked", params={"name": locked.name})),)
    step = NEW_PIN if verdict.startswith("pin_") else CHOOSE
    said = SaySignOn(Message(verdict, Level.ACT, error="S504"))
    return replace(gate, step=step, is_checking=False), (said,)
