"""The last booking and its undoing: which booking that is, whether the bay still lets it be taken back, what its end does. Pure.

The tray waits for nobody: once its work is done it leaves, and the touch then opens a count (decision 0029). Only while the
question is open does nothing move but the light, which shows where the goods belong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.records.orders import LineClosed, OrderClosed
from db.records.receipts import LotHeld
from db.records.record import Record
from db.records.stock import Corrected, Counted, CountHeld, Moved, Picked, Put
from db.records.totes import ToteClosed
from db.records.undo import BookingUndone
from station import commands as do
from station.core import at_place, calling, machine
from station.core.effects import Append, Effect
from station.core.given_booking import is_booking
from station.core.inputs import Input, Now
from station.core.round_turned import round_turned, told
from station.core.service import why_not_called
from station.core.state import StationState
from station.core.writing import written
from station.custody import Here, Verb
from station.flows import round_undo
from station.flows import undo as flow
from station.flows.other_task import DAMAGED_HELD
from station.flows.sign_on import Locked, SignedOut
from station.flows.tote_pick import FULL
from station.flows.tray_call import Looking, ReadTray, StartDirect
from station.flows.turn import Booked, BookingFailed
from station.flows.undo import Made, Undo, UndoEvent
from station.flows.undo_records import counter_records
from station.interlocks import may_work
from station.task import Mode, Task
from station.values import Place, StockKey, StockStatus
from station.view.message import Level, Message

UndoTurn = tuple[StationState, tuple[Effect, ...]]

ENDS = (LineClosed, OrderClosed, ToteClosed)
ERRORS = {
    flow.TIME: "O400",
    flow.TRAY_LEFT: "O400",
    flow.OTHER_WORK: "O401",
    flow.TOLD: "O402",
    flow.COUNTED: "O403",
    flow.HELD: "O411",
    flow.CHANGED: "O404",
}


def follow(before: StationState, after: StationState, happened: Input, effects: Sequence[Effect], now: Now) -> StationState:
    """The state with the booking that this input began or ended."""
    if isinstance(happened, Booked | BookingFailed) and before.undo is not None and isinstance(before.undo.step, flow.Writing):
        event = flow.Written(happened.rows) if isinstance(happened, Booked) else flow.NotWritten()
        after = replace(after, undo=flow.advance(before.undo, event, now.mono_s)[0])
    for effect in effects:
        if isinstance(effect, Append) and effect.is_awaited:
            after = replace(after, undo=_begun(before, after, effect, now))
    return after


def look(state: StationState, now: Now) -> StationState:
    """The state with what is left of the window, after whatever happened. Whose it was not, or who has gone, undoes nothing."""
    undo = state.undo
    if undo is None or isinstance(undo.step, flow.Writing | flow.Undoing):
        return state
    if state.is_stopping or _has_gone(state, undo.made):
        return replace(state, undo=None)
    after, wishes = flow.advance(undo, flow.Looked(why_not(state, undo.made)), now.mono_s)
    state = replace(state, undo=after)
    for wish in wishes:
        if isinstance(wish, flow.TooLate):
            state = told(state, _refused(wish.why, undo.made))
    return state


def _has_gone(state: StationState, made: Made) -> bool:
    match state.session:
        case SignedOut():
            return True
        case Locked(owner=person):
            return person.person != made.person
        case _:
            return state.session.person.person != made.person


def why_not(state: StationState, made: Made) -> str:
    """Why the booking cannot be taken back as the bay is now; "" when it can."""
    custody, place = state.custody, made.place
    if at_place.is_zone(state, place):
        return _why_not_there(state, made)
    motion = custody.motion
    is_here = isinstance(custody.where, Here) and custody.where.tray == place.tray and custody.visit == made.visit
    if not is_here or (motion is not None and motion.verb is not Verb.POINT):
        return flow.TRAY_LEFT
    return _why_not_now(state, made)


def _why_not_there(state: StationState, made: Made) -> str:
    """The same at a place without a lift: the person must not have scanned another one since."""
    walk = state.walk
    stands = walk.last == made.place and walk.visit == made.visit
    return _why_not_now(state, made) if stands else flow.OTHER_WORK


def _why_not_now(state: StationState, made: Made) -> str:
    if state.person is None or (state.call is not None) != made.is_of_call or state.starting is not None:
        return flow.OTHER_WORK
    if made.before is not None and state.round is not None and _is_other(made, state):
        return flow.OTHER_WORK
    return flow.TOLD if made.closes and state.sync is not None else ""


def _is_other(made: Made, state: StationState) -> bool:
    work, before = state.round, made.before
    if work is None or before is None or not before.orders:
        return False
    return not set(before.orders) <= set(work.orders) - work.dropped


def _begun(before: StationState, after: StationState, effect: Append, now: Now) -> Undo | None:
    """The window of what is being written: of goods a new one; a line's end belongs to the booking before; else there is none."""
    if any(isinstance(each, BookingUndone) for each in effect.records):
        return after.undo
    if (made := _made(before, effect)) is not None:
        return Undo(made)
    if after.undo is not None and all(_is_end(each) for each in effect.records):
        closes = after.undo.made.closes or _closes(effect.records)
        undo = replace(after.undo, made=replace(after.undo.made, closes=closes))
        return flow.advance(undo, flow.Followed(), now.mono_s)[0]
    return None


def _is_end(record: Record) -> bool:
    """Whether the booking before had it written. A tote that somebody says is full ends nothing: it is something new."""
    return isinstance(record, ENDS) and not (isinstance(record, ToteClosed) and record.why == FULL)


def _closes(records: Sequence[Record]) -> bool:
    return any(isinstance(each, OrderClosed) for each in records)


def _made(state: StationState, effect: Append) -> Made | None:
    """The booking that these records are, None where they move and count nothing."""
    work = state.round
    if work is None or work.task is None:
        return None
    at = work.task.place
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
        task=work.task,
        moved="book" if is_of_book or not amounts else "put" if is_put else "pick",
        quantity=sum(amounts),
        place=at,
        visit=goods[0].visit,
        keys=tuple(dict.fromkeys(_key(each) for each in goods)),
        before=work,
        is_of_call=state.call is not None,
        closes=_closes(effect.records),
        never=_never(effect.records, is_count=is_count),
    )


def _never(records: Sequence[Record], *, is_count: bool) -> str:
    """Why such a booking is undone at no time. A lot is held in many places: whoever may release it does, after an inspection."""
    if any(isinstance(each, LotHeld) for each in records):
        return flow.HELD
    return flow.COUNTED if is_count else ""


def _key(record: Moved) -> StockKey:
    return StockKey(item=record.item, lot=record.lot, serial=record.serial, owner=record.owner, status=StockStatus(record.status))


# --- what a person asks ------------------------------------------------------------------------------------------------


def command(state: StationState, given: do.Command, now: Now) -> UndoTurn | None:
    """A touch on the button, or the answer; None when the command is about something else. While the question is open nothing
    else is."""
    undo = state.undo
    if undo is None:
        return None
    match given:
        case _ if undo.is_asking:
            return _answered(state, undo, given, now)
        case do.Undo() if not refused(state, undo):
            return _turned(state, undo, flow.Touched(), now)
        case do.Undo():
            return state, ()
        case _:
            return None


def _answered(state: StationState, undo: Undo, given: do.Command, now: Now) -> UndoTurn:
    match given:
        case do.Choose(key=flow.LIE_BACK) if refused(state, undo):
            return machine.touched(state), ()  # where only a touch lets the machine confirm the tray, this is one
        case do.Choose(key=key):
            return _turned(state, undo, flow.Answered(key), now)
        case do.Back():
            return _turned(state, undo, flow.Answered(flow.AS_BOOKED), now)
        case _:
            return state, ()


def refused(state: StationState, undo: Undo) -> str:
    """Why the button, or the answer, cannot be used now; "" when it can."""
    if state.store_code:
        return "store_read_only"
    if is_booking(state) or isinstance(undo.step, flow.Writing | flow.Undoing):
        return "booking"
    place = undo.made.place
    if isinstance(undo.step, flow.Past):
        return _why_no_count(state, place)
    return "" if at_place.is_zone(state, place) else may_work(state.custody, place.tray)  # the window itself asks who is where


def _why_no_count(state: StationState, place: Place) -> str:
    tray = place.tray
    if state.custody.safety_code and not at_place.is_zone(state, place):
        return "machine_stopped"
    if state.person is None or state.person.role not in state.rules.direct_work:
        return "no_right"
    if at_place.lock_of(state, place) is not None:
        return "no_access"
    if state.starting is not None or state.is_resuming or state.ask_short:
        return "planning"
    if state.round is not None and not round_undo.is_between(state.round):
        return "answer_question"
    if at_place.is_zone(state, place):
        return "other_tray_called" if state.call is not None else ""
    if state.call is not None and (state.call.tray != tray or not isinstance(state.call.step, Looking)):
        return "other_tray_called"
    is_away = state.custody.tray_here != tray and why_not_called(state, tray) is not None
    return "tray_not_called" if is_away else ""


def answered(state: StationState, undo: Undo, event: Booked | BookingFailed, now: Now) -> UndoTurn:
    """The counter-booking is durable, or was refused."""
    return _turned(state, undo, flow.Written(event.rows) if isinstance(event, Booked) else flow.NotWritten(), now)


def _turned(state: StationState, undo: Undo, event: UndoEvent, now: Now) -> UndoTurn:
    after, wishes = flow.advance(undo, event, now.mono_s)
    state = replace(state, undo=after)
    effects: tuple[Effect, ...] = ()
    for wish in wishes:
        match wish:
            case flow.CounterBook():
                effects = (*effects, written(state, *counter_records(undo.made), is_awaited=True))
            case flow.TakeUpAgain():
                state, more = _taken_up(state, undo.made)
                effects = (*effects, *more)
            case flow.TooLate(why):
                state = told(state, _refused(why, undo.made))
            case flow.OpenCount(why):
                state, more = _count(state, undo.made)
                state = state.said(_refused(why, undo.made))
                effects = (*effects, *more)
    return state, effects


def _refused(why: str, made: Made) -> Message:
    params: dict[str, str | int] = {"compartment": made.place.compartment, "tray": made.place.tray}
    return Message(f"undo_no_{why}", Level.ACT, params, error=ERRORS[why])


def _taken_up(state: StationState, made: Made) -> UndoTurn:
    """The goods lie as before: the work stands as before it, at a called tray the tray is looked at again."""
    params: dict[str, str | int] = {"item": made.item.code, "compartment": made.place.compartment}
    state = told(state, Message("undone", Level.NOTE, params))
    if state.call is not None and state.call.tray is not None:
        return replace(state, round=None), (ReadTray(state.call.tray),)
    if made.before is None:
        return state, ()
    state = replace(state, is_leaving=False)
    return round_turned(state, *round_undo.taken_up_again(made.before, state.round))


def _count(state: StationState, made: Made) -> UndoTurn:
    """Count what the booking was about: first of the work in hand, at the called tray, or as the only work."""
    tasks = tuple(_count_task(made.task, made, key) for key in made.keys)
    state = replace(state, undo=None)
    if state.round is not None:
        return round_turned(state, *round_undo.counted_first(state.round, tasks))
    if state.call is not None:
        return calling.begun(state, state.call, StartDirect(tasks[0], tasks[1:]))
    return calling.direct(state, *tasks)


def _count_task(task: Task, made: Made, key: StockKey) -> Task:
    """The screen of the booking has shown the book."""
    return Task(
        mode=Mode.COUNT,
        order="",
        line="",
        number=1,
        line_no=1,
        line_count=1,
        item=task.item,
        key=key,
        place=made.place,
        quantity=0,
        line_asked=0,
        reason="on_the_spot",
        was_seen=True,
    )
