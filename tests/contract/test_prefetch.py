"""The wish for the next tray, through driver, line and a simulated JMIF machine with a second place."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hardware.config import LiftConfig
from hardware.sim.options import SimulatorOptions
from hardware.values import Outcome, SafetyStopped
from tests.contract.conftest import TIMING, Bay, bay_at, fetch, listen_at, store

Run = Callable[[Any], None]
OPENING = "SH1-1"
MACHINE = {
    "kind": "lift",
    "trays": {"12": 6000, "13": 7500, "14": 3000},
    "openings": {OPENING: 900},
    "second_place": True,
}


@pytest.fixture
def open_lift(tmp_path: Path) -> Callable[..., AbstractAsyncContextManager[Bay]]:
    file = tmp_path / "machine.json"
    file.write_text(json.dumps(MACHINE), encoding="utf-8")

    def opened(*faults: str) -> AbstractAsyncContextManager[Bay]:
        options = SimulatorOptions(
            protocol="jmif", listen=listen_at("pty", tmp_path), machine_file=file, speed=50, faults=faults, seed=5
        )
        return bay_at(options, lambda url: LiftConfig(url=url, timing=TIMING), kind=Bay)

    return opened


def places(bay: Bay) -> tuple[int | None, int | None]:
    """The tray in front and the one that waits behind it."""
    here = bay.wire.state()["openings"][OPENING]
    return here["tray"], here["waiting"]


async def until(bay: Bay, is_so: Callable[[], bool]) -> None:
    """The machine tells nothing of what it makes ready: it is looked at."""
    async with asyncio.timeout(8):
        while not is_so():
            await bay.news(0.02)


async def change_s(bay: Bay, command_id: int) -> float:
    """How long it takes from sending tray 12 away to tray 13 at the bay."""
    begun_s = time.monotonic()
    assert (await bay.lift.store(store(command_id))).outcome is Outcome.DONE
    assert (await bay.lift.fetch(fetch(command_id + 1, 13))).outcome is Outcome.DONE
    return time.monotonic() - begun_s


def test_the_tray_that_was_named_is_made_ready_and_comes_sooner(open_lift: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_lift() as bay:
            assert bay.lift.takes_next_tray
            assert (await bay.lift.fetch(fetch(1))).tray == 12
            plain_s = await change_s(bay, 2)
            await bay.lift.store(store(4, 13))
            assert (await bay.lift.fetch(replace(fetch(5), next_tray=13))).tray == 12, "what was asked for, not what is next"
            await until(bay, lambda: places(bay) == (12, 13))
            ready_s = await change_s(bay, 6)
            assert places(bay) == (13, None)
            assert ready_s < 0.8 * plain_s, f"{ready_s / plain_s:.2f} of the plain change"

    run(scenario())


def test_another_plan_brings_what_is_asked_for_and_not_what_was_named(open_lift: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_lift() as bay:
            await bay.lift.fetch(replace(fetch(1), next_tray=13))
            await until(bay, lambda: places(bay) == (12, 13))
            await bay.lift.store(store(2))
            other = await bay.lift.fetch(fetch(3, 14))
            assert (other.outcome, other.tray, places(bay)[0]) == (Outcome.DONE, 14, 14)

    run(scenario())


def test_a_lost_answer_to_a_fetch_with_a_wish_is_unknown_and_it_left_once(open_lift: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_lift("never_arrive") as bay:
            lost = await bay.lift.fetch(replace(fetch(1), next_tray=13))
            assert lost.outcome is Outcome.UNKNOWN
            assert sum(frame.data.startswith(b"1|1|SH1-1|12|13|") for frame in bay.lift.frames(200)) == 1

    run(scenario())


def test_an_alarm_while_the_next_tray_is_made_ready_is_told_and_the_tray_in_front_stays(open_lift: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_lift() as bay:
            await bay.lift.fetch(replace(fetch(1), next_tray=13))
            bay.wire.e_stop(is_pressed=True)
            await bay.hears(SafetyStopped)
            assert places(bay)[0] == 12
            assert places(bay)[1] is None, "it was stopped on its way"

    run(scenario())
