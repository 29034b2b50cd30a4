"""The PIN once more before a privileged act: of the person who is signed on, or of one who may approve it. Pure.

Asking -> PIN -> checking -> Confirmed: the act that was held back happens. Where it has to be approved, the approver's badge
comes first. A wrong PIN counts like one at sign-on; the tenth locks the person out, and the screen too where it is his. Back,
or the wish to leave, gives the act up: nothing of it has happened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from db.records.people import PinRefused
from station import commands as do
from station.flows.session import BadgeFound, BadgeShown, CheckPin, FindBadge, NoteSignOn, PinChecked, SaySignOn
from station.values import Person, Role
from station.view.message import Level, Message

TWO_PERSON = "two_person"  # the item asks for a second person


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The PIN of `person` is asked, because of this act of `by`. `approvers`: the roles of which he has to be whose badge comes
    first, and who is none of `barred`; `person` is None until it was scanned."""

    act: str
    by: Person
    person: Person | None
    approvers: frozenset[Role] = frozenset()
    barred: frozenset[str] = frozenset()
    is_checking: bool = False
    retry_at_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The PIN was right."""

    person: Person


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The act does not happen. `is_locked_out`: who is signed on may do nothing more until somebody has lifted that."""

    is_locked_out: bool = False


Asked = Asking | Confirmed | GivenUp
PinAgainEvent = do.Command | BadgeShown | BadgeFound | PinChecked
PinAgainEffect = FindBadge | CheckPin | SaySignOn | NoteSignOn
PinAgainTurn = tuple[Asked, tuple[PinAgainEffect, ...]]


def advance(asking: Asking, event: PinAgainEvent, now_s: float) -> PinAgainTurn:
    """The next state and what it asks for. An event that means nothing here changes nothing."""
    match event:
        case PinChecked() if asking.is_checking and asking.person is not None:
            return (Confirmed(asking.person), ()) if event.verdict == "ok" else _refused(asking, asking.person, event, now_s)
        case BadgeFound() if asking.is_checking and asking.person is None:
            return _approver_found(asking, event)
        case _ if asking.is_checking:
            return asking, ()
        case BadgeShown(text) if asking.approvers:
            return replace(asking, person=None, is_checking=True), (FindBadge(text),)
        case do.EnterPin(pin=pin) if asking.person is not None and now_s >= asking.retry_at_s:
            return replace(asking, is_checking=True), (CheckPin(asking.person, pin),)
        case do.Back() | do.CancelSignOn():
            return GivenUp(), ()
        case _:
            return asking, ()


def _approver_found(asking: Asking, event: BadgeFound) -> PinAgainTurn:
    """Nobody approves what he counted himself."""
    person = event.person
    waiting = replace(asking, is_checking=False)
    if person is None or not person.is_active:
        code = event.fault or ("unknown_badge" if person is None else "disabled")
        return waiting, (SaySignOn(Message(code, Level.ACT, error="S501")),)
    if person.role not in asking.approvers or person.person in asking.barred:
        nobody = "no_approver" if person.person in asking.barred else "no_supervisor"
        code = "second_is_first" if asking.act == TWO_PERSON else nobody
        return waiting, (SaySignOn(Message(code, Level.ACT, error="S503")),)
    return replace(waiting, person=person, retry_at_s=0.0), (SaySignOn(Message("enter_pin")),)


def _refused(asking: Asking, person: Person, event: PinChecked, now_s: float) -> PinAgainTurn:
    note = NoteSignOn((PinRefused(person=person.person, act=asking.act, reason=event.verdict),), person.person, str(person.role))
    params = {"seconds": round(event.retry_in_s)} if event.retry_in_s else {}
    code = "wrong_pin_wait" if event.verdict == "wrong_pin" and event.retry_in_s else event.verdict
    said = SaySignOn(Message(code, Level.ACT, params, error="S502"))
    if event.verdict not in ("locked", "disabled"):
        return replace(asking, is_checking=False, retry_at_s=now_s + event.retry_in_s), (note, said)
    if asking.approvers:
        return replace(asking, person=None, is_checking=False), (note, said)
    return GivenUp(is_locked_out=True), (note, said)
