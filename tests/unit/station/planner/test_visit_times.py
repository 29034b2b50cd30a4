"""What a visit takes: until its tray is sent back, and right in the sum."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from station.planner.visit_log import LEAST, Visit, learn_operator, visits_of

NOW = datetime(2026, 11, 28, 7, 0, tzinfo=UTC)


def at(seconds: float, kind: str, **data: Any) -> tuple[datetime, str, dict[str, Any]]:
    return NOW + timedelta(seconds=seconds), kind, data


def visit_with(leaves_s: float) -> Visit:
    """A tray that came after 20 s, a line at 35 s, and the command that sends it back."""
    bay = {"machine": "VLM1", "opening": "B", "tray": 4}
    events = (
        at(0, "motion_intended", command=1, verb="fetch", **bay),
        at(20, "motion_ended", command=1, verb="fetch", outcome="done", **bay),
        at(35, "line_closed"),
        at(leaves_s, "motion_intended", command=2, verb="store", **bay),
    )
    return visits_of(events, machine="VLM1", opening="B")[0]


def test_a_visit_ends_when_its_tray_is_sent_back_at_once() -> None:
    assert visit_with(36.5).worked_s == 16.5
    assert visit_with(60.0).worked_s == 15.0  # somebody stood and thought


def test_what_some_visits_take_beyond_the_usual_is_in_the_sum() -> None:
    usual = [4.0 + 9.0 * (1 + number % 3) for number in range(4 * LEAST)]
    worked = [each + (30.0 if number % 8 == 0 else 0.0) for number, each in enumerate(usual)]
    visits = [Visit(tray=1, arrived=NOW, waited_s=0.0, worked_s=each, lines=1 + number % 3) for number, each in enumerate(worked)]
    found = learn_operator(visits).operator
    assert sum(found.visit_s + found.line_s * each.lines for each in visits) == pytest.approx(sum(worked))
    assert found.line_s == pytest.approx(9.0, abs=0.5)
