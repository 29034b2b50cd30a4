"""Work added up by the store: the same figures as from its events one by one, and rare kinds in their order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.records.orders import LineClosed, ScanRefused
from db.records.planning import LineTimed
from db.store import Store
from station.figures.bay import RECORDS, all_together, by_hour, figures_of, figures_of_work

EVER = {"first": datetime(2020, 1, 1, tzinfo=UTC), "until": datetime(2100, 1, 1, tzinfo=UTC)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path, station="S1", ballast_bytes=0)
    for line, (outcome, done, who) in enumerate((("confirmed", 5, "p_1"), ("short", 2, "p_2"), ("cancelled", 0, "p_1"))):
        timed = LineTimed(order="O", line=str(line), tray=1, lift_ms=1000, operator_ms=2000, host_ms=10, empty_ms=5)
        closed = LineClosed(order="O", line=str(line), outcome=outcome, asked=5, done_quantity=done)
        store.append([timed, closed], operator=who).result()
    yield store
    store.close()


@pytest.mark.parametrize("group", [all_together, by_hour(UTC)], ids=["whole", "hours"])
def test_the_sums_are_those_of_the_events(store: Store, group: object) -> None:
    by_events = figures_of(store.facts(kinds=RECORDS, **EVER), group)  # type: ignore[arg-type]
    assert by_events[0].lines == 2
    assert figures_of_work(store.work_quarters(**EVER), (), group) == by_events  # type: ignore[arg-type]


def test_each_person_has_rows_of_his_own(store: Store) -> None:
    quarters = store.work_quarters(**EVER)
    assert {(each.operator, each.lines, each.shorts, each.closed) for each in quarters} == {("p_1", 1, 0, 1), ("p_2", 1, 1, 1)}
    assert all(each.at.minute % 15 == 0 for each in quarters)


def test_a_stretch_has_only_its_own(store: Store) -> None:
    now = datetime.now(UTC)
    assert store.work_quarters(first=now + timedelta(days=1), until=now + timedelta(days=2)) == ()


def test_rare_kinds_come_in_their_order(store: Store) -> None:
    kinds = ("line_closed", "line_timed")
    found = store.kind_facts(kinds=kinds, **EVER)
    assert found == store.facts(kinds=kinds, **EVER)
    assert ScanRefused.kind not in {each.kind for each in found}
