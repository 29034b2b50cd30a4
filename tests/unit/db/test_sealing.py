"""When the record is signed, by which key, and what is said of a key that was lost."""

from __future__ import annotations

import dataclasses
import json
import logging
import os
from pathlib import Path

import pytest

from db import backup
from db.checkpoint import EVERY_EVENTS, EVERY_S
from db.records.people import SignedOff
from db.rows.events import EventRow
from db.seals import checkpoint_text, is_signed, key_id_of
from db.station_key import KEY_FILE, open_key
from db.store import Store

from .made import put


class Seconds:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds(store: Store) -> Seconds:
    """The clock of the store's sealing, which has begun."""
    seconds = Seconds()
    store.sealing._mono_s = seconds
    store.sealing.begin()
    return seconds


def checkpoints(store: Store) -> tuple[EventRow, ...]:
    store.try_recover().result()  # in the line of the checkpoints: what was asked before is written now
    return store.events(kinds=("checkpoint",), limit=None)


def facts(row: EventRow) -> dict[str, object]:
    data: dict[str, object] = json.loads(row.body)["data"]
    return data


def keys(store: Store) -> list[tuple[object, ...]]:
    rows = store.events(kinds=("key_made",), limit=None)
    return [tuple(facts(row)[name] for name in ("key_id", "why", "old_key_id")) for row in rows]


def reopened(store: Store, tmp_path: Path) -> Store:
    store.close()
    return Store.open(tmp_path, station="S1", ballast_bytes=4096)


def test_a_checkpoint_signs_the_event_before_it(store: Store) -> None:
    key = store.sealing.begin()
    store.append([put(1)]).result()
    (sealed,) = store.sealing.seal().result()
    before = store.events()[-2]
    said = facts(sealed)
    assert (said["through_seq"], said["head"], said["key_id"]) == (before.seq, before.hash, key.key_id)
    text = checkpoint_text("S1", before.epoch, before.seq, before.hash)
    assert is_signed(key.public_key, text, str(said["signature"]))


def test_nothing_new_is_not_signed_again(store: Store) -> None:
    store.append([put(1)]).result()
    assert len(store.sealing.seal().result()) == 1
    assert store.sealing.seal().result() == ()


@pytest.mark.parametrize(("missing", "signed"), [(0, 0), (1, 1), (1 + EVERY_EVENTS, 2)])
def test_every_256_events_are_signed(store: Store, seconds: Seconds, missing: int, signed: int) -> None:
    store.append([put(1)] * (EVERY_EVENTS - 3)).result()  # with epoch_opened and key_made one is missing
    for _ in range(missing):
        store.append([put(1)]).result()
        store.try_recover().result()
    assert len(checkpoints(store)) == signed


def test_what_is_new_is_signed_after_a_quarter_of_an_hour_and_nothing_old(store: Store, seconds: Seconds) -> None:
    store.sealing.seal().result()
    seconds.now = EVERY_S
    store._writer.submit_upkeep(store._writer.after_commit).result()
    assert len(checkpoints(store)) == 1
    store.append([put(1)]).result()
    assert len(checkpoints(store)) == 2
    store.append([put(1)]).result()
    assert len(checkpoints(store)) == 2


def test_the_end_of_a_shift_is_signed(store: Store, seconds: Seconds) -> None:
    store.append([SignedOff(person="p_1")]).result()
    assert len(checkpoints(store)) == 1
    store.append([put(1)]).result()
    assert len(checkpoints(store)) == 1


def test_the_end_of_a_run_is_signed(store: Store, tmp_path: Path) -> None:
    store.sealing.begin()
    store.append([put(1)]).result()
    store.close()
    last = Store.open_reader(tmp_path).events()[-1]
    assert (last.kind, facts(last)["through_seq"]) == ("checkpoint", last.seq - 1)


def test_without_a_station_nothing_is_signed(store: Store, tmp_path: Path) -> None:
    store.append([put(1)] * 300).result()
    assert checkpoints(store) == ()
    assert not (tmp_path / KEY_FILE).exists()


def test_a_checkpoint_that_fails_is_written_later(store: Store, seconds: Seconds, monkeypatch, expect_log) -> None:
    expect_log("a write failed by a fault")
    with monkeypatch.context() as patch:
        patch.setattr("db.sealing.checkpoint_of", lambda *_: 1 / 0)
        store.append([SignedOff(person="p_1")]).result()
        assert checkpoints(store) == ()
    store.append([put(1)]).result()
    assert checkpoints(store) == ()
    seconds.now = 61.0
    store.append([put(1)]).result()
    assert len(checkpoints(store)) == 1


# --- the key


def test_the_key_is_private_and_is_named_once(store: Store, tmp_path: Path, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    key = store.sealing.begin()
    path = tmp_path / KEY_FILE
    assert os.name != "posix" or path.stat().st_mode & 0o777 == 0o600
    secret = path.read_text(encoding="ascii").split()[-1]
    assert secret not in caplog.text + repr(key) + "".join(row.body for row in store.events())
    again = reopened(store, tmp_path)
    assert again.sealing.begin() == dataclasses.replace(key, found="kept")
    assert keys(again) == [(key.key_id, "first", "")]
    again.close()


def test_a_lost_key_is_told_with_the_new_one(store: Store, tmp_path: Path) -> None:
    old = store.sealing.begin()
    (tmp_path / KEY_FILE).unlink()
    again = reopened(store, tmp_path)
    new = again.sealing.begin()
    assert keys(again) == [(old.key_id, "first", ""), (new.key_id, "lost", old.key_id)]
    assert again.audit().is_ok
    again.close()


def test_a_damaged_key_is_kept_aside_and_told(store: Store, tmp_path: Path, expect_log) -> None:
    expect_log("could not be read")
    old = store.sealing.begin()
    (tmp_path / KEY_FILE).write_text("no key", encoding="ascii")
    again = reopened(store, tmp_path)
    new = again.sealing.begin()
    assert keys(again)[-1] == (new.key_id, "damaged", old.key_id)
    assert [each.read_text() for each in tmp_path.glob(f"{KEY_FILE}.damaged-*")] == ["no key"]
    again.close()


def test_another_key_in_its_place_is_told(store: Store, tmp_path: Path) -> None:
    old = store.sealing.begin()
    (tmp_path / "other").mkdir()
    other = open_key(tmp_path / "other")
    (tmp_path / "other" / KEY_FILE).replace(tmp_path / KEY_FILE)
    again = reopened(store, tmp_path)
    assert again.sealing.begin().key_id == other.key_id
    assert keys(again)[-1] == (other.key_id, "replaced", old.key_id)
    again.close()


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights elsewhere")
def test_a_key_that_others_could_read_is_told(store: Store, tmp_path: Path, expect_log) -> None:
    expect_log("others could read")
    open_key(tmp_path)
    (tmp_path / KEY_FILE).chmod(0o644)
    open_key(tmp_path)
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_a_new_epoch_names_the_key_again(store: Store, tmp_path: Path) -> None:
    key = store.sealing.begin()
    store.backup(tmp_path / "copy.db").result()
    store.close()
    backup.restore(tmp_path, tmp_path / "copy.db")
    again = Store.open(tmp_path, station="S1", ballast_bytes=4096)
    again.sealing.begin()
    again.sealing.seal().result()
    assert keys(again) == [(key.key_id, "first", ""), (key.key_id, "new_epoch", "")]
    assert again.audit().is_ok
    again.close()


def test_a_key_is_named_by_its_own_digest(tmp_path: Path) -> None:
    key = open_key(tmp_path)
    assert key.key_id == key_id_of(bytes.fromhex(key.public_key))
