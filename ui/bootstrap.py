"""The composition root: the only module of the program that names concrete drivers, the simulator and the engine. No Qt here.

What is heavy is imported inside the function that needs it, so that a command pays for its own parts only.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.doctor import Finding
    from db.library import Library
    from db.store import Store as Store
    from station.chores import Chore
    from station.core.effects import Sound
    from station.lift_call import LiftAnswer, LiftCall
    from station.requests import Requests
    from station.results import Results
    from station.runner import Station
    from station.settings import MachineSettings, ResultSettings, Settings
    from station.values import Role

    SampleRows = tuple[tuple[str, str, str, Role], ...]
    Play = Callable[[Sound], None]

DATA_DIRECTORY = "baylight"
SAMPLE_MARK = "sample.json"
RESULTS_EVERY_S = 5.0
BACKUP_EVERY_S = 3600.0
BACKUP_TIMEOUT_S = 600.0


def default_directory(environment: Mapping[str, str]) -> Path:
    """Where a station keeps its store when the settings say nothing: the user's data directory (XDG)."""
    home = environment.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / DATA_DIRECTORY


def settings_of(config: Path | None, *, station: str | None = None) -> Settings:
    """The settings of the file and the environment; `station` overrides the station's name. Raises SettingsError."""
    from station.settings_file import load_settings

    settings = load_settings(config, os.environ)
    return replace(settings, station=replace(settings.station, name=station)) if station else settings


def store_of(config: Path | None) -> tuple[Path, str]:
    """Data directory and station name that the settings name. Raises SettingsError."""
    settings = settings_of(config)
    named = settings.station.data
    return Path(named) if named else default_directory(os.environ), settings.station.name


def owner_of(directory: Path) -> str:
    """The station whose store is in this directory; "" where none is, or none that can be read."""
    from db.errors import Kind, StoreError
    from db.store import Store

    try:
        with closing(Store.open_reader(directory)) as reader:
            return reader.station()
    except StoreError as error:
        if error.kind is not Kind.KNOWN:
            raise
        return ""  # the command that asked is about to open the store, and says what is wrong with it


# --- the store ---------------------------------------------------------------------------------------------------------


def open_store(directory: Path, station: str, *, ballast_bytes: int | None = None) -> Store:
    """The station's own store, for writing. Raises StoreError (D406 when another process holds it)."""
    from db.ballast import BALLAST_BYTES
    from db.store import Store

    return Store.open(directory, station=station, ballast_bytes=BALLAST_BYTES if ballast_bytes is None else ballast_bytes)


def open_reader(directory: Path, station: str) -> Library:
    """A store to read, also beside the station that holds it. Close it when done."""
    from db.store import Store

    return Store.open_reader(directory, station)


def restore(source: Path, directory: Path, station: str) -> dict[str, object]:
    """Put a backup in the store's place; says which epoch began. Raises StoreError (D406 while a station runs)."""
    from db import backup

    opened = backup.restore(directory, source, station=station)
    return {"restored": str(source), "epoch": opened.epoch, "seq": opened.seq, "event": opened.id}


def rebuild(directory: Path, station: str) -> tuple[str, str]:
    """Make the projections from the log again; their digest before and after. Raises StoreError (D406 while a station runs)."""
    store = open_store(directory, station)
    try:
        before = store.projection_digest()
        store.rebuild().result()
        return before, store.projection_digest()
    finally:
        store.close()


def examine(directory: Path, station: str) -> tuple[Finding, ...]:
    """What the doctor found."""
    from db import doctor

    return doctor.examine(directory)


# --- requests of a command line ----------------------------------------------------------------------------------------


@contextmanager
def open_requests(
    directory: Path, station: str, *, ballast_bytes: int | None = None, named: ResultSettings | None = None
) -> Iterator[Requests]:
    """The handlers of writing commands on a store that no station holds. Raises StoreError (D406 when one does after all).

    `named` says where results go and in which format; without it into the data directory, as CSV.
    """
    from station.settings import ResultSettings

    store = open_store(directory, station, ballast_bytes=ballast_bytes)
    try:
        yield make_requests(store, directory, make_results(store, named or ResultSettings(), directory, station))
    finally:
        store.close()


def make_results(store: Store, settings: ResultSettings, directory: Path, station: str) -> Results:
    """The results of an open store: one for the whole process, for it holds the lock that keeps a row out of two files."""
    from station.results import Results

    chosen = Path(settings.directory) if settings.directory else directory / "results"
    return Results(store=store, directory=chosen, station=station, form=settings.format)


def make_requests(store: Store, directory: Path, results: Results) -> Requests:
    """The handlers of writing commands on this open store; the running station gives them to its control socket."""
    from station.people import People
    from station.requests import Requests
    from station.sample.people import SAMPLE_PINS
    from station.secret import open_pepper

    def back_up(target: Path) -> Mapping[str, object]:
        if target.exists():
            raise FileExistsError(f"{target} is there already")
        return {"file": str(store.backup(target).result()), "bytes": target.stat().st_size}

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
    people = People(store=store, pepper=open_pepper(directory), forbidden_pins=forbidden)
    return Requests(store=store, people=people, results=results, backup=back_up, status=status, fault=known_fault)


def known_fault(error: Exception) -> tuple[str, str] | None:
    """Code and message of an error that is the environment's fault; None for a bug."""
    from db.errors import Kind, StoreError
    from hardware.config import ConfigError
    from hardware.errors import DeviceError
    from hardware.sim.options import OptionError
    from station.secret import SecretError
    from station.settings_file import SettingsError

    match error:
        case StoreError(kind=Kind.KNOWN) | DeviceError():
            return error.code, error.message
        case SettingsError() | ConfigError():
            return "C101", str(error)
        case OptionError():
            return "C102", str(error)
        case SecretError():
            return "P302", error.message
        case _:
            return None


# --- devices -----------------------------------------------------------------------------------------------------------


def simulate(
    *,
    protocol: str,
    listen: str,
    serial: str = "",
    register_map: str | None = None,
    machine_file: Path | None = None,
    state_file: Path | None = None,
    speed: float = 1.0,
    faults: tuple[str, ...] = (),
    seed: int = 0,
    linger_s: float | None = None,
    control: str = "tcp:0",
) -> int:
    """Be a simulated device until the end; the exit status. Raises OptionError before anything starts."""
    from hardware.sim.options import SimulatorOptions
    from hardware.sim.server import serve

    return serve(
        SimulatorOptions(
            protocol=protocol,
            listen=listen,
            serial=serial,
            map=register_map,
            machine_file=machine_file,
            state_file=state_file,
            speed=speed,
            faults=faults,
            seed=seed,
            linger_s=linger_s,
            control=control,
        )
    )


@asynccontextmanager
async def lift_call(
    *,
    protocol: str,
    url: str,
    serial: str,
    opening: str,
    machine: str,
    timeout_s: float | None,
    store: Store | None,
) -> AsyncIterator[LiftCall]:
    """A line to a lift for one command; intent and result are journalled when there is a store."""
    from hardware.config import LiftConfig, LiftTiming
    from hardware.factory import make_lift
    from station.lift_call import Journal, LiftCall

    timing = LiftTiming()
    if timeout_s is not None:
        timing = replace(timing, fetch_s=timeout_s, fetch_per_metre_s=0.0, store_s=timeout_s)
    lift = make_lift(LiftConfig(url=url, protocol=protocol, serial=serial, opening=opening, timing=timing))
    journal = Journal(store, store) if store is not None else None
    call = LiftCall(lift, machine=machine, opening=opening, journal=journal)
    try:
        await call.open()
        yield call
    finally:
        await call.close()


def lift_failure(error: Exception) -> LiftAnswer | None:
    """A device's error as the answer to a lift command; None for another error."""
    from hardware.errors import DeviceError
    from station.lift_call import LiftAnswer

    if not isinstance(error, DeviceError):
        return None
    return LiftAnswer(outcome=error.outcome, code=error.code, message=error.message, frames=error.frames)


def silent(sound: Sound) -> None:
    """Plays nothing."""


# --- the station -------------------------------------------------------------------------------------------------------


def make_station(
    store: Store,
    settings: Settings,
    directory: Path,
    *,
    results: Results,
    sample_people: SampleRows = (),
    play: Play = silent,
) -> Station:
    """The station on an open store, with the devices of its settings; nothing is opened yet. Raises ConfigError, SecretError."""
    from db import sqlite
    from hardware.config import DisplayConfig, LiftConfig, ScannerConfig
    from hardware.factory import make_display, make_lift, make_scanner
    from station.core.state import Rules
    from station.gate_keeper import GateKeeper
    from station.runner import Parts, Station
    from station.secret import open_pepper

    machine, display = settings.machine, settings.display
    lift = LiftConfig(
        url=machine.url,
        protocol=machine.protocol,
        name=machine.name,
        serial=machine.serial,
        opening=machine.opening,
        height_mm=machine.height_mm,
    )
    scanners = tuple(make_scanner(ScannerConfig(url=each.url, name=each.name, serial=each.serial)) for each in settings.scanner)
    parts = Parts(
        station=settings.station.name,
        opening=machine.opening,
        machine=machine.name,
        simulated=machine.simulated,
        ledger=store,
        library=store,
        lift=make_lift(lift),
        gate_keeper=GateKeeper(store, store, open_pepper(directory)),
        scanners=scanners,
        display=make_display(DisplayConfig(url=display.url, protocol=display.protocol, serial=display.serial))
        if display.url
        else None,
        rules=Rules(
            return_by_badge_s=settings.sign_on.return_by_badge_s,
            sample_people=sample_people,
            stop_causes=stop_causes(machine),
        ),
        idle_lock_s=settings.sign_on.idle_lock_s,
        play=play,
        sqlite=sqlite.library().sqlite_version,
        chores=make_chores(store, results, directory),
    )
    return Station(parts)


def stop_causes(machine: MachineSettings) -> dict[str, str]:
    """What the machine's own codes mean, as far as the settings say."""
    named = {machine.curtain_code: "light_curtain", machine.e_stop_code: "e_stop"}
    return {code: cause for code, cause in named.items() if code}


def tell_empty(directory: Path, station: str, *, machine: str, opening: str) -> None:
    """Write down that nothing is at the opening: the sample site's own machine was just made. Raises StoreError."""
    from db.records import TrayTold

    store = open_store(directory, station, ballast_bytes=0)
    try:
        store.append((TrayTold(machine=machine, opening=opening, tray=None, visit=0, how="none"),)).result()
    finally:
        store.close()


def make_chores(store: Store, results: Results, directory: Path) -> tuple[Chore, ...]:
    """What a running station does by itself: results out, acknowledgements in, a backup every hour."""
    from db import backup
    from db.private import FOLDER_MODE
    from station.chores import Chore

    copies = directory / "backups"

    def back_up() -> None:
        copies.mkdir(mode=FOLDER_MODE, exist_ok=True)
        store.backup(copies / backup.backup_name()).result(BACKUP_TIMEOUT_S)
        backup.rotate(copies)

    return (
        Chore("results", RESULTS_EVERY_S, results.export, ends_with=True),
        Chore("acknowledgements", RESULTS_EVERY_S, results.collect_acknowledged),
        Chore("backup", BACKUP_EVERY_S, back_up),
    )


# --- measuring ---------------------------------------------------------------------------------------------------------


def measure_bookings(directory: Path, *, count: int = 2000) -> tuple[float, float]:
    """Durable bookings a second through the writer, and single-row commits a second of plain SQLite on the same disk."""
    import time

    from db import sqlite
    from db.records import LineClosed, Picked

    picked = Picked(machine="M1", tray=1, compartment="A1", visit=1, item="A", quantity=1, order="O", line="1")
    closed = LineClosed(order="O", line="1", outcome="confirmed", asked=1, done_quantity=1)
    store = open_store(directory / "store", "BENCH", ballast_bytes=1 << 16)
    try:
        began_s = time.perf_counter()
        for future in [store.append((picked, closed)) for _ in range(count)]:
            future.result()
        bookings = count / (time.perf_counter() - began_s)
    finally:
        store.close()
    plain = sqlite.library().connect(str(directory / "raw.db"), isolation_level=None)
    try:
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("PRAGMA synchronous = FULL")
        plain.execute("CREATE TABLE booking (body TEXT)")
        began_s = time.perf_counter()
        for _ in range(count):
            plain.execute("INSERT INTO booking VALUES (?)", ("x" * 400,))
        return bookings, count / (time.perf_counter() - began_s)
    finally:
        plain.close()
