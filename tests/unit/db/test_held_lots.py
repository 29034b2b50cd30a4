"""Which lots are held, in the real store: as the log says, after a rebuild too, and in a store of an older program."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import schema
from db.engine import writer_engine
from db.envelope import Envelope, utc_now
from db.log import EventLog
from db.records.receipts import LotHeld, LotReleased
from db.store import Store

ABOUT = {"machine": "VLM1", "item": "A", "quantity": 3, "places": 1}

NOW_BLOCK = "CREATE TEMP TABLE now_block (block UNIQUE, item, lot, owner, supplier, reason, since, lifted_at)"


def held(lot: str, owner: str = "own") -> LotHeld:
    return LotHeld(**ABOUT, lot=lot, owner=owner, reason="defective")


def released(lot: str) -> LotReleased:
    return LotReleased(**ABOUT, lot=lot, reason="tested_good")


def lots(store: Store) -> list[tuple[str, str]]:
    return [(each.lot, each.owner) for each in store.lot_holds()]


def test_a_lot_is_held_until_it_is_released_and_a_rebuild_says_the_same(store: Store) -> None:
    store.append([held("L1"), held("L1", "ACME"), held("L2"), held("")]).result()
    store.append([released("L2")]).result()
    assert lots(store) == [("L1", "ACME"), ("L1", "own")]
    digest = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == digest
    store.append([released("L1")]).result()
    assert lots(store) == [("L1", "ACME")]


def test_a_store_of_an_older_program_knows_what_its_log_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = writer_engine(tmp_path / "store.db")
    before = schema.SCRIPTS.index("0014_held_lots_and_sizes.sql")
    with monkeypatch.context() as past:
        past.setattr(schema, "SCRIPTS", schema.SCRIPTS[:before])
        past.setattr(schema, "SCHEMA_VERSION", before)
        schema.migrate(engine)
    log = EventLog(Envelope(station="S1", boot="b", app="0.0.1"), utc_now)
    with engine.begin() as connection:
        log.load(connection)
        log.open_epoch(connection, why="created")
        connection.exec_driver_sql(NOW_BLOCK)
        log.append(connection, [held("L1"), held("L2"), released("L1"), held("L3"), released("L3"), held("L3"), held("")])
    engine.dispose()
    store = Store.open(tmp_path, station="S1", ballast_bytes=0)
    try:
        assert lots(store) == [("L2", "own"), ("L3", "own")]
        digest = store.projection_digest()
        store.rebuild().result()
        assert store.projection_digest() == digest
    finally:
        store.close()
