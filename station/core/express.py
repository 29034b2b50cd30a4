"""Express orders: announced while something else is worked, they break in at the next change of trays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from station.core import at_place
from station.core.effects import Allocate
from station.core.inputs import OrdersRead, WorkAllocated
from station.core.round_turned import WorkTurn, round_turned, told
from station.core.state import StationState
from station.flows import round as rounds
from station.flows.round_event import ReadBook, RoundEffect
from station.flows.sequence_ahead import waits_for_another
from station.task import Mode
from station.view.message import Level, Message


def breaks_in(state: StationState, before: rounds.Round, after: rounds.Round, effects: Sequence[RoundEffect]) -> WorkTurn | None:
    """Express orders wait and the round turns to another tray: they come first. Nothing of the next task was asked yet."""
    turns = next((each.task for each in effects if isinstance(each, ReadBook)), None)
    if not state.express or state.is_joining or turns is None or turns.place.tray == rounds.tray_in_hand(before):
        return None
    others = tuple(each for each in effects if not isinstance(each, ReadBook))
    state, done = round_turned(state, after, others)
    return replace(state, is_joining=True), (*done, Allocate(orders=state.express, joins=True))


def joined(state: StationState, event: WorkAllocated) -> WorkTurn:
    """The tasks of the express orders are there, or there are none by now."""
    work = state.round
    if not state.is_joining or work is None:
        return replace(state, is_joining=False), ()
    orders = tuple(order for order in event.orders if any(task.order == order for task in event.tasks))
    state = replace(state, is_joining=False, express=())
    tasks = tuple(task for task in event.tasks if task.order in orders)
    waits = too_few_places(state, event) is not None
    if not orders or (waits and not work.rolls):
        return round_turned(state, *rounds.go_on(work))
    lines = {line: progress for line, progress in event.lines.items() if line[0] in orders}
    planned = tuple(each for each in event.planned if each.order in orders)
    work = replace(work, ahead=event.ahead or work.ahead)
    joined, effects = rounds.join(
        work, orders=orders, tasks=tasks, lines=lines, planned=planned, waits=waits, elsewhere=event.elsewhere
    )
    state = told(state, Message("express_place" if waits else "express_first", Level.ACT, {"orders": ", ".join(orders)}))
    return round_turned(state, joined, effects)


def seen(state: StationState, read: OrdersRead) -> StationState:
    """Express orders that were released while something else is worked are announced once, and break in at the next tray; not
    before an earlier rank of another order has left."""
    work = state.round
    if work is None or not work.orders or at_place.place_in_hand(state) is not None:
        return replace(state, express=())
    able = (tag for tag in read.orders if tag.is_express and tag.kind == "pick")
    able = (tag for tag in able if all(each.level is Level.NOTE for each in tag.blocked))
    able = (tag for tag in able if not waits_for_another(tag.order, read.ahead, read.released_gaps))
    waiting = tuple(tag.order for tag in able if tag.order not in work.orders)
    new = set(waiting) - set(state.express)
    state = replace(state, express=waiting)
    return state.said(Message("express_waits", Level.ACT, {"orders": ", ".join(waiting)})) if new else state


def without_place(state: StationState, event: WorkAllocated) -> frozenset[str]:
    """The pick orders that would stand at a put place and have none yet, where there are more of them than places."""
    if too_few_places(state, event) is None:
        return frozenset()
    standing = {each.order for each in event.totes}
    picks = {task.order for task in event.tasks if task.mode is Mode.PICK}
    return frozenset(picks - standing - event.loose)


def may_roll(state: StationState, event: WorkAllocated) -> bool:
    """Whether orders may wait for a put place: the planner says who gets it, there is one, and no sequence binds."""
    is_free = len(state.rules.put_places) > len({each.position for each in event.totes})
    is_led = state.rules.planner is not None or event.is_resumed
    return is_led and is_free and not any(each.rank for each in event.tasks)


def too_few_places(state: StationState, event: WorkAllocated) -> Message | None:
    """Each of several pick orders needs a put place of its own, but for those that go to their destination already."""
    picks = {task.order for task in event.tasks if task.mode is Mode.PICK}
    standing = {each.order for each in event.totes}
    free = len(state.rules.put_places) - len({each.position for each in event.totes})
    needed = len(picks - standing - event.loose) if len(picks) > 1 or picks & standing else 0
    if not state.rules.put_places or needed <= free:
        return None
    return Message("too_few_places", Level.ACT, {"free": free, "needed": needed}, error="O353")
