"""A stop that a command told, after the command: at a machine whose pings speak of stops, and at one whose pings never do.

Both ways nobody but the machine ends it, nothing moves without a person's touch, and the work comes to its end.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hardware.errors import MOTION_IN_FLIGHT, DeviceError
from hardware.values import MotionStarted, Outcome, SafetyCleared, SafetyStopped, SafetyUnclear
from tests.contract.bay_day import BayDay, Moment
from tests.contract.conftest import Bay, bay_at, fetch, listen_at
from tests.contract.dialects import DIALECTS, SILENT_PINGS, Dialect

JMIF = next(each for each in DIALECTS if each.name == "jmif")
Run = Callable[[Any], None]
both = pytest.mark.parametrize("dialect", [JMIF, SILENT_PINGS], ids=["pings speak", "pings never speak"])


async def stopped_and_cancelled(bay: Bay) -> None:
    """Somebody presses the E-stop in the middle of a fetch, and when all is safe releases it and presses the reset."""
    moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
    await bay.hears(MotionStarted)
    bay.wire.e_stop(is_pressed=True)
    await bay.hears(SafetyStopped)
    with pytest.raises(DeviceError, match=MOTION_IN_FLIGHT):
        await bay.lift.fetch(fetch(2))
    bay.wire.e_stop(is_pressed=False)
    bay.wire.reset()
    assert (await moving).outcome is Outcome.NOT_DONE


@both
def test_after_the_command_the_stop_ends_by_the_machines_own_words_alone(dialect: Dialect, tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        options = dialect.options(listen_at("pty", tmp_path), speed=50)
        async with bay_at(options, dialect.config, kind=Bay) as bay:
            await stopped_and_cancelled(bay)
            if dialect is JMIF:
                await bay.hears(SafetyCleared)
                assert not any(isinstance(each, SafetyUnclear) for each in bay.told)
                return
            assert await bay.hears(SafetyUnclear) == SafetyUnclear("1002")
            for _ in range(3):
                assert (await bay.lift.status()).ready, "the pings say that it works"
            assert not any(isinstance(each, SafetyCleared) for each in bay.told), "a ping that never spoke ended a stop"
            assert (await bay.lift.fetch(fetch(3))).outcome is Outcome.DONE
            await bay.hears(SafetyCleared)

    run(scenario())


def test_a_machine_that_still_stands_says_so_to_the_next_command_and_moves_nothing(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        options = SILENT_PINGS.options(listen_at("pty", tmp_path), speed=50)
        async with bay_at(options, SILENT_PINGS.config, kind=Bay) as bay:
            await stopped_and_cancelled(bay)
            await bay.hears(SafetyUnclear)
            bay.wire.e_stop(is_pressed=True)  # nobody is told: no command is under way
            refused = await bay.lift.fetch(fetch(3))
            assert (refused.outcome, refused.code) == (Outcome.NOT_DONE, "L204")
            assert not any(isinstance(each, SafetyCleared) for each in bay.told)
            bay.wire.e_stop(is_pressed=False)
            bay.wire.reset()
            async with asyncio.timeout(8):
                while bay.wire.state()["stop"]:
                    await bay.news(0.05)
            assert (await bay.lift.fetch(fetch(4))).outcome is Outcome.DONE
            await bay.hears(SafetyCleared)

    run(scenario())


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals on Windows")
@both
@pytest.mark.parametrize("moment", [Moment.TRAY_COMES, Moment.TRAY_LEAVES, Moment.AT_THE_COMPARTMENT])
def test_a_station_works_on_after_a_touch_and_never_before(
    dialect: Dialect, moment: Moment, tmp_path: Path, run: Run, allow_log: Callable[[str], None]
) -> None:
    """What a day is held to stands in `tests.contract.bay_day`."""
    allow_log(r".*")
    day = BayDay(dialect, "e_stop=0.4", moment, tmp_path)

    async def scenario() -> None:
        assert not await day.run()

    run(scenario())
    is_told_by_command = moment is not Moment.AT_THE_COMPARTMENT
    assert bool(day.unclear_stops) == (is_told_by_command and dialect is SILENT_PINGS)
