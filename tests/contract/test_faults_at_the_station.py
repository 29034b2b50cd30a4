"""Each dialect with the faults of the catalogue at a working station, through a pseudo terminal, held to what a site must trust:

- every line is booked exactly once, and the book agrees with what hands took, whatever happened between
- nothing may be confirmed while its tray is not at the bay
- no motion leaves while another is open, before its intent is written, twice, or after a doubtful one without a person's touch
- the machine began nothing that no command asked for, and was reset by people alone

The small form has one fault of each class at the moment where it hurts; BAYLIGHT_SOAK has every fault at every moment.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.contract.bay_day import BayDay, Moment
from tests.contract.catalogue import FAULTS, faults_of, name_of
from tests.contract.dialects import DIALECTS, MORE_AT_A_STATION, SILENT_PINGS, Dialect

Struck = tuple[Dialect, str, Moment]

CLASSES = {
    "line": ("unplug", Moment.TRAY_COMES),
    "alarm": ("overweight", Moment.AT_THE_COMPARTMENT),
    "safety": ("e_stop", Moment.TRAY_COMES),
    "power": ("power_cycle_mid_move", Moment.AT_THE_COMPARTMENT),
    "protocol": ("arrive_wrong_tray", Moment.FROM_THE_START),
    "lost answer": ("never_arrive", Moment.FROM_THE_START),
}
AT_ONCE = 18  # days side by side: they mostly wait
AT_STATIONS = (*DIALECTS, *MORE_AT_A_STATION)
IS_SOAK = bool(os.environ.get("BAYLIGHT_SOAK"))


def small_form() -> list[Struck]:
    """The second priority of 3964R takes half a minute of waiting and is held in the long runs. A machine whose pings tell no
    stop has its short days in `test_unclear_stop`."""
    by_name = {name_of(fault): fault for fault in FAULTS}
    dialects = [each for each in AT_STATIONS if "3964r, high" not in each.name and each is not SILENT_PINGS]
    return [(each, by_name[name], moment) for each in dialects for name, moment in CLASSES.values()]


def whole_product(dialect: Dialect) -> list[Struck]:
    return [(dialect, fault, moment) for fault in faults_of(dialect) for moment in Moment]


PARTS = {each.name: whole_product(each) for each in AT_STATIONS} if IS_SOAK else {"one of each class": small_form()}


@pytest.mark.slow
@pytest.mark.timeout(360)
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals on Windows")
@pytest.mark.parametrize("days", PARTS.values(), ids=PARTS.keys())
def test_no_fault_costs_a_station_its_book(
    days: Sequence[Struck], tmp_path: Path, run: Callable[[Any], None], allow_log: Callable[[str], None]
) -> None:
    allow_log(r".*")
    broken: list[str] = []

    async def scenario() -> None:
        slots = asyncio.Semaphore(AT_ONCE)

        async def one(number: int, day: Struck) -> None:
            async with slots:
                directory = tmp_path / str(number)
                directory.mkdir()
                broken.extend(await BayDay(*day, directory).run())

        async with asyncio.TaskGroup() as group:
            for number, day in enumerate(days):
                group.create_task(one(number, day))

    run(scenario())
    assert not broken, "\n".join(broken)
