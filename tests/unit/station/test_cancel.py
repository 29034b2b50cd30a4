"""Cancelling an order: only one that nobody works on, with a reason, and every open line ends once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path

import pytest

from db.errors import ORDER_ENDED, StoreError
from db.records.files import Imported
from db.records.orders import LineClosed, OrderCancelled, OrderClosed, OrderLeft, OrderStarted
from db.records.record import Record
from db.records.stock import Picked
from db.store import Store
from station.cancel import CancelError, cancel_order
from station.results import Results
from station.values import EventRow, Item, LineState, Order, OrderKind, OrderLine, OrderState
from tests.helpers.fake_store import NOON

HERE = {"machine": "M1", "tray": 1, "compartment": "A1", "visit": 1, "item": "A", "order": "O1", "line": "1"}


class OneOrder:
    """One order and what was appended."""

    def __init__(self, state: OrderState = OrderState.RELEASED) -> None:
        lines = (
            OrderLine(order="O1", line="1", item="A", quantity=5, done_quantity=2),
            OrderLine(order="O1", line="2", item="B", quantity=3, state=LineState.CONFIRMED, done_quantity=3),
        )
        self.found = Order(order="O1", kind=OrderKind.PICK, state=state, lines=lines)
        self.appended: list[Record] = []

    def append_decided(
        self, order: str, decide: Callable[[Order | None], Sequence[Record] | str]
    ) -> Future[tuple[EventRow, ...] | str]:
        done: Future[tuple[EventRow, ...] | str] = Future()
        decided = decide(self.found if order == "O1" else None)
        if isinstance(decided, str):
            done.set_result(decided)
            return done
        self.appended += decided
        row = EventRow(id="e", station="S1", epoch="1", seq=1, kind="", at=NOON, operator="", body="", prev="", hash="")
        done.set_result((row,) * len(decided))
        return done


def test_every_open_line_ends_cancelled_with_what_was_done() -> None:
    store = OneOrder()
    assert cancel_order(store, "O1", " no longer needed ") == 1
    line, order = store.appended
    assert isinstance(line, LineClosed)
    assert isinstance(order, OrderCancelled)
    assert (line.line, line.outcome, line.asked, line.done_quantity) == ("1", "cancelled", 5, 2)
    assert (order.kind, order.reason) == ("order_cancelled", "no longer needed")


@pytest.mark.parametrize(
    ("state", "order", "reason", "code"),
    [
        (OrderState.RELEASED, "O9", "why", "unknown_order"),
        (OrderState.STARTED, "O1", "why", "order_started"),
        (OrderState.HELD, "O1", "why", "held"),
        (OrderState.CLOSED, "O1", "why", "order_ended"),
        (OrderState.CANCELLED, "O1", "why", "order_ended"),
        (OrderState.RELEASED, "O1", "  ", "no_reason"),
    ],
)
def test_a_refused_cancellation_writes_nothing(state: OrderState, order: str, reason: str, code: str) -> None:
    store = OneOrder(state)
    with pytest.raises(CancelError) as caught:
        cancel_order(store, order, reason)
    assert caught.value.code == code
    assert not store.appended


# --- against what the bay writes at the same time: one writer, one transaction after another


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store", station="S1", ballast_bytes=0)
    imported = Imported(what="order", file="", sha256="", rows=1, rejected=0)
    opened.import_items([Item(code="A", name="a")], imported).result()
    lines = (OrderLine(order="O1", line="1", item="A", quantity=5), OrderLine(order="O1", line="2", item="A", quantity=1))
    opened.import_orders([Order(order="O1", kind=OrderKind.PICK, lines=lines)], imported).result()
    yield opened
    opened.close()


def picked(quantity: int) -> Picked:
    return Picked(**HERE, quantity=quantity)  # type: ignore[arg-type]


def closed(line: str, quantity: int) -> LineClosed:
    return LineClosed(order="O1", line=line, outcome="confirmed", asked=quantity, done_quantity=quantity)


WORKED = (picked(5), closed("1", 5), closed("2", 1), OrderClosed(order="O1"))


class WhileBayWorks:
    """The store, where somebody at the bay is quicker than the one who cancels, however he looks and writes."""

    def __init__(self, store: Store, *records: Record) -> None:
        self._store, self._records = store, records

    def append_decided(
        self, order: str, decide: Callable[[Order | None], Sequence[Record] | str]
    ) -> Future[tuple[EventRow, ...] | str]:
        self._store.append(self._records)  # not waited for: it is in the writer's queue
        return self._store.append_decided(order, decide)


@pytest.mark.parametrize(
    ("records", "code"),
    [([OrderStarted(order="O1")], "order_started"), ([OrderStarted(order="O1"), *WORKED], "order_ended")],
)
def test_an_order_started_or_worked_in_this_moment_is_not_cancelled(store: Store, records: list[Record], code: str) -> None:
    with pytest.raises(CancelError, match=code):
        cancel_order(WhileBayWorks(store, *records), "O1", "host")
    assert not store.events(kinds=("order_cancelled",))


def test_what_was_taken_before_the_order_was_left_is_told_to_the_host(store: Store, tmp_path: Path) -> None:
    bay = WhileBayWorks(store, OrderStarted(order="O1"), picked(2), OrderLeft(order="O1", why="left"))
    assert cancel_order(bay, "O1", "host") == 2
    (file,) = Results(store=store, directory=tmp_path / "results", station="S1").export()
    rows = [line.split(",") for line in file.path.read_text(encoding="utf-8").splitlines()[1:]]
    assert [(row[2], row[4], row[10]) for row in rows] == [("cancelled", "1", "2"), ("cancelled", "2", "0")]


def test_a_cancelled_order_is_not_started_and_the_host_hears_of_each_line_once(store: Store, tmp_path: Path) -> None:
    assert cancel_order(store, "O1", "host") == 2
    refused = store.append([OrderStarted(order="O1")]).exception()
    assert isinstance(refused, StoreError)
    assert refused.code == ORDER_ENDED
    order = store.order("O1")
    assert order is not None
    assert (order.state, [line.state for line in order.lines]) == (OrderState.CANCELLED, [LineState.CANCELLED] * 2)
    (file,) = Results(store=store, directory=tmp_path / "results", station="S1").export()
    assert file.rows == 2


def test_a_closed_order_is_not_started_again(store: Store) -> None:
    store.append([OrderStarted(order="O1"), *WORKED]).result()
    refused = store.append([OrderStarted(order="O1")]).exception()
    assert isinstance(refused, StoreError)
    assert refused.code == ORDER_ENDED


@pytest.mark.parametrize("end", [OrderCancelled(order="O1", reason="host"), OrderClosed(order="O1")])
def test_leaving_an_order_that_has_ended_does_not_release_it_again(store: Store, end: Record) -> None:
    store.append([end, OrderLeft(order="O1", why="left")]).result()
    assert store.open_orders() == ()
    before = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == before
