"""What a lift behind a register map must do, through driver, line and simulated PLC, on a serial line and on a network."""

from __future__ import annotations

import asyncio
import dataclasses
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from hardware.config import RTU_SERIAL, LiftConfig, LiftTiming
from hardware.devices.register_map.map_file import load_map, presets
from hardware.errors import DeviceError
from hardware.sim.options import SimulatorOptions
from hardware.values import (
    LinkDown,
    LinkUp,
    MotionAccepted,
    MotionStarted,
    Outcome,
    PointAt,
    PointTray,
    SafetyCleared,
    SafetyStopped,
)
from tests.contract.conftest import LINES, Bay, bay_at, fetch, listen_at, store
from tests.helpers.line_witness import DeafToOff

Run = Callable[[Any], None]
OPENING = "SH1-1"
TIMING = LiftTiming(ping_s=0.1, silence_s=1.5, status_s=2.0, accepted_s=2.0, fetch_s=6.0, fetch_per_metre_s=0, store_s=6.0)
MAPS = Path(__file__).parent / "maps"


def quick_map(name: str) -> str:
    """A preset whose times suit a test: the simulated PLC answers at once."""
    return str(MAPS / f"{name}.toml")


@pytest.mark.parametrize("name", sorted(presets()))
def test_the_quick_maps_are_the_presets_but_for_their_times(name: str) -> None:
    quick, preset = load_map(quick_map(name)), load_map(name)
    assert (quick.map, quick.words, quick.alarms, quick.openings) == (preset.map, preset.words, preset.alarms, preset.openings)
    assert (quick.written, quick.read, quick.line.write) == (preset.written, preset.read, preset.line.write)


@pytest.fixture(params=LINES)
def open_plc(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    listen = listen_at(request.param, tmp_path)

    def opened(
        *faults: str, preset: str = "own", speed: float = 200, timing: LiftTiming = TIMING
    ) -> AbstractAsyncContextManager[Bay]:
        file = quick_map(preset)
        options = SimulatorOptions(protocol="modbus", listen=listen, map=file, speed=speed, faults=faults, seed=5)

        def config(url: str) -> LiftConfig:
            return LiftConfig(url=url, protocol="modbus", map_file=file, serial="115200,8N1", timing=timing)

        return bay_at(options, config, kind=Bay)

    return opened


def plc(bay: Bay) -> Any:
    return bay.simulator.device


START_BIT = "coil:100"  # of the map plc-lift


def start_bit(bay: Bay) -> int:
    value: int = plc(bay).state()["registers"][START_BIT]
    return value


@pytest.mark.parametrize("preset", ["own", "plc-lift"])
def test_a_tray_comes_and_leaves(open_plc: Any, run: Run, preset: str) -> None:
    async def scenario() -> None:
        async with open_plc(preset=preset, speed=50) as bay:
            assert (await bay.lift.status()).ready
            arrived = await bay.lift.fetch(fetch(1))
            assert (arrived.outcome, arrived.tray) == (Outcome.DONE, 12)
            assert arrived.is_lit is (preset == "own")  # the other has no pointer
            assert plc(bay).machine.tray_at(OPENING) == 12
            assert (await bay.lift.status()).tray == 12
            gone = await bay.lift.store(store(2))
            assert (gone.outcome, gone.tray) == (Outcome.DONE, None)
            assert plc(bay).machine.tray_at(OPENING) is None
            assert MotionAccepted(1) in bay.told
            assert MotionStarted(1) in bay.told

    run(scenario())


def test_the_pointer_follows_and_is_dark_when_the_tray_leaves(open_plc: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_plc() as bay:
            await bay.lift.fetch(fetch(1))
            assert plc(bay).state()["openings"][OPENING]["light"] == [430, 215]
            pointed = await bay.lift.point(PointTray(command_id=2, opening=OPENING, tray=12, point=PointAt(10, 20)))
            assert (pointed.outcome, pointed.tray) == (Outcome.DONE, 12)
            assert plc(bay).state()["openings"][OPENING]["light"] == [10, 20]
            await bay.lift.store(store(3))
            assert plc(bay).state()["registers"]["coil:0"] == 0
            assert plc(bay).state()["openings"][OPENING] == {"tray": None, "light": None}

    run(scenario())


def test_a_carousel_turns_from_bin_to_bin_and_stores_nothing(open_plc: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_plc(preset="carousel") as bay:
            for number, bin_ in enumerate((12, 40), start=1):
                arrived = await bay.lift.fetch(fetch(number, tray=bin_))
                assert (arrived.outcome, arrived.tray, arrived.is_lit) == (Outcome.DONE, bin_, False)
            stored = await bay.lift.store(store(9, tray=40))
            assert stored.outcome is Outcome.DONE
            assert plc(bay).machine.tray_at(OPENING) == 40

    run(scenario())


def test_another_tray_there_and_a_tray_that_is_not_known_are_refused_with_nothing_moved(open_plc: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_plc() as bay:
            await bay.lift.fetch(fetch(1))
            occupied = await bay.lift.fetch(fetch(2, tray=13))
            assert (occupied.outcome, occupied.code, occupied.tray) == (Outcome.NOT_DONE, "L205", 12)
            await bay.lift.store(store(3))
            unknown = await bay.lift.fetch(fetch(4, tray=900))  # the map has it, the machine does not
            assert (unknown.outcome, unknown.code) == (Outcome.NOT_DONE, "L207")
            assert plc(bay).machine.tray_at(OPENING) is None

    run(scenario())


FAULTS = (
    "split_1B",
    "garbage_on_open",
    "delay=0.05",
    "wrong_checksum=2",
    "wrong_address=2",
)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_troubled_line_never_confirms_what_is_not_so(open_plc: Any, run: Run, fault: str) -> None:
    """Bytes may get lost at the very write that starts; the result must not say more than is known."""

    async def scenario() -> None:
        async with open_plc(fault) as bay:
            try:
                arrived = await bay.lift.fetch(fetch(51))
            except DeviceError:
                return  # the line was down: nothing was sent
            here = plc(bay).machine.tray_at(OPENING)
            if arrived.outcome is Outcome.DONE:
                assert here == arrived.tray == 12
            elif arrived.outcome is Outcome.NOT_DONE:
                assert here is None
            if fault.startswith(("split", "coalesce", "garbage", "delay", "wrong")):
                assert arrived.outcome is Outcome.DONE

    run(scenario())


def test_answers_that_all_come_too_late_are_never_taken_for_others(open_plc: Any, run: Run) -> None:
    """Every answer comes 50 ms after its time-out; the line is given up, and no word of it is believed."""

    async def scenario() -> None:
        async with open_plc() as bay:
            count = len(bay.told)
            bay.simulator.plan.turn_on("delay", 0.2)
            assert (await bay.hears(LinkDown, since=count)).code in ("L102", "L103")
            with pytest.raises(DeviceError):
                await bay.lift.fetch(fetch(1))
            bay.simulator.plan.turn_off("delay")
            await bay.hears(LinkUp, since=count)
            assert (await bay.lift.fetch(fetch(2))).outcome is Outcome.DONE

    run(scenario())


def test_a_start_whose_answer_is_lost_is_not_sent_again_and_the_status_tells_its_end(open_plc: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_plc() as bay:
            taken = plc(bay)._plc.take_command

            def take_and_spoil() -> Any:
                command = taken()
                if command is not None:
                    bay.simulator.plan.turn_on("wrong_checksum", 1)
                    bay.simulator.plan.turn_on("wrong_address", 1)
                return command

            plc(bay)._plc.take_command = take_and_spoil
            arrived = await bay.lift.fetch(fetch(7))
            assert (arrived.outcome, arrived.tray) == (Outcome.DONE, 12)
            number = bytes.fromhex("06 0005 0007")
            assert sum(number in frame.data for frame in bay.lift.frames(200) if frame.sent) == 1

    run(scenario())


@pytest.mark.parametrize("lost", [1, 3])
def test_a_start_bit_is_off_though_the_frame_that_writes_it_off_is_lost(open_plc: Any, run: Run, lost: int) -> None:
    async def scenario() -> None:
        async with open_plc(preset="plc-lift", speed=50) as bay:
            deaf = DeafToOff(plc(bay), most=lost)
            arrived = await bay.lift.fetch(fetch(1))
            assert (arrived.outcome, arrived.tray) == (Outcome.DONE, 12)
            async with asyncio.timeout(5):
                while not (status := await bay.lift.status()).ready:
                    assert status.code == "L212"
            assert (start_bit(bay), deaf.count) == (0, lost)
            assert (await bay.lift.store(store(2))).outcome is Outcome.DONE

    run(scenario())


def test_a_port_that_closes_waits_until_the_start_bit_is_off(open_plc: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_plc(preset="plc-lift", speed=50) as bay:
            DeafToOff(plc(bay), most=1)
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            await bay.hears(MotionAccepted)
            assert start_bit(bay) == 1
            await bay.lift.close()
            assert start_bit(bay) == 0
            assert (await moving).outcome is Outcome.UNKNOWN

    run(scenario())


def test_an_unplugged_line_mid_move_is_told_and_the_status_after_it_ends_the_command(open_plc: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_plc(speed=20) as bay:
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            await bay.hears(MotionStarted)
            await bay.simulator.line.unplug()
            assert (await bay.hears(LinkDown, since=1)).code == "L101"
            await bay.simulator.line.plug()
            result = await moving
            assert (result.outcome, result.tray) == (Outcome.DONE, 12)

    run(scenario())


def test_an_arrival_that_is_never_told_ends_unknown(open_plc: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_plc("never_arrive", timing=dataclasses.replace(TIMING, fetch_s=1.0)) as bay:
            result = await bay.lift.fetch(fetch(1))
            assert (result.outcome, result.code, result.tray) == (Outcome.UNKNOWN, "L202", None)

    run(scenario())


@pytest.mark.parametrize("preset", ["own", "plc-lift"])
def test_a_wrong_tray_is_unknown_and_named(open_plc: Any, run: Run, preset: str) -> None:
    async def scenario() -> None:
        async with open_plc("arrive_wrong_tray", preset=preset) as bay:
            result = await bay.lift.fetch(fetch(1))
            assert result.outcome is Outcome.UNKNOWN
            assert result.tray == plc(bay).machine.tray_at(OPENING) != 12

    run(scenario())


@pytest.mark.slow
@pytest.mark.parametrize(("preset", "code"), [("own", "CURTAIN"), ("plc-lift", "M200"), ("carousel", "ALARM")])
def test_the_curtain_stops_and_only_the_machines_reset_goes_on(open_plc: Any, run: Run, preset: str, code: str) -> None:
    async def scenario() -> None:
        async with open_plc(preset=preset, speed=10) as bay:
            plc(bay).curtain(OPENING, is_broken=True)
            moving = asyncio.create_task(bay.lift.fetch(fetch(1, tray=2)))
            stopped = await bay.hears(SafetyStopped)
            assert stopped.code == code
            status = await bay.lift.status()
            assert (status.ready, status.safety_code, status.code) == (False, code, "L208")
            plc(bay).curtain(OPENING, is_broken=False)
            assert not (await bay.lift.status()).ready
            plc(bay).reset()
            await bay.hears(SafetyCleared)
            assert (await moving).outcome is Outcome.DONE

    run(scenario())


def test_the_e_stop_is_told_by_its_own_code_and_a_standing_machine_is_sent_nothing(open_plc: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_plc(speed=50) as bay:
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            await bay.hears(MotionStarted)
            plc(bay).e_stop(is_pressed=True)
            assert (await bay.hears(SafetyStopped)).code == "ESTOP"
            plc(bay).e_stop(is_pressed=False)
            plc(bay).reset()
            result = await moving
            assert (result.outcome, result.code) == (Outcome.NOT_DONE, "L204")
            before = len(bay.told)
            plc(bay).e_stop(is_pressed=True)
            await bay.hears(SafetyStopped, since=before)
            with pytest.raises(DeviceError, match="L208"):
                await bay.lift.fetch(fetch(2))

    run(scenario())


def test_in_manual_nothing_is_sent(open_plc: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_plc() as bay:
            plc(bay).manual_key(is_manual=True)
            refused = await bay.lift.fetch(fetch(1))
            assert (refused.outcome, refused.code) == (Outcome.NOT_DONE, "L206")
            assert plc(bay).state()["registers"]["holding:5"] == 0

    run(scenario())


@pytest.mark.slow
def test_a_power_cut_mid_move_is_unknown_and_the_machine_is_asked_again(open_plc: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_plc("power_cycle_mid_move=0.3", speed=20) as bay:
            result = await bay.lift.fetch(fetch(1))
            assert result.outcome is Outcome.UNKNOWN
            assert (await bay.lift.status()).tray == plc(bay).machine.tray_at(OPENING)

    run(scenario())


def test_nothing_but_the_commands_own_places_was_ever_written(open_plc: Any, run: Run) -> None:
    """Of everything that went over the line: no write to an alarm, an E-stop input, or anywhere the map does not name."""

    async def scenario() -> None:
        async with open_plc(preset="plc-lift") as bay:
            written: set[tuple[str, int]] = set()
            write = plc(bay)._plc.write

            def note(table: str, address: int, *, value: int) -> Any:
                written.add((table, address))
                return write(table, address, value=value)

            plc(bay)._plc.write = note
            await bay.lift.fetch(fetch(1))
            plc(bay).e_stop(is_pressed=True)
            await bay.hears(SafetyStopped)
            plc(bay).e_stop(is_pressed=False)
            plc(bay).reset()
            await bay.hears(SafetyCleared)
            await bay.lift.store(store(2))
            assert written == {("holding", 100), ("coil", 100), ("coil", 101)}

    run(scenario())


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals on Windows")
def test_driver_and_plc_meet_on_the_line_that_nobody_has_set(run: Run, tmp_path: Path) -> None:
    """The simulated PLC is as slow as its line; the driver's silence follows from its own."""

    async def scenario() -> None:
        options = SimulatorOptions(
            protocol="modbus", map=quick_map("own"), listen=f"pty:{tmp_path / 'lift'}", serial=RTU_SERIAL, speed=50, seed=5
        )
        async with bay_at(
            options, lambda url: LiftConfig(url=url, protocol="modbus", map_file=quick_map("own")), kind=Bay
        ) as bay:
            assert (await bay.lift.fetch(fetch(1))).outcome is Outcome.DONE

    run(scenario())
