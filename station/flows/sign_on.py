"""Who works at the bay. Pure: badge identifies, PIN authenticates, idle locks, the same person returns by badge.

SignedOut -> badge -> AskPin -> PIN -> Active. Active -> idle or asked -> Locked (the tray stays; "unattended").
Locked -> own badge within the time -> Active ("returned"); own badge later -> PIN -> Active; another's badge -> PIN -> HandOver
-> Active, with the open work taken over by an explicit answer.
Whoever may not work here any more is locked out at once; his open work waits for somebody else.
The secrets are checked by the runner on a reader thread; what comes back here is the verdict only.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from db.records.people import HandedOver, Returned, SignedOff, SignedOn, SignOnRefused, Unattended
from db.records.record import Record
from station import commands as do
from station.values import Person
from station.view.message import Level, Message

# --- states ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """How far somebody at the closed screen has come. `candidate` has shown a badge; `is_checking` while a secret is checked."""

    candidate: Person | None = None
    is_checking: bool = False
    retry_at_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut:
    gate: Gate = field(default_factory=Gate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Active:
    person: Person
    method: str = "badge_pin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """`owner` is still signed on; `since_s` decides whether the badge alone is enough. `is_closed`: he may not work here any
    more, his work waits for somebody else."""

    owner: Person
    since_s: float
    gate: Gate = field(default_factory=Gate)
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Somebody else has signed on at a locked screen with open work."""

    owner: Person
    person: Person


Session = SignedOut | Active | Locked | HandOver

# --- events and effects ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BadgeShown:
    """Any scan at a closed screen."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BadgeFound:
    """Whose badge it is; None when nobody's, or when `fault` (store_error) kept us from looking."""

    person: Person | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class PinChecked:
    """The verdict on a PIN. `verdict` is ok, wrong_pin, too_early, locked, disabled, or what kept us from checking it:
    store_read_only, store_error, pepper_mismatch. `retry_in_s` when it may be tried again."""

    verdict: str
    retry_in_s: float = 0.0


@dataclass(frozen=True, slots=True)
class PersonRead:
    """Whether this person may still work here."""

    person: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class WentIdle:
    """Nobody touched or scanned for the set time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the flow may know of the rest: time, the open line, the tray at the bay, and the setting for badge-only return."""

    now_s: float
    return_by_badge_s: float
    order: str = ""
    line: str = ""
    tray: int | None = None
    has_open_work: bool = False


@dataclass(frozen=True, slots=True)
class FindBadge:
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckPin:
    person: Person
    pin: str

    def __repr__(self) -> str:
        return f"CheckPin({self.person.person})"  # the PIN never reaches a log


@dataclass(frozen=True, slots=True)
class SaySignOn:
    message: Message


@dataclass(frozen=True, slots=True)
class NoteSignOn:
    """Records of sign-on, with the person they belong to as the operator."""

    records: tuple[Record, ...]
    operator: str = ""
    role: str = ""


SignOnEvent = do.Command | BadgeShown | BadgeFound | PinChecked | PersonRead | WentIdle
SignOnEffect = FindBadge | CheckPin | SaySignOn | NoteSignOn
SignOnTurn = tuple[Session, tuple[SignOnEffect, ...]]


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
    match event:
        case BadgeShown(text) if not gate.is_checking:
            return replace(session, gate=Gate(is_checking=True)), (FindBadge(text),)
        case BadgeFound() if gate.is_checking and gate.candidate is None:
            return _badge_found(session, event, around)
        case do.EnterPin(pin=pin) if gate.candidate is not None and not gate.is_checking and around.now_s >= gate.retry_at_s:
            return replace(session, gate=replace(gate, is_checking=True)), (CheckPin(gate.candidate, pin),)
        case PinChecked() if gate.candidate is not None and gate.is_checking:
            return _pin_checked(session, gate.candidate, event, around)
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
        said = SaySignOn(Message(reason, Level.ACT, error="S501"))
        return replace(session, gate=Gate()), (NoteSignOn((refused,)), said)
    if _may_return_by_badge(session, person, around):
        return _active(person, "badge"), (_note(person, Returned(person=person.person, method="badge")), _welcome(person))
    return replace(session, gate=Gate(candidate=person)), (SaySignOn(Message("enter_pin")),)


def _may_return_by_badge(session: SignedOut | Locked, person: Person, around: Around) -> bool:
    if not isinstance(session, Locked) or session.owner.person != person.person or session.is_closed:
        return False
    return around.now_s - session.since_s < around.return_by_badge_s


def _pin_checked(session: SignedOut | Locked, person: Person, event: PinChecked, around: Around) -> SignOnTurn:
    if event.verdict != "ok":
        return _pin_refused(session, person, event, around)
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
