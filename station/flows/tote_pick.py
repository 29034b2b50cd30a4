"""Part what was taken in one go into the totes of several orders.

Working -> (confirm | a key or code of a tote) -> Distributing -> each tote by its key, a scan or a touch -> Finished, or the
question of `station.flows.zero_check`. Each tote is a booking of its own: what was confirmed is durable, and the rest is asked
again after a crash. A tote that gets nothing is refused by name.
"Not enough": as for one line (`station.flows.pick`); the correction is booked at once, with what is in hand still in the book.
Then AskShares: the most urgent first, or AskShare, one figure a tote.
"Tote full": AskFull -> AskInto -> what went in is booked, the tote is closed, and the round binds the next one.
"Leave work" with goods in the hand: PutBack -> they lie in the compartment again, where the book has them -> the work is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.records.record import Record
from db.records.stock import Corrected, Picked
from db.records.taken import CompartmentDue
from db.records.totes import ToteClosed, ToteRefused
from station import commands as do
from station.flows import proof, tote_share, zero_check
from station.flows.tote_share import AskFull, AskInto, AskShare, AskShares, Distributing, PutBack, Share
from station.flows.turn import (
    Book,
    Booked,
    Booking,
    BookingFailed,
    Finished,
    Note,
    Say,
    ShareBooked,
    Step,
    TaskEvent,
    TaskState,
    ToteNamed,
    Turn,
    Working,
    book,
    settle,
    stay,
    where,
)
from station.quantity import to_text
from station.view.message import Level, Message

WRONG_TOTE = "O351"
FULL = "full"  # why a tote is closed before its order is
BACK = "back_in"
LEFT_IN_HAND = "left_in_hand"


def advance(state: TaskState, event: TaskEvent) -> Turn:
    """The distribution's next state and what it asks for. An event that means nothing here changes nothing."""
    match state.step, event:
        case PutBack(before=before), do.Back():
            return stay(state.at(before))
        case PutBack() as step, do.Choose(key=key) if key == BACK:
            return stay(state.at(replace(step, is_back=True)))
        case PutBack(), _:
            return stay(state)
        case _, do.LeaveWork() if quantity := in_hand(state):
            return stay(state.at(PutBack(quantity, state.step)))
        case Distributing(), ToteNamed():
            return _named(state, state.step, event)
        case Distributing(shares=shares), do.Confirm():
            return _confirm(state, state.step, _first(shares), "touch")
        case Distributing(), do.Choose(key=position):
            return _touched(state, state.step, position)
        case Distributing(), do.ToteFull():
            return full(state, state.step)
        case Distributing(reason=""), do.Back():
            return stay(state.at(Working()))
        case AskShares() | AskShare(), _:
            return _asked_shares(state, event)
        case AskFull() | AskInto(), _:
            return _asked_full(state, event)
        case _:
            return stay(state)


def in_hand(state: TaskState) -> int:
    """How much of the task is out of its compartment and in no tote yet, as far as a person has said so."""
    match state.step:
        case Distributing(shares=shares):
            return _sum(shares)
        case AskFull(parting=parting) | AskInto(parting=parting):
            return _sum(parting.shares)
        case AskShares(taken=taken):
            return taken
        case AskShare(short=short):
            return short.taken
        case PutBack(quantity=quantity):
            return quantity
        case Working() if state.is_out:
            return state.task.quantity
        case _:
            return 0


def lies_back(state: TaskState) -> bool:
    """Whether what was in the hand lies in the compartment again: the work may be left."""
    return isinstance(state.step, PutBack) and state.step.is_back


def unreturned(state: TaskState | None) -> tuple[CompartmentDue, ...]:
    """That a compartment is counted next, where the work is left with goods in the hand that cannot be put back now: its tray is
    away, or the machine stands."""
    if state is None or not in_hand(state) or lies_back(state):
        return ()
    place = state.task.place
    due = CompartmentDue(
        machine=place.machine,
        tray=place.tray,
        compartment=place.compartment,
        why=LEFT_IN_HAND,
        item=state.task.item.code,
        quantity=in_hand(state),
    )
    return (due,)


def settled(state: TaskState, event: Booked | BookingFailed) -> Turn:
    """A booking ended. What a durable one moved is in its tote, and is asked no more."""
    step = state.step
    if not isinstance(step, Booking) or isinstance(event, BookingFailed):
        return settle(state, event)
    if isinstance(step.after, AskShares):
        return stay(replace(state, book=step.after.taken + step.after.remaining).at(step.after))
    if not isinstance(step.after, Distributing):
        return settle(state, event)
    before = step.before.parting if isinstance(step.before, AskInto) else step.before
    if not isinstance(before, Distributing):
        return settle(state, event)
    moved = _sum(before.shares) - _sum(step.after.shares)
    task = tote_share.with_shares(state.task, step.after.shares)
    return stay(replace(state, task=task, book=state.book - moved).at(step.after))


def begin(state: TaskState) -> Turn:
    """All that is asked is out of the compartment."""
    return stay(replace(state, is_out=True).at(Distributing(tote_share.whole(state.task))))


def begin_named(state: TaskState, named: ToteNamed) -> Turn:
    """A tote was named while the goods were still to be taken: who names the first one has taken them."""
    return _named(replace(state, is_out=True), Distributing(tote_share.whole(state.task)), named)


def short(state: TaskState, taken: int, reason: str, remaining: int) -> Turn:
    """Fewer than all orders ask are out. The book is corrected at once: what is in hand is not booked out yet. Nothing in hand:
    every line looks elsewhere."""
    corrected = Corrected(**where(state), remaining=taken + remaining, reason=reason)
    after: Step = AskShares(taken, reason, remaining)
    if not taken:
        tasks = tote_share.tasks_of(state.task)
        after = _finished(tote_share.parted(tasks, [0] * len(tasks), reason))
    return book(state, after, Book(records=(corrected,)))


def defective(state: TaskState, taken: int, reason: str, held: Sequence[Record]) -> Turn:
    """The rest of the lot is held: what is good and in hand is parted, and nothing of it remains to be taken."""
    after: Step = AskShares(taken, reason, 0)
    if not taken:
        tasks = tote_share.tasks_of(state.task)
        after = _finished(tote_share.parted(tasks, [0] * len(tasks), reason))
    return book(state, after, Book(records=tuple(held)))


def full(state: TaskState, parting: Distributing) -> Turn:
    """A tote takes no more. Which, where several are still to be filled?"""
    totes = tote_share.by_tote(parting.shares)
    return stay(state.at(AskInto(parting, totes[0].position) if len(totes) == 1 else AskFull(parting)))


def refused(state: TaskState, named: ToteNamed, shares: Sequence[Share]) -> Turn:
    """Nothing goes into that tote now: say which do, and write it down."""
    item = state.task.item
    wanted = ", ".join(f"{each.position}: {to_text(each.quantity, item.decimals)}" for each in tote_share.by_tote(shares))
    said = Message("wrong_tote", Level.ACT, {"named": named.name, "totes": wanted}, error=WRONG_TOTE)
    record = ToteRefused(order=state.task.order, line=state.task.line, named=named.name, by=named.by)
    return stay(state, Say(said), Note((record,)))


def _named(state: TaskState, step: Distributing, named: ToteNamed) -> Turn:
    mine = tote_share.of(named, step.shares)
    return _confirm(state.at(step), step, mine, named.by) if mine else refused(state, named, step.shares)


def _touched(state: TaskState, step: Distributing, position: str) -> Turn:
    mine = tuple(each for each in step.shares if each.task.position == position)
    return _confirm(state, step, mine, "touch") if mine else stay(state)


def _first(shares: Sequence[Share]) -> tuple[Share, ...]:
    return tuple(each for each in shares if each.task.position == shares[0].task.position)


def _sum(shares: Sequence[Share]) -> int:
    return sum(each.quantity for each in shares)


def _confirm(state: TaskState, step: Distributing, mine: Sequence[Share], by: str) -> Turn:
    """These are in their tote."""
    return _book(state, step, mine, by=by, left=tuple(each for each in step.shares if each not in mine))


def _book(
    state: TaskState,
    step: Distributing,
    went: Sequence[Share],
    *,
    by: str,
    left: tuple[Share, ...],
    also: Sequence[Record] = (),
) -> Turn:
    """Book what went in; with the last of it what the compartment is left with."""
    records: list[Record] = [_picked(state, each, by, step.reason) for each in went]
    records += also
    after: Step = replace(step, shares=left)
    if not left:
        after, more = _end(state, step, state.book - _sum(went))
        records += more
    shares = tuple(_booked(each, step, left) for each in went)
    return book(state, after, Book(records=tuple(records), shares=shares))


def _end(state: TaskState, step: Distributing, left: int) -> tuple[Step, tuple[Record, ...]]:
    """A person who took less has said what is left: the compartment is not asked about again."""
    if step.reason:
        return _finished(step), ()
    return zero_check.step_after(state, left), zero_check.asked(state, left)


def _finished(step: Distributing) -> Finished:
    return Finished(missing=sum(each.missing for each in step.lacking), reason=step.reason, lacking=step.lacking)


def _picked(state: TaskState, share: Share, by: str, reason: str) -> Picked:
    of_line = replace(state, task=share.task)
    is_short = share.quantity < share.task.quantity
    return Picked(
        **where(of_line),
        quantity=share.quantity,
        reason=share.task.reason or (reason if is_short else ""),
        proof=proof.word(state),
        scanner=proof.scanner(state),
        second=state.second,
        departure=share.task.departure,
        tote=share.task.tote,
        into=by,
    )


def _booked(share: Share, step: Distributing, left: Sequence[Share]) -> ShareBooked:
    """Its line asks no more here unless it lacks something, or the rest goes into another tote."""
    line = (share.task.order, share.task.line)
    open_lines = [each.task for each in step.lacking] + [each.task for each in left]
    return ShareBooked(share.task, share.quantity, line not in [(each.order, each.line) for each in open_lines])


# --- the questions -----------------------------------------------------------------------------------------------------


def _asked_shares(state: TaskState, event: TaskEvent) -> Turn:
    tasks = tote_share.tasks_of(state.task)
    match state.step, event:
        case _, do.Back():
            return stay(state.at(Working()))
        case AskShares() as asked, do.Choose(key="by_urgency"):
            return _part(state, asked, tote_share.by_urgency(tasks, asked.taken))
        case AskShares() as asked, do.Choose(key="by_hand"):
            return stay(state.at(AskShare(asked)))
        case AskShare(short=asked, given=given), do.EnterNumber(number=number):
            least, most = tote_share.most_for(asked, tasks, given)
            if not least <= number <= most:
                item = state.task.item
                bounds: dict[str, str | int] = {"least": to_text(least, item.decimals), "most": to_text(most, item.decimals)}
                return stay(state, Say(Message("share_out_of_range", Level.ACT, bounds)))
            said = (*given, number)
            if len(said) < len(tasks) - 1:
                return stay(state.at(AskShare(asked, said)))
            return _part(state, asked, (*said, asked.taken - sum(said)))
        case _:
            return stay(state)


def _part(state: TaskState, asked: AskShares, given: Sequence[int]) -> Turn:
    tasks = tote_share.tasks_of(state.task)
    return stay(state.at(tote_share.parted(tasks, given, asked.reason)))


def _asked_full(state: TaskState, event: TaskEvent) -> Turn:
    match state.step, event:
        case AskFull(parting=parting) | AskInto(parting=parting), do.Back():
            return stay(state.at(parting))
        case AskFull(parting=parting), do.Choose(key=position) if _in(parting, position):
            return stay(state.at(AskInto(parting, position)))
        case AskInto(parting=parting, position=position), do.EnterNumber(number=into) if 0 <= into < _sum(_in(parting, position)):
            return _close_full(state, parting, _in(parting, position), into)
        case _:
            return stay(state)


def _in(parting: Distributing, position: str) -> tuple[Share, ...]:
    return tuple(each for each in parting.shares if each.task.position == position)


def _close_full(state: TaskState, parting: Distributing, mine: Sequence[Share], into: int) -> Turn:
    went, rest = tote_share.filled(mine, into)
    left = (*rest, *(each for each in parting.shares if each not in mine))
    task = mine[0].task
    closed = ToteClosed(order=task.order, tote=task.tote, position=task.position, why=FULL)
    return _book(state, parting, went, by="touch", left=left, also=(closed,))
