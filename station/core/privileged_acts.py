"""Which acts ask for the PIN once more. This is the one table of them (decision 0022). Pure.

A correction is what changes the book, or what is known of it, and was asked for by a person alone: no order, no question of the
station and nothing that moved stands behind it. An answer to what the station or an order asks is a part of the work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from db.records.approvals import ApprovalGiven, ApprovalRefused
from db.records.blocks import StockBlocked
from db.records.count_due import CountDue, CountPutOff
from db.records.people import RightsReviewed
from db.records.receipts import LotReleased
from db.records.record import Record
from db.records.review import CaseAnswered, CounterBooked, ReviewSigned
from db.records.sequence import GapReleased
from db.records.service import BayInService, TrayInService
from db.records.stock import Corrected, Counted, Picked
from db.records.undo import BookRestored
from station.core.effects import Append, ChangeOrder, Declare, Effect, EnterLate, SettleHeld
from station.core.state import ReceiptsPage, StationState
from station.count_due import FOUND
from station.flows import identity, pick, put
from station.flows.count import AskAgain
from station.flows.pin_again import TWO_PERSON as TWO_PERSON
from station.flows.receipt_state import ReceiptStep
from station.flows.tote_share import AskFull, AskInto, Distributing
from station.flows.turn import Booking, Working
from station.flows.zero_check import AskEmpty, AskLeft
from station.held_counts import Decision
from station.order_acts import Act
from station.staff.page import ChangePerson
from station.storage.page import ChangeLayout
from station.task import Mode, Task

COUNT_VARIANCE = "count_variance"  # what a waiting count comes to, by the word of somebody who has not counted
COUNT_RECOUNT = "count_recount"  # that it is counted afresh, by the same
CORRECTION = "stock_correction"  # the book is set right by the word of one person
LABEL_OVERRIDE = "label_unreadable"  # what is booked then was proven by nothing but the person's word
GAP_RELEASE = "gap_release"  # a sequence goes on with an empty position
LOT_RELEASE = "lot_release"  # a lot that somebody found defective may be used again
STOCK_BLOCK = "stock_block"  # goods may not leave for an order, at any bay
REVIEW = "review"  # a supervisor has looked at a part of the record
LAYOUT = "layout_change"  # how a tray is divided
PEOPLE = "people_change"  # what becomes of a person who may work here
RIGHTS_REVIEW = "rights_review"  # somebody signs for who may what
APPROVAL = "approval"  # another one answers for what one person did alone
CASE_ANSWER = "case_answer"  # what is done about a case, or that nothing is
COUNTER_SECOND = "counter_second"  # a counter-booking of so much that another person confirms it
LATE_BOOKING = "late_booking"  # what was done without the station

# What a supervisor who stands beside the bay may let happen with his own badge and PIN.
BESIDE = frozenset({GAP_RELEASE, *map(str, Act)})

# The records that only a right PIN lets into the log, and the name of their act. An operator's short with its reason is none of
# them: it happens many times a day, and takes nothing on trust that the next count would not find.
RECORDS: Mapping[type[Record], str] = {
    TrayInService: "tray_in_service",
    BayInService: "bay_in_service",
    CountDue: "tray_to_count",
    CountPutOff: "count_passed_over",
    GapReleased: GAP_RELEASE,
    LotReleased: LOT_RELEASE,
    StockBlocked: STOCK_BLOCK,
    ReviewSigned: REVIEW,
    RightsReviewed: RIGHTS_REVIEW,
    ApprovalGiven: APPROVAL,
    ApprovalRefused: APPROVAL,
    CaseAnswered: CASE_ANSWER,
}
CARRIERS = (*RECORDS, Counted, Corrected)  # of the same transaction as the confirmation
PARTS = (Distributing, AskFull, AskInto)  # several orders' totes
MOVES = (Booking, pick.AskTaken, pick.AskOut, put.AskFits, identity.AskLot, identity.AskExpiry, identity.AskSerial, *PARTS)
FIGURES = (Booking, AskAgain, AskLeft)  # what follows a figure; "yes, it is empty" is one, and "no" none yet
BY_REASON = "correction"  # why something is taken or put without an order: it was not


def act_of(before: StationState, after: StationState, effects: Sequence[Effect]) -> str:
    """Which privileged act this step would be, "" for none."""
    if (decision := decision_of(effects)) is not None:
        return COUNT_RECOUNT if decision.figure is None else COUNT_VARIANCE
    if needs_second(before, after):
        return TWO_PERSON
    counted, book = count_of(before, effects)
    if _is_correction(before, counted, book) or _finds_more(before, effects) or _starts_correction(before, after):
        return CORRECTION
    if _is_flagged(after) and not _is_flagged(before):
        return LABEL_OVERRIDE
    if (acted := next((each.act.act for each in effects if isinstance(each, ChangeOrder)), None)) is not None:
        return str(acted)
    if any(isinstance(effect, EnterLate) for effect in effects):
        return LATE_BOOKING
    if any(isinstance(effect, ChangePerson) for effect in effects):
        return PEOPLE
    if any(isinstance(effect, ChangeLayout) for effect in effects):
        return LAYOUT
    if _is_dear_counter(before, effects):
        return COUNTER_SECOND
    return next((RECORDS[type(record)] for record in _records(effects) if _is_of_a_person(record)), "")


def _is_dear_counter(state: StationState, effects: Sequence[Effect]) -> bool:
    """Whether something of so much value is booked back that one person alone does not."""
    records = tuple(_records(effects))
    dear = any(isinstance(each, CaseAnswered) and abs(each.value) >= state.rules.counter_value for each in records)
    return dear and any(isinstance(each, CounterBooked) for each in records)


def decision_of(effects: Sequence[Effect]) -> Decision | None:
    """What this step would decide of a waiting count."""
    return next((effect.decision for effect in effects if isinstance(effect, SettleHeld)), None)


def needs_second(before: StationState, after: StationState) -> bool:
    """Whether this step would move, count or receive goods of which a second person has to confirm it, and nobody has."""
    if _receives_alone(before, after):
        return True
    current = before.round.current if before.round is not None else None
    then = after.round.current if after.round is not None else None
    if current is None or then is None or not current.task.two_person or current.second:
        return False
    if isinstance(current.step, AskEmpty):
        return isinstance(then.step, Booking) and then.task == current.task
    if current.task.mode is Mode.COUNT or isinstance(current.step, AskLeft):
        is_figure = isinstance(current.step, Working | AskLeft) and isinstance(then.step, FIGURES)
        return is_figure and then.step != current.step and then.task == current.task
    return isinstance(current.step, Working) and isinstance(then.step, MOVES) and then.task == current.task


def _receives_alone(before: StationState, after: StationState) -> bool:
    """Whether goods that two persons receive would be booked in the name of one."""
    if not isinstance(before.page, ReceiptsPage) or not isinstance(after.page, ReceiptsPage):
        return False
    hand, then = before.page.receipt, after.page.receipt
    if hand is None or then is None or hand.goods.second:
        return False
    return hand.step is ReceiptStep.SECOND and then.step is ReceiptStep.BOOKING


def count_of(state: StationState, effects: Sequence[Effect]) -> tuple[Counted | None, int]:
    """The count that would be written, and what the book had when it was asked."""
    current = state.round.current if state.round is not None else None
    counted = next((record for record in _records(effects) if isinstance(record, Counted)), None)
    return (counted, current.book) if current is not None else (None, 0)


def _records(effects: Sequence[Effect]) -> Iterator[Record]:
    return (record for effect in effects if isinstance(effect, Append | Declare) for record in effect.records)


def _is_of_a_person(record: Record) -> bool:
    """A tray that the machine reports is marked by the station itself."""
    return type(record) in RECORDS and not (isinstance(record, CountDue) and record.why == FOUND)


def _is_flagged(state: StationState) -> bool:
    return state.round is not None and state.round.current is not None and state.round.current.is_flagged


def _task(state: StationState) -> Task | None:
    return state.round.task if state.round is not None else None


def _is_correction(state: StationState, counted: Counted | None, book: int) -> bool:
    """A count that the person alone asked for, beyond the tolerance; not what another person has counted before."""
    task = _task(state)
    if counted is None or task is None or task.mode is not Mode.COUNT or not task.is_direct or task.is_count_due:
        return False
    if state.rules.tolerance is not None:  # a count that far is the word of two persons already
        return False
    return state.rules.correction.is_beyond(task.item, counted=counted.counted, book=book)


def _finds_more(state: StationState, effects: Sequence[Effect]) -> bool:
    """A short that leaves more than the book has, beyond the tolerance: it makes stock out of a word."""
    task, current = _task(state), state.round.current if state.round is not None else None
    corrected = next(
        (each for each in _records(effects) if isinstance(each, Corrected) and not isinstance(each, BookRestored)), None
    )
    if corrected is None or task is None or current is None:
        return False
    left = current.book - sum(record.quantity for record in _records(effects) if isinstance(record, Picked))
    is_more = corrected.remaining > left
    return is_more and state.rules.correction.is_beyond(task.item, counted=corrected.remaining, book=left)


def _starts_correction(before: StationState, after: StationState) -> bool:
    """Taking or putting without an order, where the reason says that nothing moves. What proves it later may be a scan."""
    task = _task(after)
    return before.round is None and task is not None and task.is_direct and task.reason == BY_REASON
