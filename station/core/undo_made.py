"""Which booking the records of one transaction are, as far as it can be taken back. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from db.records.loads import LoadMissed, LoadMoved, LoadPut
from db.records.orders import LineClosed, OrderClosed
from db.records.receipts import GoodsPassed, LotHeld, Received
from db.records.record import Record
from db.records.stock import Corrected, Counted, CountHeld, Moved, Picked, Put
from db.records.totes import ToteClosed
from station.core.effects import Append, Receive
from station.core.state import ReceiptsPage, StationState
from station.flows import undo as flow
from station.flows.lines import Progress
from station.flows.other_task import DAMAGED_HELD
from station.flows.receipt_state import Receipt
from station.flows.round_state import Round
from station.flows.tote_pick import FULL
from station.flows.undo import Made
from station.receipt_values import REJECT
from station.receiving import receiving_place
from station.task import Mode, Task
from station.values import OrderLine, Place, StockKey, StockStatus

ENDS = (LineClosed, OrderClosed, ToteClosed)


def is_end(record: Record) -> bool:
    """Whether the booking before had it written. A tote that somebody says is full ends nothing: it is something new."""
    return isinstance(record, ENDS) and not (isinstance(record, ToteClosed) and record.why == FULL)


def closes(records: Sequence[Record]) -> bool:
    return any(isinstance(each, OrderClosed) for each in records)


def made_of(before: StationState, after: StationState, effect: Append | Receive) -> Made | None:
    """The booking that these records are, None where they move and count nothing. `before` is the bay as it stood then."""
    if isinstance(effect, Receive):
        return _of_receipt(after, effect)
    work = before.round
    if work is None or work.task is None:
        return None
    if loads := [each for each in effect.records if isinstance(each, LoadMoved)]:
        return _of_load(before, work.task, loads[0], effect.operator)
    return _of_goods(before, work, work.task, effect)


def _of_goods(state: StationState, work: Round, task: Task, effect: Append) -> Made | None:
    at = task.place
    moved = [each for each in effect.records if isinstance(each, Picked | Put | Corrected | Counted | CountHeld)]
    # A put-away leaves the receiving place in the same transaction: only what is at the tray has a visit, and counts.
    goods = [each for each in moved if (each.machine, each.tray, each.compartment) == (at.machine, at.tray, at.compartment)]
    if not goods:
        return None
    is_count = any(isinstance(each, Counted | CountHeld) for each in goods)
    amounts = [each.quantity for each in goods if isinstance(each, Picked | Put)]
    is_put = any(isinstance(each, Put) for each in goods)
    is_of_book = any(each.reason == DAMAGED_HELD for each in goods if isinstance(each, Picked))  # it lies where it lay
    return Made(
        person=effect.operator,
        task=task,
        moved="book" if is_of_book or not amounts else "put" if is_put else "pick",
        quantity=sum(amounts),
        place=at,
        visit=goods[0].visit,
        keys=tuple(dict.fromkeys(_key(each) for each in goods)),
        before=work,
        is_of_call=state.call is not None,
        closes=closes(effect.records),
        never=_never(effect.records, is_count=is_count),
    )


def _of_load(state: StationState, task: Task, load: LoadMoved, operator: str) -> Made:
    """A load is one piece, of which no stock is kept."""
    return Made(
        person=operator,
        task=task,
        moved="put" if isinstance(load, LoadPut) else "book" if isinstance(load, LoadMissed) else "pick",
        quantity=1,
        place=task.place,
        visit=load.visit,
        keys=(),
        before=state.round,
        is_of_call=state.call is not None,
    )


def _of_receipt(state: StationState, effect: Receive) -> Made | None:
    """Goods that came in, or went straight to an order. They lie at the bay, and no tray is asked."""
    page = state.page
    hand = page.receipt if isinstance(page, ReceiptsPage) else None
    if hand is None:
        return None
    passed = next((each for each in effect.records if isinstance(each, GoodsPassed)), None)
    came = next((each for each in effect.records if isinstance(each, Received)), None)
    quantity = passed.quantity if passed is not None else came.quantity if came is not None else 0
    line = hand.offers[0].line if passed is not None else hand.goods.of.line if hand.goods.of is not None else None
    lines = {(line.order, line.line): Progress(asked=line.quantity, done=line.done_quantity)} if line is not None else {}
    return Made(
        person=effect.operator,
        task=_task_of(hand, quantity, receiving_place(state.station), line),
        moved="passed" if passed is not None else "rejected" if hand.goods.verdict == REJECT else "received",
        quantity=quantity,
        place=receiving_place(state.station),
        visit=0,
        keys=(),
        closes=closes(effect.records),
        receipt=hand,
        lines=lines,
    )


def _task_of(hand: Receipt, quantity: int, place: Place, line: OrderLine | None) -> Task:
    """What was done, as a task has it."""
    return Task(
        mode=Mode.PUT,
        order=line.order if line is not None else "",
        line=line.line if line is not None else "",
        number=1,
        line_no=1,
        line_count=1,
        item=hand.goods.item,
        key=hand.goods.key,
        place=place,
        quantity=quantity,
        line_asked=quantity,
    )


def _never(records: Sequence[Record], *, is_count: bool) -> str:
    """Why such a booking is undone at no time. A lot is held in many places: whoever may release it does, after an inspection."""
    if any(isinstance(each, LotHeld) for each in records):
        return flow.HELD
    return flow.COUNTED if is_count else ""


def _key(record: Moved) -> StockKey:
    return StockKey(item=record.item, lot=record.lot, serial=record.serial, owner=record.owner, status=StockStatus(record.status))
