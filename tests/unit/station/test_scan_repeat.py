"""The same code again at once is one scan."""

import pytest

from station.scan_repeat import REPEAT_S, ScanRepeats


def reads(*scans):
    """Which of these (text, seconds, source) are scans of their own."""
    repeats = ScanRepeats()
    return [not repeats.is_repeat(text, source, at_s=at_s) for text, at_s, source in scans]


def test_the_same_code_within_300_ms_is_one_scan_and_later_two():
    assert REPEAT_S == 0.3
    assert reads(("A", 1.0, "wedge"), ("A", 1.29, "wedge"), ("A", 1.6, "wedge")) == [True, False, True]


def test_a_bouncing_trigger_is_one_scan_however_long_it_bounces():
    assert reads(*(("A", 1.0 + no * 0.2, "wedge") for no in range(6))) == [True, *[False] * 5]


def test_another_code_between_makes_it_a_scan_again():
    assert reads(("A", 1.0, "wedge"), ("B", 1.1, "wedge"), ("A", 1.2, "wedge")) == [True, True, True]


@pytest.mark.parametrize("at_s", [0.5, 1.1])
def test_two_scanners_are_two_persons_and_a_clock_that_starts_anew_repeats_nothing(at_s):
    assert reads(("A", 1.0, "wedge"), ("A", at_s, "scanner")) == [True, True]
    assert reads(("A", 1.0, "wedge"), ("A", 0.9, "wedge")) == [True, True]
