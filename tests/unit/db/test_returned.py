"""What came back of an order is read by the order, not out of all that ever moved of its items."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from db.records.taken import Returned
from db.records.undo import BookingUndone
from db.rows.events import EventRow
from db.store import Store
from station.order_log import taken_for

from .made import imported, item, order, picked, put, stock

WHERE = {"machine": "VLM1", "tray": 7, "compartment": "C1", "visit": 1, "item": "A"}
NOISE = 200


class Counted:
    """The store's events, and how many rows were read."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.rows = 0

    def events(self, *, kinds: Collection[str] | None = None, **asked: Any) -> tuple[EventRow, ...]:
        found = self._store.events(kinds=kinds, **asked)
        self.rows += len(found)
        return found


def busy(store: Store) -> Store:
    """Four were taken for O1, and the item moves all day for others."""
    store.import_items([item()], imported("item")).result()
    store.import_stock([stock(1000)], imported("stock")).result()
    store.import_orders([order(lines=1)], imported("order")).result()
    store.append([picked(4, order="O1", line="1")]).result()
    store.append([each for _ in range(NOISE) for each in (picked(1), put(1))]).result()
    return store


def back(store: Store, quantity: int) -> EventRow:
    (row,) = store.append([Returned(**WHERE, quantity=quantity, of_order="O1", of_line="1")]).result()
    return row


def taken(store: Counted, of: Store) -> list[int]:
    found = of.order("O1")
    assert found is not None
    return [each.quantity for each in taken_for(store, found)]


def test_what_was_returned_comes_off_and_only_the_orders_own_rows_are_read(store: Store) -> None:
    busy(store)
    back(store, 1)
    counted = Counted(store)
    assert taken(counted, store) == [3]
    assert counted.rows < 10


def test_a_return_that_was_undone_is_none(store: Store) -> None:
    busy(store)
    row = back(store, 1)
    store.append([BookingUndone(booking=row.id, undoes=(row.id,), **WHERE)]).result()
    assert taken(Counted(store), store) == [4]


def test_the_index_answers(store: Store) -> None:
    busy(store)
    asked = "kind = 'put' AND body ->> '$.data.of_order' <> '' AND body ->> '$.data.of_order' = 'O1'"
    with store._engine.begin() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN SELECT id FROM event WHERE {asked} ORDER BY n").all()
    assert "ix_event_of_order" in " ".join(row[3] for row in plan)
