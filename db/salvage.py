"""What can be saved of a damaged store: its record as far as it proves itself, the site's rows as far as they can be read.

The files as they were are kept in a folder beside the new store (`db.aside`) and nothing is ever written to them: all work is
done on copies. The new store goes on in a new epoch, whose first event names the one that was salvaged and how far.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from db import aside, schema
from db.backup import STORE_FILE, newest_copy, stamp
from db.durable import put_in_place
from db.engine import writer_engine
from db.envelope import Clock, Envelope, app_version, boot_id, utc_now
from db.errors import BAD_REQUEST, OTHER_STATION, SCHEMA_NEWER, UNREADABLE, StoreError, classify
from db.event_pool import EventPool, Source
from db.lock import StoreLock
from db.log import EventLog, Head
from db.page_reader import PageReader
from db.private import FOLDER_MODE, make_private
from db.projections import fold
from db.proof import prove
from db.rows.events import EventRow
from db.scratch import copy_of, finish_log, is_whole, version_of
from db.site_salvage import SiteRows, copy_site
from db.uuid7 import Uuid7
from db.verifier import ZERO, Link

COPY_FILE = "copy.db"
_CHUNK = 1000
_INSERT = "INSERT INTO event (station, epoch, seq, id, body, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class SalvageReport:
    """`is_sound`: nothing was wrong and nothing was done. `stopped`: why the record ends where it does (missing, changed,
    unlinked; "" where nothing is known beyond), at `stopped_seq` of its epoch. `left_out`: events that are whole and hang on to
    nothing; they are in the folder `kept`. `log_lost`: the newest bookings lay in a log that cannot be read. `from_copy`: events
    that only the newest copy had."""

    is_sound: bool = False
    events: int = 0
    from_copy: int = 0
    old_epoch: str = ""
    old_seq: int = 0
    old_head: str = ""
    stopped: str = ""
    stopped_seq: int = 0
    left_out: int = 0
    log_lost: bool = False
    site_rows: int = 0
    site_damaged: tuple[str, ...] = ()
    site_from_copy: int = 0
    site_refused: int = 0
    copy: str = ""
    epoch: str = ""
    kept: str = ""


def salvage(
    directory: Path, *, station: str = "", copies: Sequence[Path] = (), clock: Clock = utc_now, operator: str = ""
) -> SalvageReport:
    """Put what can be saved in the place of a damaged store. `copies` are the folders of its hourly copies, `station` whose it
    shall be where the record no longer says so. Killed at any moment this leaves the damaged store or the new one, or a gap that
    the next start refuses (D412): then salvage again.

    Raises StoreError: D406 while a station runs, D404 for a newer program's store, D409 where there is nothing, D401 no room.
    """
    lock = StoreLock.take(directory)
    store = directory / STORE_FILE
    try:
        aside.tidy(store)
        return _Salvage(store, station=station, clock=clock, operator=operator).run(newest_copy(copies))
    except OSError as error:
        raise classify(error) from error
    finally:
        aside.remove_draft(store)
        aside.remove_scratch(store)
        lock.release()


class _Salvage:
    def __init__(self, store: Path, *, station: str, clock: Clock, operator: str) -> None:
        self._store = store
        self._station = station
        self._clock = clock
        self._operator = operator
        self._scratch = aside.scratch_of(store)

    def run(self, copy: Path | None) -> SalvageReport:
        damaged, spare, has_log = self._copy_both(copy)
        version = version_of(damaged)
        if version > schema.SCHEMA_VERSION and is_whole(damaged, version):
            raise StoreError(SCHEMA_NEWER, f"the store has schema {version}, this program knows {schema.SCHEMA_VERSION}")
        with closing(PageReader(damaged)) as pages, closing(PageReader(spare or damaged)) as spare_pages:
            own = Source(pages)
            other = Source(spare_pages) if spare is not None else None
            is_behind = other is not None and other.last[0] == own.last[0] and other.seq > own.seq
            if self._store.exists() and not is_behind and is_whole(damaged, version):
                return SalvageReport(is_sound=True, events=len(own.spots))
            report = self._rescue(EventPool(own, other), own, damaged, spare)
            return replace(report, copy=str(copy or ""), log_lost=not has_log)

    def _copy_both(self, copy: Path | None) -> tuple[Path, Path | None, bool]:
        source = _source(self._store)
        self._scratch.mkdir(mode=FOLDER_MODE)
        damaged = copy_of(source, self._scratch / STORE_FILE)
        has_log = finish_log(damaged)
        return damaged, None if copy is None else copy_of(copy, self._scratch / COPY_FILE), has_log

    def _rescue(self, pool: EventPool, own: Source, damaged: Path, spare: Path | None) -> SalvageReport:
        part = aside.draft_of(self._store)
        make_private(part)
        engine = writer_engine(part)
        try:
            schema.migrate(engine)
            with engine.begin() as connection:
                last = _insert(connection, pool.walk())
                rows = copy_site(damaged, spare, connection)
                fold.rebuild(connection)
                opened = self._open_epoch(connection, own, last)
                prove(connection, full=True)
        except Exception as error:
            raise classify(error) from error
        finally:
            engine.dispose()  # the last connection: its close moves the WAL into the file
        aside.set_aside(self._store, stamp(self._clock), as_it_is=True)
        put_in_place(part, self._store)
        return _report(pool, rows, last, opened, kept=_source_folder(self._store))

    def _open_epoch(self, connection: Connection, own: Source, last: Link | None) -> EventRow:
        name = last.station if last else own.station or self._station
        if not name:
            raise StoreError(BAD_REQUEST, "nothing of the record can be read, not even whose it is: name the station")
        if self._station and self._station != name:
            raise StoreError(OTHER_STATION, f"this record belongs to station {name}, and {self._station} was named")
        event_log = EventLog(Envelope(station=name, boot=boot_id(), app=app_version()), self._clock)
        event_log.load(connection)
        if last is None:  # the site may know it: its name is all that is left
            event_log.head = Head(epoch=own.last[0], seq=0, hash=ZERO, ids=Uuid7())
        (opened,) = event_log.open_epoch(connection, why="salvaged", operator=self._operator)
        return opened


def _source(store: Path) -> Path:
    """The damaged store; where a salvage was cut off just before the new one took its name, it lies in the newest folder."""
    if store.exists():
        return store
    folders = sorted(each for each in store.parent.glob(aside.FOLDERS + "*") if (each / store.name).exists())
    if not folders:
        raise StoreError(UNREADABLE, f"there is no store at {store}")
    return folders[-1] / store.name


def _source_folder(store: Path) -> str:
    return str(sorted(store.parent.glob(aside.FOLDERS + "*"))[-1])


def _insert(connection: Connection, links: Iterable[Link]) -> Link | None:
    """Write the events as they were; the last of them."""
    last = None
    for chunk in _chunks(iter(links)):
        rows = [
            (each.station, each.epoch, each.seq, each.id, each.body, bytes.fromhex(each.prev), bytes.fromhex(each.hash))
            for each in chunk
        ]
        connection.exec_driver_sql(_INSERT, rows)
        last = chunk[-1]
    return last


def _chunks(links: Iterator[Link]) -> Iterator[list[Link]]:
    while chunk := list(islice(links, _CHUNK)):
        yield chunk


def _report(pool: EventPool, rows: SiteRows, last: Link | None, opened: EventRow, *, kept: str) -> SalvageReport:
    return SalvageReport(
        events=pool.events,
        from_copy=pool.from_copy,
        old_epoch=last.epoch if last else "",
        old_seq=last.seq if last else 0,
        old_head=last.hash if last else "",
        stopped=pool.why,
        stopped_seq=pool.stopped_at[1] if pool.stopped_at else 0,
        left_out=pool.left_out,
        site_rows=rows.rows,
        site_damaged=rows.damaged,
        site_from_copy=rows.from_copy,
        site_refused=rows.refused,
        epoch=opened.epoch,
        kept=kept,
    )
