"""What will hurt later: signals without slack, bays out of service, accuracy that falls."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from station.jit.line_stops import stop_of
from station.jit.warned import EACH, accuracies, warned
from station.values import Outage, PullSignal

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def signal(name: str, hours: float | None, *, is_open: bool = True) -> PullSignal:
    need_by = None if hours is None else NOW + timedelta(hours=hours)
    return PullSignal(
        signal=name, item="A", quantity=1, consumer="L1", origin="card", raised_at=NOW, need_by=need_by, is_open=is_open
    )


def counts(*right: float) -> list[tuple[int, int]]:
    """Stretches of counts, the newest first, with so large a share of right ones."""
    return [(10, 10 if at < share * EACH else 9) for share in right for at in range(EACH)]


def test_only_open_signals_past_their_time_warn() -> None:
    signals = [signal("late", -2), signal("soon", 2), signal("ever", None), signal("over", -9, is_open=False)]
    found = [(each.code, each.about, each.figure) for each in warned(signals, [], [], now=NOW) if each.code != "line_stop"]
    assert found == [("late_signal", "late", -2)]


def test_a_bay_out_of_service_warns_and_a_tray_does_not() -> None:
    since = NOW - timedelta(hours=3)
    outages = [Outage(machine="M1", opening="B1", reason="x", since=since), Outage(machine="M1", tray=4, reason="x", since=since)]
    assert [(each.code, each.about, each.figure) for each in warned([], outages, [], now=NOW)] == [("machine_out", "M1 B1", 3)]


def test_accuracy_is_that_of_whole_stretches_the_newest_last() -> None:
    assert accuracies(counts(0.9, 0.98, 1.0)) == (1.0, 0.98, 0.9)
    assert accuracies(counts(0.9)[:-1]) == ()


def test_accuracy_that_fell_warns_with_what_was_usual() -> None:
    (found,) = warned([], [], counts(0.9, 0.98, 1.0), now=NOW)
    assert (found.code, found.figure, round(found.limit, 2)) == ("accuracy_falls", 0.9, 0.99)
    assert warned([], [], counts(0.99, 0.98, 1.0), now=NOW) == ()


def test_a_consumer_that_lacks_something_stands_and_one_that_got_it_does_not() -> None:
    late, later = signal("A.1", -2), replace(signal("A.2", -1), item="B")
    done = replace(signal("A.3", -5, is_open=False), state="delivered", steps=(("delivered", NOW - timedelta(hours=1)),))
    found = [(each.code, each.about, each.figure) for each in warned([later, late, done], [], [], now=NOW)]
    assert found[0] == ("line_stop", "L1 A", 2)
    assert [each[0] for each in found[1:]] == ["late_signal", "late_signal"]
    stop = stop_of(done, NOW)
    assert stop is not None
    assert (stop.since, stop.until) == (NOW - timedelta(hours=5), NOW - timedelta(hours=1))
    assert stop_of(replace(late, supplier="S"), NOW) is None
    assert stop_of(replace(late, state="cancelled"), NOW) is None
