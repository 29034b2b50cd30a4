"""What a station does for its store by itself: copies every hour, the full check once a day, an eye on the disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.store import Store
    from station.chores import Chore
    from station.settings import Settings
    from station.store_watch import StoreWatch

LOOK_EVERY_S = 60.0
ROOM_EVERY_S = 15.0
BACKUP_EVERY_S = 3600.0
DRIFT_EVERY_S = 600.0  # so often it is looked whether it is time to look at the machine's drift
BACKUP_TIMEOUT_S = 600.0


def utc_now() -> datetime:
    return datetime.now(UTC)


def copy_folder(settings: Settings, directory: Path) -> Path:
    """Where the hourly copies go: a folder of this station's in the named place, else one in the data directory."""
    from db.backup import COPIES_FOLDER

    named = settings.backup.directory
    return Path(named) / settings.station.name if named else directory / COPIES_FOLDER


def copy_folders(settings: Settings, directory: Path) -> tuple[Path, ...]:
    """Where copies may lie: the folder they go to, and the one for when that cannot be written."""
    from db.backup import COPIES_FOLDER

    return tuple(dict.fromkeys((copy_folder(settings, directory), directory / COPIES_FOLDER)))


class Copies:
    """The hourly copy. Where the named place cannot be written it goes into the data directory, and the failure is told."""

    def __init__(
        self,
        store: Store,
        folders: tuple[Path, ...],
        watch: StoreWatch,
        *,
        keep: int,
        utc: Callable[[], datetime] = utc_now,
    ) -> None:
        self._store = store
        self._folders = folders
        self._watch = watch
        self._keep = keep
        self._utc = utc
        self._begun_s: float | None = None

    @property
    def is_hanging(self) -> bool:
        """Whether a copy has been under way for longer than any takes: its share does not answer."""
        begun_s = self._begun_s
        return begun_s is not None and monotonic() - begun_s > BACKUP_TIMEOUT_S

    def turn(self) -> None:
        """Copy, if the newest copy is an hour old. Raises OSError, StoreError."""
        self._begun_s = monotonic()
        try:
            self._copy()
        finally:
            self._begun_s = None

    def _copy(self) -> None:
        from db.errors import StoreError

        place, *others = self._folders
        try:
            self._copy_to(place)
        except (OSError, StoreError):
            self._watch.tell_backup(is_made=False)
            for each in others:
                self._copy_to(each)
            raise
        self._watch.tell_backup(is_made=True)

    def _copy_to(self, folder: Path) -> None:
        from db import backup
        from db.private import FOLDER_MODE

        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        newest = backup.newest_copy([folder])
        age_s = BACKUP_EVERY_S if newest is None else (self._utc() - backup.made_at(newest)).total_seconds()
        if 0 <= age_s < BACKUP_EVERY_S:
            return
        self._store.backup(folder / backup.backup_name(self._utc)).result(BACKUP_TIMEOUT_S)
        backup.rotate(folder, keep=self._keep)


def make_upkeep(store: Store, settings: Settings, directory: Path, watch: StoreWatch) -> tuple[Chore, ...]:
    """The chores of the store, each on a thread of its own: one may take long, or hang with its share. Raises StoreError."""
    from db.errors import BACKUP_FAILED, UNWATCHED
    from db.full_check import FullCheck
    from db.room import room_code
    from station.chores import Chore
    from station.night_check import NightCheck

    def look_at_room() -> None:
        watch.tell_room(room_code(shutil.disk_usage(directory).free))
        if copies.is_hanging:
            watch.tell_backup(is_made=False)

    copies = Copies(store, copy_folders(settings, directory), watch, keep=settings.retention.backups)
    full_check = FullCheck(directory)
    night = NightCheck(
        ledger=store,
        library=store,
        watch=watch,
        check=full_check.run,
        at=time.fromisoformat(settings.store.check_at),
        utc=utc_now,
    )
    night.recall()
    look_at_room()
    return (
        Chore("room", ROOM_EVERY_S, look_at_room, is_apart=True, code=UNWATCHED),
        Chore("backup", LOOK_EVERY_S, copies.turn, is_apart=True, code=BACKUP_FAILED),
        Chore("full check", LOOK_EVERY_S, night.turn, is_apart=True, stop=full_check.stop, code=UNWATCHED),
    )


def drift_chore(store: Store, settings: Settings) -> Chore:
    """The machine against its own log, once a day. Nothing where the settings' levels or the log tell too little."""
    from db.errors import UNWATCHED
    from station.chores import Chore
    from station.drift import DriftWatch
    from station.planner.own_reading import learnt_of

    own = settings.machine
    watch = DriftWatch(ledger=store, library=store, learnt=lambda: learnt_of(store, own).drift, machine=own.name, utc=utc_now)
    return Chore("drift", DRIFT_EVERY_S, watch.turn, is_apart=True, code=UNWATCHED, changes_site=True)
