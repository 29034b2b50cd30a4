"""An import goes in piece by piece, bookings go between, and only a file that is in as a whole is told as imported."""

from __future__ import annotations

import dataclasses
import json
import threading

import pytest
from sqlalchemy import Connection

from db.errors import StoreError
from db.imports import PIECE_ROWS, cut
from db.rows.stock import Stock
from db.rows.trays import Place
from db.store import Store

from .made import imported, item, order, put, stock

ROWS = 2 * PIECE_ROWS + 1
SOON_S = 20.0


def _rows(count: int = ROWS) -> list[Stock]:
    return [stock(5, place=Place("VLM1", 7, f"C{n}")) for n in range(count)]


def _kinds(store: Store) -> list[str]:
    return [row.kind for row in store.events(after_seq=1)]


def test_a_file_of_several_pieces_is_told_when_it_begins_and_when_it_is_in(store: Store) -> None:
    store.import_stock(_rows(), imported("stock"), operator="p_9").result(SOON_S)
    assert _kinds(store) == ["import_begun", *["stock_loaded"] * ROWS, "imported"]
    begun, *_, end = store.events(after_seq=1)
    assert begun.operator == end.operator == "p_9"
    assert json.loads(begun.body)["data"] == json.loads(end.body)["data"]


@pytest.mark.parametrize("count", [0, 1, PIECE_ROWS])
def test_a_file_of_one_piece_is_told_once(store: Store, count: int) -> None:
    store.import_stock(_rows(count), imported("stock")).result(SOON_S)
    assert _kinds(store) == [*["stock_loaded"] * count, "imported"]


def test_a_booking_overtakes_an_import_that_waits(store: Store) -> None:
    may_begin = threading.Event()
    store._writer.submit_upkeep(lambda: may_begin.wait(SOON_S))
    taken_over = store.import_stock(_rows(), imported("stock"))
    booked = store.append([put(1, compartment="D1")])
    may_begin.set()
    taken_over.result(SOON_S)
    assert booked.result(SOON_S)[0].seq == 2
    assert _kinds(store)[:2] == ["put", "import_begun"]


def test_a_booking_made_during_an_import_is_written_before_the_next_piece(store: Store) -> None:
    def piece(connection: Connection) -> tuple[int, ...]:
        store.append([put(1)])
        return (store._log.head.seq,)

    seqs = store._writer.submit_import([piece, piece, piece]).result(SOON_S)
    assert seqs == (1, 2, 3)


def test_an_interrupted_import_is_not_told_as_imported_and_the_next_one_makes_it_whole(store: Store) -> None:
    rows = _rows()
    spoilt = dataclasses.replace(rows[-1], key=dataclasses.replace(rows[-1].key, lot="\ud800"))
    with pytest.raises(StoreError, match="D407"):
        store.import_stock([*rows[:-1], spoilt], imported("stock")).result(SOON_S)
    assert _kinds(store) == ["import_begun", *["stock_loaded"] * (ROWS - 1)]
    assert store.verify().is_ok
    assert store.stock_matches_log()
    store.import_stock(rows, imported("stock")).result(SOON_S)
    assert _kinds(store)[-1] == "imported"
    assert [each.quantity for each in store.stock()] == [5] * ROWS


def test_what_any_piece_refused_is_in_the_answer(store: Store) -> None:
    codes = [f"I{n:03}" for n in range(ROWS)]
    store.import_items([item(code) for code in codes], imported("item")).result(SOON_S)
    store.import_stock([stock(1, item=codes[0]), stock(1, item=codes[-1])], imported("stock")).result(SOON_S)
    changed = [item(code, decimals=1) for code in codes]
    assert store.import_items(changed, imported("item")).result(SOON_S) == (codes[0], codes[-1])
    assert {each.decimals for each in store.items()[1:-1]} == {1}


def test_an_order_is_never_cut() -> None:
    orders = [order("A", lines=PIECE_ROWS // 2), order("B", lines=PIECE_ROWS // 2), order("C", lines=3 * PIECE_ROWS), order("D")]
    pieces = cut(orders, lambda each: len(each.lines))
    assert [[each.order for each in piece] for piece in pieces] == [["A"], ["B"], ["C"], ["D"]]


def test_closing_finishes_an_import(store: Store) -> None:
    taken_over = store.import_stock(_rows(), imported("stock"))
    store.close()
    assert taken_over.result(0) == ()
