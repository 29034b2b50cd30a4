"""What is worn, what is left, what is due; and what is not known is never a number."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.sim.layout import default_layout
from station.settings import MachineSettings, ServiceSettings, Settings
from station.settings_file import SettingsError, load_settings
from station.values import MachineWear, ServiceBooked, TrayWear
from station.wear import Gauge, Intervals, WearReport, assess, intervals_of, travel_of

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
BEGUN = NOW - timedelta(days=40)


def tray(number: int, cycles: int, *, motions: int | None = None, run_s: float = 0) -> TrayWear:
    return TrayWear(tray=number, cycles=cycles, motions=2 * cycles if motions is None else motions, run_s=run_s, first_at=BEGUN)


def report(*worn: TrayWear, service: ServiceBooked | None = None, **intervals: object) -> WearReport:
    found = MachineWear(machine="M1", in_log=worn, since_service=worn, service=service)
    return assess(found, Intervals(**intervals), NOW)  # type: ignore[arg-type]


def gauge(found: WearReport, measure: str) -> Gauge:
    return next(each for each in found.gauges if each.measure == measure)


def test_without_intervals_nothing_is_left_and_nothing_is_due() -> None:
    found = report(tray(1, 9_999_999, run_s=9e9))
    assert found.due == ()
    assert {each.left for each in found.gauges} == {None}


def test_each_measure_is_due_when_its_interval_is_used_up() -> None:
    worn = tray(4, 100, run_s=7200)
    found = report(worn, cycles=100, hours=3, metres=1000, days=40, travel_mm={4: 5000})
    assert [(each.measure, each.used, each.left) for each in found.gauges] == [
        ("cycles", 100, 0),
        ("hours", 2, 1),
        ("metres", 1000, 0),
        ("days", 40, 0),
    ]
    assert found.due == ("cycles", "metres", "days")


def test_days_run_from_the_last_service() -> None:
    booked = ServiceBooked(at=NOW - timedelta(days=3), person="p_3", note="report 17")
    found = report(tray(1, 1), service=booked, days=30)
    assert (found.since, gauge(found, "days").left) == (booked.at, 27)
    assert report(days=30).since is None
    assert gauge(report(days=30), "days").used is None  # nothing has moved: nobody knows since when


@pytest.mark.parametrize(
    ("travel_mm", "expected"),
    [({}, None), ({1: 2000}, None), ({1: 2000, 2: 500}, 2 * 2 + 3 * 0.5)],
)
def test_metres_are_known_only_when_every_moved_tray_has_a_level(travel_mm: dict[int, int], expected: float | None) -> None:
    found = report(tray(1, 1), tray(2, 2, motions=3), tray(3, 0), travel_mm=travel_mm, metres=1)
    assert gauge(found, "metres").used == expected
    assert gauge(found, "metres").is_due is (expected is not None)
    assert [each.metres for each in found.trays if each.tray == 1] == [4.0 if 1 in travel_mm else None]


def test_the_busiest_tray_comes_first() -> None:
    assert [each.tray for each in report(tray(1, 2), tray(2, 7), tray(3, 2)).trays] == [2, 1, 3]


@pytest.mark.parametrize(("days", "is_due"), [(1, False), (0, True), (-5, True)])
def test_an_inspection_is_due_on_its_day(days: int, is_due: bool) -> None:
    found = report(next_inspection=NOW.date() + timedelta(days=days))
    assert (found.days_left, "inspection" in found.due) == (days, is_due)


def test_the_date_named_at_the_inspection_goes_before_the_settings() -> None:
    booked = ServiceBooked(at=NOW, person="p_3", note="TUEV", next_inspection=date(2027, 11, 26))
    intervals = Intervals(next_inspection=date(2026, 11, 1))
    assert assess(MachineWear(machine="M1", inspection=booked), intervals, NOW).next_inspection == date(2027, 11, 26)
    assert assess(MachineWear(machine="M1"), intervals, NOW).due == ("inspection",)


def test_levels_tell_how_far_each_tray_is_from_the_bay() -> None:
    assert travel_of("bay=900, 1-2=2600, 3-5=2900+150, 7=300") == {1: 1700, 2: 1700, 3: 2000, 4: 2150, 5: 2300, 7: 600}
    assert travel_of("1-2=2600") == {}  # without the bay's level
    assert travel_of("") == {}


def test_a_carousel_has_no_levels_and_no_metres() -> None:
    settings = Settings(
        machine=MachineSettings(kind="carousel", levels_mm="bay=900, 1=2600"),
        service=ServiceSettings(cycles=10, next_inspection="2027-01-31"),
    )
    assert intervals_of(settings) == Intervals(cycles=10, next_inspection=date(2027, 1, 31))


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_date_of_the_settings_is_a_date(day: date) -> None:
    try:
        found = load_settings(None, {"BAYLIGHT_SERVICE_NEXT_INSPECTION": day.isoformat()})
    except SettingsError:
        assert (day.month, day.day) == (2, 29)
    else:
        assert intervals_of(found).next_inspection == day


@pytest.mark.parametrize("text", ["2027-02-30", "2027-11-31", "27-11-26", "2027-13-01"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(SettingsError):
        load_settings(None, {"BAYLIGHT_SERVICE_NEXT_INSPECTION": text})


def test_a_layout_can_be_written_as_levels() -> None:
    layout = default_layout()
    levels = ", ".join(["bay=900", *(f"{number}={level}" for number, level in layout.trays.items())])
    found = load_settings(None, {"BAYLIGHT_MACHINE_LEVELS_MM": levels})
    assert intervals_of(found).travel_mm == {number: level - 900 for number, level in layout.trays.items()}
