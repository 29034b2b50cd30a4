"""What the record says of a run: that it started, whether the one before ended in order, that it stopped."""

from __future__ import annotations

import asyncio
import logging

from db.errors import StoreError
from db.records.program import ClockStepped, StationStarted, StationStopped
from station.clock_watch import behind_the_record
from station.core.effects import Append
from station.notes import Notes
from station.runner.parts import Parts

logger = logging.getLogger(__name__)


def write_started(parts: Parts, notes: Notes) -> None:
    """The record says whether the last run ended in order, and whether the clock went back meanwhile. A first run has no run
    before it. Raises StoreError."""
    last = parts.library.events(kinds=("station_started", "station_stopped"), limit=1, newest_first=True)
    was_clean = not last or last[0].kind == "station_stopped"
    if not was_clean:
        logger.info("the last run did not end in order; the open work is shown again")
    newest = parts.library.events(limit=1, newest_first=True)
    step = behind_the_record(newest[0].at if newest else None, parts.utc())
    notes.write(Append(records=(StationStarted(sqlite=parts.sqlite, was_clean=was_clean),)))
    note_step(step, notes)


def note_step(step: ClockStepped | None, notes: Notes) -> None:
    """The record says that the clock was set."""
    if step is not None:
        logger.warning("the clock stepped by %+.1f s (%s)", step.step_ms / 1000, step.seen)
        notes.write(Append(records=(step,)))


async def write_stopped(parts: Parts, notes: Notes) -> None:
    """Write what is owed and that the station stopped, and wait for the disk. What cannot be written is logged."""
    notes.write_owed()
    try:
        await asyncio.wrap_future(parts.ledger.append((StationStopped(why="asked"),)))
    except StoreError as error:
        logger.warning("the stop could not be written, nor %d notes before it: %s", notes.owed, error)
