"""A lift behind a serial device server that speaks RFC 2217: the same driver, another URL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hardware.config import LiftConfig
from hardware.factory import make_lift
from hardware.sim.options import SimulatorOptions
from hardware.sim.server import Simulator
from hardware.values import FetchTray, LinkDown, LinkUp, Outcome, StoreTray
from tests.contract.conftest import Bay
from tests.contract.dialects import TIMING
from tests.helpers.rfc2217_server import rfc2217_server


# WORKAROUND for pyserial 3.5, which still says setDaemon
@pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")
def test_a_tray_comes_and_goes_and_a_dead_server_is_noticed(run: Callable[[Any], None]) -> None:
    async def scenario() -> None:
        simulator = Simulator(SimulatorOptions(protocol="jmif", listen="tcp:0", speed=50))
        await simulator.open()
        with rfc2217_server(simulator.url) as url:
            bay = Bay(make_lift(LiftConfig(url=url, serial="9600,8N1", timing=TIMING)), simulator)
            bay.lift.subscribe(bay.hear)
            await bay.lift.open()
            await bay.hears(LinkUp)
            came = await bay.lift.fetch(FetchTray(command_id=1, opening="SH1-1", tray=12))
            assert (came.outcome, came.tray) == (Outcome.DONE, 12)
            assert (await bay.lift.store(StoreTray(command_id=2, opening="SH1-1", tray=12))).outcome is Outcome.DONE
            assert bay.lift.health().errors == 0
            told = len(bay.told)
        await bay.hears(LinkDown, since=told)
        await bay.lift.close()
        await simulator.close()

    run(scenario())
