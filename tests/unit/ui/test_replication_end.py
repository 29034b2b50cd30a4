"""The end of replication is clean, whatever the disk says."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from db.errors import DISK_FULL, StoreError
from db.store import Store
from db.sync import memory
from station.settings import Settings, StationSettings, UpstreamSettings
from tests.helpers.guards import ExpectLog
from ui.bootstrap.replication import Replication


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


def test_a_full_disk_does_not_keep_replication_from_its_end(tmp_path: Path, expect_log: ExpectLog) -> None:
    expect_log("read-only")
    expect_log("how replication ended was not noted: D401")
    unreachable = UpstreamSettings(url="postgresql://nobody@127.0.0.1:1/nowhere")
    settings = replace(Settings(), station=StationSettings(name="S1"), upstream=unreachable)
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)) as store:
        replication = Replication(store, settings, tmp_path)
        _fill(store)
        replication.stop()
