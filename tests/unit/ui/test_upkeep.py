"""The copies of the store go where the settings say; what fails is told."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.envelope import utc_now
from db.errors import BACKUP_FAILED
from db.room import room_code
from db.store import Store
from station.faces.store_alarm import SENTENCES
from station.pull.keeper import PullKeeper
from station.settings import BackupSettings, FolderSettings, Settings
from station.store_watch import OF_CHORES, StoreWatch
from ui.bootstrap.hosts import make_host_chores
from ui.bootstrap.requests import make_results
from ui.bootstrap.station import emergency_chore, make_chores, make_retention, pull_chore
from ui.bootstrap.telling import make_teller, telling_chore
from ui.bootstrap.upkeep import Copies, copy_folders, make_upkeep
from ui.sentences.codes import CODES
from ui.sentences.messages import MESSAGES


class Bay:
    """A store and its copies, at a time that the test moves on."""

    def __init__(self, directory: Path, named: Path | None) -> None:
        self.now = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
        self.directory = directory
        self.store = Store.open(directory, station="S1", ballast_bytes=0)
        settings = replace(Settings(), backup=BackupSettings(directory=str(named) if named else ""))
        self.folders = copy_folders(settings, directory)
        self.watch = StoreWatch()
        self.copies = Copies(self.store, self.folders, self.watch, keep=24, utc=lambda: self.now)

    def turn(self, *, after: timedelta = timedelta()) -> list[str]:
        self.now += after
        self.copies.turn()
        return sorted(path.name for path in self.folders[0].glob("store-*"))


@pytest.fixture
def bay(tmp_path: Path) -> Iterator[Bay]:
    made = Bay(tmp_path / "data", tmp_path / "share")
    yield made
    made.store.close()


def test_a_copy_is_made_each_hour_also_when_the_station_is_started_anew(bay: Bay, tmp_path: Path) -> None:
    first = "store-20261124T070000Z.db"
    assert bay.turn() == [first]
    assert bay.turn(after=timedelta(minutes=59)) == [first]
    bay.copies = Copies(bay.store, bay.folders, bay.watch, keep=24, utc=lambda: bay.now)
    assert bay.turn(after=timedelta(minutes=1)) == [first, "store-20261124T080000Z.db"]
    with closing(Store.open_reader(tmp_path / "data")) as reader:
        assert reader.head() == bay.store.head()


def test_each_station_has_a_folder_of_its_own_in_the_second_place(bay: Bay, tmp_path: Path) -> None:
    bay.turn()
    (copy,) = (tmp_path / "share" / "S1").iterdir()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert not (tmp_path / "data" / "backups").exists()


def test_without_a_second_place_they_lie_in_the_data_directory(tmp_path: Path) -> None:
    assert copy_folders(Settings(), tmp_path) == (tmp_path / "backups",)


def test_a_place_that_fails_is_told_and_the_copy_lies_in_the_data_directory(bay: Bay, tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.write_text("no folder", encoding="utf-8")
    with pytest.raises(OSError, match="share"):
        bay.turn()
    assert bay.watch.alarms == (BACKUP_FAILED,)
    assert len(list((tmp_path / "data" / "backups").iterdir())) == 1
    share.unlink()
    assert len(bay.turn()) == 1
    assert bay.watch.alarms == ()


def test_a_clock_that_was_set_back_stops_no_copies(bay: Bay) -> None:
    bay.turn()
    assert len(bay.turn(after=-timedelta(days=400))) == 2


@pytest.mark.parametrize(
    ("free_mib", "code"), [(100_000, ""), (1024, ""), (1023, "D422"), (256, "D422"), (255, "D423"), (0, "D423")]
)
def test_the_room_on_the_disk_is_judged(free_mib: int, code: str) -> None:
    assert room_code(free_mib * 1024 * 1024) == code


def test_the_worst_is_said_first_and_each_goes_by_itself() -> None:
    watch = StoreWatch()
    watch.tell_backup(is_made=False)
    watch.tell_check(is_whole=False)
    watch.tell_room("D423")
    assert watch.alarms == ("D423", "D424", "D421")
    watch.tell_room("D422")
    assert watch.alarms == ("D424", "D422", "D421")
    watch.tell_room("")
    watch.tell_check(is_whole=True)
    watch.tell_backup(is_made=True)
    assert watch.alarms == ()


def test_a_station_copies_and_proves_its_store_by_itself(tmp_path: Path) -> None:
    """The last event is of yesterday: nobody works, and tonight's check was missed."""
    yesterday = datetime.now(UTC) - timedelta(days=1, hours=1)
    store = Store.open(tmp_path, station="S1", clock=lambda: yesterday, ballast_bytes=0)
    watch = StoreWatch()
    try:
        chores = {each.name: each for each in make_upkeep(store, Settings(), tmp_path, watch)}
        assert all(each.is_apart for each in chores.values())
        for each in chores.values():
            each.do()
        assert len(list((tmp_path / "backups").glob("store-*"))) == 1
        (checked,) = store.events(kinds=("store_checked",))
        assert '"events":1' in checked.body
        assert '"findings":[]' in checked.body
        assert set(watch.alarms) <= {"D422", "D423"}, "this computer's disk may be full"
        chores["full check"].stop()
    finally:
        store.close()


def test_every_chore_that_fails_is_shown_by_a_code_that_has_its_words(tmp_path: Path) -> None:
    settings, watch = Settings(folder=(FolderSettings(inbox=str(tmp_path / "in")),)), StoreWatch()
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)) as store:
        results = make_results(store, settings.results, tmp_path, "S1")
        chores = (
            *make_chores(store, results, heads=tmp_path / "heads"),
            make_retention(store, results, tmp_path, settings.retention),
            *make_upkeep(store, settings, tmp_path, watch),
            emergency_chore(store, settings, tmp_path),
            *make_host_chores(store, results, settings, tmp_path),
            pull_chore(PullKeeper(store, utc=utc_now)),
            telling_chore(make_teller(store, settings, None)),
        )
        assert {each.code for each in chores} == set(OF_CHORES) <= set(CODES)
        assert {SENTENCES[each.code] for each in chores} <= set(MESSAGES)
