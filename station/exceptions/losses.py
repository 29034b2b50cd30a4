"""By how much the book was wrong, in pieces and money, by item, tray, shift, and in whose reach it was. Pure.

What a count or a correction finds happened some time since the place was last known to be right. Who had the tray in that time is
the custody that led there: a list of people to ask, not a list of culprits.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from station.exceptions.case import LOSSES, Case
from station.values import EventFact

RESETS = ("counted", "corrected", "stock_loaded")
REACHED = ("motion_ended", "picked", "put", *RESETS)  # events whose operator had the tray


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Of one item, tray, shift or person: how many cases, and what they come to. `missing` and `surplus` are apart, since a
    surplus in one place does not mend what is missing in another."""

    what: str
    cases: int = 0
    missing: int = 0
    surplus: int = 0
    value: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """A person who had the tray of this case since its place was last known to be right, and how often."""

    case: Case
    person: str
    times: int


def losses(cases: Iterable[Case], what: Callable[[Case], str]) -> tuple[Loss, ...]:
    """Added up by `what`, the dearest first; where no value is known, the most cases first."""
    sums: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        if case.kind in LOSSES:
            sums[what(case)].append(case)
    found = (_added(name, each) for name, each in sums.items())
    return tuple(sorted(found, key=lambda loss: (loss.value, -loss.cases, loss.what)))


def by_item(case: Case) -> str:
    return case.item


def by_tray(case: Case) -> str:
    return f"{case.machine} {case.tray}"


def in_reach(cases: Iterable[Case], facts: Iterable[EventFact]) -> tuple[Reach, ...]:
    """Who had the tray of each loss since the place was last known to be right, the most often first."""
    by_place: defaultdict[tuple[str, int | None], list[EventFact]] = defaultdict(list)
    for fact in facts:
        if fact.kind in REACHED:
            by_place[fact.data.get("machine", ""), fact.data.get("tray")].append(fact)
    return tuple(reach for case in cases if case.kind in LOSSES for reach in _reach(case, by_place[case.machine, case.tray]))


def _reach(case: Case, facts: list[EventFact]) -> tuple[Reach, ...]:
    before = facts[: bisect_left(facts, case.at, key=_at)]
    known = max((fact.at for fact in before if _is_reset(fact, case)), default=None)
    had = Counter(fact.operator for fact in before if fact.operator and (known is None or fact.at > known))
    return tuple(Reach(case=case, person=person, times=times) for person, times in had.most_common())


def _at(fact: EventFact) -> datetime:
    return fact.at


def _is_reset(fact: EventFact, case: Case) -> bool:
    data = fact.data
    return fact.kind in RESETS and data["compartment"] == case.compartment and data["item"] == case.item


def _added(what: str, cases: Sequence[Case]) -> Loss:
    return Loss(
        what=what,
        cases=len(cases),
        missing=-sum(min(0, each.quantity) for each in cases),
        surplus=sum(max(0, each.quantity) for each in cases),
        value=sum(each.value for each in cases),
    )
