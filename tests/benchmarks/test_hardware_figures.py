"""What `baylight bench hardware` promises, in a small form and held to twice of it, so that noise does not loosen it."""

from __future__ import annotations

import sys

import pytest

from tests.benchmarks.test_tour_figures import assert_within_noise
from ui.demo.line_figures import measure_hardware


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals on Windows")
def test_a_busy_window_costs_no_line_a_frame_and_an_idle_station_little() -> None:
    figures = measure_hardware(questions=200, settle_s=20, idle_s=3)
    for figure in figures:
        assert_within_noise(figure)
    assert {each.name for each in figures} >= {"round_trip_busy_p99_ms", "unplug_seen_s", "idle_cpu_share"}
