"""What the real store makes of a counter-booking: one of each, none too late, and a rebuild makes the same of the log."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from db.errors import UNDO_REFUSED, StoreError
from db.projections import fold
from db.records.files import ResultExported
from db.records.loads import LoadPut, LoadTaken
from db.records.orders import OrderCancelled, OrderClosed, OrderStarted
from db.records.record import Record
from db.records.sequence import GapOpened
from db.records.stock import Picked, Put
from db.records.taken import Returned
from db.records.totes import ToteBound, ToteClosed
from db.records.undo import BookingUndone, BookRestored, LineReopened, LoadBackIn, LoadOutAgain, PutBack, TakenBack
from db.rows.events import EventRow
from db.rows.orders import LineState, OrderState
from db.rows.trays import RECEIVING
from db.store import Store
from station.order_log import taken_for

from .made import PLACE, closed, imported, item, order, picked, put, stock

WHERE = {"machine": "VLM1", "tray": 7, "compartment": "C1", "visit": 1, "item": "A"}


@pytest.fixture
def booked(store: Store) -> tuple[EventRow, ...]:
    """Three of ten were taken into a tote, which ended the order's first line."""
    store.import_items([item()], imported("item")).result()
    store.import_stock([stock(10)], imported("stock")).result()
    store.import_orders([order(lines=1)], imported("order")).result()
    store.append([OrderStarted(order="O1"), ToteBound(order="O1", tote="B1", position="T1")]).result()
    ends = (closed("1", 3), ToteClosed(order="O1", tote="B1", position="T1", why="done"), OrderClosed(order="O1"))
    return store.append([picked(3, order="O1", line="1", tote="B1"), *ends]).result()


def counter(rows: Sequence[EventRow], *back: Record) -> list[Record]:
    undoes = tuple(row.id for row in rows)
    undone = BookingUndone(booking=undoes[0], undoes=undoes, order="O1", line="1", **WHERE)
    return [undone, *back]


def whole(rows: Sequence[EventRow]) -> list[Record]:
    undoes = tuple(row.id for row in rows)
    return counter(
        rows,
        PutBack(**WHERE, quantity=3, reason="undone", undoes=undoes[:1]),
        LineReopened(order="O1", line="1", outcome="open", asked=3, done_quantity=0, undoes=undoes),
        OrderStarted(order="O1"),
        ToteBound(order="O1", tote="B1", position="T1"),
    )


def book(store: Store) -> int:
    return sum(each.quantity for each in store.stock_at(PLACE))


def test_stock_line_order_and_tote_are_as_before_and_a_rebuild_says_the_same(store: Store, booked: tuple[EventRow, ...]) -> None:
    store.append(whole(booked)).result()
    found = store.order("O1")
    assert found is not None
    assert (book(store), found.state) == (10, OrderState.STARTED)
    assert [(each.state, each.done_quantity) for each in found.lines] == [(LineState.OPEN, 0)]
    assert [each.tote for each in store.totes()] == ["B1"]
    digest = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == digest
    with store._engine.begin() as connection:
        assert fold.stock_matches_log(connection)


def test_a_booking_is_undone_once(store: Store, booked: tuple[EventRow, ...]) -> None:
    store.append(whole(booked)).result()
    with pytest.raises(StoreError, match=UNDO_REFUSED):
        store.append(whole(booked)).result()
    assert book(store) == 10


@pytest.mark.parametrize(
    "since",
    [
        picked(1),
        put(1),
        ResultExported(file="f.csv", rows=1, from_seq=1, through_seq=10_000, epoch=""),
        OrderCancelled(order="O1", reason="host"),
    ],
    ids=lambda record: record.kind,
)
def test_nothing_is_undone_that_something_was_built_on(store: Store, booked: tuple[EventRow, ...], since: Record) -> None:
    store.append([since]).result()
    before = book(store)
    with pytest.raises(StoreError, match=UNDO_REFUSED):
        store.append(whole(booked)).result()
    assert book(store) == before


def test_an_export_that_ended_before_the_booking_is_no_reason(store: Store, booked: tuple[EventRow, ...]) -> None:
    told = ResultExported(file="f.csv", rows=1, from_seq=1, through_seq=booked[0].seq - 1, epoch=booked[0].epoch)
    store.append([told]).result()
    store.append(whole(booked)).result()
    assert book(store) == 10


def test_a_put_and_a_correction_are_taken_back_by_their_opposites(store: Store) -> None:
    store.import_items([item()], imported("item")).result()
    store.import_stock([stock(10)], imported("stock")).result()
    rows = store.append([put(4)]).result()
    store.append(counter(rows, TakenBack(**WHERE, quantity=4, undoes=(rows[0].id,)))).result()
    assert book(store) == 10
    rows = store.append([picked(2)]).result()
    back = counter(rows, BookRestored(**WHERE, remaining=12, reason="undone", undoes=(rows[0].id,)))
    (_, restored) = store.append(back).result()
    assert '"delta":4' in restored.body.replace(" ", "")


def test_a_put_away_goes_back_to_where_the_goods_came_in(store: Store) -> None:
    store.import_items([item()], imported("item")).result()
    at_bay = WHERE | {"machine": f"{RECEIVING}S1", "tray": 1, "compartment": "BAY", "visit": 0}
    store.append([Put(**at_bay, quantity=10)]).result()
    moved = [Picked(**at_bay, quantity=4, reason="put_away"), Put(**WHERE, quantity=4, reason="put_away")]
    out, into = store.append(moved).result()
    back = (TakenBack(**WHERE, quantity=4, undoes=(into.id,)), PutBack(**at_bay, quantity=4, undoes=(out.id,)))
    store.append(counter((out, into), *back)).result()
    held = {each.place.machine: each.quantity for each in store.stock() if each.quantity}
    assert held == {f"{RECEIVING}S1": 10}
    digest = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == digest


def test_what_lies_back_is_no_lot_that_came_in(store: Store) -> None:
    store.import_items([item(lot_tracked=True)], imported("item")).result()
    rows = store.append([picked(2, lot="L1")]).result()
    store.append(counter(rows, PutBack(**WHERE, lot="L1", quantity=2, undoes=(rows[0].id,)))).result()
    with store._engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM now_lot").scalar_one() == 0


def test_a_position_of_a_sequence_that_was_filled_is_empty_again(store: Store) -> None:
    store.import_orders([order(lines=1)], imported("order")).result()
    gap = GapOpened(order="O1", line="1", sequence="L7", rank=1, item="A", missing=3, reason="no_stock")
    store.append([OrderStarted(order="O1"), gap]).result()
    rows = store.append([picked(3, order="O1", line="1"), closed("1", 3)]).result()
    assert [each.filled_at is None for each in store.gaps("L7")] == [False]
    ids = tuple(row.id for row in rows)
    reopened = LineReopened(order="O1", line="1", outcome="open", asked=3, done_quantity=0, undoes=ids)
    store.append(counter(rows, PutBack(**WHERE, quantity=3, undoes=ids[:1]), reopened)).result()
    assert [each.filled_at is None for each in store.gaps("L7")] == [True]
    digest = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == digest


def test_a_booking_that_is_not_there_cannot_be_undone(store: Store) -> None:
    with pytest.raises(StoreError, match=UNDO_REFUSED):
        store.append([BookingUndone(booking="nothing", undoes=("nothing",), **WHERE)]).result()


def test_what_was_undone_is_not_out_for_its_order(store: Store, booked: tuple[EventRow, ...]) -> None:
    found = store.order("O1")
    assert found is not None
    assert [each.quantity for each in taken_for(store, found)] == [3]
    assert [each.quantity for each in store.net_picks("A", 9)] == [3]
    store.append(whole(booked)).result()
    assert taken_for(store, found) == ()
    assert store.net_picks("A", 9) == ()


def test_what_was_returned_is_not_out_for_its_order_unless_the_return_was_undone(
    store: Store, booked: tuple[EventRow, ...]
) -> None:
    found = store.order("O1")
    assert found is not None
    returned = Returned(**WHERE, quantity=2, reason="return", of_order="O1", of_line="1")
    rows = store.append([returned]).result()
    assert [each.quantity for each in taken_for(store, found)] == [1]
    store.append(counter(rows, TakenBack(**WHERE, quantity=2, reason="undone", undoes=(rows[0].id,)))).result()
    assert [each.quantity for each in taken_for(store, found)] == [3]
    assert [each.quantity for each in store.net_picks("A", 9)] == [3]


def of_load(undone: EventRow, *back: Record) -> list[Record]:
    where = WHERE | {"item": "LD-1"}
    return [BookingUndone(booking=undone.id, undoes=(undone.id,), **where), *back]


def test_a_load_that_was_taken_lies_there_again_since_when_it_lay_and_its_consumer_has_no_ceiling_then(store: Store) -> None:
    load = {"machine": "VLM1", "tray": 7, "compartment": "C1", "visit": 1, "load": "LD-1", "consumer": "Line 3"}
    store.append([LoadPut(**load, ceiling=1)]).result()
    (before,) = store.loads()
    (taken,) = store.append([LoadTaken(**load)]).result()
    store.append([LoadPut(**(load | {"load": "LD-2", "compartment": "C2", "tray": 8}), ceiling=1)]).result()
    back = LoadBackIn(**load, put_at=before.put_at.isoformat(timespec="microseconds"), undoes=(taken.id,))
    store.append(of_load(taken, back)).result()
    assert next(each for each in store.loads() if each.load == "LD-1") == before
    digest = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == digest


def test_a_load_that_was_moved_since_is_not_undone(store: Store) -> None:
    load = {"machine": "VLM1", "tray": 7, "compartment": "C1", "visit": 1, "load": "LD-1"}
    (put_in,) = store.append([LoadPut(**load)]).result()
    store.append([LoadTaken(**load)]).result()
    with pytest.raises(StoreError, match=UNDO_REFUSED):
        store.append(of_load(put_in, LoadOutAgain(**load, undoes=(put_in.id,)))).result()
    assert store.loads() == ()
