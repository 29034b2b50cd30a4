"""Who is told next: once each, later again where nobody was reached, and nobody else once somebody has answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from station.desk.values import Telling
from station.telling.plan import Happening, Rule, due

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
SHORT = Happening(topic="short", about="e_1", since=NOON)
FIRST = Rule(topics=("short", "tray"), way="mail", to="first@x.example")
NEXT = Rule(topics=("short",), way="webhook", to="https://x.example/hook", after=timedelta(minutes=10))


def told(to: Rule, *, outcome: str = "sent", attempt: int = 1, at: datetime = NOON) -> Telling:
    return Telling(topic="short", about="e_1", way=to.way, to=to.to, at=at, outcome=outcome, attempt=attempt)


def whom(at: datetime, *known: Telling, answered: frozenset[str] = frozenset()) -> list[tuple[str, int]]:
    return [(each.rule.to, each.attempt) for each in due([SHORT], [FIRST, NEXT], known, answered, at)]


def test_the_first_person_is_told_at_once_and_once() -> None:
    assert whom(NOON) == [(FIRST.to, 1)]
    assert whom(NOON + timedelta(minutes=9), told(FIRST)) == []


def test_unanswered_it_goes_to_the_next_person() -> None:
    assert whom(NOON + timedelta(minutes=10), told(FIRST)) == [(NEXT.to, 1)]
    assert whom(NOON + timedelta(minutes=10), told(FIRST), answered=frozenset({"e_1"})) == []


def test_where_nobody_was_reached_it_is_tried_again_later_each_time() -> None:
    failed = told(FIRST, outcome="failed", attempt=2)
    assert whom(NOON + timedelta(seconds=119), failed) == []
    assert whom(NOON + timedelta(seconds=120), failed) == [(FIRST.to, 3)]
    assert whom(NOON + timedelta(minutes=9), told(FIRST, outcome="failed", attempt=20)) == []


def test_a_topic_that_is_in_no_line_is_told_to_nobody() -> None:
    other = Happening(topic="bay", about="e_2", since=NOON)
    assert due([other], [FIRST, NEXT], (), frozenset(), NOON + timedelta(hours=1)) == ()
