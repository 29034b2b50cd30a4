"""The full check is done once a day: at its time, or when a station that was off then is left in peace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from db.errors import CHECK_FAILED, StoreError
from db.full_check import CheckReport
from db.records.orders import ScanRefused
from db.store import Store
from station.night_check import NightCheck, Times, is_due
from station.store_watch import StoreWatch

AT = time(2, 30)
NOTE = ScanRefused(order="", line="", scanned="x", expected="")


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """Local time."""
    return datetime(2026, 11, day, hour, minute).astimezone()


def due(now: datetime, *, started: datetime, last: datetime, newest: datetime | None = None) -> bool:
    return is_due(AT, Times(now=now, started=started, last=last, newest=newest or now))


@pytest.mark.parametrize(
    ("now", "is_it"),
    [(moment(3, 2, 29), False), (moment(3, 2, 30), True), (moment(3, 9), True), (moment(4, 2, 29), True)],
)
def test_a_running_station_checks_at_the_time_whoever_works(now: datetime, is_it: bool) -> None:
    assert due(now, started=moment(2, 12), last=moment(2, 2, 31)) is is_it


@pytest.mark.parametrize("hour", [3, 12, 23])
def test_once_a_day_is_enough(hour: int) -> None:
    assert not due(moment(3, hour), started=moment(1, 6), last=moment(3, 2, 31))


@pytest.mark.parametrize(("quiet_min", "is_it"), [(0, False), (14, False), (15, True), (60, True)])
def test_a_station_that_was_off_waits_until_nobody_books(quiet_min: int, is_it: bool) -> None:
    now = moment(3, 10)
    assert due(now, started=moment(3, 6), last=moment(2, 2, 31), newest=now - timedelta(minutes=quiet_min)) is is_it


def test_where_it_is_never_quiet_half_a_day_is_waited() -> None:
    assert not due(moment(3, 17, 59), started=moment(3, 6), last=moment(2, 2, 31))
    assert due(moment(3, 18), started=moment(3, 6), last=moment(2, 2, 31))


def test_a_check_in_the_future_is_none() -> None:
    """The clock was wrong when it was written."""
    assert due(moment(3, 10), started=moment(2, 6), last=moment(9, 2, 31))


class Nights:
    """A store at a time that the test sets, with a check that says what the test wants."""

    def __init__(self, folder: Path) -> None:
        self.now = moment(2, 12)
        self.store = Store.open(folder, station="S1", clock=lambda: self.now, ballast_bytes=0)
        self.watch = StoreWatch()
        self.findings: tuple[str, ...] = ()
        self.fails = False
        self.chore = self.restarted()

    def restarted(self) -> NightCheck:
        return NightCheck(ledger=self.store, library=self.store, watch=self.watch, check=self.check, at=AT, utc=lambda: self.now)

    def check(self) -> CheckReport:
        if self.fails:
            raise StoreError("D409", "it could not be read")
        return CheckReport(events=7, epoch="e", seq=7, head="ab", took_ms=12, findings=self.findings)

    def written(self) -> list[str]:
        return [row.body for row in self.store.events(kinds=("store_checked",))]


@pytest.fixture
def nights(tmp_path: Path) -> Iterator[Nights]:
    made = Nights(tmp_path)
    yield made
    made.store.close()


def test_what_was_found_is_an_event_and_it_is_done_once(nights: Nights) -> None:
    nights.chore.turn()
    assert nights.written() == []
    nights.now = moment(3, 2, 30)
    nights.chore.turn()
    nights.chore.turn()
    (body,) = nights.written()
    assert '"events":7' in body
    assert '"took_ms":12' in body
    assert '"findings":[]' in body
    assert nights.watch.alarms == ()


def test_a_finding_is_an_alarm_until_a_check_finds_nothing_also_over_a_restart(nights: Nights) -> None:
    nights.findings = ("chain: event 4: hash is not that of the body",)
    nights.now = moment(3, 2, 30)
    nights.chore.turn()
    assert nights.watch.alarms == (CHECK_FAILED,)
    nights.watch = StoreWatch()
    again = nights.restarted()
    again.recall()
    assert nights.watch.alarms == (CHECK_FAILED,)
    nights.findings = ()
    nights.now = moment(4, 2, 31)
    again.turn()
    assert nights.watch.alarms == ()


def test_a_check_that_could_not_be_done_is_tried_again(nights: Nights) -> None:
    nights.fails = True
    nights.now = moment(3, 2, 30)
    with pytest.raises(StoreError, match="D409"):
        nights.chore.turn()
    nights.fails = False
    nights.chore.turn()
    assert len(nights.written()) == 1
