"""How much of the stock was counted, as the store adds it up: the same places as the slow way has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.records.stock import Counted, StockLoaded
from db.store import Store
from station.accuracy.reading import read_uncounted

EVER = datetime(2020, 1, 1, tzinfo=UTC)


def at(compartment: str, tray: int = 1, item: str = "A") -> dict[str, Any]:
    return {"machine": "M", "tray": tray, "compartment": compartment, "visit": 1, "item": item}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path, station="S1", ballast_bytes=0)
    for tray, compartment in ((1, "A1"), (1, "A2"), (2, "A1")):
        store.append([StockLoaded(**at(compartment, tray), counted=5)]).result()
    store.append([Counted(**at("A1"), counted=5, order="", line="", was_blind=True)], operator="p_1").result()
    yield store
    store.close()


def test_the_trays_are_those_of_the_places_that_are_missing(store: Store) -> None:
    until = datetime.now(UTC) + timedelta(minutes=1)
    found = store.trays_counted(first=EVER, until=until)
    missing, places = read_uncounted(store, since=EVER, now=until)
    assert sum(each.places for each in found) == places == 3
    assert {(each.tray, each.missing) for each in found} == {(1, 1), (2, 1)}
    assert [(each.place.tray, each.place.compartment) for each in missing] == [(1, "A2"), (2, "A1")]


def test_an_item_has_its_places_and_what_is_due_since_each_moment(store: Store) -> None:
    now = datetime.now(UTC)
    (found,) = store.items_counted(machine="M", since=[EVER, now + timedelta(minutes=1)])
    assert (found.item, found.places) == ("A", 3)
    assert found.due[1] == 3, "counted before that moment"
    assert found.due[0] < 3, "one was counted since"
    assert store.items_counted(machine="OTHER", since=[EVER]) == ()


def test_a_count_that_agrees_is_none_of_those_that_are_off(store: Store) -> None:
    until = datetime.now(UTC) + timedelta(minutes=1)
    store.append([Counted(**at("A2"), counted=4, order="", line="", was_blind=True)], operator="p_1").result()
    assert [(each.data["compartment"], each.data["book"]) for each in store.counts_off(first=EVER, until=until)] == [("A2", 5)]
