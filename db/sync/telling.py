"""What replication says of itself: made from the store and from what the last rounds met."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from db.envelope import moment
from db.queries.chains import Chain, chains
from db.sync import documents, memory
from db.sync.local import Local
from db.sync.pushing import Pusher
from db.sync.site import SiteError, Trouble
from db.sync.status import Problem, SyncException, SyncState, SyncStatus
from db.sync.values import Feed, Position

SOON = timedelta(seconds=5)  # what waits no longer than this is not worth a word
_AT = "SELECT at FROM event WHERE n = ?"
_OF_EVENT = {"forked": Problem.FORK, "went_back": Problem.WENT_BACK, "behind": Problem.BEHIND, "unread": Problem.UNREAD}
_ENDS_IT = (Problem.NOT_ENROLLED, Problem.SCHEMA, Problem.FAULT)  # why there is no connection, or none of use
_OF_TROUBLE = {Trouble.RIGHT: Problem.NOT_ENROLLED, Trouble.SCHEMA: Problem.SCHEMA}


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The own log, and what of it waits."""

    chains: tuple[Chain, ...]
    depth: int
    oldest_at: datetime | None


class Teller:
    """Remembers what happened on the connection; the rest is in the store."""

    def __init__(self, local: Local, pusher: Pusher, *, clock: Callable[[], datetime], peppers: Collection[str] | None) -> None:
        self._local = local
        self._pusher = pusher
        self._clock = clock
        self._peppers = peppers
        self._trouble: Trouble | None = None
        self._code = ""
        self._is_connected = False
        self._since: datetime | None = None
        self._last_pull_at: datetime | None = None
        self._data_as_of: datetime | None = None
        self._refetched = False
        self._was_tried = False
        self._has_fault = False
        self.server_epoch = ""
        self.durable: tuple[Position, ...] | None = None  # None: the site has not said it yet

    def worked(self) -> None:
        """A round went through."""
        self._is_connected, self._since, self._trouble, self._code = True, None, None, ""
        self._was_tried, self._has_fault = True, False

    def failed(self, error: SiteError) -> None:
        """A round did not."""
        self._is_connected, self._trouble, self._code, self._was_tried = False, error.trouble, error.code, True
        if self._since is None:
            self._since = self._clock()

    def fault(self) -> None:
        """This program did something wrong, and its log says what."""
        self._is_connected, self._has_fault, self._was_tried = False, True, True
        if self._since is None:
            self._since = self._clock()

    def pulled(self, feed: Feed) -> None:
        """What came is in the store."""
        self._last_pull_at = self._clock()
        self._data_as_of = feed.data_as_of
        self._refetched = False

    def must_refetch(self) -> None:
        """The cursor was of no use any more."""
        self._refetched = True

    def own(self, connection: Connection) -> Own:
        """What waits, as far as the site said what it has; before its first word as far as it said the last time."""
        acked = self._pusher.acked or memory.acked(connection)
        known = chains(connection)
        waiting = [(each, max(0, each.limit - _seq(acked.get(each.epoch)))) for each in known]
        first = next((each.first_n + each.limit - count for each, count in waiting if count), None)
        oldest = None if first is None else connection.exec_driver_sql(_AT, (first,)).scalar()
        return Own(chains=known, depth=sum(count for _, count in waiting), oldest_at=None if oldest is None else moment(oldest))

    def status(self) -> SyncStatus:
        """As it is now."""
        return self._local.read(self._status)

    def _status(self, connection: Connection) -> SyncStatus:
        own = self.own(connection)
        acked = (self._pusher.acked or memory.acked(connection)).get(own.chains[-1].epoch)
        before = memory.status(connection)
        exceptions = memory.exceptions(connection)
        problem = self._problem(connection, exceptions)
        dirty = documents.dirty_count(connection)
        return SyncStatus(
            state=self._state(own, dirty, problem),
            problem=problem,
            depth=own.depth,
            dirty=dirty,
            oldest_at=own.oldest_at,
            since=self._lost_at(before) if self._was_tried and not self._is_connected else None,
            last_receipt_at=memory.last_receipt_at(connection),
            last_pull_at=self._last_pull_at or (before.last_pull_at if before else None),
            data_as_of=self._data_as_of or (before.data_as_of if before else None),
            server_epoch=self.server_epoch or (before.server_epoch if before else ""),
            acked=acked or Position(own.chains[-1].epoch, 0),
            head=Position(own.chains[-1].epoch, own.chains[-1].seq, own.chains[-1].hash),
            durable=self._durable(own.chains[-1].epoch, before),
            exceptions=exceptions,
            code=self._code,
            at=self._clock(),
        )

    def _durable(self, epoch: str, before: SyncStatus | None) -> Position:
        """How far the newest epoch is in a copy of the site database that somebody looked at; as it was said last."""
        said = self.durable if self.durable is not None else (before.durable,) if before is not None else ()
        return next((each for each in said if each.epoch == epoch), Position(epoch, 0))

    def _lost_at(self, before: SyncStatus | None) -> datetime | None:
        """An island that a restart of the program did not end began before it."""
        if before is not None and before.since is not None and (self._since is None or before.since < self._since):
            return before.since
        return self._since

    def _state(self, own: Own, dirty: int, problem: Problem) -> SyncState:
        is_lost = not self._is_connected and self._was_tried
        if problem is not Problem.NONE and not (is_lost and problem not in _ENDS_IT):
            return SyncState.ATTENTION  # what only waits for a person is no news while nobody answers: the island is
        if is_lost:
            return SyncState.ISLAND
        is_late = own.oldest_at is not None and self._clock() - own.oldest_at > SOON
        return SyncState.CATCHING_UP if is_late or dirty or self._last_pull_at is None else SyncState.ONLINE

    def _problem(self, connection: Connection, exceptions: tuple[SyncException, ...]) -> Problem:
        if self._has_fault:
            return Problem.FAULT
        if self._trouble in _OF_TROUBLE:
            return _OF_TROUBLE[self._trouble]
        if self._pusher.is_held:
            return Problem.HOLD
        of_events = [_OF_EVENT[each.why] for each in exceptions if each.why in _OF_EVENT]
        if of_events:
            return min(of_events, key=list(Problem).index)
        if self._refetched:
            return Problem.MUST_REFETCH
        if any(each.kind == "checksum" for each in exceptions):
            return Problem.CHECKSUM
        if self._peppers is not None and documents.foreign_peppers(connection, self._peppers):
            return Problem.PEPPER_MISSING
        return Problem.EXCEPTIONS if exceptions else Problem.NONE


def _seq(position: Position | None) -> int:
    return 0 if position is None else position.seq
