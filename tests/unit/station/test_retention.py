"""What is past its time goes, and nothing else does."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.rows.people import Person, Role
from db.store import Store
from station.retention import Retention
from station.settings import RetentionSettings

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
LEFT_AT = NOW - timedelta(days=30)


def put(path: Path, *, age_days: float) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", encoding="utf-8")
    at_s = (NOW - timedelta(days=age_days)).timestamp()
    os.utime(path, (at_s, at_s))
    return path


def retention(directory: Path, store: Store, **days: int) -> Retention:
    return Retention(
        settings=RetentionSettings(**days),
        store=store,
        recordings=directory / "recordings",
        done=directory / "results" / "done",
        station="S1",
        utc=lambda: NOW,
    )


def test_only_old_files_of_our_own_names_in_their_own_folders_go(tmp_path: Path) -> None:
    old = [
        put(tmp_path / "recordings" / "scanner-20260101T080000Z.jsonl", age_days=11),
        put(tmp_path / "results" / "done" / "S1-0123abcd-1-9.csv", age_days=21),
        put(tmp_path / "results" / "done" / "S1-0123abcd-10-19.json", age_days=21),
    ]
    kept = [
        put(tmp_path / "recordings" / "scanner-20260430T080000Z.jsonl", age_days=9),
        put(tmp_path / "recordings" / "notes.txt", age_days=999),
        put(tmp_path / "results" / "done" / "S1-0123abcd-20-29.csv", age_days=19),
        put(tmp_path / "results" / "done" / "S2-0123abcd-1-9.csv", age_days=999),
        put(tmp_path / "results" / "out" / "S1-0123abcd-30-39.csv", age_days=999),
        put(tmp_path / "backups" / "store-20200101T000000Z.db", age_days=999),
    ]
    store = Store.open(tmp_path / "store", station="S1", ballast_bytes=0)
    removed, _ = retention(tmp_path, store, recordings_days=10, results_days=20).sweep()
    store.close()
    assert sorted(removed) == sorted(old)
    assert not any(path.exists() for path in old)
    assert all(path.exists() for path in kept)


def test_who_left_long_ago_has_no_name_any_more_and_the_record_still_verifies(tmp_path: Path) -> None:
    clock = [LEFT_AT]
    store = Store.open(tmp_path, station="S1", ballast_bytes=0, clock=lambda: clock[0])
    for person in ("p_gone", "p_back", "p_here", "p_late"):
        one = Person(person=person, name=f"Name of {person}", role=Role.OPERATOR)
        store.add_person(one, badge_digest=f"d{person}", verifier="v", pepper_id="k").result()
    store.disable_person("p_gone").result()
    clock[0] = NOW - timedelta(days=29)
    store.disable_person("p_late").result()
    assert retention(tmp_path, store).sweep() == ((), ()), "off by default"
    assert retention(tmp_path, store, names_days=30).sweep() == ((), ())
    clock[0] = NOW
    later = retention(tmp_path, store, names_days=29)
    assert later.sweep() == ((), ("p_gone",))
    assert later.sweep() == ((), ()), "once"
    names = {each.person: each.name for each in store.people()}
    assert names == {"p_gone": "", "p_back": "Name of p_back", "p_here": "Name of p_here", "p_late": "Name of p_late"}
    assert store.verify().is_ok
    store.close()
