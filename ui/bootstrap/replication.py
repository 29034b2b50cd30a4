"""The site database: its settings as a connection, and replication as the station's port or as a command's own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ui.bootstrap.store import open_store

if TYPE_CHECKING:
    from db.store import Store
    from db.sync.listen import Hints
    from db.sync.site import Site
    from db.sync.status import SyncStatus
    from db.upstream.enrol import Login
    from station.settings import Settings, UpstreamSettings

    Told = Callable[[SyncStatus], None]
    Changed = Callable[[], None]

logger = logging.getLogger(__name__)

NO_URL = "C106"
END_PATIENCE_S = 3.0  # what was written at the end goes up while the line works
FILL_PATIENCE_S = 20.0
TAKE_OVER_PATIENCE_S = 10.0


class NoUpstreamError(Exception):
    """The settings name no site database."""

    code = NO_URL

    def __init__(self) -> None:
        self.message = "no site database is set"
        super().__init__(f"{self.code} {self.message}")


class SiteDoor:
    """Connections of one station as its own role. Where the URL may make roles, the station enrols itself at the first one: once,
    whichever thread comes first."""

    def __init__(self, url: str, store: Store, station: str, *, directory: Path) -> None:
        self._url, self._store, self._station, self._directory = url, store, station, directory
        self._enrolling = threading.Lock()

    def connect(self) -> Site:
        """For everything that is asked and told. Raises SiteError."""
        from db.sync.url import redacted
        from db.upstream.postgres_site import open_site

        logger.debug("connecting to %s", redacted(self._url))
        login = self._login()
        return open_site(self._url, role=login.role, secret=login.secret)

    def listen(self) -> Hints:
        """To hear of what is new. Raises SiteError."""
        from db.upstream.hints import open_hints

        login = self._login()
        return open_hints(self._url, role=login.role, secret=login.secret)

    def _login(self) -> Login:
        from db.upstream.enrol import self_enrol

        with self._enrolling:
            return self_enrol(self._url, self._station, self._directory, hash_of=self._hash_of)

    def _hash_of(self, epoch: str, seq: int) -> str:
        """By it the site knows a station again that has lost its secret."""
        from db.queries import chains

        return self._store.ask(lambda connection: chains.hash_at(connection, epoch, seq))


class Replication:
    """One store's replication (`station.ports.SyncPort`), which can be waited for as well. Of any thread."""

    def __init__(self, store: Store, settings: Settings, directory: Path) -> None:
        from db.clock import time_service
        from db.sync.engine import Options
        from db.sync.thread import SyncThread

        self._door = door = SiteDoor(settings.upstream.url, store, settings.station.name, directory=directory)
        self._store = store
        self._news = threading.Condition()
        self._told: Told = lambda status: None
        self._changed: Changed = lambda: None
        self._thread = SyncThread(
            store,
            connect=door.connect,
            listen=door.listen,
            on_status=self._on_status,
            options=Options(prefetch_h=settings.upstream.prefetch_h, peppers=own_peppers(directory), clock_state=time_service),
        )
        self._status = self._thread.status

    @property
    def status(self) -> SyncStatus:
        """The last one that was told."""
        with self._news:
            return self._status

    def start(self, told: Told, changed: Changed) -> None:
        """Begin to replicate. `told` and `changed` are called on its thread."""
        self._told, self._changed = told, changed
        self._thread.start()

    def wake(self) -> None:
        """Try now."""
        self._thread.wake()

    def stop(self) -> None:
        """End the threads, once the last events are up where the line works. Blocks until a call under way has ended. A store
        that cannot be read or written any more does not keep the program from its end: it is logged."""
        from db.errors import StoreError

        try:
            if not self._is_away(self.status):
                self.drain(END_PATIENCE_S)
        except StoreError as error:
            logger.warning("whether the last events are up was not waited for: %s", error)
        self._thread.stop()
        try:
            self._note()
        except StoreError as error:
            logger.warning("how replication ended was not noted: %s", error)

    def drain(self, patience_s: float) -> SyncStatus:
        """Wait until the site has everything that is in the log now, somebody must look, or patience ends."""
        epoch, seq, _ = self._store.head()
        self.wake()
        with self._news:
            self._news.wait_for(lambda: ends_wait(self._status, epoch, seq), timeout=patience_s)
            return self._status

    def await_pull(self, patience_s: float) -> bool:
        """Wait until a pull that begins after now has come down."""
        with self._news:
            before = self._status.last_pull_at
            self.wake()
            return self._news.wait_for(lambda: self._status.last_pull_at not in (None, before), timeout=patience_s)

    def take_over(self, order: str, why: str) -> str:
        """Ask the site for this order, on a connection of its own; "" when it is this station's now. Blocks."""
        from contextlib import closing

        from db.sync import claims
        from db.sync.local import StoreLocal
        from db.sync.site import SiteError, Trouble

        if self._is_away(self.status):
            return "island"
        try:
            with closing(self._door.connect()) as site:
                lease = site.take_over(order, why)
        except SiteError as error:
            logger.warning("order %s was not taken over: %s", order, error)
            return "order_ended" if error.trouble is Trouble.DATA else "island"
        StoreLocal(self._store).write(lambda connection: claims.put_lease(connection, lease, is_anew=False))
        self.await_pull(TAKE_OVER_PATIENCE_S)
        return ""

    def supplied(self, supplier: str) -> tuple[tuple[str, str], ...] | None:
        """What the stations of the site have received from him, as item and lot; None where nobody answers. Blocks."""
        from contextlib import closing

        from db.sync.site import SiteError

        if self._is_away(self.status):
            return None
        try:
            with closing(self._door.connect()) as site:
                return site.supplied(supplier)
        except SiteError as error:
            logger.warning("the site does not say what came from a supplier: %s", error)
            return None

    def _note(self) -> None:
        """What was said last is what `baylight sync status` says from now on."""
        from db.sync import memory
        from db.sync.local import StoreLocal

        StoreLocal(self._store).write(lambda connection: memory.put_status(connection, self._thread.status))

    @staticmethod
    def _is_away(status: SyncStatus) -> bool:
        from db.sync.status import SyncState

        return status.state in (SyncState.OFF, SyncState.ISLAND)

    def _on_status(self, status: SyncStatus) -> None:
        with self._news:
            before = self._status
            is_news = (status.last_pull_at, status.is_away) != (before.last_pull_at, before.is_away)
            self._status = status
            self._news.notify_all()
        self._told(status)
        if is_news:
            self._changed()


def is_drained(status: SyncStatus, epoch: str, seq: int) -> bool:
    """Whether the site answers, and has this event and every document that was changed here."""
    from db.sync.status import SyncState

    is_heard = status.at is not None and status.state not in (SyncState.OFF, SyncState.ISLAND)
    return is_heard and status.acked.epoch == epoch and status.acked.seq >= seq and not status.dirty


def ends_wait(status: SyncStatus, epoch: str, seq: int) -> bool:
    """Whether waiting longer is of no use: all is there, or a person must act before it can be."""
    from db.sync.status import Problem, SyncState

    acts = (Problem.NOT_ENROLLED, Problem.SCHEMA, Problem.HOLD, Problem.BEHIND, Problem.FAULT)
    return is_drained(status, epoch, seq) or (status.state is SyncState.ATTENTION and status.problem in acts)


def make_replication(store: Store, settings: Settings, directory: Path) -> Replication | None:
    """The replication of an open store, None where no site database is set. Nothing is connected yet."""
    return Replication(store, settings, directory) if settings.upstream.url else None


@contextmanager
def open_replication(directory: Path, settings: Settings, *, told: Told = lambda status: None) -> Iterator[Replication]:
    """Replicate a store that no station holds, until the block ends. Raises StoreError (D406 when one does) and
    NoUpstreamError."""
    if not settings.upstream.url:
        raise NoUpstreamError
    store = open_store(directory, settings.station.name)
    try:
        replication = Replication(store, settings, directory)
        replication.start(told, lambda: None)
        try:
            yield replication
        finally:
            replication.stop()
    finally:
        store.close()


def fill_from_site(store: Store, *, station: str, directory: Path, upstream: UpstreamSettings) -> None:
    """Take over what the site database has for the machines that are known here, if it answers in time."""
    from station.settings import Settings, StationSettings

    replication = Replication(store, Settings(station=StationSettings(name=station), upstream=upstream), directory)
    replication.start(lambda status: None, lambda: None)
    try:
        replication.drain(FILL_PATIENCE_S)
        replication.await_pull(FILL_PATIENCE_S)
    finally:
        replication.stop()


def own_peppers(directory: Path) -> tuple[str, ...] | None:
    """The pepper that this station checks PINs with. A sample site's people are nobody's: there nobody looks."""
    from station.secret import open_pepper
    from ui.bootstrap.requests import SAMPLE_MARK

    return None if (directory / SAMPLE_MARK).exists() else (open_pepper(directory).pepper_id,)


def sync_status(directory: Path, settings: Settings) -> Mapping[str, object]:
    """What replication said last, beside a running station too; `off` where no site database is set. Raises StoreError."""
    from contextlib import closing

    from db.sync import memory
    from db.sync.status import SyncStatus, to_json
    from ui.bootstrap.store import open_reader

    with closing(open_reader(directory, settings.station.name)) as reader:
        said = reader.ask(memory.status)
    return to_json(said or SyncStatus())


def status_fields(status: SyncStatus) -> Mapping[str, object]:
    """A status as JSON values."""
    from db.sync.status import to_json

    return to_json(status)
