"""What the real store keeps of totes, lamps, held orders and sequences, and that a rebuild makes the same of the log."""

from __future__ import annotations

from dataclasses import replace

from db.records.orders import OrderClosed, OrderHeld, OrderResumed, OrderStarted
from db.records.sequence import GapOpened, GapReleased
from db.records.totes import LampMarked, ToteBound, ToteClosed
from db.rows.orders import Order, OrderState
from db.store import Store
from db.sync import bodies
from station.sequence_proof import proof, release

from .made import closed, imported, order, picked


def ranked() -> Order:
    found = order(lines=3, sequence="L7", is_express=True)
    return replace(found, lines=tuple(replace(each, rank=rank) for rank, each in enumerate(found.lines, start=1)))


def same_after_rebuild(store: Store) -> None:
    digest = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == digest


def test_a_tote_stands_at_its_place_until_it_is_full_or_its_order_ends(store: Store) -> None:
    store.import_orders([order(), order("O2")], imported("order")).result()
    bound = [ToteBound(order="O1", tote="B1", position="T1"), ToteBound(order="O2", tote="B2", position="T2")]
    store.append([*bound, LampMarked(position="T1", is_dead=True)]).result()
    assert [(each.order, each.tote, each.position) for each in store.totes()] == [("O1", "B1", "T1"), ("O2", "B2", "T2")]
    store.append([ToteClosed(order="O1", tote="B1", position="T1", why="full"), OrderClosed(order="O2")]).result()
    assert store.totes() == ()
    assert [(each.tote, each.is_open) for each in store.totes("O1")] == [("B1", False)]
    assert store.dead_lamps() == {"T1"}
    same_after_rebuild(store)
    store.append([LampMarked(position="T1", is_dead=False)]).result()
    assert store.dead_lamps() == frozenset()


def test_ranks_come_back_as_they_were_given_and_from_the_site_too(store: Store) -> None:
    store.import_orders([ranked()], imported("order")).result()
    found = store.order("O1")
    assert found == ranked()
    assert bodies.order_of(bodies.order_body(found)) == found
    assert store.ranks("L7") == 3
    assert store.orders_of_sequence("L7") == ("O1",)


def test_a_gap_is_released_once_and_filled_when_its_line_is_whole(store: Store) -> None:
    store.import_orders([ranked()], imported("order")).result()
    gap = GapOpened(order="O1", line="2", sequence="L7", rank=2, item="A", missing=3, reason="no_stock")
    store.append([OrderStarted(order="O1"), picked(3, order="O1", line="1"), closed("1", 3), gap]).result()
    assert [(each.rank, each.released_by) for each in store.gaps()] == [(2, "")]
    assert release(store, "O1", "2", "the line goes on") == 2
    store.append([GapReleased(order="O1", line="2", sequence="L7", rank=2, released_by="p_late")]).result()
    assert [each.released_by for each in store.gaps()] == ["host"]
    assert [each.state for each in proof(store, "L7")] == ["left", "gap", "open"]
    store.append([picked(3, order="O1", line="2"), closed("2", 3)]).result()
    assert store.gaps() == ()
    assert [each.state for each in proof(store, "L7")] == ["left", "filled", "open"]
    same_after_rebuild(store)


def test_a_held_order_is_listed_and_not_started(store: Store) -> None:
    store.import_orders([order()], imported("order")).result()
    store.append([OrderHeld(order="O1", reason="r")]).result()
    assert [each.state for each in store.open_orders()] == [OrderState.HELD]
    assert store.append([OrderStarted(order="O1")]).exception().code == "D411"
    store.append([OrderResumed(order="O1", reason="r")]).result()
    assert store.order("O1").state is OrderState.RELEASED
    same_after_rebuild(store)
