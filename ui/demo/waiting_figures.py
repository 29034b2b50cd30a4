"""`baylight bench waiting`: 50,000 lines wait at a running station, which is signed on to, worked at, and gets one more order."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ui.demo.even_site import write_picks, write_site
from ui.demo.figures import Figure

STATION = "DEMO1"  # as the demo names it
ORDERS = 17_500  # of about three lines
WORKED = 10
SPEED = 200
SEED = 7
PLACES = 8
FRAME_MS = 16.0
LONGEST_S = 900.0
LOOK_EVERY_S = 0.1


def measure_waiting(*, orders: int = ORDERS) -> Sequence[Figure]:
    """What a person feels of it: stalls of the event loop at touches and confirms, and how soon they are answered."""
    with tempfile.TemporaryDirectory(prefix="baylight-bench-") as made:
        return _measured(Path(made), orders)


def _measured(folder: Path, orders: int) -> Sequence[Figure]:
    from ui.bootstrap.forecast_bench import take_over
    from ui.demo.site import prepare_site

    data = folder / "store"
    site = write_site(folder / "site", write_picks(folder / "first.csv", "A", WORKED, seed=SEED), seed=SEED)
    prepare_site(data, STATION, seed=SEED, orders=0, waiting=False, has_new_machine=True, site=site)
    take_over(data, STATION, write_picks(folder / "more.csv", "N", orders, seed=SEED))
    one_more = write_picks(folder / "one.csv", "X", 1, seed=SEED)
    tour = subprocess.Popen(_words(data), stdout=subprocess.PIPE, text=True)
    try:
        _until_a_line_has_ended(data, tour)
        subprocess.run(
            [sys.executable, "-m", "ui", "import", str(one_more), "--data", str(data)], check=True, capture_output=True
        )
        said, _ = tour.communicate(timeout=LONGEST_S)
    finally:
        tour.kill()
    summary = json.loads(said)
    stall = summary["loop_stall_ms"]
    return (
        Figure("waiting_lines", summary["lines"] - summary["confirmed"], "", 0.0, is_ceiling=False),
        Figure("waiting_loop_stall_p99_ms", stall["p99"], "ms", FRAME_MS),
        Figure("waiting_loop_stall_max_ms", stall["max"], "ms", 100.0),
        Figure("waiting_confirm_to_paint_p99_ms", summary["confirm_to_paint_ms"]["p99"], "ms", 50.0),
        Figure("waiting_stalled_actions_share", summary["stalled_actions_share"], "", 0.05),
        Figure("waiting_start_to_painted_s", summary["start_to_painted_s"], "s", 5.0),
        Figure("waiting_rss_mb", summary["rss_mb"], "MB", 300.0),
    )


def _words(data: Path) -> list[str]:
    drawn = ("--orders", 0, "--seed", SEED, "--speed", SPEED, "--tap-lock", 0.05, "--most", WORKED, "--together", WORKED)
    bay = ("--totes", PLACES, "--planner", "votes", "--even", "--data", data, "--json")
    return [sys.executable, "-m", "ui", "demo", "--headless", *map(str, (*drawn, *bay))]


def _until_a_line_has_ended(data: Path, tour: subprocess.Popen[str]) -> None:
    from ui.bootstrap.forecast_bench import worked

    while tour.poll() is None and not worked(data, after_seq=0, speed=SPEED).lines:
        with suppress(subprocess.TimeoutExpired):
            tour.wait(LOOK_EVERY_S)
