"""A task would take of goods that are blocked: what is in the hand goes back, and then other stock is looked for. Pure.

PutBlockedBack -> "nothing of it is out" -> Finished, and the round looks for the rest elsewhere. Nothing is booked: nothing was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from station import commands as do
from station.flows import tote_share
from station.flows.turn import Finished, Lacking, Step, TaskEvent, TaskState, Turn, stay
from station.task import Mode, Task
from station.values import LotHold

BLOCKED: Final = "blocked"  # why a line lacks what was taken away from it
NOTHING_OUT: Final = "nothing_out"


@dataclass(frozen=True, slots=True)
class PutBlockedBack(Step):
    """The goods were blocked while they were being picked: they go back, before the tray leaves."""


def is_blocked(task: Task, blocks: Sequence[LotHold]) -> bool:
    """Whether the task would take of what is blocked."""
    key = task.key
    return task.mode is Mode.PICK and task.load is None and any(each.holds(key.item, key.lot, key.owner) for each in blocks)


def advance(state: TaskState, event: TaskEvent) -> Turn:
    """The step ends when the person says that nothing of it is out any more."""
    match event:
        case do.Choose(key=key) if key == NOTHING_OUT:
            return stay(state.at(given_up(state.task)))
        case _:
            return stay(state)


def given_up(task: Task) -> Finished:
    """Nothing of it is taken: all of it is looked for elsewhere."""
    lacking = tuple(Lacking(each, each.quantity) for each in tote_share.tasks_of(task)) if task.shares else ()
    return Finished(missing=task.quantity, reason=BLOCKED, lacking=lacking)
