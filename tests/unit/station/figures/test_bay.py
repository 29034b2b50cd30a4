"""What a stretch of the record comes to, by hour, day and shift; and what is not told of a few people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from station.figures.bay import FEWEST_PEOPLE, Figures, all_together, by_day, by_hour, figures_of
from station.values import EventFact

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def fact(kind: str, minute: int = 0, by: str = "p_1", **data: Any) -> EventFact:
    return EventFact(NOON + timedelta(minutes=minute), kind, by, data)


def timed(minute: int = 0, *, lift: int = 0, operator: int = 0, host: int = 0, empty: int = 0) -> EventFact:
    return fact("line_timed", minute, lift_ms=lift, operator_ms=operator, host_ms=host, empty_ms=empty)


def closed(outcome: str = "confirmed", done: int = 5, *, minute: int = 0, by: str = "p_1") -> EventFact:
    return fact("line_closed", minute, by, outcome=outcome, done_quantity=done, asked=5)


def only(*facts: EventFact) -> Figures:
    (found,) = figures_of(facts, all_together)
    return found


def test_where_the_minute_goes() -> None:
    found = only(timed(lift=30_000, operator=10_000), timed(host=5_000, empty=5_000, operator=10_000), closed())
    assert found.shares == pytest.approx((0.5, 1 / 3, 1 / 12, 1 / 12))
    assert found.hours == pytest.approx(1 / 60)
    assert found.lines_per_hour == pytest.approx(60)


def test_a_line_that_moved_nothing_is_no_line_and_a_cancelled_one_no_short() -> None:
    found = only(closed(), closed("short", 2), closed("short", 0), closed("cancelled", 3), closed("moved", 3))
    assert (found.lines, found.shorts_per_100) == (2, 100.0)


def test_only_a_fetch_that_was_done_is_a_tray() -> None:
    moves = [("fetch", "done"), ("fetch", "not_done"), ("store", "done"), ("fetch", "done"), ("fetch", "unknown")]
    found = only(closed(), closed(), *(fact("motion_ended", verb=verb, outcome=outcome) for verb, outcome in moves))
    assert found.trays_per_line == 1.0


def test_wrong_scans_and_the_dwell_of_goods_that_were_waited_for() -> None:
    passed = [fact("goods_passed", dwell_s=each) for each in (10, 400, 20)]
    found = only(closed(), closed(), fact("scan_refused"), *passed)
    assert (found.wrong_scans_per_100, found.dwell_s) == (50.0, 20)


def test_without_a_line_nothing_is_divided() -> None:
    found = only(fact("scan_refused"))
    assert found == Figures(
        what="",
        lines=0,
        hours=None,
        lines_per_hour=None,
        shares=None,
        trays_per_line=None,
        wrong_scans_per_100=None,
        shorts_per_100=None,
        dwell_s=None,
    )


def test_hours_and_days_are_those_of_the_place() -> None:
    zone = timezone(timedelta(hours=-13))
    late, later = closed(), closed(minute=90)  # 23:00 and 00:30 there
    assert [(each.what, each.lines) for each in figures_of([late, later], by_hour(zone))] == [("00", 1), ("23", 1)]
    assert [each.what for each in figures_of([late, later], by_day(zone))] == ["2026-11-25", "2026-11-26"]


@pytest.mark.parametrize(("people", "is_told"), [(FEWEST_PEOPLE - 1, False), (FEWEST_PEOPLE, True)])
def test_of_a_few_people_only_the_lines_are_told(people: int, is_told: bool) -> None:
    facts = [timed(operator=1000), fact("scan_refused"), *(closed(by=f"p_{number}") for number in range(people))]
    (found,) = figures_of(facts, all_together, fewest_people=FEWEST_PEOPLE)
    assert found.lines == people
    told = (found.hours, found.lines_per_hour, found.shares, found.wrong_scans_per_100, found.shorts_per_100)
    assert (None not in told) is is_told
