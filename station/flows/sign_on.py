"""Who works at the bay. Pure: badge identifies, PIN authenticates, idle locks, the same person returns by badge.

SignedOut -> badge -> AskPin -> PIN -> Active. Active -> idle or asked -> Locked (the tray stays; "unattended").
Who has no PIN yet chooses one there (`station.flows.choose_pin`).
A person who is locked out stands behind `gate.locked`: a supervisor may lift it there (`station.flows.unlock`).
Locked -> own badge within the time -> Active ("returned"); own badge later -> PIN -> Active; another's badge -> PIN -> HandOver
-> Active, with the open work taken over by an explicit answer.
Whoever may not work here any more is locked out at once; his open work waits for somebody else.
The secrets are checked by the runner on a reader thread; what comes back here is the verdict only.
"""

from __future__ import annotations

from dataclasses import replace

from db.records.people import HandedOver, Returned, SignedOff, SignedOn, SignOnRefused, Unattended
from db.records.record import Record
from station import commands as do
from station.flows import choose_pin, unlock
from station.flows.session import Active as Active
from station.flows.session import Around as Around
from station.flows.session import BadgeFound as BadgeFound
from station.flows.session import BadgeShown as BadgeShown
from station.flows.session import CheckPin as CheckPin
from station.flows.session import ChoosePin as ChoosePin
from station.flows.session import EndLockOut as EndLockOut
from station.flows.session import FindBadge as FindBadge
from station.flows.session import Gate as Gate
from station.flows.session import HandOver as HandOver
from station.flows.session import Locked as Locked
from station.flows.session import LockOutEnded as LockOutEnded
from station.flows.session import NoteSignOn as NoteSignOn
from station.flows.session import PersonRead as PersonRead
from station.flows.session import PinChecked as PinChecked
from station.flows.session import PinChosen as PinChosen
from station.flows.session import SaySignOn as SaySignOn
from station.flows.session import Session as Session
from station.flows.session import SignedOut as SignedOut
from station.flows.session import SignOnEffect as SignOnEffect
from station.flows.session import SignOnEvent as SignOnEvent
from station.flows.session import SignOnTurn as SignOnTurn
from station.flows.session import WentIdle as WentIdle
from station.values import Person
from station.view.message import Level, Message


def advance(session: Session, event: SignOnEvent, around: Around) -> SignOnTurn:
    """The next session and what it asks for. An event that means nothing here changes nothing."""
    match session, event:
        case _, PersonRead(person=closed, is_active=False):
            return _closed(session, closed, around)
        case SignedOut() | Locked(), _:
            return _at_gate(session, event, around)
        case Active(person=person), do.SignOff():
            return SignedOut(), (_note(person, SignedOff(person=person.person)),)
        case Active(person=person), do.LockScreen():
            return _lock(person, around, "asked")
        case Active(person=person), WentIdle():
            return _lock(person, around, "idle")
        case HandOver(), do.AnswerHandOver(takes_over=takes_over):
            return _answer_hand_over(session, takes_over, around)
        case HandOver(), WentIdle() | do.LockScreen() | do.SignOff():
            return _not_taken_over(session, around)
        case _:
            return session, ()


def _closed(session: Session, closed: str, around: Around) -> SignOnTurn:
    """This person may not work here any more: open work waits behind the lock for somebody else."""
    said = SaySignOn(Message("person_closed", Level.ACT, error="S503"))
    match session:
        case Active(person=person) if person.person == closed and around.has_open_work:
            locked, notes = _lock(person, around, "disabled")
            return replace(locked, is_closed=True), (*notes, said)
        case Active(person=person) | Locked(owner=person) if person.person == closed and not around.has_open_work:
            return SignedOut(), (_note(person, SignedOff(person=person.person)), said)
        case Locked(owner=person, is_closed=False) if person.person == closed:
            return replace(session, is_closed=True), (said,)
        case HandOver(person=person) if person.person == closed:
            before, notes = _not_taken_over(session, around)
            return before, (*notes, said)
        case _:
            return session, ()


def _not_taken_over(session: HandOver, around: Around) -> tuple[Locked, tuple[SignOnEffect, ...]]:
    """The question of the hand-over is left: the screen is the owner's again, and he needs his PIN."""
    locked = Locked(owner=session.owner, since_s=around.now_s - around.return_by_badge_s)
    return locked, (_note(session.person, SignedOff(person=session.person.person)),)


def _lock(person: Person, around: Around, why: str) -> tuple[Locked, tuple[SignOnEffect, ...]]:
    unattended = Unattended(person=person.person, tray=around.tray, why=why)
    return Locked(owner=person, since_s=around.now_s), (_note(person, unattended),)


def _at_gate(session: SignedOut | Locked, event: SignOnEvent, around: Around) -> SignOnTurn:
    gate = session.gate
    if gate.locked is not None and (helped := unlock.advance(gate, gate.locked, event, around)) is not None:
        after, effects = helped
        return replace(session, gate=after), effects
    match event:
        case BadgeShown(text) if not gate.is_checking:
            return replace(session, gate=Gate(is_checking=True)), (FindBadge(text),)
        case BadgeFound() if gate.is_checking and gate.candidate is None:
            return _badge_found(session, event, around)
        case do.EnterPin() if gate.candidate is not None and gate.step and not gate.is_checking:
            after, effects = choose_pin.typed(gate, gate.candidate, event)
            return replace(session, gate=after), effects
        case PinChosen(verdict=verdict) if gate.candidate is not None and gate.step and gate.is_checking:
            if verdict == "ok":
                return _let_in(session, gate.candidate, around)
            after, effects = choose_pin.refused(gate, verdict)
            return replace(session, gate=after), effects
        case do.EnterPin(pin=pin) if gate.candidate is not None and not gate.is_checking and around.now_s >= gate.retry_at_s:
            return replace(session, gate=replace(gate, is_checking=True)), (CheckPin(gate.candidate, pin),)
        case PinChecked() if gate.candidate is not None and gate.is_checking:
            return _pin_checked(session, gate.candidate, event, around)
        case do.Choose(key=unlock.SIGN_ON) if gate.helper is not None and not gate.is_checking:
            return _let_in(session, gate.helper, around)
        case do.CancelSignOn() if not gate.is_checking:
            return replace(session, gate=Gate()), (SaySignOn(Message("scan_badge")),)
        case WentIdle() if gate.candidate is not None and not gate.is_checking:
            return replace(session, gate=Gate()), (SaySignOn(Message("scan_badge")),)
        case _:
            return session, ()


def _badge_found(session: SignedOut | Locked, event: BadgeFound, around: Around) -> SignOnTurn:
    person = event.person
    if person is None or not person.is_active:
        reason = event.fault or ("unknown_badge" if person is None else "disabled")
        refused = SignOnRefused(person=person.person if person else "", reason=reason)
        said = SaySignOn(Message(reason, Level.ACT, error="O580" if reason == "pin_open_over" else "S501"))
        return replace(session, gate=Gate()), (NoteSignOn((refused,)), said)
    if _may_return_by_badge(session, person, around):
        return _active(person, "badge"), (_note(person, Returned(person=person.person, method="badge")), _welcome(person))
    if event.chooses_pin:
        gate, effects = choose_pin.begun(person)
        return replace(session, gate=gate), effects
    return replace(session, gate=Gate(candidate=person)), (SaySignOn(Message("enter_pin")),)


def _may_return_by_badge(session: SignedOut | Locked, person: Person, around: Around) -> bool:
    if not isinstance(session, Locked) or session.owner.person != person.person or session.is_closed:
        return False
    return around.now_s - session.since_s < around.return_by_badge_s


def _pin_checked(session: SignedOut | Locked, person: Person, event: PinChecked, around: Around) -> SignOnTurn:
    if event.verdict != "ok":
        return _pin_refused(session, person, event, around)
    return _let_in(session, person, around)


def _let_in(session: SignedOut | Locked, person: Person, around: Around) -> SignOnTurn:
    signed_on = SignedOn(person=person.person, role=str(person.role), method="badge_pin")
    if isinstance(session, Locked) and session.owner.person == person.person:
        returned = Returned(person=person.person, method="badge_pin")
        return _active(person, "badge_pin"), (_note(person, returned), _welcome(person))
    if isinstance(session, Locked) and around.has_open_work:
        return HandOver(owner=session.owner, person=person), (_note(person, signed_on),)
    records = (SignedOff(person=session.owner.person), signed_on) if isinstance(session, Locked) else (signed_on,)
    return _active(person, "badge_pin"), (_note(person, *records), _welcome(person))


def _pin_refused(session: SignedOut | Locked, person: Person, event: PinChecked, around: Around) -> SignOnTurn:
    refused = SignOnRefused(person=person.person, reason=event.verdict)
    params = {"seconds": round(event.retry_in_s)} if event.retry_in_s else {}
    code = "wrong_pin_wait" if event.verdict == "wrong_pin" and event.retry_in_s else event.verdict
    said = SaySignOn(Message(code, Level.ACT, params, error="S502"))
    if event.verdict == "locked":
        return replace(session, gate=Gate(locked=person)), (NoteSignOn((refused,)), said)
    gate = Gate(candidate=person, retry_at_s=around.now_s + event.retry_in_s)
    return replace(session, gate=gate), (NoteSignOn((refused,)), said)


def _answer_hand_over(session: HandOver, takes_over: bool, around: Around) -> SignOnTurn:
    """The owner is signed off either way; only the explicit yes moves the open line."""
    person = session.person
    records: list[Record] = [SignedOff(person=session.owner.person)]
    if takes_over:
        records.append(
            HandedOver(from_person=session.owner.person, to_person=person.person, order=around.order, line=around.line)
        )
    return _active(person, "badge_pin"), (_note(person, *records), _welcome(person))


def _active(person: Person, method: str) -> Active:
    return Active(person=person, method=method)


def _welcome(person: Person) -> SaySignOn:
    return SaySignOn(Message("signed_on", Level.NOTE, {"name": person.name}))


def _note(person: Person, *records: Record) -> NoteSignOn:
    return NoteSignOn(records, person.person, str(person.role))
