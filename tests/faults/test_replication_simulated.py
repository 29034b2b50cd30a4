"""Bad days of a whole site, drawn from seeds, on the real protocol and the real tables (`tests/helpers/replication_sim.py`).

BAYLIGHT_SEED runs one seed, BAYLIGHT_SOAK ten thousand.
"""

from __future__ import annotations

import os

import pytest

from tests.helpers.guards import ExpectLog
from tests.helpers.replication_sim import Simulation

SEEDS = 10_000 if os.environ.get("BAYLIGHT_SOAK") else 200
AT_ONCE = 25
ONE = os.environ.get("BAYLIGHT_SEED")
FIRST = (int(ONE),) if ONE else tuple(range(0, SEEDS, AT_ONCE))
COUNT = 1 if ONE else AT_ONCE


@pytest.mark.parametrize("first", FIRST)
def test_nothing_is_lost_doubled_or_stuck(first: int, allow_log: ExpectLog) -> None:
    for each in ("new epoch was begun", "both sides are compared again", "it was restored", "it is fetched anew"):
        allow_log(each)
    for seed in range(first, first + COUNT):
        try:
            Simulation(seed).run()
        except Exception as error:
            error.add_note(f"BAYLIGHT_SEED={seed} .venv/bin/pytest -q tests/faults/test_replication_simulated.py")
            raise
