"""A round: the tasks of one or several started orders, tray by tray, one after another. Direct work is a round of one task.

The round owns the queue and what each line has got so far. A task's flow decides what is booked; the round adds, in the same
transaction, that a line or an order is finished. A line that lacks something is looked for elsewhere before it is reported short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.records.orders import LineClosed, OrderClosed, OrderLeft, OrderStarted
from db.records.record import Record
from db.records.stock import Counted, CountHeld
from db.records.totes import ToteClosed
from station.flows import sequence_gap, task_flow, tote_bind, tote_round, tote_share
from station.flows.count import AskAgain, AskOffer, held_record
from station.flows.lines import (
    COUNT_HELD,
    LineId,
    Lines,
    has_all,
    is_complete,
    line_closed,
    was_skipped,
    with_reason,
    without_surplus,
)
from station.flows.round_event import (
    BookRead,
    FindHomes,
    FindOffer,
    HomesFound,
    OfferFound,
    ReadBook,
    RoundEffect,
    RoundEvent,
    StoreBack,
)
from station.flows.round_state import GapAsked
from station.flows.round_state import Round as Round
from station.flows.tote_bind import Binding
from station.flows.turn import (
    Book,
    Booked,
    BookingFailed,
    Finished,
    Note,
    Say,
    ShareBooked,
    Step,
    TaskEvent,
    TaskState,
    Working,
)
from station.flows.zero_check import AskEmpty, AskLeft
from station.task import Mode, Task
from station.tray_order import in_rank, sort_by_tray
from station.values import BoundTote, Order
from station.view.message import Level, Message

RoundTurn = tuple[Round, tuple[RoundEffect, ...]]


def start(
    *,
    orders: tuple[str, ...],
    tasks: Sequence[Task],
    lines: Lines,
    planned: tuple[Order, ...] = (),
    is_resumed: bool = False,
    reports_lacking: bool = False,
    put_places: tuple[str, ...] = (),
    totes: Sequence[BoundTote] = (),
    released: frozenset[LineId] = frozenset(),
) -> RoundTurn:
    """Begin with these tasks, already in working order. A line without any task is closed when it has all it asked, and
    short where a person has said so: for all of them (`reports_lacking`), or for this one before the program ended. The others
    stay open.

    Nothing is worked before the start is durable: it is refused for an order that was cancelled or changed since it was read.
    """
    progress = dict(lines)
    started: tuple[Record, ...] = () if is_resumed else tuple(OrderStarted(order=order) for order in orders)
    records: list[Record] = [*started]
    ranked = {(line.order, line.line) for order in planned for line in order.lines if line.rank}
    for line in _without_task(lines, tasks):
        stands = progress[line]
        is_gap = line in ranked and not stands.is_whole  # its position is asked about in its turn
        if is_gap or stands.waits or not (reports_lacking or stands.is_said or stands.is_whole):
            continue
        progress[line] = replace(progress[line], reason=progress[line].reason or "no_stock", is_closed=True)
        records.append(line_closed(line, progress[line]))
    begun = Round(
        orders=orders,
        planned=planned,
        queue=tuple(tasks),
        lines=progress,
        is_resumed=is_resumed,
        put_places=put_places,
        released=released,
        totes={each.order: each for each in totes},
    )
    for order in orders:
        records += _order_end(begun, order)
    if records:
        begun = replace(begun, closing=tuple(records))
        return begun, (Book(records=begun.closing, planned=planned),)
    return _next(begun)


def join(
    state: Round,
    *,
    orders: tuple[str, ...],
    tasks: Sequence[Task],
    lines: Lines,
    planned: tuple[Order, ...],
) -> RoundTurn:
    """Express orders break in between two trays: their tasks come first, then the round goes on. Their start is durable before
    they are worked; refused, the round goes on without them."""
    started = tuple(OrderStarted(order=order) for order in orders)
    before = replace(state, current=None)
    joined = replace(
        before,
        orders=(*state.orders, *orders),
        planned=(*state.planned, *planned),
        queue=(*tasks, *tote_share.scattered(state.queue)),
        lines={**state.lines, **lines},
        closing=started,
        joined=before,
    )
    return joined, (Book(records=started, planned=planned),)


def go_on(state: Round) -> RoundTurn:
    """The next task, after nothing broke in."""
    return _next(state)


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
        return _next(replace(state, gap=None, binding=None))
    rest = tuple(each for each in state.queue[1:] if each.order not in orders)
    return replace(state, queue=state.queue[:1] + rest), ()


def _without_dropped(state: Round) -> tuple[Round, tuple[Record, ...]]:
    """Held orders leave the round between two tasks."""
    gone = tuple(order for order in state.orders if order in state.dropped)
    if not gone:
        return state, ()
    queue = tuple(each for each in tote_share.scattered(state.queue) if each.order not in state.dropped)
    kept = tuple(order for order in state.orders if order not in state.dropped)
    open_ones = [order for order in gone if not is_complete(state.lines, order)]
    return replace(state, queue=queue, orders=kept), left(open_ones, "held")


def gaps_released(state: Round, lines: frozenset[LineId]) -> RoundTurn:
    """The consumer has said from outside that it goes on without these."""
    state = replace(state, released=state.released | lines)
    if state.gap is None or state.gap.is_booking or state.gap.of not in lines:
        return state, ()
    return _next(replace(state, gap=None))


def _gap_event(state: Round, gap: GapAsked, event: RoundEvent) -> RoundTurn:
    if isinstance(event, BookRead | HomesFound | OfferFound | StoreBack):
        return state, ()
    after, effects = sequence_gap.advance(gap, event)
    if after is not None:
        return replace(state, gap=after), effects
    return _next(replace(state, gap=None, released=state.released | {gap.of}))


def lacking(lines: Lines, tasks: Sequence[Task]) -> tuple[LineId, ...]:
    """The open lines that still need something and have no task: nothing of their item is here, or no place for it. What is on a
    tray out of service is not lacking."""
    return tuple(line for line in _without_task(lines, tasks) if not lines[line].is_whole and not lines[line].waits)


def _without_task(lines: Lines, tasks: Sequence[Task]) -> tuple[LineId, ...]:
    with_tasks = {(task.order, task.line) for task in tasks}
    return tuple(line for line, progress in lines.items() if line not in with_tasks and not progress.is_closed)


def direct(*tasks: Task) -> RoundTurn:
    """A round without an order: one task, or the counts that are due at a called tray."""
    return _next(Round(queue=tasks))


def advance(state: Round, event: RoundEvent) -> RoundTurn:
    """The round's next state and what it asks for. An event that means nothing here changes nothing."""
    if state.binding is not None and not state.closing and not isinstance(event, BookRead | HomesFound | OfferFound | StoreBack):
        return _bound(state, state.binding, event)
    if state.gap is not None and not state.closing:
        return _gap_event(state, state.gap, event)
    match event:
        case BookRead(task) if state.current is None and state.task == task and not state.closing and state.offering is None:
            return _task_begins(state, event)
        case OfferFound(tray, offered) if state.offering == tray:
            return _turn_to(replace(state, offering=None, queue=(*((offered,) if offered else ()), *state.queue)))
        case HomesFound(task, tasks) if state.is_searching and state.task == task:
            return _homes_found(state, tasks, event.counts)
        case Booked() if state.closing:
            return _next(replace(state, closing=(), joined=None))
        case BookingFailed() if state.joined is not None:
            return _next(state.joined)
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
        state, effects = _parked(state, task)
        return state, (said, *effects)
    is_last = not _has_more(state, (task.order, task.line))
    current = TaskState(task=task, visit=0, book=read.book, has_beside=read.has_beside, is_last_of_line=is_last)
    current = replace(current, shared=read.shared, known_serials=read.serials, held=read.held, look_alike=read.look_alike)
    current = replace(current, lying=read.lying, unfit=read.unfit, dated_lots=read.dated_lots)
    return replace(state, current=_of_round(state, current).at(_first_step(read))), ()


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


def leave(state: Round, why: str) -> tuple[Record, ...]:
    """What the record says when the round is left: its unfinished orders stay open, and so do those whose end is not written."""
    unwritten = {record.order for record in state.closing if isinstance(record, LineClosed)}
    return left([order for order in state.orders if order in unwritten or not is_complete(state.lines, order)], why)


def left(orders: Sequence[str], why: str) -> tuple[Record, ...]:
    """These orders stay open for later."""
    return tuple(OrderLeft(order=order, why=why) for order in orders)


def _task_event(state: Round, current: TaskState, event: TaskEvent) -> RoundTurn:
    after, effects = task_flow.advance(_of_round(state, current), event)
    state = replace(state, current=after, queue=(after.task, *state.queue[1:]))
    done: list[RoundEffect] = []
    for effect in effects:
        state, said = _with_lines(_counted(state, effect), effect) if isinstance(effect, Book) else (state, effect)
        done.append(said)
    if isinstance(event, BookingFailed) and state.lines_before is not None:
        state = replace(state, lines=state.lines_before)
    if isinstance(event, Booked | BookingFailed):
        state = replace(state, lines_before=None)
    if isinstance(event, Booked | BookingFailed) and state.fills is not None:
        state = tote_round.tote_is_full(state, state.fills) if isinstance(event, Booked) else replace(state, fills=None)
    if isinstance(after.step, Finished):
        state, more = _finish(state, after, after.step)
        done += more
    return state, tuple(done)


def _counted(state: Round, effect: Book) -> Round:
    """What this booking counts need not be counted again on this tray: an empty check is a count too."""
    if not state.queue or not any(isinstance(each, Counted | CountHeld) for each in effect.records):
        return state
    task = state.queue[0]
    rest = (each for each in state.queue[1:] if not (each.is_count_due and (each.place, each.key) == (task.place, task.key)))
    return replace(state, queue=(task, *rest))


def _with_lines(state: Round, effect: Book) -> tuple[Round, Book]:
    """Add to a task's booking what it means for its line, or for the lines that are worked in one go, and for their orders."""
    before = state.lines
    full = next((each for each in effect.records if isinstance(each, ToteClosed)), None)
    records = list(effect.records)
    for booked in effect.shares or (ShareBooked(state.queue[0], effect.moved, effect.closes),):
        state, more = _with_line(state, booked, effect.reason)
        records += more
    return replace(state, lines_before=before, fills=full), replace(effect, records=tuple(records))


def _with_line(state: Round, booked: ShareBooked, reason: str) -> tuple[Round, tuple[Record, ...]]:
    task = booked.task
    line = (task.order, task.line)
    progress = state.lines.get(line)
    if task.is_direct or progress is None:
        return state, ()
    progress = replace(progress, done=progress.done + booked.moved, reason=reason or progress.reason)
    records: tuple[Record, ...] = ()
    is_last = has_all(progress, task) or not (_has_more(state, line) or task.rank)
    if booked.closes and is_last and not progress.is_closed and not progress.is_held:
        progress = replace(progress, is_closed=True)
        records = (line_closed(line, progress, is_count=task.mode is Mode.COUNT),)
    state = replace(state, lines={**state.lines, line: progress})
    return state, (*records, *_order_end(state, task.order)) if records else ()


def _order_end(state: Round, order: str) -> tuple[Record, ...]:
    """What is written when the last line of an order is closed: its tote takes nothing more."""
    if not is_complete(state.lines, order):
        return ()
    tote = state.totes.get(order)
    closed = (ToteClosed(order=order, tote=tote.tote, position=tote.position, why="done"),) if tote is not None else ()
    return (*closed, OrderClosed(order=order))


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
    return _next(state)


def _has_more(state: Round, line: LineId) -> bool:
    return any((task.order, task.line) == line for task in state.queue[1:])


def _finish(state: Round, current: TaskState, step: Finished) -> RoundTurn:
    """The task in hand is done with; what follows depends on how."""
    task = current.task
    if step.count_first:
        return _next(replace(state, queue=(_count_of(task), *state.queue)))
    if step.lacking:
        lines = state.lines
        for lacking in step.lacking:
            lines = with_reason(lines, lacking.task, step.reason)
        used = state.used | {task.place}
        return _search(replace(state, queue=state.queue[1:], used=used, lines=lines, owed=step.lacking))
    if step.was_skipped:
        return _set_aside(state, task)
    if step.is_parked:
        return _parked(replace(state, used=state.used | {task.place}), task, is_worked=True)
    if step.instead is not None:
        return _worked_instead(state, task, step.instead)
    if not step.missing:
        rest = without_surplus(state.lines, task, state.queue[1:])
        return _next(replace(state, queue=rest, used=state.used | {task.place}), done=task)
    state = replace(state, used=state.used | {task.place}, lines=with_reason(state.lines, task, step.reason))
    if step.is_given_up:
        return _close_short(state, task)
    return _find(state, task, step.missing)


def _find(state: Round, task: Task, missing: int) -> RoundTurn:
    excluded = state.used | {each.place for each in state.queue if (each.order, each.line) == (task.order, task.line)}
    return replace(state, is_searching=True), (FindHomes(task=task, missing=missing, exclude=excluded),)


def _search(state: Round) -> RoundTurn:
    """Look for the rest of the next line that a distribution left short. The task that it belongs to is the one in hand."""
    owed, *others = state.owed
    task = replace(owed.task, shares=())
    current = replace(state.current, task=task) if state.current is not None else None
    state = replace(state, queue=(task, *state.queue), owed=tuple(others), current=current)
    return _find(state, task, owed.missing)


def _count_of(task: Task) -> Task:
    """A count of the task's compartment on the spot, without an order. The task's screen has shown the book."""
    counted = replace(task, mode=Mode.COUNT, order="", line="", reason="on_the_spot", note="", was_seen=True)
    return replace(counted, shares=(), tote="", position="")


def _parked(state: Round, task: Task, *, is_worked: bool = False) -> RoundTurn:
    """Its count waits for a different person: the line stays open for him, and the work goes on."""
    line = (task.order, task.line)
    progress = state.lines.get(line)
    if progress is not None and task.is_plain_count:
        state = replace(state, lines={**state.lines, line: replace(progress, is_held=True, reason=COUNT_HELD)})
    return _next(replace(state, queue=state.queue[1:]), done=task if is_worked else None)


def _set_aside(state: Round, task: Task) -> RoundTurn:
    """A skipped line, or those that are worked in one go, goes to the end of the queue once; skipped again it stays open for
    later."""
    skipped = {(each.order, each.line) for each in tote_share.tasks_of(task)}
    mine = tuple(each for each in state.queue if (each.order, each.line) in skipped)
    others = tuple(each for each in state.queue if (each.order, each.line) not in skipped)
    known = {line: progress for line in skipped if (progress := state.lines.get(line)) is not None}
    if task.is_direct or not known:
        return _next(replace(state, queue=state.queue[1:]))
    if task.rank:  # its position stays empty: that asks for a release
        return _next(replace(state, queue=others))
    again = () if any(each.was_skipped for each in known.values()) or not others else mine
    lines = {**state.lines, **{line: replace(each, was_skipped=True) for line, each in known.items()}}
    return _next(replace(state, queue=others + again, lines=lines))


def _homes_found(state: Round, tasks: tuple[Task, ...], counts: tuple[Task, ...]) -> RoundTurn:
    """The tray of the rest comes too, with what is to be counted on it."""
    task = state.queue[0]
    state = replace(state, is_searching=False)
    if not tasks:
        closed, more = _close_short(state, task)
        return (closed, (*_no_room(task), *more)) if task.load is not None else (closed, more)
    aside = tuple(each for each in state.queue[1:] if was_skipped(state.lines, each))
    waiting = tuple(each for each in state.queue[1:] if each not in aside)
    found = _numbered(state, tasks)
    if task.rank:  # the rest of a rank comes before the next one, wherever it is
        found = tuple(replace(each, rank=task.rank, ranks=task.ranks, sequence=task.sequence) for each in found)
    more_counts = tuple(each for each in counts if each not in state.queue)
    queue = (*in_rank(sort_by_tray((*found, *waiting, *more_counts), tray_at_bay=task.place.tray)), *aside)
    said = Say(Message("other_home", Level.ACT, {"item": task.item.code, "tray": tasks[0].place.tray}))
    state, more = _next(replace(state, queue=queue))
    return state, (said, *more)


def _no_room(task: Task) -> tuple[RoundEffect, ...]:
    """Nothing is booked of a load that found no place: somebody has to know that it stays outside."""
    return (Say(Message("no_place_for_load", Level.ACT, {"load": task.item.code}, error="O390")),)


def _worked_instead(state: Round, task: Task, instead: Task) -> RoundTurn:
    """Another lot or another compartment is worked in its place; what that does not cover stays where it was."""
    rest = task.quantity - instead.quantity
    left = (replace(task, quantity=rest),) if rest > 0 else ()
    number = max(each.number for each in state.queue if (each.order, each.line) == (task.order, task.line)) + 1
    mine = (replace(instead, number=number), *left)
    aside = tuple(each for each in state.queue[1:] if was_skipped(state.lines, each))
    waiting = tuple(each for each in state.queue[1:] if each not in aside)
    queue = in_rank(sort_by_tray((*mine, *waiting), tray_at_bay=task.place.tray))
    return _next(replace(state, queue=(*queue, *aside)))


def _numbered(state: Round, tasks: Sequence[Task]) -> tuple[Task, ...]:
    """New tasks of a line are numbered after all that it has."""
    line = (state.queue[0].order, state.queue[0].line)
    highest = max(each.number for each in state.queue if (each.order, each.line) == line)
    return tuple(replace(each, number=number) for number, each in enumerate(tasks, start=highest + 1))


def _close_short(state: Round, task: Task) -> RoundTurn:
    """The line gets no more. Direct work has no line to close."""
    line = (task.order, task.line)
    progress = state.lines.get(line)
    rest = replace(state, queue=state.queue[1:])
    if task.rank:
        return _next(rest)
    if task.is_direct or progress is None or _has_more(state, line) or progress.is_closed:
        return _next(rest)
    closed = replace(progress, is_closed=True)
    rest = replace(rest, lines={**state.lines, line: closed})
    records: tuple[Record, ...] = (line_closed(line, closed), *_order_end(rest, task.order))
    return replace(rest, closing=records, current=None), (Book(records=records),)


def _next(state: Round, *, done: Task | None = None) -> RoundTurn:
    """Turn to the next task, or end; before the tray of the one just `done` leaves, look for a count that is worth its
    seconds."""
    if state.owed:
        return _search(state)
    state, told = _without_dropped(replace(state, current=None))
    after, effects = _turn(state, done)
    return after, ((Note(told),) if told else ()) + effects


def _turn(state: Round, done: Task | None) -> RoundTurn:
    state = tote_round.gathered(state)
    if (gap := sequence_gap.due(state)) is not None:
        return replace(state, gap=gap), (Note((sequence_gap.opened(gap),)),)
    if done is None or not _may_offer(state, done.place.tray):
        return _turn_to(state)
    tray = done.place.tray
    state = replace(state, offering=tray, offered=state.offered | {tray})
    return state, (FindOffer(tray, state.used),)


def _may_offer(state: Round, tray: int) -> bool:
    """Only beside the work of orders, and not at a tray that comes again or was asked about."""
    is_wanted = any(each.place.tray == tray for each in state.queue)
    return state.offers_counts and bool(state.orders) and not is_wanted and tray not in state.offered


def _turn_to(state: Round) -> RoundTurn:
    if state.queue:
        return state, (ReadBook(state.queue[0]),)
    left = leave(state, "skipped") if state.orders else ()
    return state, ((Note(left),) if left else ())
