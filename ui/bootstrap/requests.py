"""The handlers of writing commands, on a store opened for one command line or on that of the running station."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ui.bootstrap.audit import seal
from ui.bootstrap.faults import known_fault
from ui.bootstrap.store import open_store

if TYPE_CHECKING:
    from db.store import Store
    from station.requests import Requests
    from station.results import Results
    from station.settings import MachineSettings, ResultSettings, SignOnSettings
    from ui.bootstrap.replication import Replication

SAMPLE_MARK = "sample.json"
BACKUP_PATIENCE_S = 240.0  # for one copy; two in a row end before the command line stops waiting


@contextmanager
def open_requests(
    directory: Path,
    station: str,
    *,
    ballast_bytes: int | None = None,
    named: ResultSettings | None = None,
    machine: MachineSettings | None = None,
    sign_on: SignOnSettings | None = None,
) -> Iterator[Requests]:
    """The handlers of writing commands on a store that no station holds. Raises StoreError (D406 when one does after all).

    `named` says where results go and in which format; without it into the data directory, as CSV. `machine` is the station's.
    """
    from station.settings import ResultSettings

    store = open_store(directory, station, ballast_bytes=ballast_bytes)
    try:
        results = make_results(store, named or ResultSettings(), directory, station)
        yield make_requests(store, directory, results, machine, sign_on=sign_on)
    finally:
        store.close()


def make_results(store: Store, settings: ResultSettings, directory: Path, station: str) -> Results:
    """The results of an open store: one for the whole process, for it holds the lock that keeps a row out of two files."""
    from station.results import Results

    chosen = Path(settings.directory) if settings.directory else directory / "results"
    return Results(store=store, directory=chosen, station=station, form=settings.format)


def bays_of(machine: MachineSettings | None) -> dict[str, frozenset[str]]:
    """The openings of the station's machine, by its name; of other machines the settings say nothing."""
    if machine is None:
        return {}
    others = machine.other_openings.replace(" ", "").split(",")
    return {machine.name: frozenset(filter(None, (machine.opening, *others)))}


def make_requests(
    store: Store,
    directory: Path,
    results: Results,
    machine: MachineSettings | None = None,
    *,
    sign_on: SignOnSettings | None = None,
    replication: Replication | None = None,
) -> Requests:
    """The handlers of writing commands on this open store; the running station gives them to its control socket. A backup that
    takes longer than its patience fails with D409."""
    from db.envelope import utc_now
    from db.sync.status import to_json
    from station.people import People
    from station.requests import Requests
    from station.sample.people import SAMPLE_PINS
    from station.secret import open_pepper
    from station.settings import SignOnSettings
    from station.signer import Signer

    def back_up(target: Path) -> Mapping[str, object]:
        return _in_time(store, target, patience_s=BACKUP_PATIENCE_S)

    def status() -> Mapping[str, object]:
        epoch, seq, head = store.head()
        return {
            "station": results.station,
            "epoch": epoch,
            "seq": seq,
            "head": head,
            "read_only": store.is_read_only,
            "pid": os.getpid(),
        }

    forbidden = frozenset() if (directory / SAMPLE_MARK).exists() else SAMPLE_PINS
    rules, pepper = sign_on or SignOnSettings(), open_pepper(directory)
    people = People(store=store, pepper=pepper, forbidden_pins=forbidden, pin_length=rules.pin_length)
    return Requests(
        signer=Signer(store=store, pepper=pepper, utc=utc_now, offline_days=rules.offline_days),
        must_sign=rules.people_changes == "pin",
        store=store,
        people=people,
        results=results,
        backup=back_up,
        seal=partial(seal, store),
        status=status,
        fault=known_fault,
        bays=bays_of(machine),
        ask_site=None if replication is None else replication.take_over,
        ask_supplied=None if replication is None else replication.supplied,
        sync=None if replication is None else lambda patience_s: to_json(replication.drain(patience_s)),
    )


def _in_time(store: Store, target: Path, *, patience_s: float) -> Mapping[str, object]:
    """Copy the store. Any look at a share that does not answer may hang, the first one too; its thread is left behind then."""
    from db.errors import UNREADABLE, StoreError
    from db.worker import Worker

    worker = Worker("backup")
    copied = worker.submit(_copy, store, target)
    worker.end()
    try:
        return copied.result(patience_s)
    except TimeoutError as error:
        if copied.done():  # the disk's own time-out
            raise
        late = f"{target} was not written within {patience_s:g} s: its disk or share does not answer. It may still be written"
        raise StoreError(UNREADABLE, late) from error


def _copy(store: Store, target: Path) -> Mapping[str, object]:
    if target.exists():
        raise FileExistsError(f"{target} is there already")
    return {"file": str(store.backup(target).result()), "bytes": target.stat().st_size}
