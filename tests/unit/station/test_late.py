"""What was done without the station is entered afterwards: once, with its true time, person and reason, or refused with why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.records.count_due import CountDue
from db.records.orders import OrderStarted
from db.rows.people import Person, Role
from db.store import Store
from station import late
from station.late_file import enter_file, enter_values
from station.results import Results
from station.values import EventRow, LineState, OrderState
from tests.unit.db.made import imported, item, order, picked, put, tray

NOW = datetime.now(UTC)
BEFORE = (NOW - timedelta(hours=3)).isoformat()
MARA = Person(person="p_mara", name="Mara", role=Role.OPERATOR)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Twenty pieces of A in C1 of tray 7, put there long ago, and an order of two lines of three."""
    clock = [NOW - timedelta(days=2)]
    made = Store.open(tmp_path / "data", station="S1", clock=lambda: clock[0], ballast_bytes=0)
    made.import_items([item("A"), item("L", lot_tracked=True)], imported("items")).result()
    made.import_trays([tray()], imported("trays")).result()
    made.import_orders([order("O1")], imported("orders")).result()
    made.add_person(MARA, badge_digest="d", verifier="v", pepper_id="p").result()
    made.append([put(20)]).result()
    clock[0] = NOW
    yield made
    made.close()


def values(**more: str) -> dict[str, str]:
    said = {"what": "pick", "tray": "7", "compartment": "C1", "item": "A", "quantity": "3", "person": "mara", "at": BEFORE}
    return said | {"reason": "power cut"} | more


def refusal(store: Store, **more: str) -> tuple[str, str]:
    report = enter_values(values(**more), store, now=NOW)
    assert (report.rows, report.rejected) == (0, 1)
    return report.errors[0].field, report.errors[0].reason


def book(store: Store, **more: str) -> list[dict[str, Any]]:
    before = store.head()[1]
    report = enter_values(values(**more), store, now=NOW)
    assert report.errors == ()
    return [{"kind": row.kind, **data(row)} for row in store.events(after_seq=before, limit=None)]


def data(row: EventRow) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(row.body)["data"]
    return found


def test_a_pick_says_when_by_whom_and_why_and_changes_the_book(store: Store) -> None:
    (event,) = book(store)
    assert event["kind"] == "picked"
    assert (event["done_by"], event["late_reason"], event["proof"], event["visit"]) == ("p_mara", "power cut", "paper", 0)
    assert datetime.fromisoformat(event["true_at"]) == datetime.fromisoformat(BEFORE)
    assert [each.quantity for each in store.stock()] == [17]
    before = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == before
    assert store.stock_matches_log()


def test_two_who_enter_the_same_in_one_moment_book_it_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late, "check", lambda store, entry, now: None)  # each looked before the other one's was written
    book(store, order="O1", line="1", quantity="1")
    assert refusal(store, order="O1", line="1", quantity="1") == ("at", "entered_already")
    book(store)
    assert refusal(store) == ("at", "entered_already")
    book(store, what="count", quantity="9")
    assert refusal(store, what="count", quantity="9") == ("at", "entered_already")
    assert len(book(store, quantity="2")) == 1


def test_a_booking_of_the_bay_keeps_its_form(store: Store) -> None:
    store.append([picked(1)]).result()
    assert not {"true_at", "done_by", "late_reason"} & set(data(store.events(limit=None)[-1]))


def test_a_line_and_its_order_are_finished_and_the_host_hears_the_true_time(store: Store, tmp_path: Path) -> None:
    assert [each["kind"] for each in book(store, order="O1", line="1", item="")] == ["picked", "line_closed"]
    more = book(store, order="O1", line="2", quantity="2", rest="short", at=(NOW - timedelta(hours=2)).isoformat())
    assert [each["kind"] for each in more] == ["picked", "line_closed", "order_closed"]
    found = store.order("O1")
    assert found is not None
    assert (found.state, [each.state for each in found.lines]) == (OrderState.CLOSED, [LineState.CONFIRMED, LineState.SHORT])
    (exported,) = Results(store=store, directory=tmp_path / "results", station="S1", form="json").export()
    rows = json.loads(exported.path.read_text(encoding="utf-8"))
    assert [(each["kind"], each["quantity"], each["person"], each["reason"]) for each in rows[1:]] == [
        ("confirmed", "3", "p_mara", ""),
        ("short", "2", "p_mara", "power cut"),
    ]
    assert datetime.fromisoformat(rows[1]["at"]) == datetime.fromisoformat(BEFORE)


def test_a_line_that_got_less_stays_open(store: Store) -> None:
    assert [each["kind"] for each in book(store, order="O1", line="1", quantity="2")] == ["picked"]
    found = store.order("O1")
    assert found is not None
    assert (found.lines[0].state, found.lines[0].done_quantity) == (LineState.OPEN, 2)


def test_a_put_and_a_count(store: Store) -> None:
    assert [each["kind"] for each in book(store, what="put", compartment="C2", quantity="5")] == ["put"]
    store.append([CountDue(machine="VLM1", tray=7, why="late_power_cut")]).result()
    (event,) = book(store, what="count", quantity="18")
    assert (event["kind"], event["counted"], event["book"]) == ("counted", 18, 20)
    assert [each.place.compartment for each in store.counts_due("VLM1")] == ["C2"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"at": (NOW + timedelta(minutes=5)).isoformat()}, ("at", "in_future")),
        ({"at": "yesterday"}, ("at", "not_a_time")),
        ({"at": ""}, ("at", "missing")),
        ({"person": "nobody"}, ("person", "unknown_person")),
        ({"reason": ""}, ("reason", "missing")),
        ({"quantity": "0"}, ("quantity", "no_quantity")),
        ({"quantity": "1.5"}, ("quantity", "too_many_decimals")),
        ({"compartment": "Z9"}, ("compartment", "unknown_compartment")),
        ({"item": "X"}, ("item", "unknown_item")),
        ({"order": "O9"}, ("order", "unknown_order")),
        ({"order": "O1", "line": "9"}, ("line", "unknown_line")),
        ({"order": "O1", "line": "1", "item": "L"}, ("line", "other_item")),
        ({"order": "O1", "line": "1", "what": "put"}, ("line", "other_kind")),
        ({"what": "put", "item": "L"}, ("lot", "lacks_lot")),
        ({"what": "steal"}, ("what", "not_allowed")),
    ],
)
def test_what_cannot_be_is_refused_with_field_and_reason_and_writes_nothing(
    store: Store, more: dict[str, str], expected: tuple[str, str]
) -> None:
    before = store.head()
    assert refusal(store, **more) == expected
    assert store.head() == before


def test_the_same_sheet_twice_books_once(store: Store) -> None:
    book(store)
    assert refusal(store) == ("at", "entered_already")
    book(store, quantity="4")


def test_after_a_count_it_is_entered_only_when_somebody_is_sure(store: Store) -> None:
    book(store, what="count", quantity="20", at=(NOW - timedelta(hours=1)).isoformat())
    assert refusal(store) == ("at", "counted_since")
    book(store, sure="yes")


def test_a_count_is_refused_where_something_moved_since(store: Store) -> None:
    store.append([picked(1)]).result()
    assert refusal(store, what="count", quantity="20") == ("at", "moved_since")


def test_an_order_that_is_worked_on_at_the_bay_is_left_alone(store: Store) -> None:
    store.append([OrderStarted(order="O1")]).result()
    assert refusal(store, order="O1", line="1") == ("order", "order_started")


def test_a_line_that_is_done_takes_no_more(store: Store) -> None:
    book(store, order="O1", line="1")
    assert refusal(store, order="O1", line="1", quantity="1") == ("line", "line_done")


def test_of_a_file_the_good_rows_go_in_and_the_bad_ones_lie_beside_it(store: Store, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    head = "what,tray,compartment,item,quantity,person,at,reason"
    rows = [f"pick,7,C1,A,3,Mara,{BEFORE},power cut", f"pick,7,C1,A,2,Noone,{BEFORE},power cut", "nonsense"]
    sheet.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    report = enter_file(sheet, store, now=NOW)
    assert (report.rows, report.rejected) == (1, 2)
    rejects = Path(report.reject_file).read_text(encoding="utf-8")
    assert "person: unknown_person" in rejects
    assert "nonsense" in rejects
    assert [each.quantity for each in store.stock()] == [17]
    mended = rejects.replace("Noone", "Mara").replace("person: unknown_person", "")
    Path(report.reject_file).write_text(mended, encoding="utf-8")
    again = enter_file(Path(report.reject_file), store, now=NOW)
    assert (again.rows, again.rejected) == (1, 1)
    assert [each.quantity for each in store.stock()] == [15]
