"""Damage to the store is found at the start, and what can be saved is: a proven beginning of the record, nothing invented."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from db.backup import COPIES_FOLDER
from db.engine import writer_engine
from db.errors import CHAIN_BROKEN, CORRUPT, OTHER_STATION, RESTORE_CUT, StoreError
from db.event_pool import CHANGED, MISSING
from db.page_reader import PAGE_BYTES, PageReader
from db.rows.events import EventRow
from db.rows.people import Person, Role
from db.salvage import SalvageReport, salvage
from db.store import Store
from db.verifier import link_hash
from tests.helpers.tours import environment
from tests.unit.db import made

STEPS = Path(__file__).with_name("restore_steps.py")
ROOT = Path(__file__).parents[2]
COPY_NAME = "store-20261124T080000Z.db"
EARLY, LATE = 200, 60  # picks before the copy and after it


@dataclass(frozen=True)
class Past:
    """A store, its copy of earlier, and what it held. `live` is what the disk held while the station ran, with its log."""

    home: Path
    live: Path
    copy: Path
    rows: tuple[EventRow, ...]


def open_store(directory: Path) -> Store:
    return Store.open(directory, station="S1", ballast_bytes=0)


def pick(store: Store, times: int) -> None:
    for number in range(times):
        tall = "x" * (6000 if number % 40 == 7 else 0)  # some events go on on pages of their own
        store.append([made.picked(1, reason=f"Grün {number}{tall}")], operator="p_1").result()


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    folder = tmp_path_factory.mktemp("past")
    home, live, copy = folder / "home", folder / "live", folder / COPY_NAME
    store = open_store(home)
    store.import_items([made.item(f"A{number:03}") for number in range(300)] + [made.item("A")], made.imported("item")).result()
    store.import_trays([made.tray()], made.imported("tray")).result()
    store.import_orders([made.order(f"O{number}") for number in range(40)], made.imported("order")).result()
    for number in (1, 2):
        who = Person(person=f"p_{number}", name=f"Åse {number}", role=Role.OPERATOR)
        store.add_person(who, badge_digest=f"b{number}", verifier="v", pepper_id="k").result()
    pick(store, EARLY)
    store.backup(copy).result()
    store.disable_person("p_2").result()
    store.close()
    store = open_store(home)  # the log beside the file begins here
    pick(store, LATE)
    rows = store.events(limit=None)
    shutil.copytree(home, live)
    store.close()
    return Past(home, live, copy, rows)


@pytest.fixture
def home(past: Past, tmp_path: Path) -> Path:
    return Path(shutil.copytree(past.home, tmp_path / "home"))


def page_of(path: Path, seq: int) -> int:
    with closing(PageReader(path)) as reader:
        return next(spot.page for spot, _, link in reader.events() if link.seq == seq)


def overwrite(path: Path, page: int, *, count: int = 1) -> None:
    with path.open("r+b") as file:
        file.seek(page * PAGE_BYTES)
        file.write(b"\xa5" * PAGE_BYTES * count)


def damage_middle(path: Path) -> None:
    overwrite(path, page_of(path, 150))


def damage_several(path: Path) -> None:
    for seq in (60, 120, 180):
        overwrite(path, page_of(path, seq))


def damage_end(path: Path) -> None:
    overwrite(path, path.stat().st_size // PAGE_BYTES - 4, count=4)


def cut_off(path: Path) -> None:
    os.truncate(path, path.stat().st_size * 4 // 5 // PAGE_BYTES * PAGE_BYTES + 700)  # the tables come first, then the events


def destroy_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(100))


def destroy_first_page(path: Path) -> None:
    overwrite(path, 0)


def forget_version(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(60)
        file.write(bytes(4))


def edit_event(path: Path) -> None:
    content = path.read_bytes()
    assert content.count(b'"reason":"Gr\xc3\xbcn 131"') == 1
    path.write_bytes(content.replace(b'"reason":"Gr\xc3\xbcn 131"', b'"reason":"Gr\xc3\xbcn 137"'))


def forge_event(path: Path) -> None:
    """As `edit_event`, with the hash that belongs to it."""
    old, new = b'"reason":"Gr\xc3\xbcn 131"', b'"reason":"Gr\xc3\xbcn 137"'
    with closing(PageReader(path)) as reader:
        link = next(link for _, _, link in reader.events() if old.decode() in link.body)
    forged = link_hash(bytes.fromhex(link.prev), link.body.replace(old.decode(), new.decode()))
    content = path.read_bytes().replace(old, new)
    at = content.index(bytes.fromhex(link.prev) + bytes.fromhex(link.hash))
    path.write_bytes(content[: at + 32] + forged + content[at + 64 :])


def remove_trigger(path: Path) -> None:
    engine = writer_engine(path)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER event_is_never_changed")
    engine.dispose()


def empty(path: Path) -> None:
    os.truncate(path, 0)


Damage = Callable[[Path], None]
FOUND = {
    damage_middle: {CORRUPT},
    damage_several: {CORRUPT},
    damage_end: {CORRUPT},
    cut_off: {CORRUPT},
    destroy_header: {CORRUPT},
    destroy_first_page: {CORRUPT},
    forget_version: {CORRUPT},
    edit_event: {CHAIN_BROKEN},
    forge_event: {CHAIN_BROKEN},
    remove_trigger: {CORRUPT},
}
WHOLE = (destroy_header, destroy_first_page, forget_version, remove_trigger)  # the events themselves are untouched
each_damage = pytest.mark.parametrize("damage", FOUND, ids=lambda damage: damage.__name__)


def code_of_start(directory: Path) -> str:
    try:
        open_store(directory).close()
    except StoreError as error:
        return error.code
    return ""


def rows_of(directory: Path) -> tuple[EventRow, ...]:
    with closing(open_store(directory)) as store:
        assert store.verify().is_ok
        assert store.stock_matches_log()
        digest = store.projection_digest()
        store.rebuild().result()
        assert store.projection_digest() == digest
        return store.events(limit=None)


def check_beginning(past: Past, directory: Path, report: SalvageReport) -> None:
    """The new store begins with the old record, byte for byte, and goes on in an epoch that says so."""
    *kept, opened = rows_of(directory)
    assert kept == list(past.rows[: report.events])
    assert (report.old_epoch, report.old_seq, report.old_head) == (kept[-1].epoch, kept[-1].seq, kept[-1].hash)
    data = json.loads(opened.body)["data"]
    assert (data["old_epoch"], data["old_seq"], data["old_head"]) == (report.old_epoch, report.old_seq, report.old_head)
    assert (opened.kind, opened.seq, data["why"], opened.epoch) == ("epoch_opened", 1, "salvaged", report.epoch)


@each_damage
def test_damage_is_found_at_the_start(home: Path, damage: Damage) -> None:
    damage(home / "store.db")
    assert code_of_start(home) in FOUND[damage]


@each_damage
def test_a_proven_beginning_is_saved_and_the_old_file_kept(past: Past, home: Path, damage: Damage) -> None:
    damage(home / "store.db")
    spoilt = (home / "store.db").read_bytes()
    report = salvage(home)
    check_beginning(past, home, report)
    assert (Path(report.kept) / "store.db").read_bytes() == spoilt
    assert not [path.name for path in home.rglob("*.part")]
    if damage in WHOLE:
        assert report.events == len(past.rows)


def test_a_lost_head_of_the_file_costs_nothing(home: Path) -> None:
    destroy_header(home / "store.db")
    assert salvage(home).site_damaged == ()
    with closing(open_store(home)) as store:
        assert (len(store.items()), len(store.open_orders()), len(store.people())) == (301, 40, 2)


def test_where_and_why_the_record_stops_is_told(past: Past, home: Path) -> None:
    damage_middle(home / "store.db")
    report = salvage(home)
    assert (report.stopped, report.stopped_seq) == (MISSING, report.events + 1)
    assert 100 < report.events < 150
    assert report.left_out > 80
    assert report.events + report.left_out < len(past.rows)


@pytest.mark.parametrize("change", [edit_event, forge_event])
def test_an_edited_event_ends_what_is_saved(past: Past, home: Path, change: Damage) -> None:
    change(home / "store.db")
    at = next(row.seq for row in past.rows if '"Grün 131"' in row.body)
    report = salvage(home)
    assert (report.stopped, report.stopped_seq, report.events) == (CHANGED, at, at - 1)


def give_copy(past: Past, home: Path) -> Path:
    folder = home / COPIES_FOLDER
    folder.mkdir(exist_ok=True)
    return Path(shutil.copy(past.copy, folder))


@pytest.mark.parametrize("damage", [damage_several, edit_event, forge_event])
def test_what_a_damaged_page_held_comes_from_the_newest_copy(past: Past, home: Path, damage: Damage) -> None:
    """The copy ends before the store does: what follows the gap is the store's own again."""
    damage(home / "store.db")
    copy = give_copy(past, home)
    report = salvage(home, copies=[copy.parent])
    check_beginning(past, home, report)
    assert report.events == len(past.rows)
    assert (report.from_copy > 0, report.stopped, report.copy) == (True, "", str(copy))
    assert report.left_out == (1 if damage is forge_event else 0), "the forged one"


def test_the_sites_rows_come_along_and_the_copys_in_place_of_lost_ones(past: Past, home: Path) -> None:
    """Who was sent away after the copy was made stays away."""
    destroy_first_page(home / "store.db")
    report = salvage(home, copies=[give_copy(past, home).parent])
    assert {"site_item", "site_person", "site_order_line"} <= set(report.site_damaged)
    with closing(open_store(home)) as store:
        assert len(store.items()) == 301
        assert len(store.open_orders()) == 40
        assert {(each.person, each.is_active) for each in store.people()} == {("p_1", True), ("p_2", False)}


def test_rows_beside_a_damaged_page_of_the_site_are_saved(home: Path) -> None:
    path = home / "store.db"
    content = path.read_bytes()
    overwrite(path, content.index(b"Item A150") // PAGE_BYTES)
    assert code_of_start(home) == CORRUPT
    report = salvage(home)
    assert (report.site_damaged, report.stopped, report.left_out) == (("site_item",), "", 0)
    with closing(open_store(home)) as store:
        found = {each.code for each in store.items()}
        assert len(store.people()) == 2
    assert {"A000", "A299"} <= found
    assert 200 < len(found) < 301


def test_an_emptied_store_beside_its_copies_is_refused_and_comes_back_from_the_newest(past: Past, home: Path) -> None:
    empty(home / "store.db")
    copy = give_copy(past, home)
    assert code_of_start(home) == CORRUPT
    report = salvage(home, copies=[copy.parent])
    check_beginning(past, home, report)
    assert report.events == report.from_copy == past.rows.index(next(r for r in past.rows if r.kind == "person_disabled"))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.999])
def test_a_truncated_log_costs_the_newest_events_and_no_others(past: Past, tmp_path: Path, share: float) -> None:
    """What is left of it is a whole store: no start can know what is missing. A copy of later does."""
    home = Path(shutil.copytree(past.live, tmp_path / "home"))
    os.truncate(home / "store.db-wal", int((home / "store.db-wal").stat().st_size * share))
    assert code_of_start(home) == ""
    rows = rows_of(home)
    assert list(rows) == list(past.rows[: len(rows)])
    assert salvage(home).is_sound


def test_events_that_only_a_later_copy_has_are_fetched_from_it(past: Past, tmp_path: Path) -> None:
    """An older file was put in the place of the store."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(past.copy, home / "store.db")
    later = home / COPIES_FOLDER
    later.mkdir()
    shutil.copy(past.home / "store.db", later / COPY_NAME)
    report = salvage(home, copies=[later])
    assert not report.is_sound
    check_beginning(past, home, report)
    assert report.events == len(past.rows)


def test_the_log_of_a_damaged_store_is_read_and_kept_as_it_is(past: Past, tmp_path: Path) -> None:
    home = Path(shutil.copytree(past.live, tmp_path / "home"))
    damage_middle(home / "store.db")
    kept = {name: (home / name).read_bytes() for name in ("store.db", "store.db-wal")}
    report = salvage(home, copies=[give_copy(past, home).parent])
    check_beginning(past, home, report)
    assert report.events == len(past.rows)
    assert {name: (Path(report.kept) / name).read_bytes() for name in kept} == kept


def test_what_the_store_went_back_from_is_never_salvaged(past: Past, home: Path) -> None:
    """The newest copy was made before the store went back to an older one: what only it has is no longer of this record."""
    from db.backup import restore

    copies = home / COPIES_FOLDER
    copies.mkdir()
    shutil.copy(home / "store.db", copies / COPY_NAME)
    restore(home, past.copy, station="S1")
    with closing(open_store(home)) as store:
        pick(store, 30)
        rows = store.events(limit=None)
    overwrite(home / "store.db", page_of(home / "store.db", 40))  # of the old epoch: the copy has it
    report = salvage(home, copies=[copies])
    check_beginning(replace(past, rows=rows), home, report)
    assert report.events == len(rows)


def test_where_the_way_back_is_lost_the_record_ends_before_it(past: Past, home: Path) -> None:
    """What the copy has beyond the point to which the store went back must not come in its place."""
    from db.backup import restore

    copies = home / COPIES_FOLDER
    copies.mkdir()
    shutil.copy(home / "store.db", copies / COPY_NAME)
    opened = restore(home, past.copy, station="S1")
    with closing(open_store(home)) as store:
        pick(store, 30)
        rows = store.events(limit=None)
    with closing(PageReader(home / "store.db")) as reader:
        page = next(spot.page for spot, _, link in reader.events() if link.id == opened.id)
    overwrite(home / "store.db", page)
    report = salvage(home, copies=[copies])
    check_beginning(replace(past, rows=rows), home, report)
    assert (report.stopped, report.left_out > 0, report.from_copy) == (MISSING, True, 0)


def test_a_sound_store_is_left_alone(past: Past, home: Path) -> None:
    before = (home / "store.db").read_bytes()
    report = salvage(home, copies=[give_copy(past, home).parent])
    assert (report.is_sound, report.kept) == (True, "")
    assert (home / "store.db").read_bytes() == before
    assert not list(home.glob("replaced-*"))


def test_a_record_of_another_station_is_refused_and_left(home: Path) -> None:
    destroy_header(home / "store.db")
    before = (home / "store.db").read_bytes()
    with pytest.raises(StoreError, match=OTHER_STATION):
        salvage(home, station="S2")
    assert (home / "store.db").read_bytes() == before


def test_garbage_throughout_leaves_a_store_that_names_nothing(home: Path) -> None:
    (home / "store.db").write_bytes(b"no database" * 5000)
    with pytest.raises(StoreError, match="name the station"):
        salvage(home)
    report = salvage(home, station="S1")
    assert (report.events, report.old_seq) == (0, 0)
    (opened,) = rows_of(home)
    assert '"why":"salvaged"' in opened.body


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the steps are counted in forked children")
@pytest.mark.parametrize("has_log", [False, True], ids=["one_file", "with_log"])
def test_a_killed_salvage_is_done_again(past: Past, tmp_path: Path, has_log: bool) -> None:
    home, cases = tmp_path / "home", tmp_path / "cases"
    shutil.copytree(past.live if has_log else past.home, home)
    damage_middle(home / "store.db")
    spoilt = (home / "store.db").read_bytes()
    words = [sys.executable, str(STEPS), str(home), "-", str(cases), "links", "salvage"]
    subprocess.run(words, check=True, env=environment() | {"PYTHONPATH": str(ROOT)}, timeout=100)
    found = sorted(cases.iterdir())
    assert len(found) > 8, "too few steps to prove anything"
    ends = [code_of_start(case) for case in found]
    order = [CORRUPT, RESTORE_CUT, ""]
    assert ends == sorted(ends, key=order.index)
    assert {ends[0], ends[-1]} == {CORRUPT, ""}
    assert (RESTORE_CUT in ends) is has_log
    for case, end in zip(found, ends, strict=True):
        assert salvage(case).is_sound is (end == "")
        assert code_of_start(case) == ""
        (kept,) = case.glob("replaced-*")
        if not has_log:  # where there is one, the start that was refused has moved it into the file
            assert (kept / "store.db").read_bytes() == spoilt
        saved = [row.hash for row in rows_of(case)[:-1]]
        assert len(saved) > 100
        assert saved == [row.hash for row in past.rows[: len(saved)]]
