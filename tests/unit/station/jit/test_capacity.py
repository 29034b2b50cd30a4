"""What bay and store can do, against today's transactions and those of the planned frequency."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from station.jit.assortment import Analysed, analyse
from station.jit.capacity import capacity, more_per_day, worked
from station.jit.demand import Series
from station.jit.facts import ItemFacts, assumptions_of
from station.jit.readiness import Gate, Light
from station.jit.report import report_of
from station.jit_settings import JitSettings
from station.values import EventFact

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
GIVEN = assumptions_of(JitSettings())


def lines(count: int, *, days: int = 2, busy_s: int = 30, empty_s: int = 30) -> list[EventFact]:
    """So many booked lines on each day, each of them so long at work and so long without an order."""
    found = []
    for day in range(days):
        for number in range(count):
            at = MORNING + timedelta(days=day, minutes=number)
            spent = {"lift_ms": 1000 * (busy_s // 2), "operator_ms": 1000 * (busy_s - busy_s // 2), "host_ms": 0}
            found.append(EventFact(at, "line_timed", "p1", {**spent, "empty_ms": 1000 * empty_s}))
            found.append(EventFact(at, "line_closed", "p1", {"outcome": "confirmed", "done_quantity": 1}))
    return found


def item(**facts: float) -> Analysed:
    """One a day for two years, 10.00 each: just-in-time or pull."""
    known = ItemFacts(item="A", unit_value=1000, lead_time_days=7, lead_time_sd_days=1, otif=0.99, suppliers=2, **facts)  # type: ignore[arg-type]
    series = Series("A", tuple(7 + week % 2 for week in range(104)), 0)
    return analyse((series,), {"A": known}, given=GIVEN, period_days=7).items[0]


def test_the_load_is_the_work_of_a_day_by_its_attended_time() -> None:
    found = worked(lines(60))
    assert found is not None
    assert (found.days, found.per_day, found.seconds_each) == (2, 60.0, pytest.approx(30.0))
    assert found.open_hours == pytest.approx(1.0)  # half of it without an order
    both = capacity(lines(60), ())
    assert both is not None
    assert (both.load_today, both.most_per_day) == (pytest.approx(0.5), pytest.approx(120.0))


def test_nothing_measured_is_no_capacity() -> None:
    assert capacity([], ()) is None
    assert worked([EventFact(MORNING, "line_closed", "p1", {"outcome": "confirmed", "done_quantity": 1})]) is None


def test_smaller_lots_are_more_put_aways_for_the_same_demand() -> None:
    one = item(minimum=10, maximum=110)
    per_day = one.measured.per_day
    assert more_per_day((one,)) == pytest.approx(per_day / one.measured.lot - per_day / 100)


def test_the_gate_is_the_planned_load_and_names_its_figures() -> None:
    series = Series("A", tuple(7 + week % 2 for week in range(104)), 0)
    known = {"A": ItemFacts(item="A", unit_value=1000, lead_time_days=7, otif=0.99, suppliers=2, minimum=10, maximum=110)}
    assortment = analyse((series,), known, given=GIVEN, period_days=7)
    quiet, busy = report_of(assortment, worked=lines(60)), report_of(assortment, worked=lines(60, empty_s=3))
    gates = [next(each for each in report.gates if each.gate is Gate.CAPACITY) for report in (quiet, busy)]
    assert [each.light for each in gates] == [Light.GREEN, Light.RED]
    assert quiet.capacity is not None
    assert gates[0].figure == quiet.capacity.load_planned > quiet.capacity.load_today
    assert next(each for each in report_of(assortment).gates if each.gate is Gate.CAPACITY).light is Light.UNKNOWN
