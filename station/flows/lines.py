"""The lines of a round: what each has got so far, what it still needs, and how its end stands in the record. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from db.records.orders import LineClosed
from station.rules.rights import NO_ACCESS
from station.task import Mode, Task

LineId = tuple[str, str]
OUT_OF_SERVICE = "out_of_service"
COUNT_HELD = "count_held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a line has got so far. `reason` says why it got less than asked; `is_said` that a person has said so. `is_counted`:
    of a count line, every place was; `is_held`: one of them waits for a different person, and the line with it. `is_elsewhere`: a
    part of it is worked where this round does not go, so that the round does not close it before it has all."""

    asked: int
    done: int = 0
    reason: str = ""
    is_said: bool = False
    is_closed: bool = False
    was_skipped: bool = False
    is_counted: bool = False
    is_held: bool = False
    is_elsewhere: bool = False

    @property
    def waits(self) -> bool:
        """Whether it has no task because its tray is out of service or locked for this person, or its counts wait for a different
        one, or it is worked elsewhere: it stays open, for nothing is missing."""
        return self.is_elsewhere or ((self.reason in (OUT_OF_SERVICE, NO_ACCESS) or self.is_held) and not self.is_said)

    @property
    def is_whole(self) -> bool:
        """Whether it got what it asked. A count line asks 0: nothing counted is not a count."""
        return self.is_counted or self.done >= self.asked > 0


Lines = Mapping[LineId, Progress]


def has_all(progress: Progress, task: Task) -> bool:
    """Whether the line got all it asked before its last task. A count asks every place, not a quantity."""
    return task.mode is not Mode.COUNT and progress.done >= progress.asked


def is_complete(lines: Lines, order: str) -> bool:
    """Whether every line of the order is closed."""
    return all(progress.is_closed for (of, _), progress in lines.items() if of == order)


def was_skipped(lines: Lines, task: Task) -> bool:
    """Whether the task's line was set aside."""
    progress = lines.get((task.order, task.line))
    return progress is not None and progress.was_skipped


def with_reason(lines: Lines, task: Task, reason: str) -> Lines:
    """The lines, that of the task with this reason unless it is ""; direct work has no line."""
    line = (task.order, task.line)
    progress = lines.get(line)
    return lines if progress is None else {**lines, line: replace(progress, reason=reason or progress.reason)}


def without_surplus(lines: Lines, done: Task, waiting: Sequence[Task]) -> tuple[Task, ...]:
    """The tasks after `done`, those of its line cut to what the line still needs: a person may have taken more than asked."""
    progress = lines.get((done.order, done.line))
    if progress is None or done.mode is Mode.COUNT:
        return tuple(waiting)
    needed = progress.asked - progress.done
    tasks: list[Task] = []
    for task in waiting:
        if (task.order, task.line) != (done.order, done.line):
            tasks.append(task)
        elif needed > 0:
            tasks.append(replace(task, quantity=min(task.quantity, needed)))
            needed -= task.quantity
    return tuple(tasks)


def line_closed(line: LineId, progress: Progress, *, is_count: bool = False) -> LineClosed:
    """The record of a line's end."""
    is_whole = is_count or progress.is_whole
    return LineClosed(
        order=line[0],
        line=line[1],
        outcome="confirmed" if is_whole else "short",
        asked=progress.asked,
        done_quantity=progress.done,
        reason="" if is_whole and progress.done == progress.asked else progress.reason,
    )
