"""The totes of a round: who still needs one, what is taken in one go, and what follows when one is full. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from db.records.totes import ToteClosed
from station.flows import tote_bind, tote_share
from station.flows.lines import is_complete, was_skipped
from station.flows.round_state import Round
from station.flows.tote_bind import Binding
from station.flows.turn import TaskState
from station.values import BoundTote, OrderKind

_NEVER = datetime.max.replace(tzinfo=UTC)


def tote_is_full(state: Round, full: ToteClosed) -> Round:
    """Its order gets another one at the same place, while the goods are in hand."""
    totes = {order: each for order, each in state.totes.items() if order != full.order}
    return replace(state, totes=totes, fills=None, binding=Binding(order=full.order, position=full.position, is_second=True))


def rebound(current: TaskState, totes: Mapping[str, BoundTote]) -> TaskState:
    """What is left of a distribution goes into the new tote."""
    step = current.step
    if isinstance(step, tote_share.Distributing):
        step = replace(step, shares=tuple(replace(each, task=tote_share.bound(each.task, totes)) for each in step.shares))
    return replace(current, task=tote_share.rebound(current.task, totes), step=step)


def standing(state: Round) -> Mapping[str, BoundTote]:
    """The totes that stand at this bay: those of orders that are complete are taken away."""
    mine = {order for order in state.totes if any(of == order for of, _ in state.lines)}
    return {order: each for order, each in state.totes.items() if order not in mine or not is_complete(state.lines, order)}


def unbound(state: Round) -> tuple[str, ...]:
    """The pick orders of the round that still need a tote: all of them where several are picked at once, or one has one. Whose
    goods go to their destination already need none in their middle."""
    picks = [each.order for each in state.planned if each.kind is OrderKind.PICK and each.order in state.orders]
    picks = [order for order in picks if any(each.order == order for task in state.queue for each in tote_share.tasks_of(task))]
    is_several = state.rolls or len(picks) > 1 or any(order in state.totes for order in picks)
    wanted = tuple(order for order in picks if order not in state.totes and order not in state.loose)
    return wanted if state.put_places and is_several else ()


def running_loose(state: Round) -> frozenset[str]:
    """The orders of the round that are worked without a tote: they go on so when another one breaks in. Who waits for a place is
    not worked yet."""
    waiting = {each.order for each in state.waiting}
    running = {each.order for each in state.planned if each.order in state.orders} - waiting
    return state.loose | {order for order in running if order not in state.totes}


def gathered(state: Round) -> Round:
    """The next task as it is worked, and who is to be bound to a tote first."""
    aside = tuple(each for each in tote_share.scattered(state.queue) if was_skipped(state.lines, each))
    state = replace(state, queue=tote_share.gather(state.queue, state.totes, aside=aside, urgency=_urgency(state)))
    waiting, free = unbound(state), tote_bind.free_places(state.put_places, standing(state))
    if state.binding is not None or not waiting or not free:
        return state
    return replace(state, binding=Binding(order=waiting[0], position=free[0]))


def _urgency(state: Round) -> tuple[str, ...]:
    """The orders, the most urgent first: by need-by time, then priority, as they were planned."""
    planned = sorted(state.planned, key=lambda each: (each.need_by is None, each.need_by or _NEVER, each.priority))
    return tuple(each.order for each in planned)
