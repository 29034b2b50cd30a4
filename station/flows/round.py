"""A round: the tasks of one or several started orders, tray by tray, one after another. Direct work is a round of one task.

The round owns the queue and what each line has got so far. A task's flow decides what is booked; the round adds, in the same
transaction, that a line or an order is finished. A line that lacks something is looked for elsewhere before it is reported short.
"""

from __future__ import annotations

from dataclasses import replace

from db.records.stock import CountHeld
from station.commands.work import LeaveWork
from station.flows import round_defect, sequence_gap, task_flow, tote_bind, tote_round, tote_share
from station.flows.count import AskAgain, AskOffer, held_record
from station.flows.lines import LineId
from station.flows.round_after import finish, homes_found, next_task, parked
from station.flows.round_after import leave as leave
from station.flows.round_after import left as left
from station.flows.round_block import blocks_read as blocks_read
from station.flows.round_block import passed_over, stopped
from station.flows.round_booking import has_more, with_lines, without_counted
from station.flows.round_event import BookRead, HomesFound, OfferFound, RoundEffect, RoundEvent, StoreBack
from station.flows.round_start import direct as direct
from station.flows.round_start import join as join
from station.flows.round_start import start as start
from station.flows.round_state import GapAsked, RoundTurn
from station.flows.round_state import Round as Round
from station.flows.round_state import tray_in_hand as tray_in_hand
from station.flows.sequence_ahead import OpenRank
from station.flows.tote_bind import Binding
from station.flows.turn import Book, Booked, BookingFailed, Finished, Say, Step, TaskEvent, TaskState, Working
from station.flows.zero_check import AskEmpty, AskLeft
from station.values import BoundTote
from station.view.message import Level, Message


def go_on(state: Round) -> RoundTurn:
    """The next task, after nothing broke in."""
    return next_task(state)


def drop(state: Round, orders: frozenset[str]) -> RoundTurn:
    """These orders are held: what is in hand is booked, nothing more of them is asked, and they are left."""
    state = replace(state, dropped=state.dropped | orders)
    current, task = state.current, state.task
    of_task = {each.order for each in tote_share.tasks_of(task)} if task is not None else set()
    is_free = current is None or isinstance(current.step, Working)
    is_waiting = (state.binding is not None and state.binding.is_booking) or (state.gap is not None and state.gap.is_booking)
    is_waiting = is_waiting or state.offering is not None
    if state.closing or state.is_searching or state.owed or is_waiting or not is_free:
        return state, ()  # when that is over
    if of_task & orders or state.gap is not None or state.binding is not None:
        return next_task(replace(state, gap=None, binding=None))
    rest = tuple(each for each in state.queue[1:] if each.order not in orders)
    waiting = tuple(each for each in state.waiting if each.order not in orders)
    return replace(state, queue=state.queue[:1] + rest, waiting=waiting), ()


def gaps_released(state: Round, lines: frozenset[LineId]) -> RoundTurn:
    """The consumer has said from outside that it goes on without these."""
    state = replace(state, released=state.released | lines)
    if state.gap is None or state.gap.is_booking or state.gap.of not in lines:
        return state, ()
    return next_task(replace(state, gap=None))


def ranks_seen(state: Round, ahead: tuple[OpenRank, ...]) -> RoundTurn:
    """What is open of the sequences now: a rank that another bay has let leave meanwhile holds up nobody any more."""
    state = replace(state, ahead=ahead)
    gap = state.gap
    is_open = gap is not None and any((each.order, each.line) == gap.of for each in ahead)
    if gap is None or not gap.is_of_other or gap.is_booking or is_open:
        return state, ()
    return next_task(replace(state, gap=None))


def _gap_event(state: Round, gap: GapAsked, event: RoundEvent) -> RoundTurn:
    if isinstance(event, BookRead | HomesFound | OfferFound | StoreBack):
        return state, ()
    after, effects = sequence_gap.advance(gap, event)
    if after is not None:
        return replace(state, gap=after), effects
    return next_task(replace(state, gap=None, released=state.released | {gap.of}))


def advance(state: Round, event: RoundEvent) -> RoundTurn:
    """The round's next state and what it asks for. An event that means nothing here changes nothing."""
    leaves = state.current is not None and (state.is_putting_back or isinstance(event, LeaveWork))
    is_bound = state.binding is not None and not state.closing and not leaves  # what is in the hand goes back first
    if state.binding is not None and is_bound and not isinstance(event, BookRead | HomesFound | OfferFound | StoreBack):
        return _bound(state, state.binding, event)
    if state.gap is not None and not state.closing:
        return _gap_event(state, state.gap, event)
    match event:
        case BookRead(task) if state.current is None and state.task == task and not state.closing and state.offering is None:
            return _task_begins(state, event)
        case OfferFound(tray, offered) if state.offering == tray:
            return next_task(replace(state, offering=None, queue=(*((offered,) if offered else ()), *state.queue)))
        case HomesFound(task) if state.is_searching and state.task == task:
            return homes_found(state, event)
        case Booked() if state.closing:
            return next_task(replace(state, closing=(), joined=None))
        case BookingFailed() if state.joined is not None:
            return next_task(state.joined)
        case BookingFailed() if state.closing:
            return replace(state, is_closing_refused=True), ()
        case StoreBack() if state.is_closing_refused:
            return replace(state, is_closing_refused=False), (Book(records=state.closing, planned=state.planned),)
        case BookRead() | HomesFound() | OfferFound() | StoreBack():
            return state, ()
        case _ if state.current is not None and not state.is_searching:
            return _task_event(state, state.current, event)
        case _:
            return state, ()


def _task_begins(state: Round, read: BookRead) -> RoundTurn:
    """The book of the task in hand is known: its flow starts. What this person has counted before waits for another one."""
    task = read.task
    if task.is_plain_count and state.tolerance is not None and read.held is not None and state.by in read.held.counters:
        said = Say(Message("count_waits_for_other", Level.ACT, {"compartment": task.place.compartment}, error="O380"))
        state, effects = parked(state, task)
        return state, (said, *effects)
    is_last = not has_more(state, (task.order, task.line))
    has_beside = read.has_beside or task.stays  # what is set aside lies there still
    current = TaskState(task=task, visit=0, book=read.book, has_beside=has_beside, is_last_of_line=is_last)
    current = replace(current, shared=read.shared, known_serials=read.serials, held=read.held, look_alike=read.look_alike)
    current = replace(current, lying=read.lying, unfit=read.unfit, dated_lots=read.dated_lots, spare_g=read.spare_g)
    return passed_over(replace(state, current=_of_round(state, current).at(_first_step(read))))


def _first_step(read: BookRead) -> Step:
    """A zero check begins with its question, and so does a count of what the book has none of; an offer may be passed."""
    task = read.task
    if task.is_offer:
        return AskOffer()
    is_empty = task.is_plain_count and not read.book and not read.has_beside and read.held is None
    return AskEmpty(read.book) if task.is_zero_check or is_empty else Working()


def _of_round(state: Round, current: TaskState) -> TaskState:
    """The task as it is for the person who works on it now."""
    return replace(current, by=state.by, tolerance=state.tolerance)


def broken_off(current: TaskState | None) -> tuple[CountHeld, ...]:
    """What the record keeps of a count that is left after its first figure: the next one to count is somebody else."""
    if current is None or current.tolerance is None or not isinstance(current.step, AskAgain | AskLeft):
        return ()
    return (held_record(current, current.step.said),) if current.step.said else ()


def _task_event(state: Round, current: TaskState, event: TaskEvent) -> RoundTurn:
    after, effects = task_flow.advance(_of_round(state, current), event)
    state = replace(state, current=after, queue=(after.task, *state.queue[1:]))
    done: list[RoundEffect] = []
    for effect in effects:
        state, said = with_lines(without_counted(state, effect), effect) if isinstance(effect, Book) else (state, effect)
        done.append(said)
    if isinstance(event, BookingFailed) and state.lines_before is not None:
        state = replace(state, lines=state.lines_before)
    if isinstance(event, Booked | BookingFailed):
        state = replace(state, lines_before=None)
    if isinstance(event, Booked | BookingFailed) and state.fills is not None:
        state = tote_round.tote_is_full(state, state.fills) if isinstance(event, Booked) else replace(state, fills=None)
    if isinstance(event, Booked | BookingFailed) and state.holds is not None:
        state = round_defect.without_lot(state, state.holds) if isinstance(event, Booked) else replace(state, holds=None)
    if isinstance(after.step, Finished):
        state, more = finish(state, after, after.step)
        done += more
    elif state.blocks:
        state = stopped(state)
    return state, tuple(done)


def _bound(state: Round, binding: Binding, event: TaskEvent) -> RoundTurn:
    """An order gets its tote. When all have theirs the queue is gathered anew, unless goods are in hand."""
    task = state.task
    if task is None:
        return state, ()
    after, effects = tote_bind.advance(binding, event, task=task, totes=tote_round.standing(state), places=state.put_places)
    if after is not None:
        return replace(state, binding=after), effects
    tote = BoundTote(order=binding.order, tote=binding.tote, position=binding.position)
    state = replace(state, totes={**state.totes, binding.order: tote}, binding=None)
    if binding.is_second and state.current is not None:
        current = tote_round.rebound(state.current, state.totes)
        return replace(state, current=current, queue=(current.task, *state.queue[1:])), ()
    return next_task(state)
