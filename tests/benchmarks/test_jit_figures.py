"""The just-in-time report: 20,000 items and two years of history in ten seconds. Here a tenth of it, in a tenth of the time;
`baylight bench jit` measures the whole."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.pace import allowance
from ui.bootstrap.jit_bench import measure_report

ITEMS = 2_000
PROMISED_S = 1.0


def test_a_report_on_two_years_of_history(tmp_path: Path) -> None:
    found = measure_report(tmp_path, items=ITEMS)
    assert found.lines > 20 * ITEMS
    assert found.read_s + found.judged_s <= PROMISED_S * allowance(), found
