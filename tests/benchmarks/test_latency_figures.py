"""A booking is on the disk in 50 ms at p99, whatever else the store does; twice that is asserted."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from tests.helpers.pace import allowance
from ui.bootstrap.latency import PROMISE_P99_MS, LatencyFigures, measure_latency


def test_a_booking_waits_neither_for_an_import_nor_for_a_backup_nor_for_the_check_of_decimals(tmp_path: Path) -> None:
    figures = measure_latency(tmp_path, store_mb=10, stock_rows=4000)
    found = {each.name: getattr(figures, each.name) for each in fields(LatencyFigures)}
    allowed = allowance()
    assert all(each.p99_ms <= allowed * PROMISE_P99_MS for each in found.values()), found
