"""Ten tours on one running station, as a program of its own: prints its resident memory in MiB after each, as JSON.

The small form works 4 orders a tour, BAYLIGHT_SOAK 200. Between two tours further orders are imported through the control
socket, as a host does it while the station runs.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from station.control import ask
from station.sample_site import SAMPLE_PEOPLE, make_orders, make_sample_site, write_orders
from station.values import Place
from ui.demo.eyes import Eyes
from ui.demo.habits import Habits
from ui.demo.hands import Hands
from ui.demo.machine import end_device, start_device
from ui.demo.operator import Badge, Operator
from ui.demo.site import SMALL_BALLAST_BYTES, prepare_site, sample_people, sample_settings
from ui.probe import Probe, memory_mb
from ui.run import Running, RunOptions, run_station

if TYPE_CHECKING:
    from station.view.task import TaskFace
    from station.view.view import View

TOURS = 10
ORDERS = 200 if os.environ.get("BAYLIGHT_SOAK") else 4
SPEED = 1000.0
SEED = 7
TAP_LOCK_S = 0.1
STATION = "DEMO1"


async def work(running: Running, directory: Path, found_mb: list[float]) -> None:
    """The tours, one after another, with one pair of eyes and hands."""
    probe = Probe(later=asyncio.get_running_loop().call_later)
    eyes = Eyes(running.window, probe)
    hands = Hands(running.window, eyes=eyes, probe=probe, tap_lock_s=TAP_LOCK_S)
    for tour in range(TOURS):
        await asyncio.to_thread(release, directory, tour)
        await operator(running, eyes, hands, tour).work()
        found_mb.append(memory_mb())
        sys.stderr.write(f"tour {tour + 1}: {found_mb[-1]:.1f} MiB\n")
    probe.close()
    eyes.close()


def release(directory: Path, tour: int) -> None:
    """Import some more orders into the running station."""
    now = datetime.now(UTC)
    path = directory / f"order-more-{tour}.csv"
    write_orders(path, make_orders(ORDERS, SEED, now=now, prefix=f"R{tour}-"), make_sample_site(SEED, now=now).items)
    ask(directory, "import", timeout_s=30.0, path=str(path))


def operator(running: Running, eyes: Eyes, hands: Hands, tour: int) -> Operator:
    person = SAMPLE_PEOPLE[0]

    def pieces(face: TaskFace) -> int:
        found = running.store.stock_at(Place("VLM1", face.tray, face.compartment))
        return sum(each.quantity for each in found if each.key == face.key)

    async def nothing_there() -> int | None:
        return None

    async def look(view: View) -> None:
        return None

    return Operator(
        hands=hands,
        eyes=eyes,
        habits=Habits(SEED + tour),
        badge=Badge(code=person.badge, pin=person.pin, role=person.role),
        speed=SPEED,
        pieces=pieces,
        tray_at_bay=nothing_there,
        seen=look,
    )


def main() -> None:
    """Run in a temporary directory and print the figures."""
    found_mb: list[float] = []
    with tempfile.TemporaryDirectory(prefix="baylight-ten-") as made:
        directory = Path(made)
        begun = start_device(directory, "jmif", speed=SPEED, seed=SEED)
        prepare_site(directory, STATION, seed=SEED, orders=0, waiting=False, has_new_machine=True)
        machine = begun.ready()
        try:
            run_station(
                RunOptions(
                    directory=directory,
                    settings=sample_settings(STATION, url=machine.url, tap_lock_s=TAP_LOCK_S),
                    sample_people=sample_people(),
                    ballast_bytes=SMALL_BALLAST_BYTES,
                    work=partial(work, directory=directory, found_mb=found_mb),
                )
            )
        finally:
            end_device(begun, machine)
    sys.stdout.write(json.dumps(found_mb) + "\n")


if __name__ == "__main__":
    main()
