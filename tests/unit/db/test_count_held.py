"""A count that waits for a different person is held with all that was said of it, until the stock has a new figure."""

from __future__ import annotations

import pytest

from db.records.record import Record
from db.records.stock import Corrected, CountHeld, CountRecount, ZeroCheckAsked
from db.rows.stock import CountSaid, StockKey
from db.store import Store

from .made import PLACE, counted, loaded, picked, put

WHERE = {"machine": "VLM1", "tray": 7, "compartment": "C1", "visit": 1, "item": "A"}


def held(*figures: int, person: str = "p1", **more: object) -> CountHeld:
    return CountHeld(counted=figures[-1], figures=figures, person=person, **{**WHERE, **more})  # type: ignore[arg-type]


def corrected(remaining: int) -> Corrected:
    return Corrected(remaining=remaining, reason="not_there", **WHERE)  # type: ignore[arg-type]


def said(store: Store) -> list[CountSaid]:
    return [said for each in store.counts_held("VLM1") for said in each.said]


def test_every_figure_stays_and_the_stock_is_as_it_was(store: Store) -> None:
    store.append([put(12), held(9, 9, order="O1", line="1"), held(8, 9, person="p2")]).result()
    (found,) = store.counts_held("VLM1")
    assert (found.place, found.key, found.order, found.line) == (PLACE, StockKey(item="A"), "O1", "1")
    assert found.said == (CountSaid("p1", (9, 9)), CountSaid("p2", (8, 9)))
    assert (found.counters, found.figures) == ({"p1", "p2"}, (9,))
    assert store.counts_held("VLM2") == ()
    assert store.stock_at(PLACE)[0].quantity == 12
    shown = [each for each in store.events(kinds=("count_held",)) if '"shown":12' in each.body]
    assert len(shown) == 2, "the log says what the book held"


@pytest.mark.parametrize("answer", [counted(12), counted(0), loaded(3)])
def test_a_new_figure_settles_it(store: Store, answer: Record) -> None:
    store.append([put(12), held(9), held(1, compartment="C2"), answer]).result()
    assert [each.place.compartment for each in store.counts_held("VLM1")] == ["C2"]


def test_what_is_picked_and_put_meanwhile_is_in_the_figures_and_a_correction_is_not(store: Store) -> None:
    store.append([put(12), held(9), picked(2), held(5, person="p2"), put(3), corrected(4)]).result()
    assert said(store) == [CountSaid("p1", (10,)), CountSaid("p2", (8,))]


def test_counted_afresh_nothing_that_was_said_settles_it(store: Store) -> None:
    store.append([put(12), held(9), CountRecount(**WHERE)]).result()  # type: ignore[arg-type]
    (found,) = store.counts_held("VLM1")
    assert (found.said, found.counters) == ((), frozenset())


def test_whoever_counts_an_empty_compartment_has_answered_whether_it_is(store: Store) -> None:
    store.append([put(2), picked(2), ZeroCheckAsked(**WHERE), held(3)]).result()  # type: ignore[arg-type]
    assert store.zero_checks("VLM1") == ()


def test_an_event_of_an_older_program_is_one_figure_of_nobody(store: Store) -> None:
    store.append([put(2), CountHeld(counted=9, **WHERE)]).result()  # type: ignore[arg-type]
    assert said(store) == [CountSaid("", (9,))]


def test_a_rebuild_says_the_same(store: Store) -> None:
    store.append([put(12), held(9, 9), picked(2), held(5, 7, person="p2"), held(1, compartment="C2")]).result()
    before, held_before = store.projection_digest(), store.counts_held("VLM1")
    store.rebuild().result()
    assert (store.projection_digest(), store.counts_held("VLM1")) == (before, held_before)
