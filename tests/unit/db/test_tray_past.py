"""A tray at any moment of its past is what the events up to there add up to."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from db.projections import fold
from db.projections.tray_past import EVERY, stock_at
from db.records.record import Record
from db.rows.stock import StockKey
from db.rows.tray_past import PastAsk, PastFilter, PastPage
from db.rows.trays import Tray
from db.store import Store

from .made import counted, imported, loaded, picked, put, tray


def _at(store: Store, **asked: object) -> PastPage:
    return store.tray_past(PastAsk(machine="VLM1", tray=7, **asked))  # type: ignore[arg-type]


def _held(page: PastPage) -> dict[tuple[str, str, str], int]:
    return {(each.compartment, each.key.item, each.key.lot): each.quantity for each in page.past.stock}


def _random_record(dice: random.Random) -> Record:
    where = {"compartment": dice.choice(("C1", "C2")), "item": dice.choice("AB"), "lot": dice.choice(("", "L1")), "tray": 7}
    make = dice.choice((picked, put, put, counted))
    return make(dice.randint(1, 5), **where, order=dice.choice(("", "O1")))


def test_any_moment_is_the_sum_of_the_events_before_it(store: Store) -> None:
    """Also beyond the moments that are kept, and the same as a replay from the beginning."""
    dice = random.Random(4)
    lies: list[dict[tuple[str, str, str], int]] = []
    ends: list[int] = []
    for _ in range(EVERY * 2 + 40):
        row = store.append([_random_record(dice)], operator="p_1").result()[-1]
        held = {(s.place.compartment, s.key.item, s.key.lot): s.quantity for s in store.stock_on_tray("VLM1", 7) if s.quantity}
        lies.append(held)
        ends.append(row.seq)
    for at in (0, 1, EVERY - 1, EVERY, EVERY + 1, 2 * EVERY, len(ends) - 1):
        assert _held(_at(store, n=ends[at])) == lies[at], at
        assert _at(store, n=ends[at]).past.index == at + 1


def test_what_is_kept_is_the_same_after_a_rebuild(store: Store) -> None:
    dice = random.Random(5)
    store.append([_random_record(dice) for _ in range(EVERY + 3)], operator="p_1").result()
    before = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == before
    with store._readers.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM now_tray_past").scalar() == 1
        last = connection.exec_driver_sql("SELECT max(n) FROM event").scalar_one()
        kept = connection.exec_driver_sql("SELECT n FROM now_tray_past").scalar_one()
        assert stock_at(connection, "VLM1", 7, kept)
        assert kept < last
        assert fold.stock_matches_log(connection)


def test_it_says_who_left_what_from_which_order(store: Store) -> None:
    store.append([put(8, lot="L1", order="O7")], operator="p_2").result()
    store.append([picked(3, lot="L1", order="O9")], operator="p_3").result()
    (stock,) = _at(store).past.stock
    assert (stock.key, stock.quantity) == (StockKey(item="A", lot="L1"), 5)
    assert (stock.person, stock.order, stock.kind) == ("p_3", "O9", "picked")


def test_the_layout_is_that_of_the_moment(store: Store) -> None:
    store.import_trays([tray(labels=("C1", "C2"))], imported("tray")).result()
    first = store.append([put(1)]).result()[-1].seq
    wider = tray(labels=("C1", "C2", "C3"))
    store.import_trays([wider], imported("tray")).result()
    store.import_trays([wider], imported("tray")).result()  # the same again is no change
    store.append([put(1, compartment="C3")]).result()

    def labels(shown: Tray | None) -> list[str]:
        return [each.label for each in shown.compartments] if shown else []

    assert labels(_at(store, n=first).past.tray) == ["C1", "C2"]
    assert labels(_at(store).past.tray) == ["C1", "C2", "C3"]
    assert len(store.events(kinds=("tray_changed",), limit=None)) == 1


def test_steps_go_by_the_events_that_are_wanted(store: Store) -> None:
    rows = store.append([put(5), picked(1, order="O1"), put(2, lot="L1"), picked(1, order="O1")], operator="p_1").result()
    of_order = PastFilter(order="O1")
    newest = _at(store, wanted=of_order)
    assert [each.row.seq for each in newest.events] == [rows[3].seq, rows[1].seq]
    back = _at(store, n=newest.past.n, step=-1, wanted=of_order)
    assert back.past.event is not None
    assert back.past.event.row.seq == rows[1].seq
    assert _at(store, n=back.past.n, step=-1, wanted=of_order).is_end
    forward = _at(store, n=back.past.n, step=1, wanted=of_order)
    assert forward.past.n == rows[3].seq
    assert _at(store, n=forward.past.n, step=1, wanted=of_order).is_end


def test_back_before_the_first_event_the_tray_is_empty(store: Store) -> None:
    rows = store.append([put(5), put(2)]).result()
    first = _at(store, n=rows[-1].seq, step=-1)
    assert first.past.n == rows[0].seq
    before = _at(store, n=first.past.n, step=-1)
    assert (before.past.stock, before.past.index, before.past.total) == ((), 0, 2)


def test_what_changed_since_is_marked(store: Store) -> None:
    rows = store.append([put(5), put(2, compartment="C2")]).result()
    store.append([picked(1)]).result()
    assert _at(store, n=rows[-1].seq).past.changed == ("C1",)
    assert _at(store).past.changed == ()


def test_a_moment_of_the_clock_is_found(store: Store) -> None:
    rows = store.append([put(5), put(2)]).result()
    assert _at(store, at=rows[0].at).past.n == rows[0].seq
    assert _at(store, at=rows[0].at - timedelta(hours=1)).past.stock == ()
    assert _at(store, at=rows[-1].at + timedelta(hours=1)).past.n >= rows[-1].seq


@pytest.mark.parametrize(
    "wanted",
    [
        PastFilter(person="p_2"),
        PastFilter(lot="L1"),
        PastFilter(serial="S1"),
        PastFilter(item="B"),
        PastFilter(order="O2"),
        PastFilter(reason="damaged"),
    ],
)
def test_each_filter_leaves_the_one_event(store: Store, wanted: PastFilter) -> None:
    store.append([put(5), loaded(3)], operator="p_1").result()
    more = {"lot": "L1", "serial": "S1", "item": "B", "order": "O2", "reason": "damaged"}
    (row,) = store.append([put(1, **more)], operator="p_2").result()
    assert [each.row.seq for each in _at(store, wanted=wanted).events] == [row.seq]


def test_a_period_is_a_filter_too(store: Store) -> None:
    rows = store.append([put(1), put(2), put(3)]).result()
    wanted = PastFilter(since=rows[1].at, until=rows[2].at)
    assert [each.row.seq for each in _at(store, wanted=wanted).events] == [rows[1].seq]
