"""How long the machine could be used, and what kept it from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from station.figures.alarms import Alarm, Availability, availability
from station.values import EventFact

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def fact(kind: str, minute: int, **data: Any) -> EventFact:
    return EventFact(NOON + timedelta(minutes=minute), kind, "", data)


def stop(minute: int, code: str = "L301") -> EventFact:
    return fact("safety", minute, code=code, is_stopped=True)


def clear(minute: int) -> EventFact:
    return fact("safety", minute, code="L301", is_stopped=False)


def link(minute: int, *, is_up: bool, device: str = "machine") -> EventFact:
    return fact("link", minute, device=device, is_up=is_up, code="" if is_up else "L101")


def found(*facts: EventFact) -> Availability:
    return availability(facts, first=NOON, until=NOON + timedelta(minutes=100))


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def test_a_stop_lasts_until_it_is_cleared() -> None:
    told = found(stop(10), clear(20), stop(50), clear(55))
    assert told.alarms == (Alarm(code="L301", times=2, lasted=minutes(15), longest=minutes(10)),)
    assert (told.ran, told.share) == (minutes(100), 0.85)


def test_the_first_cause_counts_until_all_of_them_are_gone() -> None:
    told = found(link(10, is_up=False), stop(12), link(20, is_up=True), clear(30))
    assert told.alarms == (Alarm(code="L101", times=1, lasted=minutes(20), longest=minutes(20)),)


def test_another_device_is_not_the_machine() -> None:
    assert found(link(10, is_up=False, device="scanner")).alarms == ()


def test_a_stop_that_holds_counts_to_the_end() -> None:
    assert found(stop(90)).down == minutes(10)


def test_the_time_between_two_runs_is_nobodys() -> None:
    told = found(
        fact("station_started", 10),
        stop(20),
        fact("station_stopped", 30),
        fact("station_started", 80),
        fact("safety", 90, code="", is_stopped=True),
    )
    assert told.ran == minutes(40)
    assert [(each.code, each.lasted) for each in told.alarms] == [("?", minutes(10)), ("L301", minutes(10))]


def test_a_station_that_fell_ran_to_its_last_event() -> None:
    told = found(fact("station_started", 0), link(30, is_up=True), fact("station_started", 90))
    assert told.ran == minutes(40)


def test_where_nothing_ran_no_share_is_told() -> None:
    assert found().share is None
