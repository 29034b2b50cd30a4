"""The end of replication is clean, whatever the disk says."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from db.clock import NOT_TOLD, SYNCED, UNSYNCED
from db.errors import DISK_FULL, StoreError
from db.store import Store
from db.sync import memory
from station.settings import Settings, StationSettings, UpstreamSettings
from tests.helpers.guards import ExpectLog
from ui.bootstrap.replication import Replication


def settings_of_nowhere() -> Settings:
    unreachable = UpstreamSettings(url="postgresql://nobody@127.0.0.1:1/nowhere")
    return replace(Settings(), station=StationSettings(name="S1"), upstream=unreachable)


def _fill(store: Store) -> None:
    """Until SQLite says that the disk is full."""

    def set_limit() -> None:
        with store._engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute("PRAGMA max_page_count = 1").fetchall()  # that is: no page more than there are

    store._writer.submit_upkeep(set_limit).result()
    for n in count():
        failure = store.sync(lambda connection, n=n: memory.put(connection, f"filler{n}", "x" * 100)).exception()  # type: ignore[misc]
        if failure is not None:
            assert isinstance(failure, StoreError)
            assert failure.code == DISK_FULL
            return


def test_the_site_is_told_whether_the_clock_follows_a_time_service(tmp_path: Path) -> None:
    """As the kernel knows it; where it does not tell, nothing is said."""
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)) as store:
        said = store.ask(Replication(store, settings_of_nowhere(), tmp_path)._thread._engine._said)
    assert said.clock_state in ({SYNCED, UNSYNCED} if sys.platform == "linux" else {NOT_TOLD})


def test_a_full_disk_does_not_keep_replication_from_its_end(tmp_path: Path, expect_log: ExpectLog) -> None:
    expect_log("read-only")
    expect_log("how replication ended was not noted: D401")
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)) as store:
        replication = Replication(store, settings_of_nowhere(), tmp_path)
        _fill(store)
        replication.stop()
