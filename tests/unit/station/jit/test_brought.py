"""What just-in-time has brought: worked by hand from a few days of two items."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from db.rows.trays import Compartment, Tray
from station.jit.brought import LOT_HELD, PICKED, RECEIVED, Brought, Held, brought_of, space_of
from station.jit.money import CarryingCost, CostPart
from station.values import EventFact, StockChange

TODAY = date(2026, 11, 28)
COST = CarryingCost((CostPart("capital", 0.10, True), CostPart("space", 0.05, False)))


def changed(item: str, back: int, delta: int, *, is_loaded: bool = False) -> StockChange:
    return StockChange(item, TODAY - timedelta(days=back), delta, is_loaded)


BOLT = Held(item="BOLT", now=10, changes=(changed("BOLT", 1, -30),), unit_value_minor=100.0, top=20, use_per_day=5.0)
NUT = Held(item="NUT", now=0, changes=(changed("NUT", 0, -4),), unit_value_minor=50.0, top=None, use_per_day=2.0)


def fact(kind: str, back: int, **data: object) -> EventFact:
    return EventFact(datetime(2026, 11, 28, 12, tzinfo=UTC) - timedelta(days=back), kind, "p_1", data)


FACTS = (
    fact(RECEIVED, 3, verdict="release"),
    fact(RECEIVED, 0, verdict="reject"),
    fact(RECEIVED, 0),
    fact(LOT_HELD, 2),
    fact(PICKED, 0),
)


def brought(*held: Held, since_back: int = 1) -> Brought:
    since = TODAY - timedelta(days=since_back)
    return brought_of(held or (BOLT, NUT), FACTS, cost=COST, days=4, since=since, today=TODAY, idle_days=2)


def test_the_worth_of_each_day_is_walked_back_from_now() -> None:
    assert [round(worth) for _, worth in brought().days] == [4200, 4200, 1200, 1000]
    assert [day for day, _ in brought().days][-1] == TODAY


def test_before_and_since_stand_side_by_side() -> None:
    found = brought()
    assert found.before is not None
    assert (found.before.mean_minor, found.since.mean_minor) == (4200, 1100)
    assert (found.before.above_minor, found.since.above_minor) == (2000, 0)  # 40 bolts over a top of 20; no top, nothing above
    assert (found.before.days_out, found.since.days_out, found.since.lost_minor) == (0, 1, 100)
    assert found.since.carrying_minor == pytest.approx(165)
    assert found.since.avoidable_minor == pytest.approx(110)


def test_defects_are_counted_on_their_side() -> None:
    found = brought()
    assert found.before is not None
    assert (found.before.receipts, found.before.refused_receipts, found.before.defects_at_pick) == (1, 0, 1)
    assert (found.since.receipts, found.since.refused_receipts, found.since.picks) == (2, 1, 1)


def test_an_item_that_was_loaded_meanwhile_is_not_compared() -> None:
    loaded = replace(NUT, changes=(changed("NUT", 1, 0, is_loaded=True),), now=7)
    found = brought(BOLT, loaded)
    assert (found.items, found.compared) == (2, 1)
    assert round(found.days[-1][1]) == 1000


def test_without_a_time_before_there_is_no_comparison() -> None:
    found = brought(since_back=9)
    assert found.before is None
    assert found.since.first == TODAY - timedelta(days=3)


def test_what_nobody_took_lies_idle_the_dearest_first() -> None:
    never = Held(item="CAM", now=3, changes=(), unit_value_minor=900.0, top=None, use_per_day=0.0)
    come_in = replace(BOLT, item="PIN", changes=(changed("PIN", 0, 5),))
    idle = brought(BOLT, NUT, never, come_in).idle
    assert [each.item for each in idle] == ["CAM", "PIN"]


def test_space_is_told_by_compartments_and_by_area() -> None:
    sizes = {"A1": 100, "A2": 300}
    cells = tuple(Compartment(label=label, x_mm=0, y_mm=0, width_mm=width, depth_mm=100) for label, width in sizes.items())
    tray = Tray(machine="M1", number=4, width_mm=400, depth_mm=100, compartments=cells)
    found = space_of("M1", [tray], [(4, "A1"), (4, "nowhere")])
    assert (found.compartments, found.used, found.area_share) == (2, 1, 0.25)
    assert space_of("M1", [], []).area_share == 0.0
