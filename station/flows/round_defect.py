"""A lot was held while a round is worked: its other tasks look for other stock. Pure."""

from __future__ import annotations

from dataclasses import replace

from db.records.receipts import LotHeld
from station.flows import tote_share
from station.flows.lines import with_reason
from station.flows.round_state import Round
from station.flows.turn import Lacking
from station.task import Mode, Task


def without_lot(state: Round, held: LotHeld) -> Round:
    """The round without the tasks that would take of the lot. What they asked is owed to their lines; the task in hand has its
    own end."""
    current, waiting = state.queue[0], tote_share.scattered(state.queue[1:])
    gone = tuple(each for each in waiting if _takes(each, held, current))
    lines = state.lines
    for each in gone:
        lines = with_reason(lines, each, held.reason)
    kept = tuple(each for each in waiting if each not in gone)
    owed = tuple(Lacking(each, each.quantity) for each in gone)
    return replace(state, queue=(current, *kept), owed=(*state.owed, *owed), lines=lines, holds=None)


def _takes(task: Task, held: LotHeld, current: Task) -> bool:
    key = task.key
    is_of_lot = (key.item, key.lot, key.owner) == (held.item, held.lot, held.owner)
    return task.mode is Mode.PICK and task.load is None and is_of_lot and (bool(held.lot) or task.place == current.place)
