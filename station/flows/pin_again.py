"""The PIN of the person who is signed on, asked once more before a privileged act. Pure.

Asking -> PIN -> checking -> Confirmed: the act that was held back happens. A wrong PIN counts like one at sign-on; the tenth
locks the person out, and the screen with him. Back, or the wish to leave, gives the act up: nothing of it has happened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from db.records.people import PinRefused
from station import commands as do
from station.flows.session import CheckPin, NoteSignOn, PinChecked, SaySignOn
from station.values import Person
from station.view.message import Level, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The PIN of `person` is asked, because of this act."""

    act: str
    person: Person
    is_checking: bool = False
    retry_at_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The PIN was right."""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The act does not happen. `is_locked_out`: the person may do nothing more until somebody has lifted that."""

    is_locked_out: bool = False


Asked = Asking | Confirmed | GivenUp
PinAgainEffect = CheckPin | SaySignOn | NoteSignOn
PinAgainTurn = tuple[Asked, tuple[PinAgainEffect, ...]]


def advance(asking: Asking, event: do.Command | PinChecked, now_s: float) -> PinAgainTurn:
    """The next state and what it asks for. An event that means nothing here changes nothing."""
    match event:
        case PinChecked() if asking.is_checking:
            return (Confirmed(), ()) if event.verdict == "ok" else _refused(asking, event, now_s)
        case do.EnterPin(pin=pin) if not asking.is_checking and now_s >= asking.retry_at_s:
            return replace(asking, is_checking=True), (CheckPin(asking.person, pin),)
        case do.Back() | do.CancelSignOn() if not asking.is_checking:
            return GivenUp(), ()
        case _:
            return asking, ()


def _refused(asking: Asking, event: PinChecked, now_s: float) -> PinAgainTurn:
    person = asking.person
    note = NoteSignOn((PinRefused(person=person.person, act=asking.act, reason=event.verdict),), person.person, str(person.role))
    params = {"seconds": round(event.retry_in_s)} if event.retry_in_s else {}
    code = "wrong_pin_wait" if event.verdict == "wrong_pin" and event.retry_in_s else event.verdict
    said = SaySignOn(Message(code, Level.ACT, params, error="S502"))
    if event.verdict in ("locked", "disabled"):
        return GivenUp(is_locked_out=True), (note, said)
    return replace(asking, is_checking=False, retry_at_s=now_s + event.retry_in_s), (note, said)
