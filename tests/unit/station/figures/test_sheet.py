"""The sheet of a bay: one reading of the record, no person unless it is asked, and the rows of its table."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from station.figures.sheet import EVERYBODY, Sheet, Stretch, began, by_person_of, read_sheet
from station.figures.table import rows_of_sheet
from station.figures_settings import FiguresSettings
from station.values import EventFact, Item, Person, Role, WorkQuarter

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def fact(kind: str, minute: int, by: str = "p_1", **data: Any) -> EventFact:
    return EventFact(NOON + timedelta(minutes=minute), kind, by, data)


def line(minute: int, by: str) -> WorkQuarter:
    at = NOON + timedelta(minutes=minute)
    return WorkQuarter(at=at, operator=by, closed=1, lines=1, lift_ms=20_000, operator_ms=30_000, empty_ms=10_000)


class Store:
    """A record in memory."""

    def __init__(self, *facts: EventFact) -> None:
        self._facts = facts
        self.reads = 0

    def kind_facts(self, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]:
        self.reads += 1
        return tuple(each for each in self._facts if each.kind in kinds and first <= each.at < until)

    def work_quarters(self, *, first: datetime, until: datetime) -> tuple[WorkQuarter, ...]:
        return WORKED

    def tray_facts(
        self, machine: str, tray: int, *, kinds: Collection[str], first: datetime, until: datetime
    ) -> tuple[EventFact, ...]:
        return ()

    def station(self) -> str:
        return "S1"

    def items_named(self, codes: Iterable[str]) -> tuple[Item, ...]:
        return tuple(Item(code=each, name=each) for each in codes)

    def people(self) -> tuple[Person, ...]:
        return tuple(Person(person=each, name=each, role=Role.OPERATOR) for each in ("p_1", "p_2"))


WORKED = (line(0, "p_1"), line(60, "p_2"))
STORE_FACTS = (
    fact("safety", 10, "", code="E207", is_stopped=True),
    fact("safety", 20, "", code="E207", is_stopped=False),
    fact("imported", 1, file="count SAMPLE-1"),
    fact("counted", 5, order="SAMPLE-1", reason="", machine="M", tray=1, compartment="A", item="I", lot="", book=5, counted=5),
)


def sheet(person: str = "") -> Sheet:
    return read_sheet(Store(*STORE_FACTS), first=NOON, until=NOON + timedelta(hours=2), person=person, zone=BERLIN)


def test_the_record_is_read_once() -> None:
    store = Store(*STORE_FACTS)
    read_sheet(store, first=NOON, until=NOON + timedelta(hours=2))
    assert store.reads == 1


def test_what_a_line_took_and_the_hours_of_the_local_day() -> None:
    found = sheet()
    assert found.whole.lines == 2
    assert found.seconds == pytest.approx((20, 30, 0, 10))
    assert [(each.what, each.lines) for each in found.hours] == [("13", 1), ("14", 1)]
    assert found.machine.share == pytest.approx(110 / 120)
    assert found.accuracy is not None
    assert (found.accuracy.counts, found.accuracy.share) == (1, 1.0)


def test_of_few_people_a_shift_tells_only_lines() -> None:
    assert [(each.lines, each.lines_per_hour) for each in sheet().shifts] == [(1, None), (1, None)]


def test_nobody_is_told_of_unless_it_is_asked() -> None:
    assert sheet().people == ()
    assert sheet().names == {}
    assert [each.what for each in sheet("p_1").people] == ["p_1"]
    assert [(each.what, each.lines) for each in sheet(EVERYBODY).people] == [("p_1", 1), ("p_2", 1)]


def test_the_table_has_no_person_and_nothing_unknown() -> None:
    rows = rows_of_sheet(sheet(EVERYBODY))
    assert {each["of"] for each in rows} == {"all", "hour", "shift", "machine", "alarm"}
    assert all(each["value"] is not None for each in rows)
    assert "p_1" not in str(rows)
    assert {"of": "alarm", "what": "E207", "figure": "lasted_s", "value": 600} in rows


def test_a_stretch_begins_at_a_midnight_of_the_local_time() -> None:
    assert began(Stretch.TODAY, NOON, BERLIN) == datetime(2026, 11, 25, 23, tzinfo=UTC)
    assert began(Stretch.MONTH, NOON, BERLIN) == datetime(2026, 10, 27, 23, tzinfo=UTC)
    assert began(Stretch.MONTH, NOON, BERLIN, most_days=10) == datetime(2026, 11, 16, 23, tzinfo=UTC)


@pytest.mark.parametrize(("word", "purpose", "is_on"), [("off", "training", False), ("on", " ", False), ("on", "training", True)])
def test_by_person_needs_a_purpose(word: str, purpose: str, is_on: bool) -> None:
    assert by_person_of(FiguresSettings(by_person=word, purpose=purpose)).is_on is is_on
