"""Everything that a bay's record says of a stretch of time, on one sheet; and of whom figures may be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final, Protocol

from station.accuracy.counts import RECORDS as COUNTS
from station.accuracy.counts import SeenCount, Source, counts_of
from station.accuracy.share import Accuracy, Compared, judged
from station.figures import alarms, flows
from station.figures.alarms import Availability, availability
from station.figures.bay import FEWEST_PEOPLE, Figures, all_together, by_hour, figures_of_work
from station.figures.flows import Took
from station.figures.shifts import SHIFTS, shift_of
from station.figures_settings import FiguresSettings
from station.receiving import receiving_place
from station.values import EventFact, Item, Person, WorkQuarter

EVERYBODY: Final = "*"
RECORDS: Final = frozenset({"goods_passed", *alarms.RECORDS, *flows.RECORDS, *COUNTS})
NOTHING: Final = Figures(
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


class Stretch(StrEnum):
    """How far back a sheet goes: whole days of the local time, up to now."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"


DAYS_BEFORE: Final = {Stretch.TODAY: 0, Stretch.WEEK: 6, Stretch.MONTH: 29}


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPerson:
    """Whether figures of one person are told at all, what for, and of how many days at most. Off unless the site says so."""

    is_on: bool = False
    purpose: str = ""
    days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Of one bay from `first` to `until`. `whole` is all of it together, `hours` by hour of the day, `shifts` by shift (of few
    people only lines), `people` by person where that was asked and is allowed, with their `names`. `accuracy` is that of random
    samples, None without one; `seconds` what a line took by cause, None where nothing was timed."""

    first: datetime
    until: datetime
    whole: Figures = NOTHING
    hours: tuple[Figures, ...] = ()
    shifts: tuple[Figures, ...] = ()
    people: tuple[Figures, ...] = ()
    machine: Availability
    accuracy: Accuracy | None = None
    dock: Took
    pull: Took
    names: dict[str, str] = field(default_factory=dict)

    @property
    def seconds(self) -> tuple[float, ...] | None:
        """Seconds of a line by cause, in the order of CAUSES."""
        whole = self.whole
        if whole.shares is None or whole.hours is None or not whole.lines:
            return None
        return tuple(share * whole.hours * 3600 / whole.lines for share in whole.shares)


def by_person_of(settings: FiguresSettings) -> ByPerson:
    """The rule of the settings: without a purpose there are no figures by person."""
    purpose = settings.purpose.strip()
    return ByPerson(is_on=settings.by_person == "on" and bool(purpose), purpose=purpose, days=settings.person_days)


class FigureStore(Protocol):
    """What is asked of the store."""

    def kind_facts(self, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]: ...

    def work_quarters(self, *, first: datetime, until: datetime) -> tuple[WorkQuarter, ...]: ...

    def tray_facts(
        self, machine: str, tray: int, *, kinds: Collection[str], first: datetime, until: datetime
    ) -> tuple[EventFact, ...]: ...

    def station(self) -> str: ...

    def items_named(self, codes: Iterable[str]) -> tuple[Item, ...]: ...

    def people(self) -> tuple[Person, ...]: ...


def began(stretch: Stretch, now: datetime, zone: tzinfo | None = None, *, most_days: int | None = None) -> datetime:
    """When a stretch that ends now began: a midnight of the local time, at most so many days back."""
    days = DAYS_BEFORE[stretch] if most_days is None else min(DAYS_BEFORE[stretch], most_days - 1)
    local = now.astimezone(zone) - timedelta(days=days)
    return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(now.tzinfo)


def read_sheet(store: FigureStore, *, first: datetime, until: datetime, person: str = "", zone: tzinfo | None = None) -> Sheet:
    """The sheet; `person` is whose own figures are asked, EVERYBODY for those of each, "" for nobody's. Raises StoreError.

    The record is read once. Blocks; belongs on a reader thread.
    """
    facts = store.kind_facts(kinds=RECORDS, first=first, until=until)
    quarters = store.work_quarters(first=first, until=until)
    put_away = store.tray_facts(receiving_place(store.station()).machine, 1, kinds=("picked",), first=first, until=until)
    goods = sorted((*(each for each in facts if each.kind in flows.RECORDS), *put_away), key=lambda each: each.at)
    return Sheet(
        first=first,
        until=until,
        whole=next(iter(figures_of_work(quarters, facts, all_together)), NOTHING),
        hours=figures_of_work(quarters, (), by_hour(zone)),
        shifts=figures_of_work(quarters, facts, shift_of(SHIFTS, zone), fewest_people=FEWEST_PEOPLE),
        people=_by_person(quarters, person) if person else (),
        machine=availability((each for each in facts if each.kind in alarms.RECORDS), first=first, until=until),
        accuracy=_accuracy(store, counts_of(each for each in facts if each.kind in COUNTS)),
        dock=flows.dock_to_stock(goods),
        pull=flows.pull_latency(goods),
        names={each.person: each.name for each in store.people()} if person else {},
    )


def _by_person(quarters: Sequence[WorkQuarter], person: str) -> tuple[Figures, ...]:
    """What each did, by what is written in his name; the goods' own times are nobody's."""
    of: defaultdict[str, list[WorkQuarter]] = defaultdict(list)
    for each in quarters:
        if each.operator and person in (EVERYBODY, each.operator):
            of[each.operator].append(each)
    found = ((who, next(iter(figures_of_work(worked, (), all_together)))) for who, worked in sorted(of.items()))
    return tuple(replace(each, what=who) for who, each in found)


def _accuracy(store: FigureStore, counts: Sequence[SeenCount]) -> Accuracy | None:
    drawn = [each for each in counts if each.source is Source.SAMPLE]
    if not drawn:
        return None
    values = {each.code: each.unit_value / 10**each.decimals for each in store.items_named({each.item for each in drawn})}
    return judged([Compared(book=each.book, counted=each.counted, value=values.get(each.item, 0.0)) for each in drawn])
