"""What will hurt later: signals without slack, bays out of service, accuracy that falls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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
    assert [(each.code, each.about, each.figure) for each in warned(signals, [], [], now=NOW)] == [("late_signal", "late", -2)]


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
