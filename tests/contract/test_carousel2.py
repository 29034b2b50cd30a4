"""What must hold on the two-byte protocol, through driver, line and simulated carousel, over TCP and a pseudo terminal."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from hardware.config import Carousel2Options, LiftConfig, LiftTiming, parse_pod
from hardware.errors import DeviceError
from hardware.factory import make_pod
from hardware.sim.options import OptionError, SimulatorOptions
from hardware.sim.server import Simulator
from hardware.values import (
    FetchTray,
    LinkDown,
    LinkUp,
    MotionStarted,
    Outcome,
    SafetyCleared,
    SafetyStopped,
    StoreTray,
)
from tests.contract.conftest import LINES, TIMING, Bay, bay_at, listen_at

Run = Callable[[Any], None]
PROTOCOL = "carousel2"
OPENING = "SH1-1"


def fetch(command_id: int, bin_number: int = 7) -> FetchTray:
    return FetchTray(command_id=command_id, opening=OPENING, tray=bin_number)


@pytest.fixture(params=LINES)
def open_carousel(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Any]:
    listen = listen_at(request.param, tmp_path)

    def opened(*faults: str, speed: float = 20, timing: LiftTiming = TIMING) -> AbstractAsyncContextManager[Bay]:
        options = SimulatorOptions(protocol=PROTOCOL, listen=listen, speed=speed, faults=faults, seed=5)
        return bay_at(options, lambda url: LiftConfig(url=url, protocol=PROTOCOL, timing=timing), kind=Bay)

    return opened


def moves(bay: Bay) -> list[bytes]:
    return [frame.data for frame in bay.lift.frames(200) if frame.sent and frame.data[:1] == b"\x01"]


def wire(bay: Bay) -> Any:
    return bay.simulator.device


def test_a_bin_turns_to_the_access_and_stays_there(open_carousel: Callable[..., Any], run: Run) -> None:
    async def scenario() -> None:
        async with open_carousel() as bay:
            assert (await bay.lift.status()).tray == 1
            arrived = await bay.lift.fetch(fetch(1))
            assert (arrived.outcome, arrived.tray, arrived.is_lit) == (Outcome.DONE, 7, False)
            gone = await bay.lift.store(StoreTray(command_id=2, opening=OPENING, tray=7))
            assert (gone.outcome, gone.tray) == (Outcome.DONE, 7)
            other = await bay.lift.fetch(fetch(3, 2))
            assert (other.outcome, other.tray) == (Outcome.DONE, 2)
            assert wire(bay).state()["position"] == 1
            assert moves(bay) == [b"\x01\x06", b"\x01\x01"]

    run(scenario())


def test_a_bin_that_is_not_there_does_not_come(open_carousel: Callable[..., Any], run: Run) -> None:
    async def scenario() -> None:
        async with open_carousel() as bay:
            result = await bay.lift.fetch(fetch(1, 99))
            assert (result.outcome, result.code, result.tray) == (Outcome.UNKNOWN, "L205", 1)
            assert moves(bay) == [b"\x01\x62"]

    run(scenario())


@pytest.mark.parametrize("fault", ["split_1B", "garbage_on_open", "delay=0.05", "bit_flip=0.02", "dup_byte=0.05"])
def test_a_troubled_line_changes_no_outcome(open_carousel: Callable[..., Any], run: Run, fault: str) -> None:
    async def scenario() -> None:
        async with open_carousel(fault, speed=5) as bay:
            arrived = await bay.lift.fetch(fetch(51, 3))
            seen = wire(bay).state()["position"]
            # Noise hurts requests too: a move that was not understood, or was understood as another, is never done.
            assert arrived.outcome is Outcome.DONE or "bit_flip" in fault or "dup_byte" in fault
            assert arrived.outcome is not Outcome.DONE or (arrived.tray, seen) == (3, 2)
            assert len(moves(bay)) <= 1

    run(scenario())


def test_an_unplugged_line_mid_turn_is_told_and_the_status_after_it_ends_the_command(
    open_carousel: Callable[..., Any], run: Run
) -> None:
    async def scenario() -> None:
        async with open_carousel(speed=3) as bay:
            turning = asyncio.create_task(bay.lift.fetch(fetch(1, 6)))
            await bay.hears(MotionStarted)
            await bay.simulator.line.unplug()
            assert (await bay.hears(LinkDown, since=1)).code == "L101"
            await bay.simulator.line.plug()
            result = await turning
            assert (result.outcome, result.tray) == (Outcome.DONE, 6)
            assert len(moves(bay)) == 1

    run(scenario())


def test_an_arrival_that_is_never_shown_ends_unknown_and_is_not_sent_again(open_carousel: Callable[..., Any], run: Run) -> None:
    async def scenario() -> None:
        async with open_carousel("never_arrive", timing=dataclasses.replace(TIMING, fetch_s=1.0)) as bay:
            result = await bay.lift.fetch(fetch(1))
            assert (result.outcome, result.code) == (Outcome.UNKNOWN, "L202")
            assert len(moves(bay)) == 1

    run(scenario())


def test_an_e_stop_is_only_shown_and_nothing_is_sent_while_it_stands(open_carousel: Callable[..., Any], run: Run) -> None:
    async def scenario() -> None:
        async with open_carousel(speed=3) as bay:
            turning = asyncio.create_task(bay.lift.fetch(fetch(1, 6)))
            await bay.hears(MotionStarted)
            wire(bay).e_stop(is_pressed=True)
            assert (await bay.hears(SafetyStopped)).code == "E4"
            status = await bay.lift.status()
            assert (status.ready, status.safety_code, status.code) == (False, "E4", "L208")
            wire(bay).e_stop(is_pressed=False)
            wire(bay).reset()
            await bay.hears(SafetyCleared)
            assert (await turning).outcome is not Outcome.DONE
            before = len(bay.told)
            wire(bay).e_stop(is_pressed=True)
            await bay.hears(SafetyStopped, since=before)
            with pytest.raises(DeviceError, match="L208"):
                await bay.lift.fetch(fetch(2))

    run(scenario())


def test_in_manual_nothing_is_sent(open_carousel: Callable[..., Any], run: Run) -> None:
    async def scenario() -> None:
        async with open_carousel() as bay:
            wire(bay).manual_key(is_manual=True)
            result = await bay.lift.fetch(fetch(1))
            assert (result.outcome, result.code) == (Outcome.NOT_DONE, "L209")
            assert moves(bay) == []

    run(scenario())


def test_a_pod_of_two_carousels_is_one_machine(run: Run) -> None:
    async def scenario() -> None:
        simulators = [Simulator(SimulatorOptions(protocol=PROTOCOL, speed=20, seed=5)) for _ in range(2)]
        for simulator in simulators:
            await simulator.open()
        places = parse_pod(f"{simulators[0].url}#1-10, {simulators[1].url}#11-20")
        pod = make_pod(LiftConfig(url="", protocol=PROTOCOL, timing=TIMING), places)
        up = asyncio.Event()
        pod.subscribe(lambda event: up.set() if event == LinkUp() else None)
        await pod.open()
        try:
            async with asyncio.timeout(5):
                await up.wait()
            assert (await pod.fetch(fetch(1, 17))).tray == 17
            assert (await pod.fetch(fetch(2, 4))).tray == 4
            assert (await pod.status()).tray == 4
            assert [wire.state()["position"] for wire in (each.device for each in simulators)] == [3, 6]
            assert (await pod.store(StoreTray(command_id=3, opening=OPENING, tray=4))).outcome is Outcome.DONE
            assert (await pod.status()).tray is None
        finally:
            await pod.close()
            for simulator in simulators:
                await simulator.close()

    run(scenario())


def test_a_lift_is_no_carousel(tmp_path: Path) -> None:
    machine = tmp_path / "lift.json"
    machine.write_text('{"trays": {"1": 2600}, "openings": {"SH1-1": 900}}', encoding="utf-8")
    with pytest.raises(OptionError, match="one carousel"):
        Simulator(SimulatorOptions(protocol=PROTOCOL, machine_file=machine))


@pytest.mark.parametrize("bit2", ["manual", "remote"])
def test_a_carousel_that_tells_manual_the_other_way_round_turns_with_its_setting_alone(
    bit2: str, tmp_path: Path, run: Run
) -> None:
    file = tmp_path / "carousel.json"
    bins = {"C1": {"bins": list(range(1, 11)), "opening": OPENING}}
    file.write_text(json.dumps({"kind": "carousel", "carousels": bins, "carousel2": {"bit2": "remote"}}))
    options = SimulatorOptions(protocol=PROTOCOL, listen=listen_at("pty", tmp_path), speed=50, machine_file=file)

    def config(url: str) -> LiftConfig:
        return LiftConfig(url=url, protocol=PROTOCOL, timing=TIMING, carousel2=Carousel2Options(bit2=bit2))

    async def scenario() -> None:
        async with bay_at(options, config, kind=Bay) as bay:
            result = await bay.lift.fetch(fetch(1))
            is_right = bit2 == "remote"
            assert result.outcome is (Outcome.DONE if is_right else Outcome.NOT_DONE)
            assert (result.code, len(moves(bay))) == (("", 1) if is_right else ("L209", 0))

    run(scenario())


@pytest.mark.parametrize("part", ['{"bit2": "auto"}', "7"])
def test_a_carousel2_part_that_cannot_be_is_refused_at_the_start(part: str, tmp_path: Path) -> None:
    file = tmp_path / "carousel.json"
    bins = '{"C1": {"bins": [1], "opening": "SH1-1"}}'
    file.write_text(f'{{"kind": "carousel", "carousels": {bins}, "carousel2": {part}}}')
    with pytest.raises(OptionError, match="carousel2"):
        Simulator(SimulatorOptions(protocol=PROTOCOL, machine_file=file))
