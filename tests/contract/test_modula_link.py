"""What must hold on Modula Link, through driver, line and simulated machine, over TCP and a pseudo terminal."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from hardware.config import LiftConfig, LiftTiming
from hardware.errors import DeviceError
from hardware.factory import make_lift
from hardware.sim.options import SimulatorOptions
from hardware.values import (
    FetchTray,
    LinkDown,
    LinkUp,
    MotionStarted,
    Outcome,
    PointAt,
    PointTray,
    SafetyCleared,
    SafetyStopped,
)
from tests.contract.conftest import LINES, TIMING, Bay, bay_at, fetch, listen_at, store

Run = Callable[[Any], None]
OPENING = "SH1-1"


@pytest.fixture(params=LINES)
def open_modula(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Any]:
    listen = listen_at(request.param, tmp_path)

    def opened(*faults: str, speed: float = 50, timing: LiftTiming = TIMING) -> AbstractAsyncContextManager[Bay]:
        options = SimulatorOptions(protocol="modula-link", listen=listen, speed=speed, faults=faults, seed=5)

        def config(url: str) -> LiftConfig:
            return LiftConfig(url=url, protocol="modula-link", timing=timing, other_openings=("SH1-2",))

        return bay_at(options, config, kind=Bay)

    return opened


def sent(bay: Bay, word: bytes) -> list[bytes]:
    return [frame.data for frame in bay.lift.frames(200) if frame.sent and word in frame.data]


def wire(bay: Bay) -> Any:
    return bay.simulator.device


def test_a_tray_comes_in_the_dark_and_leaves(open_modula: Callable[..., Any], run: Run) -> None:
    async def scenario() -> None:
        async with open_modula() as bay:
            assert (await bay.lift.status()).ready
            arrived = await bay.lift.fetch(fetch(1))
            assert (arrived.outcome, arrived.tray, arrived.is_lit) == (Outcome.DONE, 12, False)
            assert (await bay.lift.status()).tray == 12
            pointed = await bay.lift.point(PointTray(command_id=2, opening=OPENING, tray=12, point=PointAt(10, 20)))
            assert (pointed.outcome, pointed.tray, pointed.is_lit) == (Outcome.DONE, 12, False)
            gone = await bay.lift.store(store(3))
            assert (gone.outcome, gone.tray) == (Outcome.DONE, None)
            assert wire(bay).state()["openings"][OPENING]["tray"] is None
            assert sent(bay, b"CALL") == [b"11|1|CALL|12|1\n\r"]
            assert sent(bay, b"RETURN") == [b"11|3|RETURN|1\n\r"]

    run(scenario())


def test_every_command_comes_after_a_status(open_modula: Callable[..., Any], run: Run) -> None:
    async def scenario() -> None:
        async with open_modula() as bay:
            await bay.lift.fetch(fetch(1))
            frames = bay.lift.frames(200)
            (index,) = [at for at, frame in enumerate(frames) if frame.sent and b"CALL" in frame.data]
            assert [(frame.sent, frame.data.split(b"|")[2]) for frame in frames[index - 4 : index]] == [
                (True, b"STATUS"),
                (False, b"STATUS"),
                (True, b"STATUS"),
                (False, b"STATUS"),
            ]

    run(scenario())


def test_an_occupied_opening_and_an_unknown_tray_are_refused(open_modula: Callable[..., Any], run: Run) -> None:
    async def scenario() -> None:
        async with open_modula() as bay:
            await bay.lift.fetch(fetch(1))
            occupied = await bay.lift.fetch(fetch(2, tray=13))
            assert (occupied.outcome, occupied.code, occupied.tray) == (Outcome.NOT_DONE, "L205", 12)
            assert sent(bay, b"|2|CALL") == []
            await bay.lift.store(store(3))
            undefined = await bay.lift.fetch(fetch(4, tray=999))
            assert (undefined.outcome, undefined.code, undefined.message) == (Outcome.NOT_DONE, "L207", "result -1")

    run(scenario())


def test_while_a_tray_is_out_at_the_other_exit_none_is_called(open_modula: Callable[..., Any], run: Run) -> None:
    async def scenario() -> None:
        async with open_modula() as bay:
            other = make_lift(LiftConfig(url=bay.simulator.url, protocol="modula-link", timing=TIMING, opening="SH1-2"))
            if bay.simulator.url.startswith("socket"):
                up = asyncio.Event()
                other.subscribe(lambda event: up.set() if event == LinkUp() else None)
                await other.open()
                await up.wait()
                command = FetchTray(command_id=90, opening="SH1-2", tray=33)
                assert (await other.fetch(command)).outcome is Outcome.DONE
                await other.close()
                refused = await bay.lift.fetch(fetch(1))
                assert (refused.outcome, refused.code) == (Outcome.NOT_DONE, "L211")
                assert sent(bay, b"CALL") == []

    run(scenario())


@pytest.mark.parametrize(
    "fault", ["split_1B", "coalesce=0.02", "garbage_on_open", "double_answer", "delay=0.05", "answer_to_old_id"]
)
def test_a_troubled_line_changes_no_outcome(open_modula: Callable[..., Any], run: Run, fault: str) -> None:
    async def scenario() -> None:
        async with open_modula(fault) as bay:
            arrived = await bay.lift.fetch(fetch(51))
            assert (arrived.outcome, arrived.tray) == (Outcome.DONE, 12)
            assert (await bay.lift.store(store(52))).outcome is Outcome.DONE
            assert (len(sent(bay, b"CALL")), len(sent(bay, b"RETURN"))) == (1, 1)

    run(scenario())


def test_an_unplugged_line_mid_move_is_told_and_the_status_after_it_ends_the_command(
    open_modula: Callable[..., Any], run: Run
) -> None:
    async def scenario() -> None:
        async with open_modula(speed=20) as bay:
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            await bay.hears(MotionStarted)
            await bay.simulator.line.unplug()
            assert (await bay.hears(LinkDown, since=1)).code == "L101"
            with pytest.raises(DeviceError, match="L101"):
                await bay.lift.status()
            await bay.simulator.line.plug()
            result = await moving
            assert (result.outcome, result.tray) == (Outcome.DONE, 12)
            assert sent(bay, b"CALL") == [b"11|1|CALL|12|1\n\r"]

    run(scenario())


def test_an_arrival_that_is_never_shown_ends_unknown_and_is_not_sent_again(open_modula: Callable[..., Any], run: Run) -> None:
    async def scenario() -> None:
        async with open_modula("never_arrive", timing=dataclasses.replace(TIMING, fetch_s=1.0)) as bay:
            result = await bay.lift.fetch(fetch(1))
            assert (result.outcome, result.code, result.tray) == (Outcome.UNKNOWN, "L202", None)
            assert len(sent(bay, b"CALL")) <= 1

    run(scenario())


def test_the_curtain_stops_and_only_the_machines_reset_goes_on(open_modula: Callable[..., Any], run: Run) -> None:
    async def scenario() -> None:
        async with open_modula() as bay:
            wire(bay).curtain(OPENING, is_broken=True)
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            assert await bay.hears(SafetyStopped) == SafetyStopped("1", 1)
            status = await bay.lift.status()
            assert (status.ready, status.safety_code, status.code) == (False, "1", "L208")
            wire(bay).curtain(OPENING, is_broken=False)
            assert not (await bay.lift.status()).ready
            wire(bay).reset()
            await bay.hears(SafetyCleared)
            assert (await moving).outcome is Outcome.DONE

    run(scenario())


def test_after_an_e_stop_the_command_is_unknown_and_a_standing_machine_is_sent_nothing(
    open_modula: Callable[..., Any], run: Run
) -> None:
    async def scenario() -> None:
        async with open_modula() as bay:
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            await bay.hears(MotionStarted)
            wire(bay).e_stop(is_pressed=True)
            await bay.hears(SafetyStopped)
            with pytest.raises(DeviceError, match="L203"):
                await bay.lift.fetch(fetch(2))
            wire(bay).e_stop(is_pressed=False)
            wire(bay).reset()
            result = await moving
            assert result.outcome is Outcome.UNKNOWN
            wire(bay).e_stop(is_pressed=True)
            await bay.hears(SafetyStopped, since=len(bay.told))
            with pytest.raises(DeviceError, match="L208"):
                await bay.lift.fetch(fetch(3))

    run(scenario())


def test_a_line_that_says_nothing_is_down_and_comes_back(open_modula: Callable[..., Any], run: Run) -> None:
    async def scenario() -> None:
        async with open_modula() as bay:
            bay.simulator.plan.turn_on("half_open")
            assert (await bay.hears(LinkDown, since=1)).code == "L102"
            count = len(bay.told)
            bay.simulator.plan.turn_off("half_open")
            await bay.hears(LinkUp, since=count)

    run(scenario())
