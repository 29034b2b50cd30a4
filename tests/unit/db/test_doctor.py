from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.doctor import examine
from db.engine import writer_engine
from db.records.program import ClockStepped
from db.store import Store

from .made import put


def test_a_sound_store_has_nothing_to_complain_of(store: Store, tmp_path: Path) -> None:
    store.append([put(1)]).result()
    found = {each.check: each for each in examine(tmp_path)}
    bad = [each for each in found.values() if not each.is_ok and each.check != "free_bytes"]
    assert bad == []
    assert {"sqlite", "schema", "journal_mode", "fingerprint", "integrity", "chain", "stock", "ballast_bytes"} <= set(found)
    assert found["in_use_by"].value == str(os.getpid())
    assert found["chain"].value == "2"


def test_a_store_that_is_not_there_or_damaged_is_named(tmp_path: Path) -> None:
    assert [each.code for each in examine(tmp_path) if each.check == "store"] == ["D409"]
    (tmp_path / "store.db").write_bytes(b"this is no database" * 1000)
    assert [each.code for each in examine(tmp_path) if each.check == "store"] == ["D403"]


def test_a_lost_trigger_and_wrong_stock_are_found(tmp_path: Path) -> None:
    store = Store.open(tmp_path, station="S1", ballast_bytes=0)
    store.append([put(1)]).result()
    store.close()
    engine = writer_engine(tmp_path / "store.db")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER event_is_never_deleted")
        connection.exec_driver_sql("UPDATE now_stock SET quantity = 7")
    engine.dispose()
    found = {each.check: each.is_ok for each in examine(tmp_path)}
    assert (found["fingerprint"], found["stock"], found["chain"], found["in_use_by"]) == (False, False, True, True)


def test_a_step_of_the_clock_is_named_and_for_a_day_a_finding(tmp_path: Path) -> None:
    now = [datetime(2026, 11, 27, 12, tzinfo=UTC)]
    step = ClockStepped(before="2026-11-27T12:00:00+00:00", after="2026-11-27T11:00:00+00:00", step_ms=-3_600_000, seen="watched")
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0, clock=lambda: now[0])) as store:
        for days, is_ok in ((0, False), (1, False), (2, True)):
            now[0] += timedelta(days=days)
            store.append([put(1) if days else step]).result()
            found = next(each for each in examine(tmp_path) if each.check == "clock_stepped")
            assert (found.is_ok, found.value, found.code) == (is_ok, "2026-11-27T11:00:00+00:00, -3600.0 s", "D430")
