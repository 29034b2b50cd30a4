"""What did not change is not built again, and what did is read as it is."""

from __future__ import annotations

from db.records.orders import OrderStarted
from db.rows.orders import LineState, OrderState
from db.store import Store
from tests.unit.db.made import closed, imported, item, order, picked, put, tray


def test_only_the_order_that_changed_is_built_again(store: Store) -> None:
    store.import_items([item()], imported("items")).result()
    store.import_trays([tray()], imported("trays")).result()
    store.import_orders([order("O1"), order("O2")], imported("orders")).result()
    first, second = store.open_orders()
    store.append([OrderStarted(order="O1"), put(9), picked(2, order="O1", line="1")]).result()
    changed, same = store.open_orders()
    assert same is second
    assert (changed.state, changed.lines[0].done_quantity) == (OrderState.STARTED, 2)
    assert changed.lines[1] is not first.lines[1]
    assert changed == store.order("O1")


def test_lines_come_in_the_order_of_the_host_and_an_order_that_ended_is_forgotten(store: Store) -> None:
    store.import_items([item()], imported("items")).result()
    store.import_orders([order("O1", lines=11), order("O2")], imported("orders")).result()
    assert [each.line for each in store.open_orders()[0].lines] == [str(n) for n in range(1, 12)]
    store.append([OrderStarted(order="O2"), *(closed(line, 0, "O2", "short") for line in "12")]).result()
    assert [(each.line, each.state) for each in store.orders()[-1].lines] == [("1", LineState.SHORT), ("2", LineState.SHORT)]
