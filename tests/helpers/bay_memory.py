"""What a log says of the opening, for tests that start a station again: the fold of the store's `now_bay`, over records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.records.machine import MotionEnded, MotionIntended, TrayTold
from db.records.record import Record
from station.values import BayMemory, OpenMotion


def memory_of(records: Sequence[Record], *, machine: str, opening: str) -> BayMemory:
    """An opening of which nothing was ever written is known to be empty, as on a new site."""
    memory = BayMemory(machine=machine, opening=opening, is_known=True, tray=None, visit=0, open_motion=None, last_command_id=0)
    for record in records:
        match record:
            case MotionIntended():
                memory = replace(memory, open_motion=_open(record), last_command_id=record.command)
            case MotionEnded():
                memory = _ended(memory, record)
            case TrayTold():
                memory = replace(memory, is_known=True, tray=record.tray, visit=record.visit, open_motion=None)
    return memory


def _open(intent: MotionIntended) -> OpenMotion:
    return OpenMotion(
        command_id=intent.command, verb=intent.verb, machine=intent.machine, opening=intent.opening, tray=intent.tray
    )


def _ended(memory: BayMemory, end: MotionEnded) -> BayMemory:
    if end.outcome == "unknown":
        return replace(memory, is_known=False)
    if end.verb == "point" or end.outcome == "not_done":
        return replace(memory, is_known=True, open_motion=None)
    tray = end.tray if end.verb == "fetch" else None
    return replace(memory, is_known=True, tray=tray, visit=end.visit, open_motion=None)
