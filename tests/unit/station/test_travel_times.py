"""What a tray's way is expected to take: from its own last ones, from its neighbours', from all."""

from __future__ import annotations

import pytest

from station.travel_times import KEPT, NEAR, TravelTimes, learnt_from
from station.values import Travel


def times(*seen: tuple[str, int, float]) -> TravelTimes:
    return learnt_from(Travel(verb=verb, tray=tray, seconds=seconds) for verb, tray, seconds in seen)


@pytest.mark.parametrize(
    ("seen", "expected_s"),
    [
        ((), 0.0),  # nobody knows
        ((("fetch", 10, 8.0),), 8.0),
        ((("fetch", 10, 8.0), ("fetch", 10, 9.0), ("fetch", 10, 300.0)), 9.0),  # one that a person held up counts as one
        ((("fetch", 11, 20.0), ("fetch", 90, 60.0)), 20.0),  # a neighbour before the whole machine
        ((("fetch", 10 + NEAR, 20.0), ("fetch", 90, 60.0)), 20.0),
        ((("fetch", 9, 20.0), ("fetch", 11, 30.0), ("fetch", 12, 100.0), ("fetch", 14, 500.0)), 30.0),  # the nearest three
        ((("fetch", 40, 20.0), ("fetch", 90, 60.0)), 40.0),  # no neighbour: the mean of the trays
        ((("fetch", 40, 20.0), ("fetch", 40, 20.0), ("fetch", 90, 60.0)), 40.0),  # each tray once
        ((("store", 10, 8.0),), 0.0),  # going back is another way
        ((("fetch", 10, 8.0), ("store", 10, 5.0)), 8.0),
    ],
)
def test_expected_is_what_is_known_nearest(seen: tuple[tuple[str, int, float], ...], expected_s: float) -> None:
    assert times(*seen).expected_s("fetch", 10) == expected_s


def test_going_back_is_learnt_by_itself() -> None:
    assert times(("fetch", 10, 8.0), ("store", 10, 5.0)).expected_s("store", 10) == 5.0


def test_a_motion_more_counts_at_once_and_the_oldest_are_forgotten() -> None:
    learnt = TravelTimes()
    for seconds in range(KEPT + 3):
        learnt = learnt.learned("fetch", 4, float(seconds))
    assert learnt.by_way == {("fetch", 4): tuple(float(each) for each in range(3, KEPT + 3))}
    assert learnt_from(Travel(verb="fetch", tray=4, seconds=float(each)) for each in range(KEPT + 3)) == learnt


def test_a_light_is_no_way() -> None:
    assert times(("point", 10, 1.0)) == TravelTimes()


def test_a_restart_forgets_nothing_of_it() -> None:
    """What the log has is what the running station learnt."""
    seen = [("fetch", 4, 8.0), ("store", 4, 5.0), ("fetch", 4, 9.0)]
    learnt = TravelTimes()
    for verb, tray, seconds in seen:
        learnt = learnt.learned(verb, tray, seconds)
    assert times(*seen) == learnt
