"""The rule that finds a pick that was booked twice: a line got more than it asked, and two of its picks are alike. Pure.

The station books nothing twice by itself; a person may take a second time what he has taken already, and a late booking may
repeat one of the screen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from station.exceptions.case import Case, Kind
from station.values import EventFact

NEAR = timedelta(minutes=2)
ALIKE = ("machine", "tray", "compartment", "item", "lot", "serial", "quantity")


def with_doubles(cases: Iterable[Case], facts: Iterable[EventFact]) -> tuple[Case, ...]:
    """The cases; an overpick is a double pick where the second of two picks alike says so."""
    picks: defaultdict[tuple[str, str], list[EventFact]] = defaultdict(list)
    for fact in facts:
        if fact.kind == "picked" and fact.data["order"]:
            picks[fact.data["order"], fact.data["line"]].append(fact)
    return tuple(_judged(case, picks[case.order, case.line]) if case.kind is Kind.OVERPICK else case for case in cases)


def _judged(case: Case, picks: list[EventFact]) -> Case:
    second = next((later for number, later in enumerate(picks) if any(_alike(each, later) for each in picks[:number])), None)
    if second is None:
        return case
    place = {name: second.data[name] for name in ALIKE if name != "quantity"}
    return replace(case, kind=Kind.DOUBLE_PICK, person=second.operator, at=second.at, **place)


def _alike(first: EventFact, second: EventFact) -> bool:
    return second.at - first.at <= NEAR and all(first.data[name] == second.data[name] for name in ALIKE)
