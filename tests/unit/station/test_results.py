import csv
import json
import os
import threading

import pytest

from db.records.files import Imported, ResultExported
from db.records.orders import LineClosed
from db.records.stock import Corrected, Counted, Picked, Put
from db.store import Store
from station.result_row import COLUMNS, ResultError
from station.results import LAST_TURN_S, Results
from station.values import Item, Order, OrderKind, OrderLine

HERE = {"machine": "M1", "tray": 1, "compartment": "A1", "visit": 1}


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "store", station="S1", ballast_bytes=0)
    imported = Imported(what="item", file="x", sha256="", rows=1, rejected=0)
    opened.import_items([Item(code="BOLT", name="Bolt"), Item(code="WIRE", name="Wire", decimals=2)], imported).result(5)
    lines = (
        OrderLine(order="O1", line="1", item="BOLT", quantity=8, host_key="SO-9/1"),
        OrderLine(order="O1", line="2", item="WIRE", quantity=1250, owner="ACME", lot="L7"),
    )
    opened.import_orders([Order(order="O1", kind=OrderKind.PICK, host_key="SO-9", lines=lines)], imported).result(5)
    yield opened
    opened.close()


@pytest.fixture
def results(store, tmp_path):
    return Results(store=store, directory=tmp_path / "results", station="S1")


def book(store, *records):
    return store.append(records, operator="p_7").result(5)


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def facts(row, *names):
    return tuple(row[name] for name in names)


def test_a_finished_line_leaves_with_host_key_quantity_reason_and_event(store, results):
    book(store, Picked(**HERE, item="BOLT", order="O1", line="1", quantity=5, lot="L1"))
    book(store, Picked(**HERE, item="BOLT", order="O1", line="1", quantity=1, lot="L2"))
    event = book(store, LineClosed(order="O1", line="1", outcome="short", asked=8, done_quantity=6, reason="not_found"))[0]
    book(store, LineClosed(order="O1", line="2", outcome="cancelled", asked=1250, done_quantity=25, reason="host"))
    (exported,) = results.export()
    first, second = rows_of(exported.path)
    assert first == {
        "event_id": event.id,
        "seq": str(event.seq),
        "kind": "short",
        "order": "O1",
        "line": "1",
        "host_key": "SO-9/1",
        "item": "BOLT",
        "lot": "L1|L2",
        "serial": "",
        "owner": "own",
        "quantity": "6",
        "asked": "8",
        "reason": "not_found",
        "at": event.at.isoformat(),
        "person": "p_7",
    }
    assert facts(second, "kind", "host_key", "lot", "owner", "quantity", "asked") == (
        "cancelled",
        "SO-9",
        "L7",
        "ACME",
        "0.25",
        "12.50",
    )


def test_unordered_movements_corrections_and_count_differences_leave_and_nothing_else(store, results):
    book(store, Put(**HERE, item="BOLT", order="O1", line="1", quantity=12))
    book(
        store,
        Picked(**HERE, item="BOLT", quantity=3, reason="sample"),
        Put(**HERE, item="WIRE", quantity=150, reason="found"),
        Picked(**HERE, item="BOLT", order="O1", line="1", quantity=2),
        Corrected(**HERE, item="WIRE", remaining=125, order="O1", line="2", reason="not_found"),
        Counted(**HERE, item="BOLT", counted=4),
        Counted(**HERE, item="BOLT", counted=4),
    )
    (exported,) = results.export()
    assert [facts(row, "kind", "quantity", "host_key", "reason") for row in rows_of(exported.path)] == [
        ("pick", "3", "", "sample"),
        ("put", "1.50", "", "found"),
        ("correction", "-0.25", "SO-9", "not_found"),
        ("count", "-3", "", ""),
    ]


def test_each_row_is_in_one_file_and_nothing_new_writes_none(store, results):
    assert results.export() == ()
    book(store, Picked(**HERE, item="BOLT", quantity=1, reason="a"))
    first = results.export()[0].path
    assert results.export() == ()
    book(store, Picked(**HERE, item="BOLT", quantity=1, reason="b"), Picked(**HERE, item="BOLT", quantity=1, reason="c"))
    second = results.export()[0].path
    assert [row["reason"] for path in (first, second) for row in rows_of(path)] == ["a", "b", "c"]


def test_the_file_name_tells_station_epoch_first_and_last(store, results):
    first, last = book(store, Picked(**HERE, item="BOLT", quantity=1), Picked(**HERE, item="BOLT", quantity=1))
    assert results.export()[0].path.name == f"S1-{first.epoch[-8:]}-{first.seq}-{last.seq}.csv"


def test_json_has_the_same_columns(store, results):
    book(store, Picked(**HERE, item="WIRE", quantity=5, reason="ä"))
    (row,) = json.loads(results.export(form="json")[0].path.read_text(encoding="utf-8"))
    assert tuple(row) == COLUMNS
    assert facts(row, "quantity", "reason") == ("0.05", "ä")


class PowerCutError(Exception):
    pass


def test_a_crash_between_file_and_event_neither_loses_nor_doubles_a_row(store, results, monkeypatch):
    book(store, Picked(**HERE, item="BOLT", quantity=1, reason="a"))

    def cut(*args, **kwargs):
        raise PowerCutError

    with monkeypatch.context() as patch:
        patch.setattr(store, "append", cut)
        with pytest.raises(PowerCutError):
            results.export()
    before = [path.read_bytes() for path in results.out.iterdir()]
    book(store, Picked(**HERE, item="BOLT", quantity=1, reason="b"))
    exported = results.export()
    assert before[0] in [path.read_bytes() for path in results.out.iterdir()]
    assert [each.rows for each in exported] == [1, 1]
    assert sorted(row["reason"] for path in results.out.iterdir() for row in rows_of(path)) == ["a", "b"]
    assert results.export() == ()


def test_a_crash_while_writing_leaves_no_half_file_under_its_name(store, results, monkeypatch):
    book(store, Picked(**HERE, item="BOLT", quantity=1))

    def cut(*args):
        raise PowerCutError

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", cut)
        with pytest.raises(PowerCutError):
            results.export()
    assert list(results.out.glob("S1*")) == []
    assert len(results.export()) == 1
    assert len(list(results.out.iterdir())) == 1


def test_many_rows_go_into_several_files(store, results, monkeypatch):
    monkeypatch.setattr("station.results.MAX_ROWS", 2)
    book(store, *[Picked(**HERE, item="BOLT", quantity=1, reason=str(no)) for no in range(5)])
    exported = results.export()
    assert [each.rows for each in exported] == [2, 2, 1]
    assert [row["reason"] for each in exported for row in rows_of(each.path)] == list("01234")


class StopsAfter:
    """A store at which the program ends while a piece is read."""

    def __init__(self, store, pieces, stop):
        self.store, self.pieces, self.stop = store, pieces, stop
        self.read = 0

    def __getattr__(self, name):
        return getattr(self.store, name)

    def events(self, **selection):
        found = self.store.events(**selection)
        if "picked" in selection["kinds"]:
            self.read += 1
            assert selection["limit"] is not None, "the whole log at once"
            if self.read == self.pieces:
                self.stop()
        return found


def test_an_export_under_way_ends_with_the_program_and_is_finished_later(store, tmp_path, monkeypatch):
    """A million events take minutes to write; the program's end does not wait for them."""
    monkeypatch.setattr("station.results.MAX_ROWS", 3)
    monkeypatch.setattr("station.results.PIECE_EVENTS", 2)
    book(store, *[Picked(**HERE, item="BOLT", quantity=1, reason=str(no)) for no in range(10)])
    slow = StopsAfter(store, 3, lambda: results.stop())
    results = Results(store=slow, directory=tmp_path / "results", station="S1")
    first = results.export()
    assert (slow.read, [each.rows for each in first]) == (3, [3])
    rest = Results(store=store, directory=tmp_path / "results", station="S1").export()
    assert [row["reason"] for each in (*first, *rest) for row in rows_of(each.path)] == list("0123456789")


def test_the_last_turn_writes_what_waits_but_not_beyond_its_time(store, tmp_path, monkeypatch):
    monkeypatch.setattr("station.results.MAX_ROWS", 2)
    book(store, *[Picked(**HERE, item="BOLT", quantity=1) for _ in range(5)])
    moments = iter((0.0, 0.0, 0.0, LAST_TURN_S))
    late = Results(store=store, directory=tmp_path / "results", station="S1", monotonic=lambda: next(moments))
    late.stop()
    assert [each.rows for each in late.finish()] == [2]
    in_time = Results(store=store, directory=tmp_path / "results", station="S1", monotonic=lambda: 0.0)
    in_time.stop()
    assert [each.rows for each in in_time.finish()] == [2, 1]


def test_a_file_stays_until_it_is_acknowledged(store, results):
    book(store, Picked(**HERE, item="BOLT", quantity=1))
    path = results.export()[0].path
    assert results.collect_acknowledged() == ()
    path.with_name(path.name + ".ack").touch()
    assert results.collect_acknowledged() == (results.done / path.name,)
    assert list(results.out.iterdir()) == []
    assert (results.done / path.name).is_file()
    (event,) = store.events(kinds=("result_acknowledged",))
    assert json.loads(event.body)["data"]["file"] == path.name


def strays(caplog):
    return [each.getMessage() for each in caplog.records if each.name == "station.results"]


def test_a_stray_mark_stops_no_other_and_is_said_once(store, results, caplog, expect_log):
    expect_log("AAA.csv.ack")
    for name in ("AAA.csv", "AAA.csv.ack"):
        results.out.mkdir(parents=True, exist_ok=True)
        (results.out / name).touch()
    for _ in range(2):
        book(store, Picked(**HERE, item="BOLT", quantity=1))
        path = results.export()[0].path
        path.with_name(path.name + ".ack").touch()
        assert results.collect_acknowledged() == (results.done / path.name,)
    assert sorted(path.name for path in results.out.iterdir()) == ["AAA.csv", "AAA.csv.ack"]
    assert strays(caplog) == ["AAA.csv.ack marks no file of results of this station; it is left where it is"]


def test_a_stray_mark_that_comes_again_is_said_again(results, caplog, expect_log):
    expect_log("AAA.csv.ack")
    results.out.mkdir(parents=True)
    (results.out / "AAA.csv").touch()
    for _ in range(2):
        (results.out / "AAA.csv.ack").touch()
        assert results.collect_acknowledged() == ()
        (results.out / "AAA.csv.ack").unlink()
        assert results.collect_acknowledged() == ()
    assert len(strays(caplog)) == 2


def test_a_file_that_cannot_be_moved_stops_no_other(store, results, monkeypatch):
    moved = []
    for _ in range(2):
        book(store, Picked(**HERE, item="BOLT", quantity=1))
        path = results.export()[0].path
        path.with_name(path.name + ".ack").touch()
        moved.append(path)
    real = os.replace

    def refuse_first(source, target):
        if source == min(moved):
            raise PermissionError(13, "not ours", str(source))
        real(source, target)

    monkeypatch.setattr(os, "replace", refuse_first)
    with pytest.raises(PermissionError):
        results.collect_acknowledged()
    assert [path.name for path in results.done.iterdir()] == [max(moved).name]


def test_an_acknowledgement_that_was_cut_off_is_finished_and_said_once(store, results, monkeypatch):
    book(store, Picked(**HERE, item="BOLT", quantity=1))
    path = results.export()[0].path
    (results.out / f"{path.stem}.ack").touch()

    def cut(*args):
        raise PowerCutError

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", cut)
        with pytest.raises(PowerCutError):
            results.collect_acknowledged()
    assert results.collect_acknowledged() == (results.done / path.name,)
    assert len(store.events(kinds=("result_acknowledged",))) == 1


@pytest.mark.parametrize("name", ["none.csv", "../store/S1.csv", "strange.csv"])
def test_only_files_of_the_log_are_acknowledged(store, results, name):
    book(store, Picked(**HERE, item="BOLT", quantity=1))
    results.export()
    (results.out / "strange.csv").touch()
    with pytest.raises(ResultError) as caught:
        results.acknowledge(name)
    assert caught.value.code == "unknown_file"


def test_an_item_that_is_not_known_stops_the_export_instead_of_guessing_its_decimals(store, results):
    book(store, Picked(**HERE, item="NUT", quantity=1))
    with pytest.raises(ResultError, match="unknown_item"):
        results.export()
    assert list(results.out.iterdir()) == []


def test_two_threads_put_no_row_into_two_files(store, results):
    """The chore and a request: both read what is pending while bookings go on."""
    for _ in range(8):
        threads = [threading.Thread(target=results.export) for _ in range(2)]
        book(store, *[Picked(**HERE, item="BOLT", quantity=1) for _ in range(10)])
        for each in threads:
            each.start()
        book(store, Picked(**HERE, item="BOLT", quantity=1))
        for each in threads:
            each.join()
    results.export()
    rows = [row["event_id"] for path in results.out.iterdir() for row in rows_of(path)]
    assert sorted(rows) == sorted({*rows})
    assert len(rows) == 88


def test_export_goes_on_after_the_last_row_though_a_file_of_earlier_rows_is_said_later(store, results):
    first, _, last = book(store, *[Picked(**HERE, item="BOLT", quantity=1) for _ in range(3)])
    for through in (last.seq, last.seq - 1):
        told = ResultExported(file=f"{through}.csv", rows=1, from_seq=first.seq, through_seq=through, epoch=first.epoch)
        book(store, told)
    assert results.export() == ()


@pytest.mark.skipif(os.name != "posix", reason="rights of files are kept in modes on POSIX only")
def test_a_file_of_results_is_for_the_owner_alone(store, results):
    before = os.umask(0)
    try:
        book(store, Picked(**HERE, item="BOLT", quantity=1))
        (exported,) = results.export()
    finally:
        os.umask(before)
    assert exported.path.stat().st_mode & 0o777 == 0o600
