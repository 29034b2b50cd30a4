"""What is written because a flow asked for it, and how the flow hears that it is on the disk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial

from db.errors import StoreError, classify
from db.records.record import Record
from db.records.stock import ZeroCheckAsked
from db.rows.events import EventRow
from station.core.effects import Append, Declare, LearnWeight, ReadPieceWeight
from station.core.inputs import Declared, Input, SiteChanged, WeightNotKept
from station.flows.turn import Booked, BookingFailed
from station.notes import Notes
from station.ports import Ledger
from station.readers import Readers

logger = logging.getLogger(__name__)


class Bookings:
    """Used on the event loop. What is owed of the notes goes to the writer before any booking."""

    def __init__(self, ledger: Ledger, notes: Notes, *, readers: Readers, feed: Callable[[Input], None]) -> None:
        self._ledger = ledger
        self._notes = notes
        self._readers = readers
        self._feed = feed

    def append(self, effect: Append) -> None:
        """Straight to the writer: on the hot path no task stands between the touch and the disk."""
        if not effect.is_awaited:
            self._notes.write(effect)
            return
        self._notes.write_owed()
        done = self._ledger.append(effect.records, operator=effect.operator, role=effect.role, planned=effect.planned)
        done.add_done_callback(partial(self._booked, asyncio.get_running_loop(), effect.records))

    async def declare(self, effect: Declare) -> None:
        """Written, the site is another one: whoever reads it next must find it."""
        try:
            await asyncio.wrap_future(self._ledger.append(effect.records, operator=effect.operator, role=effect.role))
        except StoreError as error:
            logger.warning("what was declared was not written: %s", error)
            self._feed(Declared(effect.records, error.code))
            return
        self._feed(Declared(effect.records))
        self._feed(SiteChanged())

    async def learn(self, effect: LearnWeight) -> None:
        """What is shown afterwards is what the store then has: a store that does not answer at once is asked again."""
        item, lot = effect.record.item, effect.record.lot
        try:
            await asyncio.wrap_future(self._ledger.append((effect.record,), operator=effect.operator, role=effect.role))
        except StoreError as error:
            logger.warning("what a piece weighs was not written: %s", error)
            self._feed(WeightNotKept(error.code))
            return
        await self._readers.ask(ReadPieceWeight(item, lot, is_new=True), self._feed)

    def _booked(self, loop: asyncio.AbstractEventLoop, asked: Sequence[Record], done: Future[tuple[EventRow, ...]]) -> None:
        """Called on the writer's thread."""
        error = done.exception()
        if error is None:
            rows = done.result()  # none where nothing of it was news to the store
            kinds = {row.kind for row in rows}
            needless = any(isinstance(record, ZeroCheckAsked) for record in asked) and ZeroCheckAsked.kind not in kinds
            loop.call_soon_threadsafe(self._feed, Booked(rows[0].id if rows else "", needless, tuple(rows)))
        else:
            refused = classify(error)
            logger.warning("a booking was not written: %s", error)
            loop.call_soon_threadsafe(self._feed, BookingFailed(refused.code, refused.about))
