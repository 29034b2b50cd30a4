"""Which records are cases, what each says, and which rules find picks that were booked twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.records.files import Imported
from db.records.orders import LineClosed, ScanRefused
from db.records.people import AccessRefused, Unattended
from db.records.receipts import Received
from db.records.record import Record
from db.records.stock import Corrected, Counted, Picked, Put, StockLoaded
from db.records.undo import BookingUndone
from db.store import Store
from station.exceptions.case import Case, Kind
from station.exceptions.reading import Cases, read_cases
from station.exceptions.steps import counter_booked, steps_of
from station.values import Item, Order, OrderKind, OrderLine

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
AT = {"machine": "M1", "tray": 7, "compartment": "C1", "visit": 1, "item": "A"}


def taken_over(what: str) -> Imported:
    return Imported(what=what, file=f"{what}.csv", sha256="0" * 64, rows=1, rejected=0)


class Books:
    """A store whose clock a test turns."""

    def __init__(self, directory: Path) -> None:
        self.now = NOON
        self.store = Store.open(directory, station="S1", ballast_bytes=0, clock=lambda: self.now)
        self.store.import_items([Item(code="A", name="Bolt", decimals=1, unit_value=50)], taken_over("item")).result()

    def book(self, *records: Record, by: str = "p_1", after_s: int = 1) -> Sequence[str]:
        self.now += timedelta(seconds=after_s)
        self.store.append(records, operator=by).result()
        return [each.id for each in self.store.events(limit=len(records), newest_first=True)]

    def cases(self, *, with_reach: bool = False) -> Cases:
        return read_cases(self.store, first=NOON, until=self.now + timedelta(seconds=1), with_reach=with_reach)

    def only(self) -> Case:
        (case,) = self.cases().cases
        return case


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    made = Books(tmp_path)
    with closing(made.store):
        yield made


def test_a_short_line_says_what_is_missing_and_of_which_item(books: Books) -> None:
    line = OrderLine(order="O", line="1", item="A", quantity=50)
    books.store.import_orders([Order(order="O", kind=OrderKind.PICK, lines=(line,))], taken_over("order")).result()
    books.book(LineClosed(order="O", line="1", outcome="short", asked=50, done_quantity=20, reason="not_there"))
    case = books.only()
    assert (case.kind, case.item, case.quantity, case.reason, case.person) == (Kind.SHORT, "A", -30, "not_there", "p_1")
    assert case.value == -150  # three whole pieces, at 50 each


@pytest.mark.parametrize(
    ("booked", "kind", "quantity", "reason"),
    [
        (Counted(**AT, counted=4), Kind.VARIANCE, 4, ""),
        (Put(**AT, quantity=3, reason="found_loose"), Kind.FOUND, 3, "found_loose"),
        (Picked(**AT, quantity=2, reason="scrap_expired"), Kind.SCRAP, -2, "scrap_expired"),
        (Picked(**AT, quantity=2), Kind.WITHOUT_ORDER, -2, ""),
        (Picked(**AT, quantity=2, reason="urgent_need"), Kind.WITHOUT_ORDER, -2, "urgent_need"),
        (Received(item="A", quantity=5, expected=8, difference="fewer"), Kind.RECEIPT, -3, "fewer"),
        (Received(item="A", quantity=5, verdict="reject", reason="rust"), Kind.RECEIPT, 0, "rust"),
        (ScanRefused(order="O", line="1", scanned="X", expected="A", what="item"), Kind.SCAN, 0, "item"),
        (AccessRefused(person="p_1", machine="M1", tray=7, right="poison", what="item"), Kind.ACCESS, 0, "poison"),
        (Unattended(person="p_1", tray=7, why="idle"), Kind.UNATTENDED, 0, "idle"),
        (Imported(what="item", file="a.csv", sha256="", rows=3, rejected=2), Kind.IMPORT, -2, "a.csv"),
    ],
)
def test_each_kind_is_read_from_its_record(books: Books, booked: Record, kind: Kind, quantity: int, reason: str) -> None:
    books.book(booked)
    case = books.only()
    assert (case.kind, case.quantity, case.reason) == (kind, quantity, reason)


@pytest.mark.parametrize(
    "booked",
    [
        LineClosed(order="O", line="1", outcome="confirmed", asked=50, done_quantity=50),
        LineClosed(order="O", line="1", outcome="cancelled", asked=50, done_quantity=0),
        LineClosed(order="O", line="1", outcome="confirmed", asked=50, done_quantity=100, reason="full_pack"),
        Picked(**AT, quantity=2, order="O", line="1"),
        Put(**AT, quantity=2),
        Received(item="A", quantity=5),
        Unattended(person="p_1", tray=None, why="idle"),
        Imported(what="item", file="a.csv", sha256="", rows=3, rejected=0),
    ],
)
def test_what_went_as_asked_is_no_case(books: Books, booked: Record) -> None:
    books.book(booked)
    assert books.cases().cases == ()


def test_a_count_and_a_correction_that_the_book_agrees_with_are_no_cases(books: Books) -> None:
    books.book(StockLoaded(**AT, counted=9))
    books.book(Counted(**AT, counted=9), Corrected(**AT, remaining=9, reason="book_wrong"))
    assert books.cases().cases == ()


def test_what_was_undone_is_no_case(books: Books) -> None:
    (booking,) = books.book(Picked(**AT, quantity=2))
    books.book(BookingUndone(booking=booking, undoes=(booking,), **AT))
    assert books.cases().cases == ()


def test_the_newest_case_stands_first(books: Books) -> None:
    books.book(Picked(**AT, quantity=1))
    books.book(Picked(**AT, quantity=2))
    assert [each.quantity for each in books.cases().cases] == [-2, -1]


def _picked_twice(books: Books, *, second_after_s: int, second: int = 30) -> Kind:
    first = Picked(**AT, quantity=30, order="O", line="1")
    books.book(first)
    again = Picked(**AT, quantity=second, order="O", line="1")
    books.book(again, by="p_2", after_s=second_after_s)
    books.book(LineClosed(order="O", line="1", outcome="confirmed", asked=30, done_quantity=30 + second))
    case = books.only()
    assert case.quantity == second
    if case.kind is Kind.DOUBLE_PICK:
        assert (case.person, case.compartment) == ("p_2", "C1")
    return case.kind


def test_two_picks_alike_of_a_line_that_got_too_much_are_a_double_pick(books: Books) -> None:
    assert _picked_twice(books, second_after_s=60) is Kind.DOUBLE_PICK


@pytest.mark.parametrize(("second_after_s", "second"), [(180, 30), (60, 20)])
def test_picks_far_apart_or_unlike_are_only_too_much(books: Books, second_after_s: int, second: int) -> None:
    assert _picked_twice(books, second_after_s=second_after_s, second=second) is Kind.OVERPICK


def test_a_counter_booking_puts_the_book_back_and_answers_its_case(books: Books) -> None:
    books.book(StockLoaded(**AT, counted=10))
    books.book(Corrected(**AT, remaining=7, reason="empty"))
    case = books.only()
    books.book(Picked(**AT, quantity=2, order="SO-1", line="1"))
    assert steps_of(case, since=(), stock=books.store.stock_on_tray("M1", 7)) == ("count_case", "counter_book", "dismiss")
    books.book(*counter_booked(case, "booked_wrong"), by="p_2")
    (stock,) = books.store.stock_on_tray("M1", 7)
    assert stock.quantity == 8
    (answered,) = books.cases().cases
    assert (answered.answer, answered.answered_by, answered.answer_reason) == ("counter_booked", "p_2", "booked_wrong")
    assert steps_of(answered, since=(), stock=()) == ()
    assert books.store.stock_matches_log()


def test_what_was_counted_anew_is_not_booked_back(books: Books) -> None:
    books.book(StockLoaded(**AT, counted=10))
    books.book(Corrected(**AT, remaining=7, reason="empty"))
    case = books.only()
    books.book(Counted(**AT, counted=7))
    since = books.store.tray_facts("M1", 7, kinds=("counted", "corrected"), first=case.at, until=books.now + timedelta(seconds=1))
    assert steps_of(case, since=since, stock=books.store.stock_on_tray("M1", 7)) == ("count_case", "dismiss")
