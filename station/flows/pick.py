"""Take a quantity from a compartment.

Working -> (confirm | a scan of quantity 1 | the last scan of scan_each) -> Booking -> Finished, or the question of
`station.flows.zero_check` when the book then says zero.
Where the order is bound to a tote, its key or code stands for Confirm; a task of several orders is parted by
`station.flows.tote_pick`.
Where the item's rule offers full packs, what is offered may be more than what is asked.
"Not enough": AskTaken -> AskReason -> AskRemaining -> one booking of two movements, the pick and the correction of the book;
AskWhich first when reason and remainder contradict each other. As much as asked is booked at once, and no short.
"Defective", as a reason of not enough: `station.flows.defect`.
"More than offered": AskOut -> ReturnExcess -> Working when it went back, or AskExcessReason -> a booking of what stays out.
"Other lot": `station.flows.departure`.
"Label unreadable": AskLabel -> Working, flagged. Wherever a question is open, Back returns to Working and nothing is booked.
The diagram with its lettered edges is in docs/operator.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from db.records.record import Record
from db.records.stock import Corrected, Picked
from station import commands as do
from station.flows import defect, departure, open_pack, proof, tote_pick, tote_share, zero_check
from station.flows.tote_share import AskFull, AskInto, AskShare, AskShares, Distributing, PutBack
from station.flows.turn import (
    Book,
    Booked,
    BookingFailed,
    Finished,
    Say,
    ScannedPlace,
    ScannedRight,
    ScannedWrong,
    Step,
    TaskEvent,
    TaskState,
    ToteNamed,
    Turn,
    Working,
    book,
    skip,
    stay,
    where,
)
from station.quantity import round_up
from station.tracking import lacks, piece
from station.view.message import Level, Message

SHORT_REASONS = ("not_there", "damaged", "book_wrong", "not_reachable")
NOTHING_LEFT = frozenset({"not_there", "book_wrong"})  # said of a compartment in which pieces remain, these are not true
NOT_REACHABLE = "not_reachable"  # nor is this of an empty one
EXCESS_REASONS = ("full_pack", "cannot_be_divided", "asked_by_person")


@dataclass(frozen=True, slots=True)
class AskTaken(Step):
    """How many could be taken?"""


@dataclass(frozen=True, slots=True)
class AskReason(Step):
    """Why not all?"""

    taken: int


@dataclass(frozen=True, slots=True)
class AskRemaining(Step):
    """How many are still in the compartment?"""

    taken: int
    reason: str


@dataclass(frozen=True, slots=True)
class AskWhich(Step):
    """The reason and what remains cannot both be true: which of the two is wrong?"""

    taken: int
    reason: str
    remaining: int


@dataclass(frozen=True, slots=True)
class AskLabel(Step):
    """The last four characters of the item's code."""


@dataclass(frozen=True, slots=True)
class AskOut(Step):
    """More than offered left the compartment: how many are out?"""


@dataclass(frozen=True, slots=True)
class ReturnExcess(Step):
    """Put the excess back, or say that it stays out."""

    out: int


@dataclass(frozen=True, slots=True)
class AskExcessReason(Step):
    """Why the excess stays out."""

    out: int


def advance(state: TaskState, event: TaskEvent) -> Turn:
    """The pick's next state and what it asks for. An event that means nothing here changes nothing."""
    match state.step, event:
        case _, Booked() | BookingFailed():
            return tote_pick.settled(state, event)
        case Distributing() | AskShares() | AskShare() | AskFull() | AskInto() | PutBack(), _:
            return tote_pick.advance(state, event)
        case Working(), _:
            return _working(state, event)
        case AskTaken() | AskReason() | AskRemaining() | AskWhich(), _:
            return _not_enough(state, event)
        case AskOut() | ReturnExcess() | AskExcessReason(), _:
            return _too_many(state, event)
        case defect.Holding(), _:
            return defect.advance(state, event, _picked)
        case departure.Seeking() | departure.AskOtherLot() | departure.AskDeparture(), _:
            return departure.advance(state, event)
        case AskLabel(), do.EnterText(text=text):
            return proof.typed_label(state.at(Working()), text)
        case AskLabel(), ScannedRight() | ScannedPlace():
            return _working(state.at(Working()), event)
        case AskLabel(), do.Back():
            return stay(state.at(Working()))
        case _:
            return stay(state)


def quantity_to_take(state: TaskState) -> int:
    """What Confirm would book: what is asked, or the next full pack where the item's rule says so and the book has it.

    Of a line's tasks only the last is rounded: full packs at each would be a surplus at each.
    """
    asked = state.task.quantity
    if state.task.beside is not None:  # other work was said exactly
        return asked
    rounded = round_up(state.task.item, asked) if state.is_last_of_line else asked
    return rounded if rounded <= state.book else asked


def _working(state: TaskState, event: TaskEvent) -> Turn:
    take = quantity_to_take(state)
    match event:
        case do.Confirm() if proof.is_proven(state, take):
            return _book_pick(replace(state, into=""), take)
        case ScannedRight(label):
            proven, is_enough = proof.scanned_right(state, take, label)
            is_done = is_enough and not _awaits_tote(state)
            return _book_pick(proven, take) if is_done else stay(proven, Say(proof.accepted(proven, take, label)))
        case ScannedPlace():
            proven, is_enough = proof.scanned_place(state, take)
            is_done = is_enough and not _awaits_tote(state)
            return _book_pick(proven, take) if is_done else stay(proven, Say(proof.place_accepted(proven, take)))
        case ScannedWrong():
            return proof.scanned_wrong(state, event)
        case ToteNamed() if state.task.position:
            return _into_tote(state, event, take)
        case do.ToteFull() if state.task.position and proof.is_proven(state, take):
            return tote_pick.full(state, tote_share.Distributing(tote_share.whole(state.task)))
        case do.NotEnough() if not state.is_locked and not state.task.stays:
            return stay(state.at(AskTaken()))
        case do.LabelUnreadable():
            return stay(state.at(AskLabel()))
        case do.TookMore() if proof.is_proven(state, take) and may_take_more(state):
            return stay(state.at(AskOut()))
        case do.OtherLot() if not state.is_locked and not state.task.is_direct and not state.task.shares:
            return departure.begin(state)
        case do.CountHere() if not state.is_locked:
            return stay(state.at(Finished(count_first=True)))
        case do.Skip():
            return skip(state)
        case do.LeaveWork() if tote_pick.in_hand(state):
            return tote_pick.advance(state, event)
        case _:
            return stay(state)


def may_take_more(state: TaskState) -> bool:
    """One serial is one piece, what is too much for several orders goes back, and other work was said exactly."""
    task = state.task
    return not task.key.serial and not task.shares and task.beside is None


def _awaits_tote(state: TaskState) -> bool:
    """Whether the tote is still to be named, or touched: the scan has proven the goods, not where they go."""
    return bool(state.task.position) and not state.task.shares


def _into_tote(state: TaskState, named: ToteNamed, take: int) -> Turn:
    """Who names the tote has taken the goods: it stands for Confirm, and is refused where that would be. For a second person it
    does not stand: he proves himself at Confirm, before anything is parted."""
    if state.task.item.two_person and not state.second:
        return stay(state, Say(Message("second_before_totes", Level.ACT, {"item": state.task.item.code}, error="O365")))
    if not proof.is_proven(state, take):
        return stay(state, Say(proof.missing_proof(state, take)))
    if state.task.shares:
        return tote_pick.begin_named(state, named)
    mine = tote_share.whole(state.task)
    if not tote_share.of(named, mine):
        return tote_pick.refused(state, named, mine)
    return _book_pick(replace(state, into=named.by), take)


def _book_pick(state: TaskState, quantity: int) -> Turn:
    if state.task.shares:
        return tote_pick.begin(state)
    reason = _reason_for(state, quantity)
    return _book_taken(state, (_picked(state, quantity, reason),), quantity, reason)


def _reason_for(state: TaskState, quantity: int) -> str:
    return state.task.reason or ("full_pack" if quantity > state.task.quantity else "")


def _book_taken(state: TaskState, picked: tuple[Picked, ...], taken: int, reason: str) -> Turn:
    """All that was asked has left. When the book then says zero, the question is booked with the pick and follows it."""
    left = state.book - taken
    records = (*picked, *zero_check.asked(state, left))
    after = zero_check.step_after(state, left)
    if isinstance(after, Finished) and not state.task.stays:
        after = open_pack.step_after(state.task.item, state.book, taken) or after
    return book(state, after, Book(records=records, moved=taken, closes=True, reason=reason))


def _picked(state: TaskState, quantity: int, reason: str = "") -> Picked:
    into = (state.into or "touch") if state.task.tote else ""
    proven = {"proof": proof.word(state), "scanner": proof.scanner(state), "second": state.second}
    told = {**proven, "departure": state.task.departure, "tote": state.task.tote, "into": into}
    return Picked(**where(state), quantity=quantity, reason=reason, **told)


def _not_enough(state: TaskState, event: TaskEvent) -> Turn:
    match state.step, event:
        case _, do.Back():
            return stay(state.at(Working()))
        case AskTaken(), do.EnterNumber(number=taken) if 0 <= taken < quantity_to_take(state):
            return _said_taken(state, taken)
        case AskReason(taken=taken), do.Choose(key=defect.DEFECTIVE):
            return defect.begin(state, taken)
        case AskReason(taken=taken), do.Choose(key=reason) if reason in SHORT_REASONS:
            return stay(state.at(AskRemaining(taken, reason)))
        case AskRemaining(taken=taken, reason=reason), do.EnterNumber(number=remaining) if _may_remain(state, taken, remaining):
            if contradicts(reason, remaining):
                return stay(state.at(AskWhich(taken, reason, remaining)))
            return _book_short(state, taken, reason, remaining)
        case AskWhich(remaining=remaining), do.Choose(key="take_rest") if remaining:
            return stay(state.at(Working()))
        case AskWhich(taken=taken, reason=reason), do.Choose(key="remain_again"):
            return stay(state.at(AskRemaining(taken, reason)))
        case AskWhich(taken=taken), do.Choose(key="other_reason"):
            return stay(state.at(AskReason(taken)))
        case _:
            return stay(state)


def _said_taken(state: TaskState, taken: int) -> Turn:
    """Less than asked needs a reason, as much as asked is the whole task, and more may go back."""
    if taken and not proof.is_proven(state, taken):
        return stay(state.at(Working()), Say(proof.missing_proof(state, taken)))
    if taken == state.task.quantity:
        return _book_pick(state, taken)
    return stay(state.at(AskReason(taken) if taken < state.task.quantity else ReturnExcess(taken)))


def most_remaining(state: TaskState, taken: int) -> int | None:
    """The most that can be told to remain; None: any number. Of one serial there is one piece, and what the book has of a tracked
    item without its lot or serial never grows."""
    if state.task.key.serial:
        return piece(state.task.item) - taken
    return max(0, state.book - taken) if lacks(state.task.item, state.task.key) else None


def _may_remain(state: TaskState, taken: int, remaining: int) -> bool:
    most = most_remaining(state, taken)
    return remaining >= 0 and (most is None or remaining <= most)


def contradicts(reason: str, remaining: int) -> bool:
    """Whether this reason for taking less cannot be true of a compartment in which so many remain."""
    return reason in NOTHING_LEFT if remaining else reason == NOT_REACHABLE


def _book_short(state: TaskState, taken: int, reason: str, remaining: int) -> Turn:
    """Two movements: what was taken, and what remains. By how much the book was wrong the log knows when it is written."""
    if state.task.shares:
        return tote_pick.short(state, taken, reason, remaining)
    picked: tuple[Record, ...] = (_picked(state, taken, reason),) if taken else ()
    corrected = Corrected(**where(state), remaining=remaining, reason=reason)
    missing = Finished(missing=state.task.quantity - taken, reason=reason)
    return book(state, missing, Book(records=(*picked, corrected), moved=taken, reason=reason))


def _too_many(state: TaskState, event: TaskEvent) -> Turn:
    match state.step, event:
        case _, do.Back():
            return stay(state.at(Working()))
        case AskOut(), do.EnterNumber(number=out) if out > quantity_to_take(state):
            return stay(state.at(ReturnExcess(out)))
        case ReturnExcess(), do.Choose(key="put_back"):
            return stay(state.at(Working()), Say(Message("excess_returned", Level.NOTE)))
        case ReturnExcess(out=out), do.Choose(key="stays_out"):
            return stay(state.at(AskExcessReason(out)))
        case AskExcessReason(out=out), do.Choose(key=reason) if reason in EXCESS_REASONS:
            return _book_excess(state, out, reason)
        case _:
            return stay(state)


def excess(state: TaskState, out: int) -> int:
    """What of `out` is too many: beyond what was offered, or beyond what was asked when not all of the offer is out."""
    offered = quantity_to_take(state)
    return out - (offered if out > offered else state.task.quantity)


def _book_excess(state: TaskState, out: int, reason: str) -> Turn:
    """What was due and what stays out beyond it are two movements, so that the excess keeps its reason."""
    beyond = excess(state, out)
    due = out - beyond
    picked = (_picked(state, due, _reason_for(state, due)), _picked(state, beyond, reason))
    return _book_taken(state, picked, out, reason)
