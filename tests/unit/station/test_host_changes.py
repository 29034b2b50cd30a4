"""What a host sends twice, changes or cancels: one order, what is not done yet, and an answer with what was."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.records.orders import LineClosed, OrderClosed, OrderLeft, OrderStarted
from db.records.record import Record
from db.records.stock import Picked
from db.store import Store
from station.host_changes import apply_waiting, waiting
from station.imports import ImportReport, import_file
from station.results import Results
from station.values import LineState, OrderState

HEAD = "order,kind,line,item,quantity,action,note\n"
ORDER = "O1,pick,1,BOLT,10,,\nO1,pick,2,PAINT,2.5,,\n"
PICK = {"machine": "M1", "tray": 1, "compartment": "A1", "visit": 1, "item": "BOLT", "order": "O1", "line": "1"}
FILES = {
    "items.csv": "item,name,decimals\nBOLT,Bolt,0\nPAINT,Paint,2\nKIT,Kit,0\n",
    "kits.csv": "kit,component,quantity\nKIT,BOLT,2\nKIT,PAINT,0.5\n",
    "trays.csv": "machine,tray,width_mm,depth_mm,columns,rows\nM1,1,400,200,4,2\n",
    "stock.csv": "machine,tray,compartment,item,quantity\nM1,1,A1,BOLT,100\nM1,1,A2,PAINT,50\n",
}

Send = Callable[..., ImportReport]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store", station="S1", ballast_bytes=0)
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert import_file(tmp_path / name, opened).is_clean
    yield opened
    opened.close()


@pytest.fixture
def send(store: Store, tmp_path: Path) -> Send:
    def send(rows: str) -> ImportReport:
        path = tmp_path / "orders.csv"
        path.write_text(HEAD + rows, encoding="utf-8")
        return import_file(path, store)

    send(ORDER)
    return send


def book(store: Store, *records: Record) -> None:
    store.append(records, operator="p_1").result(5)


def asked(store: Store, name: str = "O1") -> dict[str, tuple[int, int, LineState]]:
    order = store.order(name)
    assert order is not None
    return {each.line: (each.quantity, each.done_quantity, each.state) for each in order.lines}


def refusals(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(each.line, each.field, each.reason) for each in report.errors]


def told(store: Store, tmp_path: Path) -> list[tuple[str, str, str, str, str]]:
    (file,) = Results(store=store, directory=tmp_path / "results", station="S1").export()
    with file.path.open(newline="", encoding="utf-8") as rows:
        return [(each["kind"], each["line"], each["quantity"], each["asked"], each["reason"]) for each in csv.DictReader(rows)]


def begun(store: Store, picked: int = 4) -> None:
    """Somebody picked some of line 1 and left the order."""
    book(store, OrderStarted(order="O1"), Picked(**PICK, quantity=picked), OrderLeft(order="O1", why="left"))


def ended(store: Store) -> None:
    book(store, LineClosed(order="O1", line="1", outcome="confirmed", asked=10, done_quantity=10))
    book(store, LineClosed(order="O1", line="2", outcome="short", asked=250, done_quantity=200), OrderClosed(order="O1"))


@pytest.mark.parametrize("state", ["released", "begun", "ended"])
def test_the_same_twice_is_one_order_however_far_it_is(store: Store, send: Send, state: str) -> None:
    if state != "released":
        begun(store)
    if state == "ended":
        ended(store)
    before = store.order("O1")
    report = send(ORDER)
    assert (report.rows, report.rejected) == (2, 0)
    assert store.order("O1") == before


@pytest.mark.parametrize("row", ["O1,pick,1,PAINT,10,,", "O1,pick,1,PAINT,10,change,"])
@pytest.mark.parametrize("is_begun", [False, True])
def test_a_key_that_stands_for_something_else_is_refused(store: Store, send: Send, row: str, is_begun: bool) -> None:
    if is_begun:
        begun(store)
    report = send(row + "\n")
    assert (2, "line", "key_reused") in refusals(report)
    assert store.order("O1").lines[0].item == "BOLT"  # type: ignore[union-attr]


def test_a_change_after_the_start_needs_the_word_for_it(store: Store, send: Send) -> None:
    begun(store)
    assert refusals(send("O1,pick,1,BOLT,12,,\n")) == [(2, "order", "order_started")]
    assert send("O1,pick,1,BOLT,12,change,\n").is_clean
    assert asked(store)["1"] == (12, 4, LineState.OPEN)


@pytest.mark.parametrize(
    ("quantity", "line", "answers"),
    [
        ("12", (12, 4, LineState.OPEN), [("changed", "1", "4", "12", "host")]),
        ("5", (5, 4, LineState.OPEN), [("changed", "1", "4", "5", "host")]),
        ("4", (4, 4, LineState.CONFIRMED), [("changed", "1", "4", "4", "host"), ("confirmed", "1", "4", "4", "")]),
        ("3", (4, 4, LineState.CONFIRMED), [("changed", "1", "4", "4", "host"), ("confirmed", "1", "4", "4", "")]),
    ],
)
def test_a_change_applies_to_what_is_not_picked_and_is_answered_with_what_was(
    store: Store, send: Send, tmp_path: Path, quantity: str, line: tuple[int, int, LineState], answers: list[tuple[str, ...]]
) -> None:
    begun(store)
    assert send(f"O1,pick,1,BOLT,{quantity},change,\n").is_clean
    assert asked(store)["1"] == line
    assert told(store, tmp_path) == answers


def test_an_order_is_cancelled_for_what_is_not_picked(store: Store, send: Send, tmp_path: Path) -> None:
    begun(store)
    assert send("O1,,,,,cancel,the customer called\n").is_clean
    assert store.order("O1").state is OrderState.CANCELLED  # type: ignore[union-attr]
    assert told(store, tmp_path) == [
        ("cancelled", "1", "4", "10", "the customer called"),
        ("cancelled", "2", "0.00", "2.50", "the customer called"),
    ]
    assert send("O1,,,,,cancel,\n").is_clean, "it is cancelled already"


def test_an_order_that_nobody_started_is_cancelled_whole(store: Store, send: Send) -> None:
    assert send("O1,,,,,cancel,\n").is_clean
    assert store.order("O1").state is OrderState.CANCELLED  # type: ignore[union-attr]


def test_the_last_open_line_that_is_cancelled_ends_the_order(store: Store, send: Send) -> None:
    assert send("O1,,1,,,cancel,\n").is_clean
    assert store.order("O1").state is OrderState.RELEASED  # type: ignore[union-attr]
    book(store, LineClosed(order="O1", line="2", outcome="confirmed", asked=250, done_quantity=250))
    assert refusals(send("O1,,2,,,cancel,\n")) == [(2, "line", "line_ended")]


def test_a_line_cancelled_after_the_others_were_done_closes_the_order(store: Store, send: Send) -> None:
    book(store, LineClosed(order="O1", line="2", outcome="confirmed", asked=250, done_quantity=250))
    assert send("O1,,1,,,cancel,\n").is_clean
    assert store.order("O1").state is OrderState.CLOSED  # type: ignore[union-attr]


def test_what_has_ended_or_is_not_known_is_neither_changed_nor_cancelled(store: Store, send: Send) -> None:
    ended(store)
    report = send("O1,,,,,cancel,\nO1,,2,,,cancel,\nO1,pick,1,BOLT,12,change,\nO9,,,,,cancel,\nO1,,7,,,cancel,\n")
    assert refusals(report) == [
        (2, "order", "order_ended"),
        (3, "line", "line_ended"),
        (4, "line", "line_ended"),
        (5, "order", "unknown_order"),
        (6, "line", "unknown_line"),
    ]


def test_of_a_started_order_only_quantities_change(store: Store, send: Send, tmp_path: Path) -> None:
    begun(store)
    path = tmp_path / "urgent.csv"
    path.write_text("order,kind,line,item,quantity,action,priority\nO1,pick,1,BOLT,12,change,1\n", encoding="utf-8")
    assert refusals(import_file(path, store)) == [(2, "priority", "not_changed")]


def test_a_kit_is_cancelled_whole_and_not_changed_once_begun(store: Store, send: Send) -> None:
    assert send("O2,pick,10,KIT,3,,\nO2,pick,20,BOLT,1,,\n").is_clean
    assert send("O2,pick,10,KIT,3,,\n").is_clean
    book(store, LineClosed(order="O2", line="20", outcome="confirmed", asked=1, done_quantity=1))
    assert refusals(send("O2,pick,10,KIT,4,change,\n")) == [(2, "quantity", "kit_not_changed")]
    assert send("O2,,10,,,cancel,\n").is_clean
    assert {state for _, _, state in asked(store, "O2").values()} == {LineState.CANCELLED, LineState.CONFIRMED}


def test_an_order_in_hand_is_held_until_the_bay_has_left_it(store: Store, send: Send, tmp_path: Path) -> None:
    book(store, OrderStarted(order="O1"), Picked(**PICK, quantity=4))
    assert send("O1,pick,1,BOLT,6,change,\n").is_clean
    assert (store.order("O1").state, asked(store)["1"][0]) == (OrderState.HELD, 10)  # type: ignore[union-attr]
    assert (apply_waiting(store), len(waiting(store)["O1"])) == ((), 1)
    book(store, Picked(**PICK, quantity=1), OrderLeft(order="O1", why="held"))
    assert apply_waiting(store) == ("O1",)
    assert (store.order("O1").state, asked(store)["1"]) == (OrderState.RELEASED, (6, 5, LineState.OPEN))  # type: ignore[union-attr]
    assert (apply_waiting(store), waiting(store)) == ((), {})
    assert told(store, tmp_path) == [("changed", "1", "5", "6", "host")]


def test_what_came_too_late_is_answered_with_what_was(store: Store, send: Send, tmp_path: Path) -> None:
    book(store, OrderStarted(order="O1"))
    assert send("O1,pick,1,BOLT,6,change,\n").is_clean
    book(store, Picked(**PICK, quantity=10), LineClosed(order="O1", line="1", outcome="confirmed", asked=10, done_quantity=10))
    book(store, OrderLeft(order="O1", why="held"))
    apply_waiting(store)
    assert told(store, tmp_path) == [("confirmed", "1", "10", "10", ""), ("too_late", "1", "10", "10", "line_ended")]


def test_an_order_in_hand_that_is_cancelled_ends_once_the_bay_has_left_it(store: Store, send: Send) -> None:
    book(store, OrderStarted(order="O1"), Picked(**PICK, quantity=4))
    assert send("O1,,,,,cancel,\n").is_clean
    book(store, OrderLeft(order="O1", why="held"))
    assert apply_waiting(store) == ("O1",)
    assert store.order("O1").state is OrderState.CANCELLED  # type: ignore[union-attr]


def test_an_order_that_a_supervisor_holds_stays_held_after_the_change(store: Store, send: Send) -> None:
    from db.records.orders import OrderHeld

    book(store, OrderStarted(order="O1"), OrderHeld(order="O1", reason="look at it"))
    assert send("O1,pick,1,BOLT,6,change,\n").is_clean
    book(store, OrderLeft(order="O1", why="held"))
    apply_waiting(store)
    assert (store.order("O1").state, asked(store)["1"][0]) == (OrderState.HELD, 6)  # type: ignore[union-attr]


def test_a_row_that_cancels_and_one_that_fills_an_order_do_not_go_together(send: Send) -> None:
    report = send("O3,pick,1,BOLT,1,,\nO3,,,,,cancel,\n")
    assert refusals(report) == [(3, "order", "differs_from_first_row"), (3, "order", "unknown_order")]
