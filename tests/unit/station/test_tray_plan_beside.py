"""Which tray comes next before several lifts: what binds, then what is ready, then what comes, then the rule."""

from __future__ import annotations

from datetime import UTC, datetime

from station.planner.problem import PolicyName
from station.task import Mode, Task
from station.tray_plan import Choice, Standing, choose_beside
from station.values import StockKey
from tests.helpers.sample import BOLT, place

COUNTS = {"line_no": 1, "line_count": 1, "line_asked": 1}


def task(order: str, tray: int) -> Task:
    key = StockKey(item=BOLT.code)
    return Task(
        order=order, line=str(tray), number=1, mode=Mode.PICK, item=BOLT, key=key, place=place(tray, "C7"), quantity=1, **COUNTS
    )


TASKS = (task("A", 11), task("A", 21), task("B", 12), task("C", 22))


def chosen(*, ready: set[int] = frozenset(), coming: set[int] = frozenset(), first: tuple[str, ...] = ()) -> Choice:
    standing = Standing(tasks=TASKS, first=first, utc=datetime(2026, 3, 3, tzinfo=UTC))
    found = choose_beside(standing, PolicyName.VOTES, ready=ready, coming=coming)
    assert found is not None
    return found


def test_a_tray_that_stands_ready_goes_before_the_rule_and_before_one_that_comes() -> None:
    assert (chosen(ready={21}, coming={22}).tray, chosen(ready={21}).why) == (21, "ready_beside")


def test_one_that_comes_goes_before_the_rule() -> None:
    assert (chosen(coming={21}).tray, chosen(coming={21}).why) == (21, "coming_beside")


def test_with_nothing_there_the_rule_decides() -> None:
    assert chosen().why == "votes"


def test_what_breaks_in_goes_before_what_is_ready() -> None:
    assert (chosen(ready={21}, first=("B",)).tray, chosen(ready={21}, first=("B",)).why) == (12, "express")


def test_a_ready_tray_that_nobody_needs_is_none() -> None:
    assert chosen(ready={29}).why == "votes"
