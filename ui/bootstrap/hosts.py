"""The hosts of the settings: a chore for each watched folder, and what became of its files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from db.store import Store
    from db.upstream.postgres_site import PostgresSite
    from station.chores import Chore
    from station.hosts.folder import Folder
    from station.hosts.inbox import Inbox
    from station.hosts.outbox import Outbox
    from station.hosts.stock_out import StockOut
    from station.results import Results
    from station.settings import Settings
    from ui.bootstrap.replication import SiteDoor

RESULTS_EVERY_S = 5.0
CHANGES_EVERY_S = 1.0  # so soon after the bay has left an order the host's change of it is carried out
HANGS_S = 180.0  # so long a share may take for one turn before it is said; its thread is left alone


def folders_of(settings: Settings, directory: Path) -> tuple[Folder, ...]:
    """The watched folders. Raises ConfigError when two have one name or one inbox."""
    from hardware.config import ConfigError
    from station.hosts.folder import folder_of

    for key in ("name", "inbox", "out"):
        said = [value for each in settings.folder if (value := getattr(each, key))]
        if len(set(said)) < len(said):
            raise ConfigError(f"folder.{'in' if key == 'inbox' else key}", ", ".join(said), "another one for each folder")
    return tuple(folder_of(each, directory / "hosts" / each.name) for each in settings.folder)


def make_host_chores(store: Store, results: Results, settings: Settings, directory: Path) -> tuple[Chore, ...]:
    """Files in, results out, for each folder on a thread of its own; and what the host changes of orders that were in hand.
    Raises ConfigError."""
    from db.envelope import utc_now
    from db.errors import FOLDER_FAILED, RESULTS_FAILED
    from station.chores import Chore
    from station.host_changes import apply_waiting
    from station.hosts.dialects import dialect_of
    from station.hosts.inbox import Inbox
    from station.hosts.outbox import Outbox
    from station.hosts.site_out import SITE
    from station.hosts.stock_out import StockOut

    folders = folders_of(settings, directory)
    to_site = site_chore(store, results, settings, directory, tuple(each.name for each in folders if each.out is not None))
    with_out = (*(each.name for each in folders if each.out is not None), *((SITE,) if to_site else ()))

    def chore(folder: Folder, every_s: float) -> Chore:
        dialect = dialect_of(folder, store)
        compare = partial(compare_stock, store, settings.station.name)
        inbox = Inbox(folder=folder, store=store, utc=utc_now, read=dialect.read, compare=compare)
        outbox = Outbox(folder=folder, results=results, store=store, write=dialect.write, suffix=dialect.suffix, all_of=with_out)

        name = f"folder {folder.name}"
        named = {"station": settings.station.name, "suffix": dialect.suffix}
        stock = StockOut(folder=folder, store=store, write=dialect.write_stock, utc=utc_now, **named)
        turn = partial(_turn, inbox, outbox, stock)
        return Chore(name, every_s, turn, is_apart=True, code=FOLDER_FAILED, changes_site=True, hangs_s=HANGS_S)

    waiting = Chore("host changes", CHANGES_EVERY_S, partial(apply_waiting, store), code=RESULTS_FAILED, changes_site=True)
    return (waiting, *to_site, *(chore(folder, each.poll_s) for folder, each in zip(folders, settings.folder, strict=True)))


def site_chore(store: Store, results: Results, settings: Settings, directory: Path, others: tuple[str, ...]) -> tuple[Chore, ...]:
    """Results into the site database's exchange tables, and changes of orders out of them, where the settings want that."""
    from db.errors import RESULTS_FAILED
    from station.chores import Chore
    from station.hosts.acks import Acks
    from station.hosts.site_out import SITE, SiteOut
    from ui.bootstrap.replication import SiteDoor

    if not settings.upstream.url or settings.upstream.results != "tables":
        return ()
    door = SiteDoor(settings.upstream.url, store, settings.station.name, directory=directory)
    out = SiteOut(results=results, acks=Acks(SITE, store, results, (*others, SITE)), tell=partial(tell_site, door))

    def turn() -> int:
        out.deliver()
        return take_site_changes(store, door)

    name = "tables of the site"
    return (Chore(name, RESULTS_EVERY_S, turn, is_apart=True, code=RESULTS_FAILED, changes_site=True, hangs_s=HANGS_S),)


def take_site_changes(store: Store, door: SiteDoor) -> int:
    """What hosts changed in the site's tables of orders that this station has; how many. Raises OSError when it is away."""
    from db.sync.site import SiteError
    from station.host_changes import take_told

    try:
        with closing(door.connect()) as connected:
            site = cast("PostgresSite", connected)
            told = site.host_changes()
            for each in told:
                site.answer_host_change(each["number"], take_told(store, each))
    except SiteError as error:
        raise ConnectionError(str(error)) from error
    return len(told)


def compare_stock(store: Store, station: str, path: Path) -> tuple[int, int, bytes]:
    """The host's stock in this file against ours. Raises ReconcileError, OSError, StoreError."""
    from db.envelope import utc_now
    from station.hosts.reconcile import Agreement
    from station.hosts.reconciling import reconcile, told

    done = reconcile(path, store, station, utc_now())
    answer = json.dumps(told(done), ensure_ascii=False, indent=1) + "\n"
    return len(done.rows), done.count(Agreement.DIFFERENT), answer.encode("utf-8")


def tell_site(door: SiteDoor, rows: Sequence[Mapping[str, str]]) -> int:
    """Rows of results into the site's table; how many were new. Raises OSError while the site is away."""
    from db.sync.site import SiteError

    try:
        with closing(door.connect()) as site:
            return cast("PostgresSite", site).tell_results(rows)
    except SiteError as error:
        raise ConnectionError(str(error)) from error


def _turn(inbox: Inbox, outbox: Outbox, stock: StockOut) -> bool:
    """Whether something came in. Results go out also where the inbox cannot be read."""
    try:
        return bool(inbox.look())
    finally:
        outbox.deliver()
        stock.deliver()


def write_movements(directory: Path, station: str, file: Path, *, as_json: bool) -> int:
    """All movements of the record into a file, CSV or JSON, as Power Pick knows them; how many. Raises OSError, StoreError."""
    from db.durable import write_shared
    from station.hosts import power_pick
    from station.undone import undone_by
    from ui.bootstrap.store import open_reader

    with closing(open_reader(directory, station)) as reader:
        known = power_pick.exported(reader.events(kinds=("result_exported", "result_acknowledged", "line_closed"), limit=None))
        undone = undone_by(reader.events(kinds=("booking_undone",), limit=None))
        items = {each.code: each for each in reader.items()}
        found = list(power_pick.rows(reader.events(kinds=power_pick.KINDS, limit=None), known, items, undone))
    write_shared(file, power_pick.as_json(found) if as_json else power_pick.as_csv(found))
    return len(found)
