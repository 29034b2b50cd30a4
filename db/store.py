"""The store of one station: opened once, written by one thread, read by anybody.

`Store` is what `station.ports` calls Ledger and Library. A future that is done means: on the disk. Every write method is one
transaction with the event that tells of it; only an import is several, and the event that tells of it is in the last.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from db import kits as kits_store
from db import page_proof, schema, site
from db.backup import STORE_FILE, copy_file
from db.ballast import BALLAST_BYTES, Ballast
from db.commit_meter import CommitTimes
from db.engine import reader_engine, writer_engine
from db.envelope import Clock, Envelope, app_version, boot_id, utc_now
from db.errors import CLOSED, StoreError, classify
from db.gap import refuse_gap
from db.imports import begin, cut, loaded
from db.library import Library
from db.lock import StoreLock
from db.log import EventLog
from db.page_proof import PageProof
from db.private import FOLDER_MODE
from db.projections import fold
from db.proof import prove
from db.pulling import DecidePull, PullFacts
from db.queries import orders as order_queries
from db.records.files import Imported
from db.records.record import Record
from db.refusals import is_entered, refuse_load_over_ceiling, refuse_serial_in_stock, refuse_start, refuse_undo
from db.rows.events import EventRow
from db.rows.items import Item
from db.rows.orders import Order
from db.rows.pulled import Pulled
from db.rows.stock import Stock
from db.rows.trays import Tray
from db.sealing import Sealing
from db.store_layouts import LayoutStore
from db.worker import Worker
from db.writer import Writer

log = logging.getLogger(__name__)

T = TypeVar("T")
Decide = Callable[[Order | None], Sequence[Record] | str]
Changing = Callable[[Order | None], tuple[Sequence[Record], Mapping[str, int]] | str]
Releasing = Callable[[Order | None, Callable[[str], bool]], tuple[Sequence[Record], Sequence[Order]] | str]

ENTERED = "entered_already"
COPY_PATIENCE_S = 60.0  # for the copies under way at the end


class Store(LayoutStore):
    """A station's store, open for writing. Use `Store.open`; `close` when done. One process at a time holds it."""

    def __init__(
        self, directory: Path, *, lock: StoreLock, engine: Engine, event_log: EventLog, writer: Writer, pages: PageProof
    ) -> None:
        super().__init__(reader_engine(directory / STORE_FILE))
        self.directory = directory
        self._lock, self._engine, self._pages = lock, engine, pages
        self._log, self._writer = event_log, writer
        self._copier = Worker("store-copier")
        self.sealing = Sealing(directory, event_log, writer)

    @classmethod
    def open(cls, directory: Path, *, station: str, clock: Clock = utc_now, ballast_bytes: int = BALLAST_BYTES) -> Store:
        """Open, or create, the store in this directory and prove that it is whole.

        Raises StoreError: D406 in use, D408 another station's, D404 made by a newer program, D403 corrupt, D405 chain broken,
        D412 a restore was cut off and there is no store.
        """
        directory.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        lock = StoreLock.take(directory)
        try:
            ballast = Ballast(directory, size_bytes=ballast_bytes)
            return cls._open(directory, station=station, clock=clock, lock=lock, ballast=ballast)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open(cls, directory: Path, *, station: str, clock: Clock, lock: StoreLock, ballast: Ballast) -> Store:
        path = directory / STORE_FILE
        refuse_gap(path)
        proves_all = page_proof.is_at_start(path)
        event_log = EventLog(Envelope(station=station, boot=boot_id(), app=app_version()), clock)
        engine = writer_engine(directory / STORE_FILE)
        try:
            schema.migrate(
                engine,
                keep=lambda version: copy_file(engine, directory / f"before-upgrade-{version}.db"),
                project=fold.rebuild,
            )
            with engine.begin() as connection:
                prove(connection, with_events=proves_all)
                event_log.load(connection)
                if event_log.head.seq == 0:
                    event_log.open_epoch(connection, why="created")
            if proves_all:
                page_proof.tell_whole(path)
            writer = Writer(engine, event_log, ballast)
            writer.take_on_ballast()
            pages = PageProof(path, is_owed=not proves_all)
            store = cls(directory, lock=lock, engine=engine, event_log=event_log, writer=writer, pages=pages)
            pages.start()
        except Exception as error:
            engine.dispose()
            raise classify(error) from error
        writer.start()
        return store

    @staticmethod
    def open_reader(directory: Path, station: str = "") -> Library:
        """Read a store, also beside the station that has it open. Close the library when done."""
        return Library(reader_engine(directory / STORE_FILE))

    def close(self) -> None:
        """Finish the copies and writes that were asked for, checkpoint, and give the directory back. A copy that hangs is left
        behind: its share does not answer."""
        if not self._copier.close(patience_s=COPY_PATIENCE_S):
            log.warning("a copy did not end within %g s and is left behind", COPY_PATIENCE_S)
        self.sealing.finish()
        self._pages.stop()
        self._writer.close()
        super().close()
        self._engine.dispose()
        self._lock.release()

    # --- the ledger

    def append(
        self, records: Sequence[Record], *, operator: str = "", role: str = "", planned: Sequence[Order] = ()
    ) -> Future[tuple[EventRow, ...]]:
        """Append the records as events, in this order, in one transaction with the projections. Fails with D411 when they start
        an order that has ended meanwhile, or asks another work than the one `planned`; with D413 when they put a serial that is
        in stock already; with O475 when as many loads wait for a consumer as may; with O404 when they undo what can be undone no
        more."""

        def work(connection: Connection) -> tuple[EventRow, ...]:
            refuse_start(connection, records, planned)
            refuse_serial_in_stock(connection, records)
            refuse_load_over_ceiling(connection, records)
            refuse_undo(connection, records)
            return self._log.append(connection, records, operator=operator, role=role)

        return self._writer.submit(work)

    def append_decided(
        self, order: str, decide: Decide, *, operator: str = "", role: str = ""
    ) -> Future[tuple[EventRow, ...] | str]:
        """Append what `decide` makes of the order as it is in this very transaction, or nothing when it gives the code of a
        refusal, which is the result then; ENTERED for a late booking that is in the record. `decide` runs on the writer's
        thread."""

        def work(connection: Connection) -> tuple[EventRow, ...] | str:
            decided = decide(order_queries.order(connection, order))
            if isinstance(decided, str):
                return decided
            if is_entered(connection, decided):
                return ENTERED
            refuse_serial_in_stock(connection, decided)
            return self._log.append(connection, decided, operator=operator, role=role)

        return self._writer.submit(work)

    def append_releasing(
        self, order: str, decide: Releasing, *, operator: str = "", role: str = ""
    ) -> Future[tuple[EventRow, ...] | str]:
        """As `append_decided`; the orders that come of it are released in the same transaction. `decide` is also given whether a
        name is taken."""

        def work(connection: Connection) -> tuple[EventRow, ...] | str:
            decided = decide(order_queries.order(connection, order), partial(order_queries.is_known, connection))
            if isinstance(decided, str):
                return decided
            records, orders = decided
            rows = self._log.append(connection, records, operator=operator, role=role)
            site.put_orders(connection, orders)
            return rows

        return self._writer.submit(work)

    def append_pull(self, decide: DecidePull, *, operator: str = "", role: str = "") -> Future[Pulled]:
        """Append what `decide` makes of the signals, loops and stock as they are in this very transaction, and release the orders
        that come of it. The result is what was decided. `decide` runs on the writer's thread."""

        def work(connection: Connection) -> Pulled:
            decided = decide(PullFacts(connection))
            site.put_orders(connection, decided.orders)
            self._log.append(connection, decided.records, operator=operator, role=role)
            return decided

        return self._writer.submit(work)

    def append_changing(
        self, order: str, decide: Changing, *, operator: str = "", role: str = ""
    ) -> Future[tuple[EventRow, ...] | str]:
        """As `append_decided`; the quantities that `decide` gives are those of the order's lines from this transaction on."""

        def work(connection: Connection) -> tuple[EventRow, ...] | str:
            decided = decide(order_queries.order(connection, order))
            if isinstance(decided, str):
                return decided
            records, quantities = decided
            site.change_quantities(connection, order, quantities)
            return self._log.append(connection, records, operator=operator, role=role)

        return self._writer.submit(work)

    # --- imports: the future's result names what was refused. When it fails, pieces of the file may be in, without an `imported`

    def import_items(self, items: Sequence[Item], imported: Imported, *, operator: str = "") -> Future[tuple[str, ...]]:
        """Take items over; kits stay made of what they were. Refused are items whose unit or decimals would change once they were
        in stock or on an order."""
        pieces = cut(items, lambda item: len(item.packs) + len(item.barcodes))
        put = partial(site.put_items, keeps_kits=True)
        return self._import(pieces, put, imported=imported, operator=operator)

    def import_kits(self, kits: Sequence[Item], imported: Imported, *, operator: str = "") -> Future[tuple[str, ...]]:
        """Take over what these items are made of. Refused are kits that would hold themselves, by what the store has by then."""
        pieces = cut(kits, lambda kit: len(kit.components))
        return self._import(pieces, kits_store.put_kits, imported=imported, operator=operator)

    def import_trays(
        self,
        trays: Sequence[Tray],
        imported: Imported,
        *,
        operator: str = "",
        since: Mapping[tuple[str, int], datetime] = MappingProxyType({}),
    ) -> Future[tuple[str, ...]]:
        """Take trays over; each that was another one before is told by an event, in force from its `since` on. Refused
        ("machine/number") are trays that would lose a compartment with stock in it, or that changed later already."""
        pieces = cut(trays, lambda tray: len(tray.compartments))
        put = self._taking(since, file=imported.file, operator=operator)
        return self._import(pieces, put, imported=imported, operator=operator)

    def import_stock(self, stock: Sequence[Stock], imported: Imported, *, operator: str = "") -> Future[tuple[str, ...]]:
        """Load stock: each row is an event and a reset point of its key in its compartment. Nothing is refused."""

        def load(connection: Connection, piece: Sequence[Stock]) -> tuple[str, ...]:
            self._log.append(connection, [loaded(each) for each in piece], operator=operator)
            return ()

        return self._import(cut(stock), load, imported=imported, operator=operator)

    def import_orders(self, orders: Sequence[Order], imported: Imported, *, operator: str = "") -> Future[tuple[str, ...]]:
        """Take orders over. Refused are orders that somebody started or worked on."""
        pieces = cut(orders, lambda order: len(order.lines))
        return self._import(pieces, site.put_orders, imported=imported, operator=operator)

    def import_pull(self, asked: Sequence[DecidePull], imported: Imported, *, operator: str = "") -> Future[tuple[str, ...]]:
        """Loops or signals of a file: each row is decided in the transaction that takes it over. Nothing is refused."""

        def put(connection: Connection, piece: Sequence[DecidePull]) -> tuple[str, ...]:
            for decide in piece:
                decided = decide(PullFacts(connection))
                site.put_orders(connection, decided.orders)
                self._log.append(connection, decided.records, operator=operator)
            return ()

        return self._import(cut(asked), put, imported=imported, operator=operator)

    def _import(
        self,
        pieces: Sequence[Sequence[T]],
        put: Callable[[Connection, Sequence[T]], tuple[str, ...]],
        *,
        imported: Imported,
        operator: str,
    ) -> Future[tuple[str, ...]]:
        """Piece by piece, with bookings between them. That the file went in is told with its last piece, never before."""
        begun = [begin(imported)] if len(pieces) > 1 else []

        def work_of(no: int) -> Callable[[Connection], tuple[str, ...]]:
            def work(connection: Connection) -> tuple[str, ...]:
                self._log.append(connection, begun if no == 0 else [], operator=operator)
                refused = put(connection, pieces[no])
                self._log.append(connection, [imported] if no == len(pieces) - 1 else [], operator=operator)
                return refused

            return work

        return self._writer.submit_import(work_of(no) for no in range(len(pieces)))

    # --- replication: what `db.sync` writes

    @property
    def event_log(self) -> EventLog:
        """The head of the chain; to be touched on the writer's thread only."""
        return self._log

    def sync(self, work: Callable[[Connection], T]) -> Future[T]:
        """Run `work` in a transaction of the writer."""
        return self._writer.submit(work)

    def sync_pieces(self, pieces: Iterable[Callable[[Connection], tuple[T, ...]]]) -> Future[tuple[T, ...]]:
        """Run the pieces one after another, each in a transaction of its own, with bookings between them."""
        return self._writer.submit_import(pieces)

    def tell_commits(self, told: Callable[[], None] | None) -> None:
        """Call `told` on the writer's thread after each commit that made events; it must only wake somebody. None: no more."""
        self._writer.told = told

    # --- upkeep

    @property
    def pages_proven(self) -> Future[None]:
        """Done once all pages are proven whole: at the opening, of a long store some seconds later. Fails with D403."""
        return self._pages.proven

    @property
    def is_read_only(self) -> bool:
        """Whether the disk was found full: writes are refused with D401 until there is room again."""
        return self._writer.is_read_only

    def commit_times(self) -> CommitTimes:
        """How long the last commits took. Any thread."""
        return self._writer.meter.times()

    def try_recover(self) -> Future[bool]:
        """Whether there is room again, asked at once: for tests. The writer asks by itself whenever it is idle."""
        return self._writer.submit_upkeep(self._writer.recover)

    def backup(self, target: Path) -> Future[Path]:
        """Copy the store to this file, as it is at one moment from now on, while the station works on. The result is the file."""
        try:
            return self._copier.submit(self._copy, target)
        except RuntimeError:  # it takes no more work
            refused: Future[Path] = Future()
            refused.set_exception(StoreError(CLOSED, "the store is closed"))
            return refused

    def _copy(self, target: Path) -> Path:
        """On the copier's thread, by a reading connection: the writer waits neither for the copy nor for its disk."""
        try:
            copy_file(self._readers, target)
        except Exception as error:
            raise classify(error) from error
        return target

    def trace(self, listen: Callable[[str], object]) -> Future[None]:
        """From now on tell every statement that the writing connection runs, with its values: for measurements and tests."""

        def begin_tracing() -> None:
            with self._engine.connect() as connection:
                raw: Any = connection.connection.dbapi_connection
                raw.set_trace_callback(listen)

        return self._writer.submit_upkeep(begin_tracing)

    def rebuild(self) -> Future[int]:
        """Make the projections again from the log, in one transaction. The result is the number of events."""
        return self._writer.submit(fold.rebuild)
