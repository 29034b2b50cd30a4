"""What follows a task that is done with: the next one, what its line lacks, an empty position, the end of the round. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.records.orders import LineClosed, OrderLeft
from db.records.record import Record
from station.flows import round_rolling, sequence_gap, tote_round, tote_share
from station.flows.blocked import is_blocked
from station.flows.lines import COUNT_HELD, is_complete, line_closed, was_skipped, with_reason, without_surplus
from station.flows.round_booking import has_more, order_end
from station.flows.round_event import FindHomes, FindOffer, HomesFound, ReadBook, RoundEffect
from station.flows.round_state import Round, RoundTurn
from station.flows.turn import Book, Finished, Note, Say, TaskState
from station.task import Mode, Task
from station.tray_order import in_rank
from station.values import Place
from station.view.message import Level, Message
from station.zones import in_turn, place_text


def finish(state: Round, current: TaskState, step: Finished) -> RoundTurn:
    """The task in hand is done with; what follows depends on how."""
    task = current.task
    if step.count_first:
        return next_task(replace(state, queue=(_count_of(task), *state.queue)))
    if step.lacking:
        lines = state.lines
        for lacking in step.lacking:
            lines = with_reason(lines, lacking.task, step.reason)
        used = state.used | {task.place}
        return _search(replace(state, queue=state.queue[1:], used=used, lines=lines, owed=(*step.lacking, *state.owed)))
    if step.was_skipped:
        return _set_aside(state, task)
    if step.is_parked:
        return parked(replace(state, used=state.used | {task.place}), task, is_worked=True)
    if step.instead is not None:
        return _worked_instead(state, task, step.instead)
    if not step.missing:
        rest = without_surplus(state.lines, task, state.queue[1:])
        return next_task(replace(state, queue=rest, used=state.used | {task.place}), done=task)
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


def parked(state: Round, task: Task, *, is_worked: bool = False) -> RoundTurn:
    """Its count waits for a different person: the line stays open for him, and the work goes on."""
    line = (task.order, task.line)
    progress = state.lines.get(line)
    if progress is not None and task.is_plain_count:
        state = replace(state, lines={**state.lines, line: replace(progress, is_held=True, reason=COUNT_HELD)})
    return next_task(replace(state, queue=state.queue[1:]), done=task if is_worked else None)


def _set_aside(state: Round, task: Task) -> RoundTurn:
    """A skipped line, or those that are worked in one go, goes to the end of the queue once; skipped again it stays open for
    later."""
    skipped = {(each.order, each.line) for each in tote_share.tasks_of(task)}
    mine = tuple(each for each in state.queue if (each.order, each.line) in skipped)
    others = tuple(each for each in state.queue if (each.order, each.line) not in skipped)
    known = {line: progress for line in skipped if (progress := state.lines.get(line)) is not None}
    if task.is_direct or not known:
        return next_task(replace(state, queue=state.queue[1:]))
    if task.rank:  # its position stays empty: that asks for a release
        return next_task(replace(state, queue=others))
    again = () if any(each.was_skipped for each in known.values()) or not others else mine
    lines = {**state.lines, **{line: replace(each, was_skipped=True) for line, each in known.items()}}
    return next_task(replace(state, queue=others + again, lines=lines))


def homes_found(state: Round, found: HomesFound) -> RoundTurn:
    """The tray of the rest comes too, with what is to be counted on it."""
    task, tasks, counts = state.queue[0], found.tasks, found.counts
    state = replace(state, is_searching=False)
    if not tasks and found.is_elsewhere:
        return _left_to_others(state, task, found.where)
    if not tasks:
        closed, more = _close_short(state, task)
        return (closed, (*_no_room(task), *more)) if task.load is not None else (closed, more)
    aside = tuple(each for each in state.queue[1:] if was_skipped(state.lines, each))
    waiting = tuple(each for each in state.queue[1:] if each not in aside)
    new = _numbered(state, tasks)
    if task.rank:  # the rest of a rank comes before the next one, wherever it is
        new = tuple(replace(each, rank=task.rank, ranks=task.ranks, sequence=task.sequence) for each in new)
    more_counts = tuple(each for each in counts if each not in state.queue)
    queue = (*in_rank(in_turn((*new, *waiting, *more_counts), at=task.place, zones=state.zones)), *aside)
    said = _other_home(state, task, tasks[0].place)
    state, more = next_task(replace(state, queue=queue))
    return state, (said, *more)


def _other_home(state: Round, task: Task, place: Place) -> Say:
    if is_blocked(task, state.blocks):
        where = place_text(place) if place.machine in state.zones else str(place.tray)
        code = "blocked_other_place" if place.machine in state.zones else "blocked_other_tray"
        return Say(
            Message(code, Level.ACT, {"item": task.item.code, "lot": task.key.lot or "–", "place": where}, error="O540"),
            is_flashed=True,
        )
    if place.machine in state.zones:
        return Say(Message("other_home_place", Level.ACT, {"item": task.item.code, "place": place_text(place)}))
    return Say(Message("other_home", Level.ACT, {"item": task.item.code, "tray": place.tray}))


def _left_to_others(state: Round, task: Task, where: Place | None) -> RoundTurn:
    """The rest lies where this round does not go: the line stays open for those who go there."""
    line = (task.order, task.line)
    progress = state.lines.get(line)
    if progress is not None:
        places = {**state.elsewhere, line: where} if where is not None else state.elsewhere
        state = replace(state, lines={**state.lines, line: replace(progress, is_elsewhere=True)}, elsewhere=places)
    said = "rest_in_lift" if task.place.machine in state.zones else "rest_in_places"
    told = Say(Message(said, Level.ACT, {"item": task.item.code}))
    state, more = next_task(replace(state, queue=state.queue[1:]))
    return state, (told, *more)


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
    queue = in_rank(in_turn((*mine, *waiting), at=task.place, zones=state.zones))
    return next_task(replace(state, queue=(*queue, *aside)))


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
        return next_task(rest)
    if task.is_direct or progress is None or has_more(state, line) or progress.is_closed or progress.is_elsewhere:
        return next_task(rest)
    closed = replace(progress, is_closed=True)
    rest = replace(rest, lines={**state.lines, line: closed})
    records: tuple[Record, ...] = (line_closed(line, closed), *order_end(rest, task.order))
    return replace(rest, closing=records, current=None), (Book(records=records),)


def next_task(state: Round, *, done: Task | None = None) -> RoundTurn:
    """Turn to the next task, or end; before the tray of the one just `done` leaves, look for a count that is worth its
    seconds."""
    if state.owed:
        return _search(state)
    state, told = _without_dropped(replace(state, current=None))
    after, effects = _turn(state, done)
    return after, ((Note(told),) if told else ()) + effects


def _turn(state: Round, done: Task | None) -> RoundTurn:
    state, left_out = _rolled(state)
    after, effects = _go_to(tote_round.gathered(state), done)
    return after, (*left_out, *effects)


def _rolled(state: Round) -> tuple[Round, tuple[RoundEffect, ...]]:
    """An order that waits for a put place comes in; where none will be free any more, those who wait stay in the list."""
    after = round_rolling.rolled(state)
    if not state.waiting or after.queue:
        return after, ()
    orders = ", ".join(round_rolling.orders_waiting(state))
    return after, (Say(Message("no_place_left", Level.ACT, {"orders": orders}, error="O456")),)


def _go_to(state: Round, done: Task | None) -> RoundTurn:
    if (gap := sequence_gap.due(state)) is not None:
        return replace(state, gap=gap), () if gap.may_be_filled else (Note((sequence_gap.opened(gap),)),)
    if done is None or not _may_offer(state, done.place):
        return _turn_to(state)
    tray = done.place.tray
    state = replace(state, offering=tray, offered=state.offered | {tray})
    return state, (FindOffer(tray, state.used),)


def _may_offer(state: Round, place: Place) -> bool:
    """Only beside the work of orders, and not at a tray that comes again or was asked about, nor where no tray comes at all."""
    is_wanted = any((each.place.machine, each.place.tray) == (place.machine, place.tray) for each in state.queue)
    is_tray = place.machine not in state.zones
    return state.offers_counts and bool(state.orders) and is_tray and not is_wanted and place.tray not in state.offered


def _turn_to(state: Round) -> RoundTurn:
    if state.queue:
        return state, (ReadBook(state.queue[0]),)
    at_end = _left_at_end(state)
    return state, ((Note(at_end),) if at_end else ())


def _left_at_end(state: Round) -> tuple[Record, ...]:
    """Orders of which only a part elsewhere is open are left for that; the others have a line that was set aside."""
    found: list[Record] = []
    for order in state.orders:
        open_lines = [each for (of, _), each in state.lines.items() if of == order and not each.is_closed]
        why = "elsewhere" if open_lines and all(each.is_elsewhere for each in open_lines) else "skipped"
        found += leave(replace(state, orders=(order,)), why)
    return tuple(found)


def _without_dropped(state: Round) -> tuple[Round, tuple[Record, ...]]:
    """Held orders leave the round between two tasks."""
    gone = tuple(order for order in state.orders if order in state.dropped)
    if not gone:
        return state, ()
    queue = tuple(each for each in tote_share.scattered(state.queue) if each.order not in state.dropped)
    waiting = tuple(each for each in state.waiting if each.order not in state.dropped)
    kept = tuple(order for order in state.orders if order not in state.dropped)
    open_ones = [order for order in gone if not is_complete(state.lines, order)]
    return replace(state, queue=queue, waiting=waiting, orders=kept), left(open_ones, "held")


def leave(state: Round, why: str) -> tuple[Record, ...]:
    """What the record says when the round is left: its unfinished orders stay open, and so do those whose end is not written."""
    unwritten = {record.order for record in state.closing if isinstance(record, LineClosed)}
    return left([order for order in state.orders if order in unwritten or not is_complete(state.lines, order)], why)


def left(orders: Sequence[str], why: str) -> tuple[Record, ...]:
    """These orders stay open for later."""
    return tuple(OrderLeft(order=order, why=why) for order in orders)
