"""Which alarm came first, how long it held, and when somebody was there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from station.desk.alarms import alarms_of, lines_lost
from station.values import EventFact

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def fact(minutes: int, kind: str, **data: Any) -> tuple[EventFact, datetime, str]:
    at = NOON + timedelta(minutes=minutes)
    return EventFact(at, kind, "", data), at + timedelta(seconds=90), "p_1"


def test_the_first_of_several_is_first_out_and_each_ends_by_itself() -> None:
    stop = {"machine": "M1", "code": "E1"}
    line = {"device": "scanner-1"}
    facts = (
        fact(0, "safety", **stop, is_stopped=True),
        fact(1, "link", **line, is_up=False, code="L101"),
        fact(2, "safety", **stop, is_stopped=True),
        fact(3, "safety", **stop, is_stopped=False),
        fact(4, "link", **line, is_up=True),
        fact(5, "link", **line, is_up=False, code="L102"),
    )
    last, second, first = alarms_of(facts)
    assert (first.is_first_out, first.until, first.answer_s) == (True, NOON + timedelta(minutes=3), 90)
    assert (second.is_first_out, second.until) == (False, NOON + timedelta(minutes=4))
    assert (last.is_first_out, last.until, last.code) == (True, None, "L102")
    assert lines_lost((last, second, first)) == {"scanner-1": 2}


def test_a_line_that_comes_up_first_is_no_alarm() -> None:
    assert alarms_of((fact(0, "link", device="machine", is_up=True),)) == ()
