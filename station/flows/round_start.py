"""How a round begins: with the tasks of orders, with one task of no order, or with express orders that break in. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from db.records.orders import OrderStarted
from db.records.record import Record
from station.flows import tote_round, tote_share
from station.flows.lines import LineId, Lines, line_closed
from station.flows.round_after import next_task
from station.flows.round_booking import order_end
from station.flows.round_rolling import parted
from station.flows.round_state import Round, RoundTurn
from station.flows.sequence_ahead import OpenRank
from station.flows.turn import Book
from station.task import Task
from station.values import BoundTote, Order, Place


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
    ahead: tuple[OpenRank, ...] = (),
    loose: frozenset[str] = frozenset(),
    without_place: frozenset[str] = frozenset(),
    elsewhere: Mapping[LineId, Place] = MappingProxyType({}),
    zones: tuple[str, ...] = (),
) -> RoundTurn:
    """Begin with these tasks, already in working order. A line without any task is closed when it has all it asked, and
    short where a person has said so: for all of them (`reports_lacking`), or for this one before the program ended. The others
    stay open.

    Orders `without_place` wait until one is free. Nothing is worked before the start is durable: it is refused for an order that
    was cancelled or changed since it was read.
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
    queue, waiting = parted(tasks, without_place) if without_place else (tuple(tasks), ())
    begun = Round(
        orders=orders,
        planned=planned,
        queue=queue,
        waiting=waiting,
        rolls=bool(without_place),
        lines=progress,
        is_resumed=is_resumed,
        put_places=put_places,
        released=released,
        ahead=ahead,
        loose=loose,
        elsewhere=elsewhere,
        zones=zones,
        totes={each.order: each for each in totes},
    )
    for order in orders:
        records += order_end(begun, order)
    if records:
        begun = replace(begun, closing=tuple(records))
        return begun, (Book(records=begun.closing, planned=planned),)
    return next_task(begun)


def join(
    state: Round,
    *,
    orders: tuple[str, ...],
    tasks: Sequence[Task],
    lines: Lines,
    planned: tuple[Order, ...],
    waits: bool = False,
    elsewhere: Mapping[LineId, Place] = MappingProxyType({}),
) -> RoundTurn:
    """Express orders break in between two trays: their tasks come first, then the round goes on. Where all put places are taken
    (`waits`) they get the next one that is free. Their start is durable before
    they are worked; refused, the round goes on without them. What runs without a tote goes on without one."""
    started = tuple(OrderStarted(order=order) for order in orders)
    before = replace(state, current=None)
    joined = replace(
        before,
        orders=(*state.orders, *orders),
        planned=(*state.planned, *planned),
        queue=tote_share.scattered(state.queue) if waits else (*tasks, *tote_share.scattered(state.queue)),
        waiting=(*tasks, *state.waiting) if waits else state.waiting,
        lines={**state.lines, **lines},
        elsewhere={**state.elsewhere, **elsewhere},
        closing=started,
        broke_in=state.broke_in | set(orders),
        loose=tote_round.running_loose(state),
        joined=before,
    )
    return joined, (Book(records=started, planned=planned),)


def lacking(lines: Lines, tasks: Sequence[Task]) -> tuple[LineId, ...]:
    """The open lines that still need something and have no task: nothing of their item is here, or no place for it. What is on a
    tray out of service is not lacking."""
    return tuple(line for line in _without_task(lines, tasks) if not lines[line].is_whole and not lines[line].waits)


def _without_task(lines: Lines, tasks: Sequence[Task]) -> tuple[LineId, ...]:
    with_tasks = {(task.order, task.line) for task in tasks}
    return tuple(line for line, progress in lines.items() if line not in with_tasks and not progress.is_closed)


def direct(*tasks: Task) -> RoundTurn:
    """A round without an order: one task, or the counts that are due at a called tray."""
    return next_task(Round(queue=tasks))
