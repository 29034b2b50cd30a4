"""Put a quantity into a compartment.

Working -> (confirm | a scan that proves it) -> Booking -> Finished; of a tracked item the lot and the serials are asked first
(`station.flows.identity`).
"Not enough": AskFits (how many went in) -> AskWhy: no_space looks for another compartment for the rest, fewer_here closes the
line short. "Elsewhere": the whole task goes to another compartment; a runner-up is taken by one touch. What must not lie there
(`why_not_here`) is refused before anything is asked. Wherever a question is open, Back returns to Working.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from db.errors import SERIAL_TAKEN
from db.records.stock import Picked, Put
from station import commands as do
from station.flows import identity, proof
from station.flows.turn import (
    Book,
    Booked,
    Booking,
    BookingFailed,
    Finished,
    Say,
    ScannedPlace,
    ScannedRight,
    ScannedWrong,
    Step,
    TaskEvent,
    TaskState,
    Turn,
    Working,
    book,
    settle,
    skip,
    stay,
    where,
)
from station.receiving import PUT_AWAY
from station.rules import mixing
from station.rules.handling import weight_g
from station.rules.put_away import Proposal
from station.rules.storage import UNFIT_WEIGHT
from station.task import Mode, Task
from station.tracking import is_whole, lacks, piece
from station.where import Where, where_of

NO_SPACE = "no_space"
FEWER_HERE = "fewer_here"
PUT_REASONS = (NO_SPACE, FEWER_HERE)


@dataclass(frozen=True, slots=True)
class AskFits(Step):
    """How many went into this compartment?"""


@dataclass(frozen=True, slots=True)
class AskWhy(Step):
    """Why not all?"""

    fitted: int


@dataclass(frozen=True, slots=True)
class AskPutLabel(Step):
    """The last four characters of the item's code."""


def advance(state: TaskState, event: TaskEvent) -> Turn:
    """The put's next state and what it asks for. An event that means nothing here changes nothing."""
    match state.step, event:
        case Booking(before=before), BookingFailed(code=code, about=serial) if code == SERIAL_TAKEN:
            return identity.taken_meanwhile(state.at(before), serial)
        case _, Booked() | BookingFailed():
            return settle(state, event)
        case Working(), _:
            return _working(state, event)
        case AskFits() | AskWhy() | AskPutLabel(), do.Back():
            return stay(state.at(Working()))
        case AskFits(), do.EnterNumber(number=fitted) if 0 <= fitted < state.task.quantity and is_whole(state.task.item, fitted):
            return _ask_why(state, fitted)
        case AskWhy(fitted=fitted), do.Choose(key=reason) if reason in PUT_REASONS:
            return _put_in(state, fitted, reason)
        case identity.AskLot() | identity.AskExpiry() | identity.AskSerial() | identity.AskMeaning(), _:
            return identity.advance(state, event, _book)
        case AskPutLabel(), do.EnterText(text=text):
            return proof.typed_label(state.at(Working()), text)
        case AskPutLabel(), ScannedRight() | ScannedPlace():
            return _working(state.at(Working()), event)
        case _:
            return stay(state)


def _working(state: TaskState, event: TaskEvent) -> Turn:
    quantity = state.task.quantity
    match event:
        case do.Confirm() if proof.is_proven(state, quantity):
            return _put_all(state)
        case ScannedRight(label):
            proven, is_enough = proof.scanned_right(state, quantity, label)
            return _put_all(proven) if is_enough else stay(proven, Say(proof.accepted(proven, quantity, label)))
        case ScannedPlace():
            proven, is_enough = proof.scanned_place(state, quantity)
            return _put_all(proven) if is_enough else stay(proven, Say(proof.place_accepted(proven, quantity)))
        case ScannedWrong():
            return proof.scanned_wrong(state, event)
        case do.NotEnough() if not state.is_locked:
            return stay(state.at(AskFits()))
        case do.LabelUnreadable():
            return stay(state.at(AskPutLabel()))
        case do.TakeRunnerUp(number=number) if not state.is_locked and 0 <= number < len(state.task.runners_up):
            return stay(state.at(Finished(instead=_at_runner_up(state.task, number))))
        case do.ElsewherePut() if not state.is_locked:
            return stay(state.at(Finished(missing=quantity, reason=NO_SPACE)))
        case do.CountHere() if not state.is_locked and not is_unnamed(state.task):
            return stay(state.at(Finished(count_first=True)))
        case do.Skip():
            return skip(state)
        case _:
            return stay(state)


def is_unnamed(task: Task) -> bool:
    """Whether a put does not say which stock of the compartment it adds to: a count on the spot would not know what to count."""
    return task.mode is Mode.PUT and bool(lacks(task.item, task.key))


def why_not_here(state: TaskState, quantity: int | None = None) -> str:
    """Why the goods, or so many of them, do not belong into this compartment, as far as is known before their lot is said; ""
    when they do."""
    if state.task.beside is not None and state.task.beside.goes_on:  # it was found here, and does not stay
        return ""
    if state.unfit:
        return state.unfit
    moved_g = weight_g(state.task.item, state.task.quantity if quantity is None else quantity)
    if moved_g and state.spare_g is not None and moved_g > state.spare_g:
        return UNFIT_WEIGHT
    why = mixing.why_not(state.task.item, replace(state.task.key, lot=state.lot or state.task.key.lot), state.lying)
    is_lot_asked = state.task.item.lot_tracked and not (state.lot or state.task.key.lot)
    return "" if is_lot_asked and why == mixing.OTHER_LOT else why


def _at_runner_up(task: Task, number: int) -> Task:
    """The task at a runner-up; the place that was proposed first is one of the runners-up then."""
    chosen = task.runners_up[number]
    others = (Proposal(task.place, task.reasons), *(each for each in task.runners_up if each != chosen))
    return replace(task, place=chosen.place, reasons=chosen.reasons, runners_up=others)


def _put_all(state: TaskState) -> Turn:
    return _put_in(state, state.task.quantity, state.task.reason)


def _ask_why(state: TaskState, fitted: int) -> Turn:
    if fitted and not proof.is_proven(state, fitted):
        return stay(state.at(Working()), Say(proof.missing_proof(state, fitted)))
    return stay(state.at(AskWhy(fitted)))


def _put_in(state: TaskState, quantity: int, reason: str) -> Turn:
    """So much went in: it is booked when nothing is left to ask about it, and nothing against it."""
    if quantity and (why := why_not_here(state, quantity)):
        return stay(state.at(Working()), Say(identity.refused_here(state, why)))
    following = identity.question(state, quantity, reason)
    return identity.ask(state.at(following)) if following else _book(state, quantity, reason)


def _book(state: TaskState, quantity: int, reason: str) -> Turn:
    """All of it, or a part: then the rest is looked for elsewhere, or the line ends short because it is not here."""
    records = _records(state, quantity, reason)
    if quantity == state.task.quantity:
        return book(state, Finished(), Book(records=records, moved=quantity, closes=True))
    rest = Finished(missing=state.task.quantity - quantity, is_given_up=reason == FEWER_HERE, reason=reason)
    if not quantity:
        return stay(state.at(rest))
    return book(state, rest, Book(records=records, moved=quantity, reason=reason))


def _records(state: TaskState, quantity: int, reason: str) -> tuple[Picked | Put, ...]:
    """One movement, or one for each serial; before it the one out of the place where the goods lie in the book until now."""
    source = state.task.source
    if source is None or not quantity:
        return _puts(state, quantity, reason)
    taken = Picked(**where_of(source, state.task.key), quantity=quantity, reason=PUT_AWAY)
    return (taken, *_puts(state, quantity, PUT_AWAY))


def _puts(state: TaskState, quantity: int, reason: str) -> tuple[Put, ...]:
    at = where(state)
    at["lot"] = state.lot or at["lot"]
    proven = {"proof": proof.word(state), "scanner": proof.scanner(state), "second": state.second}
    proven["expiry"] = state.expiry.isoformat() if state.expiry else ""
    if not state.serials:
        return (Put(**at, quantity=quantity, reason=reason, **proven),)
    one = piece(state.task.item)
    keys = [Where({**at, "serial": serial}) for serial in state.serials]
    return tuple(Put(**key, quantity=one, reason=reason, **proven) for key in keys)
