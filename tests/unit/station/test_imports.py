import csv
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.store import Store
from station.imports import import_file
from station.imports.run import kind_of
from station.imports.tray import row_letters
from station.values import (
    Compartment,
    LineState,
    OrderKind,
    OrderState,
    Pack,
    Place,
    ProofRule,
    RoundRule,
    StockKey,
    StockStatus,
)

DOCUMENT = Path(__file__).parents[3] / "docs" / "hosts.md"
ITEMS = "item,name,decimals,lot_tracked\nBOLT,Bolt,0,\nPAINT,Paint,2,yes\n"
TRAYS = "machine,tray,width_mm,depth_mm,columns,rows\nM1,1,400,200,4,2\n"


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "store", station="S1", ballast_bytes=0)
    yield opened
    opened.close()


@pytest.fixture
def take(tmp_path, store):
    """Writes a file and imports it."""

    def taken(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return import_file(path, store, operator="p_1")

    return taken


@pytest.fixture
def site(take):
    take("items.csv", ITEMS)
    take("trays.csv", TRAYS)


def errors_of(report):
    return [(each.line, each.field, each.reason) for each in report.errors]


# --- the document


def examples():
    return re.findall(r"`([a-z]+\.(?:csv|json))`\n```[a-z]+\n(.+?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)


def test_the_documents_examples_go_in_whole(tmp_path, store):
    paths = []
    for name, content in examples():
        paths.append(tmp_path / name)
        paths[-1].write_text(content, encoding="utf-8")
    reports = [import_file(path, store) for path in paths]
    assert [each.what for each in reports] == [
        "item",
        "kit",
        "tray",
        "stock",
        "order",
        "order",
        "order",
        "loop",
        "signal",
        "step",
    ]
    assert [(each.rejected, each.errors, each.ignored_columns) for each in reports] == [(0, (), ())] * 10
    screw = store.item("SCR-M4")
    assert (screw.packs, screw.rounding) == ((Pack("box", 50), Pack("carton", 500)), RoundRule.FULL_PACK)
    assert [each.quantity for each in store.stock_of_item("RES-X")] == [4250]
    put = store.order("4713")
    assert (put.kind, put.lines[0].place, put.lines[1].quantity) == (OrderKind.PUT, Place("M1", 1, "A2"), 2500)
    assert store.order("4711").need_by == datetime(2026, 5, 4, 6, 0, tzinfo=UTC)


# --- rows


def test_good_rows_go_in_and_bad_rows_land_in_the_reject_file(take, store, tmp_path):
    report = take("items.csv", "item,name,decimals\nA,Ay,0\nB,,1\nC,Cee,7\nD,Dee,\n")
    assert (report.rows, report.rejected) == (2, 2)
    assert errors_of(report) == [(3, "name", "missing"), (4, "decimals", "out_of_range")]
    assert (report.errors[1].file, report.errors[1].value, report.errors[1].allowed) == ("items.csv", "7", "0 to 3")
    assert store.item("A") is not None
    assert store.item("B") is None
    with open(report.reject_file, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert report.reject_file == str(tmp_path / "items.reject.csv")
    assert rows[0] == {"item": "B", "name": "", "decimals": "1", "reject_reason": "name: missing"}


def test_a_mended_reject_file_is_imported_as_it_is(take, tmp_path):
    rejected = Path(take("items.csv", "item;name\nA;\n").reject_file)
    report = take("items.reject.csv", rejected.read_text().replace("A;;", "A;Ay;"))
    assert (report.rows, report.rejected, report.ignored_columns) == (1, 0, ())


def test_a_clean_import_removes_the_reject_file_of_the_one_before(take, tmp_path):
    take("items.csv", "item,name\nA,\n")
    assert (tmp_path / "items.reject.csv").exists()
    take("items.csv", "item,name\nA,Ay\n")
    assert not (tmp_path / "items.reject.csv").exists()


def test_the_import_is_an_event_with_hash_and_counts(take, store):
    report = take("items.csv", "item,name\nA,Ay\nB,\n")
    event = store.events(kinds=("imported",), newest_first=True, limit=1)[0]
    data = json.loads(event.body)["data"]
    assert data == {"what": "item", "file": "items.csv", "sha256": report.sha256, "rows": 1, "rejected": 1}
    assert event.operator == "p_1"


def test_one_missing_quote_spoils_one_row(take, tmp_path):
    report = take("items.csv", 'item,name\nA,"Ay\nB,Bee\nC,Cee,x\n')
    assert errors_of(report) == [(2, "", "bad_quotes"), (4, "", "wrong_number_of_fields")]
    assert (report.rows, report.rejected) == (1, 2)
    assert (tmp_path / "items.reject.csv").read_text().splitlines() == [
        "item,name,surplus,reject_reason",
        ',,"A,""Ay",bad_quotes',
        "C,Cee,x,wrong_number_of_fields",
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("items.csv", "item,name,note\nA,Ay,with, comma\n"),
        ("items.csv", "item;name;note\nA;Ay\n"),
        ("items.csv", "item,name,note,surplus\nA,Ay,,x,y\n"),
        ("items.csv", 'item,name,note\nA,"Ay,\n'),
        ("items.csv", "item,name\nB,Bee\nA,Ay\nA,Other\n"),
        ("items.json", '[{"item": "A", "name": "Ay", "note": {"a": [1]}}]'),
    ],
)
def test_a_reject_file_that_nobody_mended_is_refused_again(take, store, name, content):
    first = Path(take(name, content).reject_file)
    before, names_before = first.read_text(), store.item("A") and store.item("A").name
    again = take(first.name, before)
    assert (again.rows, again.rejected) == (0, 1)
    assert Path(again.reject_file).read_text() == before  # nothing is lost, however often it goes round
    assert (store.item("A") and store.item("A").name) == names_before


def test_a_row_with_too_many_fields_goes_in_when_its_reason_is_emptied(take, store):
    first = Path(take("items.csv", "item,name,note\nA,Ay,with, comma\n").reject_file)
    assert first.read_text().splitlines()[1] == "A,Ay,with,comma,wrong_number_of_fields"
    report = take(first.name, "item,name,note,surplus,reject_reason\nA,Ay,with a comma,,\n")
    assert (report.rows, report.rejected, report.ignored_columns) == (1, 0, ("surplus",))
    assert store.item("A").note == "with a comma"


def test_a_byte_that_is_no_utf8_spoils_its_row_and_is_kept_in_the_reject_file(take, tmp_path):
    report = take("items.csv", b"\xef\xbb\xbfitem,name\r\nA,\xe4\r\nB,Bee\r\n")
    assert errors_of(report) == [(2, "name", "not_utf8")]
    assert report.rows == 1
    assert b"A,\xe4," in (tmp_path / "items.reject.csv").read_bytes()


def test_unknown_columns_are_told_and_empty_rows_passed_over(take):
    report = take("items.csv", "Item; NAME ;prise\nA;Ay;3\n;;\n\n")
    assert (report.rows, report.errors, report.ignored_columns) == (1, (), ("prise",))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.csv", "", "empty_file"),
        ("x.csv", "\n\n", "empty_file"),
        ("x.csv", "a,b\n1,2\n", "unknown_columns"),
        ("x.csv", "item,item\n", "bad_header"),
        ("x.json", "{", "not_json"),
        ("x.json", "[" * 100_000, "not_json"),
        ("x.json", "5", "no_rows"),
        ("x.json", "[]", "unknown_columns"),
    ],
)
def test_a_file_that_is_not_understood_changes_nothing(take, store, name, content, reason):
    before = store.head()
    report = take(name, content)
    assert (report.what, report.rows, report.rejected) == ("", 0, 1)
    assert [each.reason for each in report.errors] == [reason]
    assert store.head() == before


def test_a_missing_file_is_reported(tmp_path, store):
    assert import_file(tmp_path / "none.csv", store).errors[0].reason == "unreadable"


def test_without_a_place_for_the_reject_file_nothing_goes_in(take, store, tmp_path):
    (tmp_path / "items.reject.csv").mkdir()
    report = take("items.csv", "item,name\nA,Ay\nB,\n")
    assert report.errors[-1].reason == "reject_file_not_written"
    assert store.item("A") is None


def test_json_numbers_are_read_as_they_are_written(take, site, store):
    rows = '[{"machine":"M1","tray":1,"compartment":"A1","item":"PAINT","lot":"L1","quantity":1.10},{"item":{"x":{}}},7]'
    report = take("stock.json", rows)
    assert errors_of(report) == [(2, "item", "nested_value"), (3, "", "not_an_object")]
    assert store.stock_of_item("PAINT")[0].quantity == 110
    assert json.loads(Path(report.reject_file).read_text())[1] == "7"


# --- each kind


def test_an_item_has_all_its_fields(take, store):
    take("items.json", '[{"item":"A","name":"Ay","packs":{"box":50},"barcodes":["1","2"],"proof":"scan","serial_tracked":true}]')
    item = store.item("A")
    assert (item.packs, set(item.barcodes), item.proof, item.serial_tracked) == (
        (Pack("box", 50),),
        {"1", "2"},
        ProofRule.SCAN,
        True,
    )


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("BLX-GO,Ay,,,", "item", "reserved_prefix"),
        ("A,Ay,box,,", "packs", "missing"),
        ("A,Ay,box=0,,", "packs", "not_allowed"),
        ("A,Ay,box=1|box=2,,", "packs", "not_allowed"),
        ("A,Ay,,BLT-M1-1,", "barcodes", "reserved_prefix"),
        ("A,Ay,,,look", "proof", "not_allowed"),
        ("A,A\x07y,,,", "name", "control_character"),
        ("A" * 51 + ",Ay,,,", "item", "too_long"),
    ],
)
def test_what_is_wrong_with_an_item_is_named(take, row, field, reason):
    report = take("items.csv", f"item,name,packs,barcodes,proof\n{row}\n")
    assert (2, field, reason) in errors_of(report)
    assert report.rows == 0


def test_an_item_twice_in_a_file_is_refused_the_second_time(take):
    assert errors_of(take("items.csv", "item,name\nA,Ay\nA,Bee\n")) == [(3, "item", "duplicate")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("A,A,\nB,B,4711\nC,C,4711\n", [(4, "barcodes", "belongs_to_another_item", "4711", "no code of B")]),
        ("B,B,4711|A\nA,A,\n", [(2, "barcodes", "belongs_to_another_item", "A", "no code of A")]),
        ("B,B,OLD\n", [(2, "barcodes", "belongs_to_another_item", "OLD", "no code of OLD")]),
        ("B,B,4006\n", [(2, "barcodes", "belongs_to_another_item", "4006", "no code of OLD")]),
        ("4006,New,\n", [(2, "item", "belongs_to_another_item", "4006", "no code of OLD")]),
        ("OLD,Old,4007\nB,B,4007\n", [(3, "barcodes", "belongs_to_another_item", "4007", "no code of OLD")]),
        (
            "B,B,4006\nOLD,,\n",
            [(2, "barcodes", "belongs_to_another_item", "4006", "no code of OLD"), (3, "name", "missing", "", "")],
        ),
    ],
)
def test_a_code_that_means_another_item_is_refused(take, store, rows, expected):
    take("items.csv", "item,name,barcodes\nOLD,Old,4006\n")
    report = take("more.csv", f"item,name,barcodes\n{rows}")
    assert [(each.line, each.field, each.reason, each.value, each.allowed) for each in report.errors] == expected
    assert report.rejected == len(expected)
    for code in ("A", "OLD", "4711", "4006", "4007"):
        assert len(store.items_by_scan(code)) <= 1, code
    again = take(Path(report.reject_file).name, Path(report.reject_file).read_text())
    assert (again.rows, again.rejected) == (0, report.rejected)


@pytest.mark.parametrize(
    "rows", ["OLD,Old,4007\nB,B,4006\n", "B,B,4006\nOLD,Old,\n", "OLD,Old,OLD|4006\n", "OLD,Old,4006|4006\n"]
)
def test_a_code_that_its_item_gives_up_in_the_same_file_may_be_taken(take, store, rows):
    take("items.csv", "item,name,barcodes\nOLD,Old,4006\n")
    assert take("more.csv", f"item,name,barcodes\n{rows}").is_clean
    assert len(store.items_by_scan("4006")) == 1


def test_a_code_is_not_taken_from_an_item_that_the_store_may_refuse_to_change(take, store):
    take("items.csv", "item,name,unit,barcodes\nOLD,Old,pcs,4006\n")
    take("orders.csv", "order,kind,line,item,quantity\nO1,pick,1,OLD,5\n")
    report = take("more.csv", "item,name,unit,barcodes\nOLD,Old,m,\nB,B,pcs,4006\n")
    assert errors_of(report) == [(2, "unit", "unit_fixed"), (3, "barcodes", "belongs_to_another_item")]
    assert [each.code for each in store.items_by_scan("4006")] == ["OLD"]


def test_decimals_are_fixed_once_the_item_is_in_stock_or_on_an_order(take, site, store):
    take("stock.csv", "machine,tray,compartment,item,quantity\nM1,1,A1,BOLT,5\n")
    take("orders.csv", "order,kind,line,item,quantity\nO1,pick,1,PAINT,5\n")
    report = take("items.csv", "item,name,decimals\nBOLT,Bolt,1\nPAINT,Paint,1\nNEW,New,1\n")
    assert errors_of(report) == [(2, "decimals", "decimals_fixed"), (3, "decimals", "decimals_fixed")]
    assert (report.rows, report.rejected) == (1, 2)
    assert "PAINT" in Path(report.reject_file).read_text()


def test_the_unit_is_fixed_once_the_item_is_in_stock_on_an_order_or_in_an_event(take, site, store):
    take("stock.csv", "machine,tray,compartment,item,quantity\nM1,1,A1,BOLT,5\n")
    take("orders.csv", "order,kind,line,item,quantity\nO1,pick,1,PAINT,5\n")
    report = take("items.csv", "item,name,unit,decimals\nBOLT,Bolt,m,0\nPAINT,Paint,l,2\nNEW,New,m,1\n")
    assert errors_of(report) == [(2, "unit", "unit_fixed"), (3, "unit", "unit_fixed")]
    assert (report.errors[0].value, report.errors[0].allowed) == ("m", "pcs")
    assert (report.rows, report.rejected) == (1, 2)
    assert (store.item("BOLT").unit, store.item("PAINT").unit) == ("pcs", "pcs")
    assert take("items.csv", "item,name,unit,decimals\nNEW,New,kg,1\n").is_clean


def test_an_item_that_came_in_while_its_file_was_read_is_refused_and_breaks_nothing(take, site, store, monkeypatch):
    take("orders.csv", "order,kind,line,item,quantity\nO1,pick,1,PAINT,5\n")
    with monkeypatch.context() as before:
        before.setattr(store, "item", lambda code: None)
        report = take("items.csv", "item,name,unit,decimals\nPAINT,Paint,l,0\n")
    assert errors_of(report) == [(2, "decimals", "decimals_fixed")]
    assert (report.rows, report.rejected, store.item("PAINT").decimals) == (0, 1, 2)


def test_a_grid_covers_its_tray_without_gaps(take, store):
    take("trays.csv", "machine,tray,width_mm,depth_mm,columns,rows\nM1,1,100,50,3,2\n")
    cells = store.tray("M1", 1).compartments
    assert [each.label for each in cells] == ["A1", "A2", "A3", "B1", "B2", "B3"]
    assert [(each.x_mm, each.width_mm) for each in cells[:3]] == [(0, 33), (33, 33), (66, 34)]
    assert sum(each.width_mm * each.depth_mm for each in cells) == 5000


def test_row_letters_go_on_after_z():
    assert [row_letters(each) for each in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


CELLS = "machine,tray,width_mm,depth_mm,compartment,x_mm,y_mm,compartment_width_mm,compartment_depth_mm\n"


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("M1,2,400,200,B,100,0,100,200", "compartment", "overlaps"),
        ("M1,2,400,200,B,350,0,100,200", "compartment", "outside_tray"),
        ("M1,2,400,200,A,200,0,100,200", "compartment", "duplicate"),
        ("M1,2,500,200,B,200,0,100,200", "tray", "differs_from_first_row"),
        ("M1,0,400,200,B,200,0,100,200", "tray", "out_of_range"),
        ("M1,2,400,200,B 1,200,0,100,200", "compartment", "not_allowed"),
        ("M1,2,400,200,B,-1,0,100,200", "x_mm", "not_a_whole_number"),
        ("M1,2,400,200,B,,0,100,200", "x_mm", "missing"),
    ],
)
def test_what_is_wrong_with_a_compartment_is_named(take, store, row, field, reason):
    report = take("trays.csv", f"{CELLS}M1,2,400,200,A,0,0,200,200\n{row}\n")
    assert errors_of(report) == [(3, field, reason)]
    assert [each.label for each in store.tray("M1", 2).compartments] == ["A"]


def test_new_dividers_replace_the_compartments_they_overlap_and_leave_the_others(take, site, store):
    report = take("trays.csv", f"{CELLS}M1,1,400,200,LONG,0,0,200,100\n")
    assert report.is_clean
    assert [each.label for each in store.tray("M1", 1).compartments] == ["LONG", "A3", "A4", "B1", "B2", "B3", "B4"]


def test_a_compartment_with_stock_is_not_replaced_away(take, site, store):
    take("stock.csv", "machine,tray,compartment,item,quantity\nM1,1,A2,BOLT,5\n")
    report = take("trays.csv", f"{CELLS}M1,1,400,200,LONG,0,0,200,100\nM1,1,400,200,A4,300,0,100,50\n")
    assert errors_of(report) == [(2, "compartment", "displaces_stock")]
    assert store.tray("M1", 1).compartment("A2") is not None
    assert store.tray("M1", 1).compartment("A4") == Compartment(label="A4", x_mm=300, y_mm=0, width_mm=100, depth_mm=50)


def test_stock_is_loaded_by_its_whole_key(take, site, store):
    report = take("stock.csv", "machine,tray,compartment,item,quantity,lot,owner,status\nM1,1,A1,PAINT,1.5,L1,ACME,Blocked\n")
    assert report.is_clean
    stock = store.stock_of_item("PAINT")[0]
    assert stock.key == StockKey(item="PAINT", lot="L1", owner="ACME", status=StockStatus.BLOCKED)
    assert (stock.place, stock.quantity) == (Place("M1", 1, "A1"), 150)


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("M1,1,A1,NUT,5,", "item", "unknown_item"),
        ("M1,9,A1,BOLT,5,", "tray", "unknown_tray"),
        ("M1,1,Z9,BOLT,5,", "compartment", "unknown_compartment"),
        ("M1,1,A1,BOLT,1.5,", "quantity", "too_many_decimals"),
        ("M1,1,A1,BOLT,-5,", "quantity", "negative"),
        ('M1,1,A1,BOLT,"1,5",', "quantity", "decimal_comma"),
        ("M1,1,A1,BOLT,,", "quantity", "missing"),
        ("M1,1,A1,PAINT,5,", "lot", "missing"),
        ("M1,1,A2,BOLT,5,", "compartment", "duplicate"),
    ],
)
def test_what_is_wrong_with_a_stock_row_is_named(take, site, row, field, reason):
    report = take("stock.csv", f"machine,tray,compartment,item,quantity,lot\nM1,1,A2,BOLT,7,\n{row}\n")
    assert errors_of(report) == [(3, field, reason)]
    assert report.rows == 1


def test_a_serial_is_one_piece_and_a_tracked_item_has_one(take, site):
    take("items.csv", "item,name,serial_tracked\nPUMP,Pump,yes\n")
    rows = "M1,1,A1,PUMP,1,S1\nM1,1,A1,PUMP,2,S2\nM1,1,A1,PUMP,1,\n"
    report = take("stock.csv", f"machine,tray,compartment,item,quantity,serial\n{rows}")
    assert errors_of(report) == [(3, "quantity", "out_of_range"), (4, "serial", "missing")]


PUMPS = "machine,tray,compartment,item,quantity,serial\n"


@pytest.fixture
def pumps(take, site):
    """An item with serials of which one is in stock."""
    take("items.csv", "item,name,decimals,serial_tracked\nPUMP,Pump,1,yes\n")
    take("stock.csv", f"{PUMPS}M1,1,A1,PUMP,1,S1\n")


def test_a_serial_is_a_whole_piece(take, pumps):
    assert errors_of(take("stock.csv", f"{PUMPS}M1,1,A2,PUMP,0.5,S2\n")) == [(2, "quantity", "out_of_range")]


@pytest.mark.parametrize("owner", ["own", "ACME"])
def test_a_serial_lies_in_one_place(take, pumps, store, owner):
    rows = f"M1,1,A1,PUMP,1,S2,own\nM1,1,A2,PUMP,1,S2,{owner}\nM1,1,A2,PUMP,1,S1,own\n"
    report = take("more.csv", f"{PUMPS[:-1]},owner\n{rows}")
    assert errors_of(report) == [(3, "serial", "lies_elsewhere"), (4, "serial", "lies_elsewhere")]
    assert [each.allowed for each in report.errors] == ["only in line 2", "only at M1/1/A1, where it is"]
    assert (report.rows, report.rejected) == (1, 2)
    assert {each.key.serial: each.place.compartment for each in store.stock_of_item("PUMP")} == {"S1": "A1", "S2": "A1"}
    again = take(Path(report.reject_file).name, Path(report.reject_file).read_text())
    assert (again.rows, again.rejected) == (0, 2)


@pytest.mark.parametrize("rows", ["M1,1,A1,PUMP,0,S1\nM1,1,B1,PUMP,1,S1\n", "M1,1,B1,PUMP,1,S1\nM1,1,A1,PUMP,0,S1\n"])
def test_a_file_moves_a_serial_when_it_says_that_it_is_gone_from_where_it_was(take, pumps, store, rows):
    assert take("more.csv", PUMPS + rows).is_clean
    assert [each.place.compartment for each in store.stock_of_item("PUMP")] == ["B1"]


@pytest.mark.parametrize("kind", ["pick", "put"])
def test_an_order_asks_whole_pieces_of_an_item_with_serials(take, pumps, kind):
    rows = f"O1,{kind},1,PUMP,1.5\nO1,{kind},2,PUMP,2\n"
    assert errors_of(take("orders.csv", f"order,kind,line,item,quantity\n{rows}")) == [(2, "quantity", "not_allowed")]


ORDERS = "order,kind,need_by,priority,line,item,quantity,machine,tray,compartment\n"


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("O1,pick,,,1,BOLT,5,,,", "line", "duplicate"),
        ("O1,put,,,2,BOLT,5,,,", "kind", "differs_from_first_row"),
        ("O2,move,,,1,BOLT,5,,,", "kind", "not_allowed"),
        ("O2,pick,,,1,NUT,5,,,", "item", "unknown_item"),
        ("O2,pick,,,1,BOLT,0,,,", "quantity", "out_of_range"),
        ("O2,count,,,1,BOLT,3,,,", "quantity", "not_allowed"),
        ("O2,put,,,1,BOLT,3,M1,9,A1", "tray", "unknown_tray"),
        ("O2,put,,,1,BOLT,3,M1,1,", "compartment", "missing"),
        ("O2,pick,2026-05-04 08:00,,1,BOLT,3,,,", "need_by", "no_time_zone"),
        ("O2,pick,tomorrow,,1,BOLT,3,,,", "need_by", "not_a_time"),
        ("O2,pick,0001-01-01T00:00:00+23:00,,1,BOLT,3,,,", "need_by", "not_a_time"),
        ("O2,pick,,10,1,BOLT,3,,,", "priority", "out_of_range"),
        ("O2,pick,,,1,BOLT,1000000001,,,", "quantity", "too_large"),
        ("O2,put,,,1,PAINT,1000000000.01,,,", "quantity", "too_large"),
    ],
)
def test_what_is_wrong_with_an_order_row_is_named(take, site, store, row, field, reason):
    report = take("orders.csv", f"{ORDERS}O1,pick,,,1,BOLT,7,,,\n{row}\n")
    assert errors_of(report) == [(3, field, reason)]
    assert [each.quantity for each in store.order("O1").lines] == [7]


def test_lines_are_added_and_replaced_while_nobody_works_on_the_order(take, site, store):
    take("orders.csv", f"{ORDERS}O1,pick,,,1,BOLT,7,,,\nO1,pick,,,2,BOLT,8,,,\n")
    take("orders.csv", f"{ORDERS}O1,pick,,2,2,BOLT,9,,,\nO1,pick,,2,3,BOLT,1,,,\n")
    order = store.order("O1")
    assert (order.state, order.priority) == (OrderState.RELEASED, 2)
    assert [(each.line, each.quantity, each.state) for each in order.lines] == [
        ("1", 7, LineState.OPEN),
        ("2", 9, LineState.OPEN),
        ("3", 1, LineState.OPEN),
    ]


def test_an_order_does_not_become_one_of_another_kind(take, site, store):
    take("orders.csv", f"{ORDERS}O1,pick,,,1,BOLT,7,,,\n")
    report = take("orders.csv", f"{ORDERS}O1,put,,,1,BOLT,9,,,\nO1,put,,,2,BOLT,9,,,\n")
    assert errors_of(report) == [(2, "kind", "kind_differs"), (3, "kind", "kind_differs")]
    assert report.errors[0].allowed == "pick, as the order is already known"
    order = store.order("O1")
    assert (order.kind, [(each.line, each.quantity) for each in order.lines]) == (OrderKind.PICK, [("1", 7)])


def test_a_thousand_million_of_the_stock_unit_is_the_most(take, site, store):
    take("orders.csv", f"{ORDERS}O1,pick,,,1,PAINT,1000000000,,,\n")
    assert store.order("O1").lines[0].quantity == 10**11


def test_an_order_that_somebody_started_is_not_changed(take, site, store):
    from db.records.orders import OrderStarted

    take("orders.csv", f"{ORDERS}O1,pick,,,1,BOLT,7,,,\n")
    store.append([OrderStarted(order="O1")]).result(5)
    report = take("orders.csv", f"{ORDERS}O1,pick,,,1,BOLT,9,,,\nO2,pick,,,1,BOLT,9,,,\n")
    assert errors_of(report) == [(2, "order", "order_started")]
    assert (store.order("O1").lines[0].quantity, store.order("O2").lines[0].quantity) == (7, 9)
    event = store.events(kinds=("imported",), newest_first=True, limit=1)[0]
    assert (json.loads(event.body)["data"]["rows"], json.loads(event.body)["data"]["rejected"]) == (1, 1)


def test_what_a_file_holds_is_told_from_its_columns():
    assert kind_of(["item", "name"]) == "item"
    assert kind_of(["order", "kind", "line", "item", "machine", "tray", "compartment", "quantity"]) == "order"
    assert kind_of(["quantity"]) == ""


# --- any bytes


class NothingKnown:
    """A store that knows one item and one tray and takes everything."""

    def __getattr__(self, name):
        from concurrent.futures import Future

        def answer(*args, **kwargs):
            if not name.startswith("import_"):
                return {"stock_of_item": (), "stock_on_tray": (), "items_with_codes": {}}.get(name)
            done = Future()
            done.set_result(())
            return done

        return answer


HEADERS = [b"item,name,packs\n", b"machine,tray,width_mm,depth_mm,columns,rows\n", CELLS.encode(), ORDERS.encode(), b""]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(HEADERS), st.binary(max_size=300), st.sampled_from(["csv", "json"]))
def test_no_bytes_make_an_import_fail(tmp_path_factory, header, content, suffix):
    path = tmp_path_factory.getbasetemp() / f"any.{suffix}"
    path.write_bytes(header + content)
    report = import_file(path, NothingKnown())
    assert report.rows >= 0
    assert report.is_clean == (report.rejected == 0)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["item", "name", "lines", "order", "packs"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_no_json_makes_an_import_fail(tmp_path_factory, body):
    path = tmp_path_factory.getbasetemp() / "any_body.json"
    path.write_text(json.dumps([{"item": "A", "name": "Ay"}, body]))
    report = import_file(path, NothingKnown())
    assert report.rows + report.rejected >= 1


def test_a_tray_is_so_since_a_moment_that_has_passed_and_not_before_its_last_change(take, site, store):
    head = CELLS.replace("\n", ",since\n")
    report = take("trays.csv", f"{head}M1,1,400,200,LONG,0,0,200,100,2999-01-01T00:00:00Z\n")
    assert errors_of(report) == [(2, "since", "out_of_range")]
    assert take("trays.csv", f"{head}M1,1,400,200,LONG,0,0,200,100,2020-01-01T00:00:00Z\n").is_clean
    assert [each.since for each in store.layout_changes("M1", 1)] == ["2020-01-01T00:00:00.000000+00:00"]
    report = take("trays.csv", f"{head}M1,1,400,200,LONG,0,0,300,100,2019-01-01T00:00:00Z\n")
    assert errors_of(report) == [(2, "since", "before_last_change")]
    assert store.tray("M1", 1).compartment("LONG").width_mm == 200
