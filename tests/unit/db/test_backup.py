from __future__ import annotations

import json
import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from db.backup import backup_name, restore, rotate
from db.engine import writer_engine
from db.errors import StoreError
from db.store import Store
from tests.helpers.guards import ExpectLog

from .conftest import StepClock
from .made import ended, intended, put


def _open(directory: Path, clock: StepClock) -> Store:
    return Store.open(directory, station="S1", clock=clock, ballast_bytes=0)


def test_a_copy_made_while_the_station_works_is_a_whole_store(store: Store, tmp_path: Path) -> None:
    store.append([put(4)]).result()
    copy = tmp_path / "copy" / "store.db"
    copy.parent.mkdir()
    assert store.backup(copy).result() == copy
    store.append([put(4)]).result()
    assert [path.name for path in copy.parent.iterdir()] == ["store.db"]
    reader = Store.open_reader(copy.parent)
    assert (reader.stock()[0].quantity, reader.verify().is_ok) == (4, True)
    reader.close()


def test_bookings_go_on_while_a_copy_is_made(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    is_copying, may_end = threading.Event(), threading.Event()

    def put_in_place(part: Path, target: Path) -> None:
        is_copying.set()
        assert may_end.wait(20)
        part.replace(target)

    monkeypatch.setattr("db.backup.put_in_place", put_in_place)
    store.append([put(4)]).result()
    copied = store.backup(tmp_path / "copy.db")
    assert is_copying.wait(20)
    try:
        store.append([put(4)]).result(20)
    finally:
        may_end.set()
    assert copied.result(20) == tmp_path / "copy.db"


def test_closing_waits_for_a_copy_and_a_closed_store_makes_none(tmp_path: Path, clock: StepClock) -> None:
    store = _open(tmp_path / "home", clock)
    copied = store.backup(tmp_path / "copy.db")
    store.close()
    assert copied.result(0) == tmp_path / "copy.db"
    with pytest.raises(StoreError, match="D410"):
        store.backup(tmp_path / "later.db").result(0)


def test_a_copy_that_cannot_be_written_is_told_by_its_code(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="D409"):
        store.backup(tmp_path / "no folder" / "copy.db").result(20)


def test_going_back_begins_an_epoch_that_names_the_old_one(tmp_path: Path, clock: StepClock) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy.db"
    store = _open(home, clock)
    store.append([put(4)]).result()
    store.backup(copy).result()
    old_epoch, old_seq, old_head = store.head()
    store.append([put(1)]).result()
    store.close()
    opened = restore(home, copy, station="S1", clock=clock, operator="p_1")
    data = json.loads(opened.body)["data"]
    assert (data["old_epoch"], data["old_seq"], data["old_head"], data["why"]) == (old_epoch, old_seq, old_head, "restored")
    again = _open(home, clock)
    again.append([put(1)]).result()
    report, rows, stock = again.verify(), again.events(), again.stock()
    page = again.events(before_seq=2, newest_first=True, limit=2)
    again.close()
    assert (report.is_ok, report.epochs, stock[0].quantity) == (True, 2, 5)
    assert [(row.epoch == old_epoch, row.seq) for row in rows] == [(True, 1), (True, 2), (False, 1), (False, 2)]
    assert [(row.epoch == old_epoch, row.seq) for row in page] == [(False, 1), (True, 2)]
    (aside,) = home.glob("replaced-*")
    replaced = Store.open_reader(aside)
    assert replaced.stock()[0].quantity == 5
    replaced.close()


def _fetch(store: Store, tray: int) -> int:
    """The number of a fetch whose end nobody saw."""
    command = store.bay("VLM1", "SH1-1").last_command_id + 1
    store.append([intended(command, tray=tray), ended(command, "unknown", tray=tray)]).result()
    return command


def _last_command(store: Store) -> int:
    before = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == before
    return store.bay("VLM1", "SH1-1").last_command_id


@pytest.mark.parametrize("years_behind", [0, 20])
def test_no_number_of_a_command_is_given_again_after_going_back(tmp_path: Path, clock: StepClock, years_behind: int) -> None:
    """A late answer to a command that the copy does not know would else be one to a new command, wrong clock or not."""
    home, copy = tmp_path / "home", tmp_path / "copy.db"
    store = _open(home, clock)
    given = {_fetch(store, 7)}
    store.backup(copy).result()
    given |= {_fetch(store, tray) for tray in range(8, 20)}
    store.close()
    clock.now -= timedelta(days=365 * years_behind)
    restore(home, copy, station="S1", clock=clock)
    again = _open(home, clock)
    assert again.bay("VLM1", "SH1-1").last_command_id > max(given)
    assert _last_command(again) > max(given)
    number = _fetch(again, 7)
    assert (number > max(given), number < 2**31) == (True, True)
    assert _last_command(again) == number
    again.close()


def test_a_new_store_for_an_old_machine_gives_no_number_of_before(tmp_path: Path, clock: StepClock) -> None:
    """A command takes the machine seconds: the clock is always ahead of the numbers."""
    first = _open(tmp_path / "first", clock)
    given = {_fetch(first, 7) for _ in range(5)}
    first.close()
    second = _open(tmp_path / "second", clock)
    assert _fetch(second, 7) > max(given)
    second.close()


def test_going_back_twice_in_one_second_keeps_both(tmp_path: Path, clock: StepClock) -> None:
    home, copy, now = tmp_path / "home", tmp_path / "copy.db", clock()
    store = _open(home, clock)
    store.backup(copy).result()
    store.close()
    for _ in range(3):
        restore(home, copy, station="S1", clock=lambda: now)
    assert len([each for each in home.glob("replaced-*") if (each / "store.db").exists()]) == 3


def test_a_log_left_by_a_killed_station_is_set_aside_with_its_store(tmp_path: Path, clock: StepClock) -> None:
    """Beside the new file it would be taken for the new file's own."""
    live, home, copy = tmp_path / "live", tmp_path / "home", tmp_path / "copy.db"
    store = _open(live, clock)
    store.backup(copy).result()
    store.append([put(5)]).result()
    shutil.copytree(live, home)
    store.close()
    assert (home / "store.db-wal").stat().st_size > 0
    restore(home, copy, station="S1", clock=clock)
    assert not (home / "store.db-wal").exists()
    (aside,) = home.glob("replaced-*")
    for folder, quantities in ((home, []), (aside, [5])):
        reader = Store.open_reader(folder)
        assert [each.quantity for each in reader.stock()] == quantities
        assert reader.verify().is_ok
        reader.close()


def test_a_store_that_somebody_reads_is_set_aside_with_his_log(tmp_path: Path, clock: StepClock) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy.db"
    store = _open(home, clock)
    store.backup(copy).result()
    store.append([put(5)]).result()
    store.close()
    reader = Store.open_reader(home)
    assert reader.stock()[0].quantity == 5
    restore(home, copy, station="S1", clock=clock)
    again = _open(home, clock)
    again.append([put(1)]).result()
    assert (reader.stock()[0].quantity, again.stock()[0].quantity) == (5, 1)
    reader.close()
    assert again.verify().is_ok
    again.close()


def test_going_back_is_refused_while_the_station_runs(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    store.backup(copy).result()
    with pytest.raises(StoreError, match="D406"):
        restore(tmp_path, copy, station="S1")


def _tamper(copy: Path) -> None:
    """Change the first event's body, as somebody with the file and SQLite could."""
    engine = writer_engine(copy)
    with engine.begin() as connection:
        trigger = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'event_is_never_changed'").scalar_one()
        connection.exec_driver_sql("DROP TRIGGER event_is_never_changed")
        connection.exec_driver_sql("UPDATE event SET body = replace(body, 'created', 'salvaged') WHERE seq = 1")
        connection.exec_driver_sql(trigger)
    engine.dispose()


@pytest.mark.parametrize("spoil", ["truncated", "missing", "another", "tampered"])
def test_a_copy_that_is_no_good_leaves_the_store_alone(tmp_path: Path, clock: StepClock, spoil: str) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy.db"
    store = _open(home, clock)
    store.backup(copy).result()
    head = store.head()
    store.close()
    if spoil == "truncated":
        copy.write_bytes(copy.read_bytes()[:-8192])
    elif spoil == "tampered":
        _tamper(copy)
    elif spoil == "missing":
        copy.unlink()
    with pytest.raises(StoreError):
        restore(home, copy, station="S2" if spoil == "another" else "S1", clock=clock)
    again = _open(home, clock)
    assert again.head() == head
    again.close()
    assert not [path for path in home.iterdir() if "part" in path.name or "replaced" in path.name]


def test_a_copy_to_a_share_that_hangs_does_not_hold_up_the_end(
    tmp_path: Path, clock: StepClock, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    expect_log("a copy did not end within 0.01 s and is left behind")
    begun, answers = threading.Event(), threading.Event()

    def hang(*_: object) -> None:
        begun.set()
        answers.wait()

    monkeypatch.setattr("db.store.copy_file", hang)
    monkeypatch.setattr("db.store.COPY_PATIENCE_S", 0.01)
    store = _open(tmp_path, clock)
    store.append([put(4)]).result()
    try:
        store.backup(tmp_path / "share" / "copy.db")
        waits = store.backup(tmp_path / "another.db")
        assert begun.wait(5)
        store.close()
        assert waits.cancelled()
        again = _open(tmp_path, clock)
        assert again.stock()[0].quantity == 4
        again.close()
    finally:
        answers.set()


def test_what_a_cut_off_copy_left_goes_with_the_next_one(tmp_path: Path, clock: StepClock) -> None:
    for name in ("store-20261124T070000Z.db.part", "store-20261124T080000Z.db", "mine.db.part"):
        (tmp_path / name).touch()
    rotate(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.db.part", "store-20261124T080000Z.db"]


def test_only_the_newest_copies_are_kept(tmp_path: Path, clock: StepClock) -> None:
    names = [backup_name(clock) for _ in range(5)]
    for name in names:
        (tmp_path / name).touch()
    assert [path.name for path in rotate(tmp_path, keep=3)] == names[:2]
    assert sorted(path.name for path in tmp_path.iterdir()) == names[2:]
