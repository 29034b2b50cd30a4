"""What the supervisor's desk reads. Blocks; belongs on a reader thread."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Protocol

from station.accuracy.desk import (
    CountSheet,
    CountStore,
    read_missing,
    read_programme,
    read_variances,
    read_year_accuracy,
)
from station.desk.alarms import AlarmFact, alarms_of
from station.desk.values import (
    ALARM_STRETCH,
    STRETCH,
    CasesRead,
    CountsRead,
    DeskAnswer,
    DeskQuestion,
    Disk,
    Health,
    HealthRead,
    ReadCases,
    ReadCounts,
    ReadHealth,
    ReadSheet,
    ReadSteps,
    SheetRead,
    Show,
    StepsRead,
    Telling,
)
from station.exceptions.case import Case
from station.exceptions.losses import RESETS
from station.exceptions.reading import CaseStore, read_cases
from station.exceptions.steps import steps_of
from station.figures.sheet import FigureStore, began, read_sheet
from station.values import EventFact, Stock

SOON = timedelta(minutes=1)  # what is written while it is read belongs to it


class DeskStore(CaseStore, CountStore, FigureStore, Protocol):
    """What is asked of the store."""

    def facts(self, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]: ...

    def alarm_facts(self, *, first: datetime, until: datetime) -> tuple[AlarmFact, ...]: ...

    def stock_on_tray(self, machine: str, tray: int) -> tuple[Stock, ...]: ...

    def event_count(self) -> int: ...


def desk_answer(store: DeskStore, question: DeskQuestion, now: datetime, disk: Callable[[], Disk] | None) -> DeskAnswer:
    """The answer, with the question's number. Raises StoreError."""
    match question:
        case ReadCases(number):
            return CasesRead(number, read_cases(store, first=now - STRETCH, until=now + SOON, with_reach=True))
        case ReadSteps(number, case):
            return StepsRead(number, _steps(store, case, now))
        case ReadHealth(number):
            return HealthRead(number, read_health(store, now, disk))
        case ReadCounts(number):
            return CountsRead(number, _counts(store, question, now))
        case ReadSheet(number, stretch, person, most_days):
            first = began(stretch, now, most_days=most_days)
            return SheetRead(number, read_sheet(store, first=first, until=now + SOON, person=person))


def _counts(store: DeskStore, asked: ReadCounts, now: datetime) -> CountSheet:
    match asked.show:
        case Show.ACCURACY:
            return read_year_accuracy(store, asked.rules, now=now, until=now + SOON)
        case Show.VARIANCES:
            return read_variances(store, asked.rules, now=now, until=now + SOON)
        case Show.MISSING:
            return read_missing(store, asked.rules, now=now, until=now + SOON)
        case _:
            return read_programme(store, asked.rules, machine=asked.machine, now=now)


def _steps(store: DeskStore, case: Case, now: datetime) -> tuple[str, ...]:
    if case.tray is None:
        return steps_of(case, since=(), stock=())
    since = store.tray_facts(case.machine, case.tray, kinds=RESETS, first=case.at, until=now + SOON)
    return steps_of(case, since=since, stock=store.stock_on_tray(case.machine, case.tray))


def read_health(store: DeskStore, now: datetime, disk: Callable[[], Disk] | None) -> Health:
    """The alarms and the tellings of the past days, and how the station does. Raises StoreError, OSError."""
    first, until = now - ALARM_STRETCH, now + SOON
    return Health(
        alarms=alarms_of(store.alarm_facts(first=first, until=until)),
        tellings=tellings_of(store.facts(kinds=("told", "telling_answered"), first=first, until=until)),
        events=store.event_count(),
        clock_steps=len(store.facts(kinds=("clock_stepped",), first=first, until=until)),
        disk=disk() if disk is not None else None,
        names={each.person: each.name for each in store.people()},
    )


def tellings_of(facts: Collection[EventFact]) -> tuple[Telling, ...]:
    """Who was told of what, newest first, and who has seen to it."""
    answers = {fact.data["about"]: fact.operator for fact in facts if fact.kind == "telling_answered"}
    told = [fact for fact in facts if fact.kind == "told"]
    return tuple(
        Telling(
            **{name: fact.data[name] for name in ("topic", "about", "way", "to", "outcome", "attempt", "code")},
            at=fact.at,
            answered_by=answers.get(fact.data["about"], ""),
        )
        for fact in reversed(told)
    )
