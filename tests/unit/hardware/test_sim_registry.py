"""What holds for every device that can be simulated, whoever wrote it."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from hardware.sim.device import SimulatedDevice
from hardware.sim.faults import KNOWN, FaultPlan, Where
from hardware.sim.options import SimulatorOptions
from hardware.sim.registry import MAKERS, WITH_MAP, Setup
from ui.cli.simulate import PROTOCOLS

MAPS = {"modbus": "plc-lift"}


def made(protocol: str) -> SimulatedDevice:
    options = SimulatorOptions(protocol=protocol, map=MAPS.get(protocol))
    return MAKERS[protocol](Setup(options, FaultPlan(seed=1), time.monotonic, lambda: None))


def test_every_protocol_with_a_map_is_tried_with_one() -> None:
    assert set(MAPS) == set(WITH_MAP)


@pytest.mark.parametrize("protocol", MAKERS)
def test_its_own_faults_are_faults_of_devices_in_the_catalogue(protocol: str) -> None:
    device = made(protocol)
    assert {KNOWN[name].where for name in device.faults | device.spoils} <= {Where.DEVICE}


@pytest.mark.parametrize("protocol", MAKERS)
def test_what_people_can_do_to_it_stands_in_the_document(protocol: str) -> None:
    text = (Path(__file__).parents[3] / "docs/wire/simulator.md").read_text(encoding="utf-8")
    assert [act for act in made(protocol).acts() if not re.search(rf"`{act}`", text)] == []


@pytest.mark.parametrize("protocol", MAKERS)
def test_the_command_line_offers_it(protocol: str) -> None:
    assert protocol in PROTOCOLS
