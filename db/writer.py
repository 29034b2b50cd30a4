"""The one writing thread: takes what waits, commits bookings that wait together, and alone checkpoints.

Requests are functions of a connection. Those that wait at the same moment share one transaction, each inside a savepoint, so
that one that fails takes no other along. A future is done only after COMMIT: what is acknowledged is on the disk. Bookings
overtake upkeep and the pieces of imports (`db.waiting`), so that none waits longer than one piece takes.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from db.ballast import Ballast
from db.commit_meter import CommitMeter
from db.engine import BUSY_TIMEOUT_MS
from db.errors import CLOSED, DISK_FULL, Kind, StoreError, classify
from db.log import EventLog
from db.waiting import Import, Request, Upkeep, Waiting

log = logging.getLogger(__name__)

T = TypeVar("T")

IDLE_S = 2.0  # nothing to write for so long: checkpoint, and look whether a full disk has room again


class Writer:
    """Owns the writing engine from `start` to `close`. `is_read_only` is set by a full disk and cleared by `recover`."""

    def __init__(self, engine: Engine, event_log: EventLog, ballast: Ballast) -> None:
        self._engine = engine
        self._log = event_log
        self._ballast = ballast
        self._waiting = Waiting()
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._is_dirty = False
        self.is_read_only = False
        self.meter = CommitMeter()
        self.told: Callable[[], None] | None = None  # after a commit that made events
        self.after_commit: Callable[[], None] = _nothing  # on this thread, when the askers have their answers, and when idle

    def take_on_ballast(self) -> None:
        """Before the start: a disk without room for it makes the store read-only. Raises OSError for anything else."""
        try:
            self._ballast.take_on()
        except OSError as error:
            if classify(error).code != DISK_FULL:
                raise
            log.warning("the disk is full: the store opens read-only")
            self.is_read_only = True

    def start(self) -> None:
        """Begin to take requests."""
        self._thread.start()

    def close(self) -> None:
        """Finish what was asked, checkpoint, end the thread. Later requests are refused."""
        self._waiting.close()
        if self._thread.ident is not None:
            self._thread.join()

    def submit(self, work: Callable[[Connection], T]) -> Future[T]:
        """Run `work` in a transaction. The future fails with StoreError, and then nothing of it was written."""
        future: Future[T] = Future()
        self._add(Request(work, future))
        return future

    def submit_import(self, pieces: Iterable[Callable[[Connection], tuple[T, ...]]]) -> Future[tuple[T, ...]]:
        """Run the pieces one after another, each in a transaction of its own, with bookings between them. The result is all their
        answers. The future fails with StoreError; what the pieces before the failing one wrote stays."""
        future: Future[tuple[T, ...]] = Future()
        self._add(Import(deque(pieces), future))
        return future

    def submit_upkeep(self, work: Callable[[], T]) -> Future[T]:
        """Run `work` between transactions, on the writer's thread. For tests (`db.waiting.Upkeep`)."""
        future: Future[T] = Future()
        self._add(Upkeep(work, future))
        return future

    def _add(self, work: Request | Upkeep | Import) -> None:
        if not self._waiting.add(work):
            work.future.set_exception(StoreError(CLOSED, "the store is closed"))

    def _run(self) -> None:
        while not self._waiting.is_over:
            match self._waiting.take(IDLE_S):
                case Import() as work:
                    self._do_piece(work)
                case Upkeep() as work:
                    self._do_upkeep(work)
                case None:
                    self._idle()
                case group:
                    self._commit([each for each in group if each.future.set_running_or_notify_cancel()])
        self._checkpoint()

    def _do_piece(self, work: Import) -> None:
        """The import's next piece; with more of them left it waits again."""
        if not work.future.running() and not work.future.set_running_or_notify_cancel():
            return
        piece = Request(work.left.popleft(), Future())
        self._commit([piece])
        failure = piece.future.exception()
        if failure is not None:
            work.future.set_exception(failure)
            return
        work.answers.extend(piece.future.result())
        if work.left:
            self._waiting.put_back(work)
        else:
            work.future.set_result(tuple(work.answers))

    def _do_upkeep(self, item: Upkeep) -> None:
        if not item.future.set_running_or_notify_cancel():
            return
        try:
            result = item.work()
        except Exception as error:  # noqa: BLE001 - the asker gets it
            item.future.set_exception(_failure(error))
        else:
            item.future.set_result(result)

    def _commit(self, group: list[Request]) -> None:
        if not group:
            return
        if self.is_read_only:
            refused = StoreError(DISK_FULL, "the disk is full; the store is read-only until there is room")
            _fail(group, refused)
            return
        head = self._log.head
        answers: list[tuple[Request, Any, StoreError | None]] = []
        begun_s = time.monotonic()
        try:
            with self._engine.begin() as connection:
                for request in group:
                    answers.append((request, *self._attempt(connection, request, alone=len(group) == 1)))
        except Exception as error:  # noqa: BLE001 - every asker gets it
            self._log.head = head
            failure = _failure(error)
            self.is_read_only = failure.code == DISK_FULL
            _fail(group, failure)
            if self.is_read_only:
                self._make_room(failure)
            return
        self._is_dirty = True
        self.meter.took(time.monotonic() - begun_s)
        _answer(answers)
        told = self.told
        if told is not None and self._log.head is not head:
            told()
        self.after_commit()

    def _attempt(self, connection: Connection, request: Request, *, alone: bool) -> tuple[Any, StoreError | None]:
        """One request. Its own failure undoes it alone; a failure of the whole transaction is raised."""
        if alone:
            return request.work(connection), None
        head = self._log.head
        connection.exec_driver_sql("SAVEPOINT request")
        try:
            result = request.work(connection)
        except Exception as error:
            failure = _failure(error)
            if isinstance(error, DBAPIError) and not _in_transaction(connection):
                raise
            connection.exec_driver_sql("ROLLBACK TO request")
            connection.exec_driver_sql("RELEASE request")
            self._log.head = head
            if failure.code == DISK_FULL:
                raise
            return None, failure
        connection.exec_driver_sql("RELEASE request")
        return result, None

    def _make_room(self, failure: StoreError) -> None:
        """The ballast's room lets the WAL be checkpointed; nothing is written until it can be taken on again."""
        log.warning("the store is read-only: %s", failure.message)
        self._drop_ballast()
        self._checkpoint()

    def _drop_ballast(self) -> None:
        """A disk that is full may refuse this too: the store stays read-only then, and the thread must live to say so."""
        try:
            self._ballast.drop()
        except OSError as error:
            log.warning("the ballast could not be given back: %s", error)

    def recover(self) -> bool:
        """On the writer's thread: whether the store can write (again). The proof of room is what is left beside the ballast: the
        ballast itself fits wherever it was dropped, and the next booking would find the disk as full as before."""
        if not self.is_read_only:
            return True
        try:
            self._ballast.take_on()
            has_room = self._ballast.has_room_beside
        except OSError:
            return False
        if not has_room or not self._checkpoint():
            self._drop_ballast()
            return False
        self.is_read_only = False
        log.info("the store writes again")
        return True

    def _idle(self) -> None:
        if self.is_read_only:
            self.recover()
        elif self._is_dirty:
            self._checkpoint()
        self.after_commit()

    def _checkpoint(self) -> bool:
        """Move the WAL into the file and cut it, as far as nobody reads it; the rest is for later. False: it failed (no room).

        It never waits for a reader: every booking would wait with it.
        """
        try:
            with self._engine.connect() as connection:
                self._is_dirty = _is_left_by_checkpoint(connection)
        except Exception as error:  # noqa: BLE001 - a checkpoint that is put off loses nothing
            log.info("checkpoint put off: %s", classify(error).message)
            return False
        return True


def _is_left_by_checkpoint(connection: Connection) -> bool:
    """Checkpoint without waiting. Whether a reader kept something of the WAL from being moved or cut."""
    raw: Any = connection.connection.dbapi_connection
    raw.execute("PRAGMA busy_timeout = 0").fetchall()
    try:
        return bool(raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
    finally:
        raw.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}").fetchall()


def _nothing() -> None:
    """Nobody wants to know."""


def _failure(error: Exception) -> StoreError:
    """The error as its askers get it. What nobody foresaw is told to the log here too, with where it came from."""
    failure = classify(error)
    if failure is error:
        return failure
    failure.__cause__ = error
    if failure.kind is Kind.BUG:
        log.error("a write failed by a fault of this program", exc_info=error)
    return failure


def _in_transaction(connection: Connection) -> bool:
    raw: Any = connection.connection.dbapi_connection
    return bool(raw.in_transaction)


def _answer(answers: list[tuple[Request, Any, StoreError | None]]) -> None:
    for request, result, failure in answers:
        if failure is None:
            request.future.set_result(result)
        else:
            request.future.set_exception(failure)


def _fail(group: list[Request], failure: StoreError) -> None:
    for request in group:
        request.future.set_exception(failure)
