"""`baylight bench forecast`: 200 orders on the running station, beside what the planner's model said of them before."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ui.demo.even_site import write_picks, write_site
from ui.demo.figures import Figure

STATION = "DEMO1"  # as the demo names it
SPEED = 20.0  # faster, and what a computer takes for itself would count for too much
PLACES = 8
LEARNT_FROM = 40  # orders that are worked before, and tell of machine and person
TAP_LOCK_S = 0.05
SEED = 7
LONGEST_S = 3600.0


def measure_forecast(*, orders: int = 200, learnt_from: int = LEARNT_FROM) -> Sequence[Figure]:
    """By how much the station's time differs from the forecast. About ten minutes, most of which the machine moves."""
    with tempfile.TemporaryDirectory(prefix="baylight-bench-") as made:
        return _measured(Path(made), orders, learnt_from)


def _measured(folder: Path, orders: int, learnt_from: int) -> Sequence[Figure]:
    from station.planner.results import figures_of
    from ui.bootstrap.forecast_bench import forecast, head_of, take_over, worked
    from ui.demo.site import sample_settings

    data = folder / "store"
    first = write_picks(folder / "first.csv", "W", learnt_from, seed=SEED)
    _tour(data, "--site", write_site(folder / "site", first, seed=SEED), "--together", learnt_from)
    take_over(data, STATION, write_picks(folder / "more.csv", "N", orders, seed=SEED))
    settings = sample_settings(STATION, url="", put_places=PLACES, planner="votes")
    said, machine, person = forecast(data, settings, speed=SPEED, places=PLACES)
    seq = head_of(data)
    _tour(data, "--together", orders)
    done = worked(data, after_seq=seq, speed=SPEED)
    share = done.took_s / said.took_s if said.took_s else 0.0
    return (
        Figure("forecast_lines_per_h", round(figures_of(said).lines_per_hour, 1), "1/h", 0.0, is_ceiling=False),
        Figure("worked_lines_per_h", round(done.lines_per_hour, 1), "1/h", 0.0, is_ceiling=False),
        Figure("forecast_visits", len(said.visits), "", 0.0, is_ceiling=False),
        Figure("worked_visits", done.visits, "", 0.0, is_ceiling=False),
        Figure("worked_time_of_forecast", round(share, 3), "", 0.0, is_ceiling=False),
        Figure("forecast_off", round(abs(share - 1), 3), "", 0.05),
        Figure("learnt_residual_s", round(machine.learnt.rms_s if machine.learnt else 0.0, 2), "s", 1.0),
        Figure("learnt_line_s", round(person.line_s, 2), "s", 0.0, is_ceiling=False),
    )


def _tour(data: Path, *words: object) -> None:
    drawn = ("--orders", 0, "--seed", SEED, "--speed", SPEED, "--tap-lock", TAP_LOCK_S)
    bay = ("--totes", PLACES, "--planner", "votes")
    command = [sys.executable, "-m", "ui", "demo", "--headless", "--even", *map(str, (*drawn, *bay, *words)), "--data", str(data)]
    subprocess.run([*command, "--json"], check=True, capture_output=True, text=True, timeout=LONGEST_S)
