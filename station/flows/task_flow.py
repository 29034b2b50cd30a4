"""The flow of one task, by its mode."""

from __future__ import annotations

from station.flows import count, pick, put
from station.flows.turn import TaskEvent, TaskState, Turn
from station.task import Mode


def advance(state: TaskState, event: TaskEvent) -> Turn:
    """Hand the event to the flow of the task's mode."""
    match state.task.mode:
        case Mode.PICK:
            return pick.advance(state, event)
        case Mode.PUT:
            return put.advance(state, event)
        case Mode.COUNT:
            return count.advance(state, event)
