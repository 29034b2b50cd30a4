"""The figures that a monitoring system reads: where each of them is found."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Store
    from station.chores import Chore
    from station.metrics.facts import Facts
    from station.metrics.file import MetricsFile
    from station.results import Results
    from station.runner.parts import Parts
    from station.runner.station import Station
    from station.settings import Settings


def metrics_file(settings: Settings) -> MetricsFile | None:
    """The file of the settings; None where they name none."""
    if not settings.metrics.file:
        return None
    from station.metrics.file import MetricsFile

    return MetricsFile(Path(settings.metrics.file))


def metrics_chores(file: MetricsFile | None, settings: Settings) -> tuple[Chore, ...]:
    """What writes it again and again, on a thread of its own: the folder may hang."""
    if file is None:
        return ()
    from db.errors import UNWATCHED
    from station.chores import Chore

    return (Chore("metrics", float(settings.metrics.every_s), file.turn, is_apart=True, code=UNWATCHED),)


def watch_over(
    file: MetricsFile | None, station: Station, parts: Parts, store: Store, results: Results, copies: Sequence[Path]
) -> None:
    """Let the file tell of this station from now on."""
    if file is None:
        return
    from db.backup import STORE_FILE
    from db.envelope import app_version, utc_now
    from station.metrics.facts import Facts
    from station.panel import devices_of

    began_at, devices = utc_now(), devices_of(parts)

    def look() -> Facts:
        files = [each.stat().st_size for each in store.directory.glob(f"{STORE_FILE}*")]
        return Facts(
            station=parts.station,
            version=app_version(),
            at=utc_now(),
            began_at=began_at,
            is_read_only=store.is_read_only,
            commits=store.commit_times(),
            store_bytes=sum(files),
            disk_free_bytes=shutil.disk_usage(store.directory).free,
            results_waiting=len(tuple(results.out.glob("*.*"))),
            copied_at=newest(copies),
            devices=devices.states(),
            alarms=station.alarms,
            sync=None if parts.sync is None else parts.sync.status,
        )

    file.look = look


def newest(folders: Sequence[Path]) -> datetime | None:
    """When the newest copy of the store was made, by its name."""
    from db import backup

    copy = backup.newest_copy(folders)
    return None if copy is None else backup.made_at(copy)
