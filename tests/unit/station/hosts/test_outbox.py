"""Results out: in the host's folder until it says that it has them, and each row known by its key."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from db.records.files import ResultExported
from db.records.stock import Picked
from db.store import Store
from station.hosts.folder import Folder
from station.hosts.outbox import WRITERS, Outbox
from station.results import Results
from tests.unit.station.hosts.conftest import make_folder

HERE = {"machine": "M1", "tray": 1, "compartment": "A1", "visit": 1}


@pytest.fixture
def results(store: Store, tmp_path: Path) -> Results:
    return Results(store=store, directory=tmp_path / "results", station="S1")


def book(store: Store, results: Results, reason: str = "sample") -> Path:
    store.append([Picked(**HERE, item="BOLT", quantity=3, reason=reason)], operator="p_1").result(5)
    (file,) = results.export()
    return file.path


class Station:
    """One station's way out into a folder; a new one is the program started anew."""

    def __init__(self, folder: Folder, results: Results, store: Store, all_of: tuple[str, ...] = ("host",)) -> None:
        self.now_s = 0.0
        self.outbox = Outbox(
            folder=folder,
            results=results,
            store=store,
            write=WRITERS[folder.form],
            suffix=f".{folder.form}",
            all_of=all_of,
            monotonic=lambda: self.now_s,
        )

    def deliver(self, *, after_s: float = 1.0) -> list[str]:
        self.now_s += after_s
        return [each.name for each in self.outbox.deliver()]


@pytest.mark.parametrize("form", ["csv", "json", "xml"])
def test_each_form_holds_the_same_row(tmp_path: Path, store: Store, results: Results, form: str) -> None:
    source = book(store, results)
    (name,) = Station(make_folder(tmp_path, format=form), results, store).deliver()
    content = (tmp_path / "out" / name).read_text(encoding="utf-8")
    (event,) = store.events(kinds=("picked",))
    if form == "xml":
        (row,) = [{field.tag: field.text or "" for field in each} for each in ET.fromstring(content)]
    elif form == "json":
        (row,) = json.loads(content)
    else:
        (row,) = csv.DictReader(content.splitlines())
    assert (name, row["event_id"], row["quantity"], row["kind"]) == (f"{source.stem}.{form}", event.id, "3", "pick")


def test_a_file_lies_there_until_its_mark_and_is_told_as_acknowledged(
    tmp_path: Path, folder: Folder, store: Store, results: Results
) -> None:
    source = book(store, results)
    station = Station(folder, results, store)
    assert station.deliver() == [source.name]
    assert station.deliver() == []
    (tmp_path / "out" / f"{source.name}.ack").touch()
    station.deliver()
    assert list((tmp_path / "out").iterdir()) == []
    assert (results.done / source.name).exists()
    (event,) = store.events(kinds=("result_acknowledged",))
    assert json.loads(event.body)["data"] == {"file": source.name, "folder": "host"}
    assert station.deliver() == []


def test_a_file_that_was_taken_without_its_mark_comes_again_with_the_same_bytes(
    tmp_path: Path, folder: Folder, store: Store, results: Results, expect_log: object
) -> None:
    expect_log("was taken without an acknowledgement and is sent again")  # type: ignore[operator]
    source = book(store, results)
    station = Station(folder, results, store)
    station.deliver()
    first = (tmp_path / "out" / source.name).read_bytes()
    (tmp_path / "out" / source.name).unlink()
    assert station.deliver(after_s=folder.resend_s / 2) == []
    assert station.deliver(after_s=folder.resend_s) == [source.name]
    assert (tmp_path / "out" / source.name).read_bytes() == first


def test_a_mark_that_comes_after_the_file_was_fetched_counts(
    tmp_path: Path, folder: Folder, store: Store, results: Results
) -> None:
    source = book(store, results)
    station = Station(folder, results, store)
    station.deliver()
    (tmp_path / "out" / source.name).rename(tmp_path / "fetched.csv")
    (tmp_path / "out" / f"{source.stem}.ack").touch()
    assert station.deliver(after_s=9999) == []
    assert (results.done / source.name).exists()


def test_a_crash_after_the_acknowledgement_is_mended(tmp_path: Path, folder: Folder, store: Store, results: Results) -> None:
    source = book(store, results)
    Station(folder, results, store).deliver()
    (tmp_path / "out" / f"{source.name}.ack").touch()
    station = Station(folder, results, store)
    station.outbox._acks.say(source)
    assert Station(folder, results, store).deliver() == []
    assert (list((tmp_path / "out").iterdir()), len(store.events(kinds=("result_acknowledged",)))) == ([], 1)


def test_two_hosts_each_acknowledge_for_themselves(tmp_path: Path, store: Store, results: Results) -> None:
    source = book(store, results)
    homes = {name: tmp_path / name for name in ("erp", "mes")}
    for home in homes.values():
        home.mkdir()
    stations = {name: Station(make_folder(home, name=name), results, store, ("erp", "mes")) for name, home in homes.items()}
    for each in stations.values():
        assert each.deliver() == [source.name]
    (homes["erp"] / "out" / f"{source.name}.ack").touch()
    stations["erp"].deliver()
    assert results.exported() == (source,)
    assert (homes["mes"] / "out" / source.name).exists()
    (homes["mes"] / "out" / f"{source.name}.ack").touch()
    stations["mes"].deliver()
    assert results.exported() == ()


def test_a_file_that_the_log_does_not_know_yet_is_not_sent(
    folder: Folder, store: Store, results: Results, tmp_path: Path
) -> None:
    results.out.mkdir(parents=True)
    (results.out / "S1-aaaaaaaa-1-2.csv").write_text("event_id\n", encoding="utf-8")
    station = Station(folder, results, store)
    assert station.deliver() == []
    store.append([ResultExported(file="S1-aaaaaaaa-1-2.csv", rows=0, from_seq=1, through_seq=2)]).result(5)
    assert station.deliver() == ["S1-aaaaaaaa-1-2.csv"]


def test_a_share_that_is_away_is_an_error_and_no_acknowledgement(
    tmp_path: Path, folder: Folder, store: Store, results: Results
) -> None:
    book(store, results)
    station = Station(folder, results, store)
    station.deliver()
    (tmp_path / "out").rename(tmp_path / "away")
    with pytest.raises(OSError, match="is not there"):
        station.deliver(after_s=9999)
    assert store.events(kinds=("result_acknowledged",)) == ()
