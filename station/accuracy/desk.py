"""What the desk shows of counts, and how it is read. Blocks; belongs on a reader thread."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

from station.accuracy.counts import RECORDS, Source, counts_of
from station.accuracy.programme import ClassOfCounts, programme
from station.accuracy.reading import by_month
from station.accuracy.share import Accuracy
from station.record_settings import CountSettings
from station.values import EventFact, Item, ItemCounted, Person, TrayCounted

VARIANCES_DAYS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRules:
    """When the financial year begins (month and day), in how many days the places of each class are to be counted, and how many
    places one order of the programme has at most."""

    year_begins: tuple[int, int] = (1, 1)
    class_days: tuple[int, int, int] = (30, 90, 365)
    places_an_order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CountVariance:
    """A count that was off the book. `value` is by how much money (minor units) the stock changed; 0 where that is not known."""

    at: datetime
    machine: str
    tray: int
    compartment: str
    item: str
    lot: str
    book: int
    counted: int
    value: int
    order: str
    person: str

    @property
    def change(self) -> int:
        return self.counted - self.book


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSheet:
    """What was read for one list of the page: the others are empty. `began` is when the financial year began."""

    began: datetime
    classes: tuple[ClassOfCounts, ...] = ()
    accuracy: tuple[tuple[str, Source, Accuracy], ...] = ()
    variances: tuple[CountVariance, ...] = ()
    trays: tuple[TrayCounted, ...] = ()
    items: dict[str, Item] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


class CountStore(Protocol):
    """What is asked of the store."""

    def kind_facts(self, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]: ...

    def items_counted(self, *, machine: str, since: Sequence[datetime]) -> tuple[ItemCounted, ...]: ...

    def counts_off(self, *, first: datetime, until: datetime) -> tuple[EventFact, ...]: ...

    def trays_counted(self, *, first: datetime, until: datetime) -> tuple[TrayCounted, ...]: ...

    def items_named(self, codes: Iterable[str]) -> tuple[Item, ...]: ...

    def people(self) -> tuple[Person, ...]: ...


def count_rules_of(settings: CountSettings) -> CountRules:
    """The rules of the settings."""
    month, day = (int(each) for each in settings.year_begins.split("-"))
    a, b, c = (int(each) for each in settings.class_days.split(","))
    return CountRules(year_begins=(month, day), class_days=(a, b, c))


def year_began(rules: CountRules, now: datetime) -> datetime:
    """When the financial year began, by the local time."""
    month, day = rules.year_begins
    local = now.astimezone()
    began = local.replace(month=month, day=day, hour=0, minute=0, second=0, microsecond=0)
    return (began if began <= local else began.replace(year=local.year - 1)).astimezone(now.tzinfo)


def read_programme(store: CountStore, rules: CountRules, *, machine: str, now: datetime) -> CountSheet:
    """The classes of this machine's stock, and what of each is due."""
    since = [now - timedelta(days=each) for each in rules.class_days]
    found = programme(store.items_counted(machine=machine, since=since), rules.class_days)
    return CountSheet(began=year_began(rules, now), classes=found)


def read_year_accuracy(store: CountStore, rules: CountRules, *, now: datetime, until: datetime) -> CountSheet:
    """How right the book was in the financial year, by month and source."""
    began = year_began(rules, now)
    counts = counts_of(store.kind_facts(kinds=RECORDS, first=began, until=until))
    return CountSheet(began=began, accuracy=by_month(store, counts))


def read_variances(store: CountStore, rules: CountRules, *, now: datetime, until: datetime) -> CountSheet:
    """The counts of the past days that were off the book, the dearest first, then the newest."""
    off = store.counts_off(first=now - timedelta(days=VARIANCES_DAYS), until=until)
    items = {each.code: each for each in store.items_named({each.data["item"] for each in off})}
    found = sorted((_variance(each, items) for each in off), key=lambda each: (-abs(each.value), -each.at.timestamp()))
    names = {each.person: each.name for each in store.people()}
    return CountSheet(began=year_began(rules, now), variances=tuple(found), items=items, names=names)


def read_missing(store: CountStore, rules: CountRules, *, now: datetime, until: datetime) -> CountSheet:
    """The trays with places that no count has reached in the financial year; those with most of them first."""
    began = year_began(rules, now)
    found = store.trays_counted(first=began, until=until)
    return CountSheet(began=began, trays=tuple(sorted(found, key=lambda each: (-each.missing, each.machine, each.tray))))


def _variance(fact: EventFact, items: dict[str, Item]) -> CountVariance:
    data, item = fact.data, items.get(str(fact.data["item"]))
    change = int(data["counted"]) - int(data["book"])
    return CountVariance(
        at=fact.at,
        machine=data["machine"],
        tray=data["tray"],
        compartment=data["compartment"],
        item=data["item"],
        lot=data["lot"],
        book=data["book"],
        counted=data["counted"],
        value=round(change * item.unit_value / 10**item.decimals) if item is not None else 0,
        order=data["order"],
        person=fact.operator,
    )
