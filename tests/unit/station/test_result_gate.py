"""A result leaves when its booking can be undone no more, and what was undone never leaves."""

import pytest

from db.records.orders import LineClosed
from db.records.stock import Picked
from db.records.undo import BookingUndone, LineReopened, PutBack
from station.result_gate import COMING, ResultGate
from tests.unit.station.test_results import HERE, book, facts, results, rows_of, store

__all__ = ["results", "store"]  # fixtures


def take(store, quantity, *, lot="L1"):
    picked = Picked(**HERE, item="BOLT", order="O1", line="1", quantity=quantity, lot=lot)
    return book(store, picked, LineClosed(order="O1", line="1", outcome="confirmed", asked=8, done_quantity=quantity))


def undo(store, rows):
    ids = tuple(row.id for row in rows)
    return book(
        store,
        BookingUndone(booking=ids[0], undoes=ids, item="BOLT", order="O1", line="1", **HERE),
        PutBack(**HERE, item="BOLT", lot="L1", quantity=8, reason="undone", undoes=ids[:1]),
        LineReopened(order="O1", line="1", outcome="open", asked=8, done_quantity=0, undoes=ids),
    )


def left(exported):
    return [facts(row, "kind", "lot", "quantity") for each in exported for row in rows_of(each.path)]


def test_what_is_held_waits_and_what_was_before_it_leaves(store, results):
    book(store, Picked(**HERE, item="BOLT", quantity=1))
    rows = take(store, 8)
    results.gate.hold(rows[0].id)
    assert left(results.export()) == [("pick", "", "1")]
    assert results.export() == ()
    results.gate.hold(None)
    assert left(results.export()) == [("confirmed", "L1", "8")]
    assert results.export() == ()


def test_while_a_booking_is_on_its_way_nothing_leaves(store, results):
    results.gate.hold(COMING)
    take(store, 8)
    assert results.export() == ()


def test_what_was_undone_never_leaves_and_the_line_leaves_once_with_what_was_taken_at_last(store, results):
    undo(store, take(store, 8))
    take(store, 7, lot="L2")
    assert left(results.export()) == [("confirmed", "L2", "7")]
    assert results.export() == ()


def test_after_a_crash_in_the_window_nothing_is_lost(store, results, tmp_path):
    results.gate.hold(take(store, 8)[0].id)
    assert results.export() == ()
    again = type(results)(store=store, directory=tmp_path / "results", station="S1")
    assert left(again.export()) == [("confirmed", "L1", "8")]


def test_a_booking_that_came_while_the_log_was_read_is_read_again(store, results, monkeypatch):
    rows = []
    read = type(store).events

    def events(self, **asked):
        if not rows and asked.get("kinds") and "line_closed" in asked["kinds"] and "limit" in asked:
            results.gate.hold(COMING)
            rows.extend(take(store, 8))
            found = read(self, **asked)
            results.gate.hold(rows[0].id)
            undo(store, rows)
            results.gate.hold(None)
            return found
        return read(self, **asked)

    monkeypatch.setattr(type(store), "events", events)
    assert results.export() == ()
    assert rows


@pytest.mark.parametrize(("held", "free"), [(None, 2), (COMING, 0), ("e1", 0), ("e2", 1), ("e3", 2)])
def test_the_gate_lets_through_what_is_before(held, free):
    class Row:
        def __init__(self, id):
            self.id = id

    gate = ResultGate()
    gate.hold(held)
    found = gate.free((Row("e1"), Row("e2")), turn=gate.turn)
    assert len(found) == free
