"""More orders than put places: who has none yet waits in the round, and gets one as soon as it is free. Pure.

Who gets it is the planner's business (`station.core.tray_choice`). Without its word the next one in turn does once nothing else
is left to do, so that a round never stands still.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from station.flows import tote_bind, tote_round, tote_share
from station.flows.round_state import Round
from station.task import Task


def parted(tasks: Sequence[Task], without_place: Collection[str]) -> tuple[tuple[Task, ...], tuple[Task, ...]]:
    """What can be worked now, and what waits: tasks of no order wait for the first order whose tray they lie on."""
    trays = {(each.place.machine, each.place.tray) for each in tasks if each.order and each.order not in without_place}

    def is_now(task: Task) -> bool:
        return task.order not in without_place if task.order else (task.place.machine, task.place.tray) in trays

    return tuple(each for each in tasks if is_now(each)), tuple(each for each in tasks if not is_now(each))


def orders_waiting(state: Round) -> tuple[str, ...]:
    """Who has no put place yet, as they were planned."""
    return tuple(dict.fromkeys(each.order for each in state.waiting if each.order))


def free(state: Round) -> int:
    """How many put places are left for those who wait."""
    places = tote_bind.free_places(state.put_places, tote_round.standing(state))
    return max(0, len(places) - len(tote_round.unbound(state)))


def admitted(state: Round, orders: Collection[str]) -> Round:
    """These orders get a place; what is to be counted on their trays comes along, and at the end all that is left."""
    waits = tuple(each for each in orders_waiting(state) if each not in orders)
    now, later = parted(state.waiting, waits) if waits else (state.waiting, ())
    return replace(state, queue=(*tote_share.scattered(state.queue), *now), waiting=later)


def taken_back(state: Round) -> Round:
    """Without the order that only stood in because nobody had chosen; it waits again."""
    order = state.stand_in
    if not order or order in state.totes:
        return replace(state, stand_in="")
    apart = tote_share.scattered(state.queue)
    mine = tuple(each for each in apart if each.order in (order, ""))
    rest = tuple(each for each in apart if each.order not in (order, ""))
    is_bound = state.binding is not None and state.binding.is_booking
    binding = state.binding if is_bound else None
    return replace(state, queue=rest, waiting=(*mine, *state.waiting), stand_in="", binding=binding)


def rolled(state: Round) -> Round:
    """Nothing else is left to do: the next order in turn comes, if there is a place for it. Else who waits stays for later."""
    if state.queue or not state.waiting:
        return state
    waiting = orders_waiting(state)
    if waiting and free(state) < 1:
        return replace(state, waiting=())
    return replace(admitted(state, waiting[:1]), stand_in=waiting[0] if waiting else "")
