"""Memory: within the promise after the work of a day, and no growth from tour to tour; BAYLIGHT_SOAK works 200 orders a tour."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

PROMISED_MB = 150.0
WARM_AFTER = 6  # tours until every screen, font size and query has been used and the page caches are full
GROWTH_MB = 4.0
LIMIT_S = 3600 if os.environ.get("BAYLIGHT_SOAK") else 230  # 200 orders a tour, or 4


@pytest.mark.slow
@pytest.mark.timeout(LIMIT_S + 10)
def test_memory_does_not_grow_over_ten_tours() -> None:
    command = [sys.executable, "-m", "tests.benchmarks.ten_tours"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT_S, env=environment)
    assert done.returncode == 0, done.stderr[-2000:]
    found_mb = json.loads(done.stdout)
    assert len(found_mb) == 10
    assert max(found_mb) <= 2 * PROMISED_MB, found_mb
    assert found_mb[-1] - found_mb[WARM_AFTER - 1] <= GROWTH_MB, found_mb
