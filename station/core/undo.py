"""The last booking and its undoing: which booking that is, whether the bay still lets it be taken back, what its end does. Pure.

The tray waits for nobody: once its work is done it leaves, and the touch then opens a count (decision 0029). Only while the
question is open does nothing move but the light, which shows where the goods belong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.records.undo import BookingUndone
from station import commands as do
from station.core import at_place, calling, machine, undo_receipt
from station.core.effects import Append, Effect, Receive
from station.core.given_booking import is_booking
from station.core.inputs import Input, Now
from station.core.round_turned import round_turned, told
from station.core.service import why_not_called
from station.core.state import StationState
from station.core.undo_made import closes, is_end, made_of
from station.core.writing import written
from station.custody import Here, Verb
from station.flows import round_undo
from station.flows import undo as flow
from station.flows.receipt_state import ReceiptBooked
from station.flows.sign_on import Locked, SignedOut
from station.flows.tray_call import Looking, ReadTray, StartDirect
from station.flows.turn import Booked, BookingFailed
from station.flows.undo import Made, Undo, UndoEvent
from station.flows.undo_records import counter_records
from station.interlocks import may_work
from station.load import load_task
from station.task import Mode, Task
from station.values import Place, StockKey
from station.view.message import Level, Message

UndoTurn = tuple[StationState, tuple[Effect, ...]]

ERRORS = {
    flow.TIME: "O400",
    flow.TRAY_LEFT: "O400",
    flow.OTHER_WORK: "O401",
    flow.TOLD: "O402",
    flow.COUNTED: "O403",
    flow.HELD: "O411",
    flow.CHANGED: "O404",
}
LOAD_ERROR = "O507"


def follow(before: StationState, after: StationState, happened: Input, effects: Sequence[Effect], now: Now) -> StationState:
    """The state with the booking that this input began or ended."""
    is_answer = isinstance(happened, Booked | BookingFailed | ReceiptBooked)
    if is_answer and before.undo is not None and isinstance(before.undo.step, flow.Writing):
        after = replace(after, undo=flow.advance(before.undo, _written(happened), now.mono_s)[0])
    for effect in effects:
        if isinstance(effect, Receive) or (isinstance(effect, Append) and effect.is_awaited):
            after = replace(after, undo=_begun(before, after, effect, now))
    return after


def _written(happened: Input) -> UndoEvent:
    match happened:
        case Booked(rows=rows) | ReceiptBooked(code="", rows=rows):
            return flow.Written(rows)
        case _:
            return flow.NotWritten()


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
    if made.receipt is not None:
        return flow.OTHER_WORK if state.person is None else undo_receipt.why_not(state, made)
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


def _begun(before: StationState, after: StationState, effect: Append | Receive, now: Now) -> Undo | None:
    """The window of what is being written: of goods a new one; a line's end belongs to the booking before; else there is none."""
    if any(isinstance(each, BookingUndone) for each in effect.records):
        return after.undo
    if (made := made_of(before, after, effect)) is not None:
        return Undo(made)
    if after.undo is not None and all(is_end(each) for each in effect.records):
        is_last = after.undo.made.closes or closes(effect.records)
        undo = replace(after.undo, made=replace(after.undo.made, closes=is_last))
        return flow.advance(undo, flow.Followed(), now.mono_s)[0]
    return None


# --- what a person asks ------------------------------------------------------------------------------------------------


def command(state: StationState, given: do.Command, now: Now) -> UndoTurn | None:
    """A touch on the button, or the answer; None when the command is about something else. While the question is open nothing
    else is."""
    undo = state.undo
    if undo is None or not undo_receipt.is_its_page(state, undo.made):
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
    if undo.made.receipt is not None:
        return ""
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
                state, more = _instead(state, undo.made)
                state = state.said(_refused(why, undo.made))
                effects = (*effects, *more)
    return state, effects


def _refused(why: str, made: Made) -> Message:
    if made.receipt is not None:
        return undo_receipt.refusal(made)
    if made.task.load is not None:
        about: dict[str, str | int] = {"item": made.item.code, "compartment": made.place.compartment}
        return Message(f"undo_no_load_{opposite(made)}", Level.ACT, about, error=LOAD_ERROR)
    params: dict[str, str | int] = {"compartment": made.place.compartment, "tray": made.place.tray}
    return Message(f"undo_no_{why}", Level.ACT, params, error=ERRORS[why])


def _taken_up(state: StationState, made: Made) -> UndoTurn:
    """The goods lie as before: the work stands as before it, at a called tray the tray is looked at again."""
    if made.receipt is not None:
        return undo_receipt.taken_up(state, made, made.receipt)
    params: dict[str, str | int] = {"item": made.item.code, "compartment": made.place.compartment}
    state = told(state, Message("undone" if made.task.load is None else "undone_load", Level.NOTE, params))
    if state.call is not None and state.call.tray is not None:
        return replace(state, round=None), (ReadTray(state.call.tray),)
    if made.before is None:
        return state, ()
    state = replace(state, is_leaving=False)
    return round_turned(state, *round_undo.taken_up_again(made.before, state.round))


def opposite(made: Made) -> str:
    """What is done with a load instead of an undo that comes too late: pick or put. Nothing of it can be counted."""
    return "pick" if made.moved == "put" else "put"


def _instead(state: StationState, made: Made) -> UndoTurn:
    """Count what the booking was about, or move the load the other way: first of the work in hand, at the called tray, or as the
    only work."""
    state = replace(state, undo=None)
    if made.receipt is not None:
        return state, ()
    tasks = tuple(_count_task(made.task, made, key) for key in made.keys)
    if made.task.load is not None:
        tasks = (load_task(made.task.load, made.place, Mode(opposite(made))),)
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
