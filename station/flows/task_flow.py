"""The flow of one task: the zero check where it is asked, a load's where it moves one, else by the task's mode."""

from __future__ import annotations

from station.flows import blocked, count, load, open_pack, pick, put, zero_check
from station.flows.blocked import PutBlockedBack
from station.flows.open_pack import PutRestBack
from station.flows.turn import TaskEvent, TaskState, Turn
from station.flows.zero_check import AskEmpty, AskLeft
from station.task import Mode


def offered(state: TaskState) -> int:
    """What Confirm would book: the one figure of the task on the screen, in the bar and at the bay."""
    return pick.quantity_to_take(state) if state.task.mode is Mode.PICK and state.task.load is None else state.task.quantity


def advance(state: TaskState, event: TaskEvent) -> Turn:
    """Hand the event to the flow that the task is in."""
    if isinstance(state.step, AskEmpty | AskLeft):
        return zero_check.advance(state, event)
    if state.task.load is not None:
        return load.advance(state, event)
    if isinstance(state.step, PutBlockedBack):
        return blocked.advance(state, event)
    if isinstance(state.step, PutRestBack):
        return open_pack.advance(state, event)
    match state.task.mode:
        case Mode.PICK:
            return pick.advance(state, event)
        case Mode.PUT:
            return put.advance(state, event)
        case Mode.COUNT:
            return count.advance(state, event)
