"""The past of a tray with as many events as one has in a store of a million: a step within 50 ms, the opening within 200 ms. The
bench asserts p99; beside other tests half of the calls show the same."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.pace import allowance
from ui.bootstrap.history_bench import measure_history
from ui.bootstrap.long_log import Plant

STEP_MS, OPEN_MS = 50.0, 200.0  # promised with a million events
EVENTS, TRAYS = 100_000, 4


def test_a_step_through_a_long_past_takes_no_time_that_anybody_sees(tmp_path: Path) -> None:
    found = measure_history(tmp_path, events=EVENTS, plant=Plant(trays=TRAYS, items=60), rounds=60, share=0.5)
    assert found.of_tray >= 10_000
    assert found.step_ms <= STEP_MS * allowance(), found
    assert found.open_ms <= OPEN_MS * allowance(), found
    assert found.filter_ms <= OPEN_MS * allowance(), found
