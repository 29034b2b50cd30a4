"""The accuracy of counts and its interval, against published figures."""

from __future__ import annotations

import pytest

from station.accuracy.share import Compared, judged, wilson


@pytest.mark.parametrize(
    ("right", "counts", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_that_of_newcombe_1998_table_one(right: int, counts: int, low: float, high: float) -> None:
    assert wilson(right, counts) == pytest.approx((low, high), abs=5e-5)


def test_all_right_is_no_certainty() -> None:
    low, high = wilson(50, 50)
    assert high == pytest.approx(1.0)
    assert low == pytest.approx(0.9287, abs=5e-5)


def test_a_count_within_tolerance_agrees() -> None:
    compared = [Compared(book=100, counted=98, value=2.0), Compared(book=100, counted=97, value=2.0)]
    found = judged(compared, tolerance=0.02)
    assert (found.counts, found.right, found.share) == (2, 1, 0.5)
    assert found.by_value == pytest.approx(1 - 5 / 200)


def test_without_a_count_nothing_is_said() -> None:
    found = judged([])
    assert (found.counts, found.share, found.low, found.high, found.by_value) == (0, None, None, None, None)
