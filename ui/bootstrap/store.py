"""The store: where it is, whose it is, opened for writing or reading, and its upkeep (restore, rebuild, doctor)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ui.bootstrap.upkeep import copy_folders

if TYPE_CHECKING:
    from db.finding import Finding
    from db.library import Library
    from db.salvage import SalvageReport
    from db.store import Store as Store
    from station.settings import Settings

DATA_DIRECTORY = "baylight"


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


def examine(directory: Path, settings: Settings) -> tuple[Finding, ...]:
    """What the doctor found. The settings say where the hourly copies and the emergency list are."""
    from db import doctor
    from ui.bootstrap.emergency import find_list, list_path
    from ui.bootstrap.planning import find_drift

    found = doctor.examine(directory, copy_folders(settings, directory))
    return (
        *found,
        find_list(directory, list_path(settings, directory), now=datetime.now(UTC)),
        find_drift(directory, settings),
    )


def salvage(directory: Path, settings: Settings, station: str) -> SalvageReport:
    """Save what can be saved of a damaged store. `station` "": whose it is, it says itself. Raises StoreError."""
    from db.salvage import salvage as save

    return save(directory, station=station, copies=copy_folders(settings, directory))


def tell_empty(directory: Path, station: str, *, machine: str, opening: str) -> None:
    """Write down that nothing is at the opening: the sample site's own machine was just made. Raises StoreError."""
    from db.records.machine import TrayTold

    store = open_store(directory, station, ballast_bytes=0)
    try:
        store.append((TrayTold(machine=machine, opening=opening, tray=None, visit=0, how="none"),)).result()
    finally:
        store.close()
