"""What the record says of a run: that it started, whether the one before ended in order, that it stopped."""

from __future__ import annotations

import asyncio
import json
import logging

from db.errors import StoreError
from db.records.program import ClockStepped, StationStarted, StationStopped
from db.records.record import Record
from station.clock_watch import behind_the_record
from station.core.effects import Append
from station.machine_form import changed_form
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
    for record in _started(parts, was_clean=was_clean):
        notes.write(Append(records=(record,)))
    note_step(step, notes)


def _started(parts: Parts, *, was_clean: bool) -> tuple[Record, ...]:
    """The start with what the settings say of the machine, and whether that is another one than at the start before."""
    form = parts.form
    if form is None:
        return (StationStarted(sqlite=parts.sqlite, was_clean=was_clean),)
    before = parts.library.events(kinds=("station_started",), limit=1, newest_first=True)
    changed = changed_form(json.loads(before[0].body)["data"], parts.machine, form) if before else None
    started = StationStarted(
        sqlite=parts.sqlite,
        was_clean=was_clean,
        of_machine=parts.machine,
        form=form.kind,
        height_mm=form.height_mm,
        levels=form.levels,
    )
    return (started,) if changed is None else (started, changed)


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
