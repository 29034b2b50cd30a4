"""The demo by hand: the window on the sample site with its simulated machine."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ui.demo.machine import end_device, start_device
from ui.demo.site import SMALL_BALLAST_BYTES, prepare_site, sample_people, sample_settings

SAMPLE_SEED = 1
DEMO_STATION = "DEMO1"


def run_sample_window(directory: Path | None, station: str | None) -> int:
    """Run until the window is closed. Without a directory everything is gone afterwards, the machine too."""
    if directory is not None:
        return _run(directory, station or DEMO_STATION, ends_machine=False)
    with tempfile.TemporaryDirectory(prefix="baylight-") as made:
        return _run(Path(made), station or DEMO_STATION, ends_machine=True)


def _run(directory: Path, station: str, *, ends_machine: bool) -> int:
    from ui.run import RunOptions, run_station

    starting = [start_device(directory, each, speed=1.0, seed=SAMPLE_SEED) for each in ("jmif", "cd5220")]
    prepare_site(directory, station, seed=SAMPLE_SEED, orders=0, waiting=True, has_new_machine=True)
    lift, display = (each.ready() for each in starting)
    try:
        settings = sample_settings(station, url=lift.url, display_url=display.url)
        return run_station(
            RunOptions(directory=directory, settings=settings, sample_people=sample_people(), ballast_bytes=SMALL_BALLAST_BYTES)
        )
    finally:
        if ends_machine:
            end_device(starting[0], lift)
            end_device(starting[1], display)
