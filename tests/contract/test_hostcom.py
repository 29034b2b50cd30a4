"""What every lift must do, over HOST-COM: driver, line and simulated Hänel machine, with its doors, keys and first contact."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from hardware.config import HostComOptions, LiftConfig, LiftTiming
from hardware.errors import DeviceError
from hardware.factory import make_lift
from hardware.sim.options import OptionError, SimulatorOptions
from hardware.sim.server import Simulator
from hardware.sim.wires.hostcom import HostComWire
from hardware.values import (
    FetchTray,
    Instruction,
    LateAnswer,
    LinkDown,
    LinkUp,
    MotionAccepted,
    MotionStarted,
    OperatorAsked,
    Outcome,
    PointTray,
    SafetyCleared,
    SafetyStopped,
    SafetyUnclear,
    StoreTray,
)
from tests.contract.conftest import LINES, TIMING, Bay, bay_at, listen_at

Run = Callable[[Any], None]
OPENING, OTHER = "001-1", "001-2"
TRAYS = {str(number): 2600 + 300 * (number // 2) for number in range(1, 41)}
PLAIN = HostComOptions()


class HostComBay(Bay):
    @property
    def hanel(self) -> HostComWire:
        device = self.simulator.device
        assert isinstance(device, HostComWire)
        return device

    @property
    def moves(self) -> int:
        """How many telegrams have come that ask for a motion."""
        asked = self.hanel.state()["asked"]
        return sum(count for macro, count in asked.items() if macro.endswith("_shelf"))


@pytest.fixture(params=LINES)
def open_hanel(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    listen = listen_at(request.param, tmp_path)

    def opened(
        *faults: str, speed: float = 50, timing: LiftTiming = TIMING, options: HostComOptions = PLAIN, **controller: object
    ) -> AbstractAsyncContextManager[HostComBay]:
        machine = SimulatorOptions(
            protocol="hostcom",
            listen=listen,
            speed=speed,
            faults=faults,
            seed=5,
            machine_file=machine_file(tmp_path, controller) if controller else None,
        )

        def config(url: str) -> LiftConfig:
            return LiftConfig(url=url, protocol="hostcom", opening=OPENING, timing=timing, hostcom=options)

        return bay_at(machine, config, kind=HostComBay)

    return opened


def machine_file(directory: Path, controller: dict[str, object], openings: tuple[str, ...] = (OPENING, OTHER)) -> Path:
    file = directory / "machine.json"
    levels = dict(zip(openings, (900, 4500), strict=True))
    file.write_text(json.dumps({"trays": TRAYS, "openings": levels, "hostcom": controller}), encoding="utf-8")
    return file


def fetch(command_id: int, tray: int = 12) -> FetchTray:
    return FetchTray(command_id=command_id, opening=OPENING, tray=tray)


def store(command_id: int, tray: int = 12) -> StoreTray:
    return StoreTray(command_id=command_id, opening=OPENING, tray=tray)


async def until_ready(bay: HostComBay) -> int | None:
    """The tray that the machine names once it stands and is ready."""
    async with asyncio.timeout(8):
        while not (status := await bay.lift.status()).ready:
            assert status.is_moving or status.code
    return status.tray


def test_a_tray_comes_is_there_and_leaves(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel() as bay:
            assert await until_ready(bay) is None
            arrived = await bay.lift.fetch(fetch(1))
            assert (arrived.outcome, arrived.tray) == (Outcome.DONE, 12)
            assert bay.hanel.state()["openings"][OPENING]["tray"] == 12
            assert await until_ready(bay) == 12
            pointed = await bay.lift.point(PointTray(command_id=2, opening=OPENING, tray=12))
            assert (pointed.outcome, pointed.tray) == (Outcome.DONE, 12)
            gone = await bay.lift.store(store(3))
            assert (gone.outcome, gone.tray) == (Outcome.DONE, None)
            assert await until_ready(bay) is None
            assert bay.told[1:4] == [LinkUp(), MotionAccepted(1), MotionStarted(1)]
            assert bay.moves == 2

    run(scenario())


def test_the_first_telegram_after_power_on_is_sent_once_more(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel() as bay:
            frames = [frame.data for frame in bay.lift.frames(200)]
            firsts = [frame for frame in frames if frame.endswith(b"$E01$")]
            assert len(firsts) == 1
            bay.hanel.powered_on()  # once more, and now it meets a command
            arrived = await bay.lift.fetch(fetch(1))
            assert arrived.outcome is Outcome.DONE
            assert 1 <= bay.moves <= 2

    run(scenario())


@pytest.mark.parametrize("options", [HostComOptions(parameter="PM01", separator="nbsp", host="0042")])
def test_a_firmware_that_spells_otherwise_is_spoken_to_as_it_wants(open_hanel: Any, run: Run, options: HostComOptions) -> None:
    async def scenario() -> None:
        async with open_hanel(options=options, pm="PM01", gap="nbsp", host="0042") as bay:
            assert (await bay.lift.fetch(fetch(1))).outcome is Outcome.DONE

    run(scenario())


@pytest.mark.parametrize(
    ("options", "controller"),
    [
        (HostComOptions(parameter="PM01"), {"pm": "PM1"}),
        (HostComOptions(separator="nbsp"), {"gap": "space"}),
        (HostComOptions(host="0042"), {"host": "2301"}),
    ],
)
def test_a_wrong_setting_is_a_bad_request_and_never_sent_twice(
    open_hanel: Any, run: Run, options: HostComOptions, controller: dict[str, object]
) -> None:
    async def scenario() -> None:
        # What a controller calls itself in its answers is its own number: an answer to another one is told by E04 alone.
        async with open_hanel(options=options, **controller) as bay:
            result = await bay.lift.fetch(fetch(1))
            assert (result.outcome, result.code) == (Outcome.NOT_DONE, "L207")
            assert sum(frame.sent and b"get_shelf" in frame.data for frame in result.frames) == 1

    run(scenario())


def test_a_tray_the_machine_does_not_have_and_an_occupied_opening_move_nothing(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel() as bay:
            undefined = await bay.lift.fetch(fetch(1, tray=999))
            assert (undefined.outcome, undefined.code) == (Outcome.NOT_DONE, "L204")
            await bay.lift.fetch(fetch(2))
            occupied = await bay.lift.fetch(fetch(3, tray=13))
            assert (occupied.outcome, occupied.tray) == (Outcome.NOT_DONE, 12)
            assert occupied.frames

    run(scenario())


def test_a_second_command_is_refused_while_the_tray_moves(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel() as bay:
            first = asyncio.create_task(bay.lift.fetch(fetch(1)))
            await bay.hears(MotionStarted)
            with pytest.raises(DeviceError, match="L203"):
                await bay.lift.fetch(fetch(2, tray=13))
            assert (await first).outcome is Outcome.DONE
            assert bay.moves == 1

    run(scenario())


@pytest.mark.parametrize("is_status_taken_while_moving", [False, True])
@pytest.mark.parametrize(
    "fault",
    ["split_1B", "coalesce=0.02", "garbage_on_open", "double_answer", "delay=0.05", "answer_to_old_id"],
)
def test_a_troubled_line_changes_no_outcome(open_hanel: Any, run: Run, fault: str, is_status_taken_while_moving: bool) -> None:
    async def scenario() -> None:
        controller = {"is_status_taken_while_moving": True} if is_status_taken_while_moving else {}
        async with open_hanel(fault, **controller) as bay:
            arrived = await bay.lift.fetch(fetch(51))
            assert (arrived.outcome, arrived.tray) == (Outcome.DONE, 12)
            assert bay.hanel.state()["openings"][OPENING]["tray"] == 12
            assert (await bay.lift.store(store(52))).outcome is Outcome.DONE
            assert not any(isinstance(event, LateAnswer) for event in bay.told)
            assert bay.moves == 2

    run(scenario())


def test_an_arrival_before_the_acceptance_is_not_believed(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel("arrive_early") as bay:
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            await bay.hears(MotionAccepted)
            assert not moving.done()
            arrived = await moving
            assert (arrived.outcome, arrived.tray) == (Outcome.DONE, 12)
            assert bay.hanel.state()["openings"][OPENING]["tray"] == 12

    run(scenario())


@pytest.mark.parametrize("fault", ["wrong_seq", "wrong_address"])
@pytest.mark.parametrize("which", range(1, 4))
def test_an_answer_with_a_wrong_head_is_never_taken_for_ours(open_hanel: Any, run: Run, fault: str, which: int) -> None:
    async def scenario() -> None:
        async with open_hanel(timing=dataclasses.replace(TIMING, ping_s=0.5, silence_s=2.0)) as bay:
            await until_ready(bay)
            spoil_the(which, bay.hanel, fault)  # XS, XI or XA
            result = await bay.lift.fetch(fetch(1))
            is_known = result.outcome is Outcome.DONE
            assert result.tray == (12 if is_known else None)
            assert is_known or result.outcome is Outcome.UNKNOWN
            assert await until_ready(bay) == 12
            assert bay.moves == 1

    run(scenario())


def spoil_the(which: int, wire: HostComWire, fault: str) -> None:
    """The fault strikes this telegram from now on, counted from 1."""
    spoil, seen = wire.spoil, []

    def counted(frame: bytes, name: str) -> bytes:
        seen.append(frame)
        return spoil(frame, name) if len(seen) == which else frame

    wire.spoil = counted  # type: ignore[method-assign]
    wire.plan.turn_on(fault)


def test_an_unplugged_line_mid_move_is_told_and_the_command_ends_after_it(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel(speed=20) as bay:
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            await bay.hears(MotionStarted)
            await bay.simulator.line.unplug()
            assert (await bay.hears(LinkDown, since=1)).code == "L101"
            await bay.simulator.line.plug()
            result = await moving
            assert (result.outcome, result.tray) == (Outcome.DONE, 12)
            assert bay.moves == 1

    run(scenario())


@pytest.mark.parametrize("is_status_taken_while_moving", [False, True])
def test_an_arrival_that_is_never_told_is_found_by_the_status(
    open_hanel: Any, run: Run, is_status_taken_while_moving: bool
) -> None:
    async def scenario() -> None:
        async with open_hanel("never_arrive", is_status_taken_while_moving=is_status_taken_while_moving) as bay:
            result = await bay.lift.fetch(fetch(1))
            assert (result.outcome, result.tray) == (Outcome.DONE, 12)
            assert bay.hanel.state()["openings"][OPENING]["tray"] == 12
            assert bay.moves == 1

    run(scenario())


def test_a_store_whose_end_is_never_told_is_unknown_and_not_sent_again(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel(timing=dataclasses.replace(TIMING, store_s=1.0)) as bay:
            await bay.lift.fetch(fetch(1))
            bay.simulator.plan.turn_on("never_arrive")
            result = await bay.lift.store(store(2))
            assert (result.outcome, result.code, result.tray) == (Outcome.UNKNOWN, "L202", None)
            assert await until_ready(bay) is None
            assert bay.moves == 2

    run(scenario())


def test_a_late_answer_names_its_command(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel(speed=20, timing=dataclasses.replace(TIMING, fetch_s=0.2)) as bay:
            assert (await bay.lift.fetch(fetch(1))).outcome is Outcome.UNKNOWN
            late = await bay.hears(LateAnswer)
            assert (late.result.command_id, late.result.outcome, late.result.tray) == (1, Outcome.DONE, 12)

    run(scenario())


def test_the_curtain_stops_and_only_the_machines_reset_goes_on(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel() as bay:
            bay.hanel.curtain(OPENING, is_broken=True)
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            assert await bay.hears(SafetyStopped) == SafetyStopped("03", 1)
            bay.hanel.curtain(OPENING, is_broken=False)
            assert not (await bay.lift.status()).ready
            assert not moving.done()
            bay.hanel.reset()
            await bay.hears(SafetyCleared)
            assert (await moving).outcome is Outcome.DONE

    run(scenario())


def test_the_e_stop_aborts_and_a_standing_machine_is_sent_nothing(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel() as bay:
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            await bay.hears(MotionStarted)
            bay.hanel.e_stop(is_pressed=True)
            assert await bay.hears(SafetyStopped) == SafetyStopped("03", 1)
            bay.hanel.e_stop(is_pressed=False)
            bay.hanel.reset()
            result = await moving
            assert (result.outcome, result.code) == (Outcome.NOT_DONE, "L204")
            await bay.hears(SafetyUnclear)  # no status of this line has told a stop: the end of this one the next command tells
            assert not any(isinstance(each, SafetyCleared) for each in bay.told)
            before = len(bay.told)
            bay.hanel.e_stop(is_pressed=True)
            await bay.hears(SafetyStopped, since=before)
            with pytest.raises(DeviceError, match="L208"):
                await bay.lift.fetch(fetch(2))
            assert bay.moves == 1
            bay.hanel.e_stop(is_pressed=False)
            bay.hanel.reset()
            await bay.hears(SafetyCleared, since=before)  # now a status has: it is believed

    run(scenario())


def test_a_line_that_says_nothing_is_down_and_comes_back(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel() as bay:
            bay.simulator.plan.turn_on("half_open")
            assert (await bay.hears(LinkDown, since=1)).code == "L102"
            count = len(bay.told)
            bay.simulator.plan.turn_off("half_open")
            await bay.hears(LinkUp, since=count)

    run(scenario())


def test_closing_the_port_leaves_the_command_unknown(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel(speed=1) as bay:
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            await bay.hears(MotionStarted)
            await bay.lift.close()
            assert (await moving).outcome is Outcome.UNKNOWN

    run(scenario())


# --- what only such a machine has --------------------------------------------------------------------------------------------


def test_a_machine_with_a_door_waits_for_it_and_says_so(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel(has_door=True) as bay:
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            assert await bay.hears(OperatorAsked) == OperatorAsked(1, Instruction.CLOSE_DOOR)
            before = len(bay.told)
            bay.hanel.door(OPENING, is_open=False)
            assert await bay.hears(OperatorAsked, since=before) == OperatorAsked(1, Instruction.OPEN_DOOR)
            assert not moving.done()
            bay.hanel.door(OPENING, is_open=True)
            result = await moving
            assert (result.outcome, result.tray) == (Outcome.DONE, 12)
            assert bay.moves == 1

    run(scenario())


def test_the_return_key_is_waited_for_without_an_end(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel(timing=dataclasses.replace(TIMING, fetch_s=0.3)) as bay:
            bay.hanel.panel("asks_return")
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            assert await bay.hears(OperatorAsked) == OperatorAsked(1, Instruction.PRESS_RETURN)
            await asyncio.wait((moving,), timeout=0.6)
            assert not moving.done()
            bay.hanel.return_key()
            await bay.hears(MotionStarted)
            await moving
            assert bay.moves == 1

    run(scenario())


def test_a_controller_that_is_not_ready_refuses_and_nothing_is_sent_again(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel() as bay:
            bay.hanel.panel("not_ready")
            result = await bay.lift.fetch(fetch(1))
            assert (result.outcome, result.code) == (Outcome.NOT_DONE, "L209")
            status = await bay.lift.status()
            assert (status.ready, status.code) == (False, "L209")
            bay.hanel.return_key()
            assert await until_ready(bay) is None
            assert bay.moves == 1

    run(scenario())


def test_a_tray_at_the_other_access_point_is_waited_for(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel() as bay:
            machine = bay.hanel.machine
            machine.fetch("by hand", opening=OTHER, tray=12)
            await until_ready(bay)
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            assert await bay.hears(OperatorAsked) == OperatorAsked(1, Instruction.OTHER_ACCESS_BUSY)
            assert not machine.is_busy
            machine.store("by hand", opening=OTHER)
            result = await moving
            assert (result.outcome, result.tray) == (Outcome.DONE, 12)
            assert bay.moves == 1

    run(scenario())


def test_power_lost_mid_move_leaves_the_command_unknown_and_the_status_tells_the_rest(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel("power_cycle_mid_move=0.3", speed=20) as bay:
            result = await bay.lift.fetch(fetch(1))
            assert (result.outcome, result.tray) == (Outcome.UNKNOWN, None)
            assert result.code in (
                "L204",
                "L202",
            )  # the machine tells it, or its time is up first
            assert await until_ready(bay) is None
            assert bay.moves == 1

    run(scenario())


def test_a_machine_in_manual_refuses_and_nothing_is_sent_again(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel() as bay:
            bay.hanel.manual_key(is_manual=True)
            result = await bay.lift.fetch(fetch(1))
            assert (result.outcome, result.code) == (Outcome.NOT_DONE, "L209")
            bay.hanel.manual_key(is_manual=False)
            assert await until_ready(bay) is None
            assert bay.moves == 1

    run(scenario())


def test_another_tray_than_asked_for_is_named_and_not_taken_for_it(open_hanel: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_hanel("arrive_wrong_tray") as bay:
            result = await bay.lift.fetch(fetch(1))
            there = bay.hanel.state()["openings"][OPENING]["tray"]
            assert there not in (None, 12)
            assert (result.outcome, result.code, result.tray) == (Outcome.UNKNOWN, "L205", there)
            assert await until_ready(bay) == there

    run(scenario())


@pytest.mark.parametrize("fault", ["overweight=0.2", "too_high=0.2"])
def test_a_store_that_the_check_refuses_leaves_the_tray_at_the_opening(open_hanel: Any, run: Run, fault: str) -> None:
    async def scenario() -> None:
        async with open_hanel(fault) as bay:
            await bay.lift.fetch(fetch(1))
            result = await bay.lift.store(store(2))
            assert (result.outcome, result.code, result.tray) == (Outcome.NOT_DONE, "L204", 12)
            await bay.hears(SafetyStopped)
            await bay.hears(SafetyCleared)
            assert await until_ready(bay) == 12

    run(scenario())


@pytest.mark.parametrize("link_layer", ["3964r", "3964"])
def test_the_telegrams_go_over_a_link_layer_too(run: Run, link_layer: str) -> None:
    async def scenario() -> None:
        simulator = Simulator(SimulatorOptions(protocol="hostcom", listen="tcp:0", link_layer=link_layer, speed=50))
        await simulator.open()
        config = LiftConfig(url=simulator.url, protocol="hostcom", opening=OPENING, timing=TIMING, link_layer=link_layer)
        bay = HostComBay(make_lift(config), simulator)
        bay.lift.subscribe(bay.hear)
        await bay.lift.open()
        await bay.hears(LinkUp)
        arrived = await bay.lift.fetch(fetch(1))
        assert (arrived.outcome, arrived.tray) == (Outcome.DONE, 12)
        assert (await bay.lift.store(store(2))).outcome is Outcome.DONE
        assert bay.moves == 2
        await bay.lift.close()
        await simulator.close()

    run(scenario())


def test_openings_that_are_no_access_point_are_refused_at_the_start(tmp_path: Path) -> None:
    file = machine_file(tmp_path, {}, openings=("SH1-1", "SH1-2"))
    with pytest.raises(OptionError, match="001-1"):
        Simulator(SimulatorOptions(protocol="hostcom", machine_file=file))


def test_a_controller_that_cannot_be_is_refused_at_the_start(tmp_path: Path) -> None:
    file = machine_file(tmp_path, {"pm": "PM001"})
    with pytest.raises(OptionError, match="hostcom"):
        Simulator(SimulatorOptions(protocol="hostcom", machine_file=file))
