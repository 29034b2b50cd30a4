"""What every lift must do, run through driver, line and simulated machine."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from hardware.errors import DeviceError
from hardware.values import (
    LateAnswer,
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
from tests.contract.conftest import TIMING, fetch, store

Run = Callable[[Any], None]
OPENING = "SH1-1"


def test_a_tray_comes_is_pointed_at_and_leaves_dark(open_bay: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_bay() as bay:
            assert (await bay.lift.status()).ready
            arrived = await bay.lift.fetch(fetch(1))
            assert (arrived.outcome, arrived.tray) == (Outcome.DONE, 12)
            assert bay.wire.state()["openings"][OPENING]["light"] == [430, 215]
            pointed = await bay.lift.point(PointTray(command_id=2, opening=OPENING, tray=12, point=PointAt(10, 20)))
            assert (pointed.outcome, pointed.tray) == (Outcome.DONE, 12)
            assert bay.wire.state()["openings"][OPENING]["light"] == [10, 20]
            gone = await bay.lift.store(store(3))
            assert (gone.outcome, gone.tray) == (Outcome.DONE, None)
            assert bay.wire.state()["openings"][OPENING] == {"tray": None, "waiting": None, "light": None, "texts": []}
            assert bay.told[1:4] == [LinkUp(), MotionAccepted(1), MotionStarted(1)]

    run(scenario())


@pytest.mark.parametrize("tray", [0, -3])
def test_a_tray_without_a_number_never_reaches_the_machine(open_bay: Any, run: Run, tray: int) -> None:
    """JMIF's carrier 0 would send the tray at the opening away."""

    async def scenario() -> None:
        async with open_bay() as bay:
            await bay.lift.fetch(fetch(1))
            before = len([frame for frame in bay.lift.frames() if frame.sent and b"ping" not in frame.data])
            with pytest.raises(DeviceError, match="L207"):
                await bay.lift.fetch(fetch(2, tray=tray))
            assert len([frame for frame in bay.lift.frames() if frame.sent and b"ping" not in frame.data]) == before
            assert bay.wire.state()["openings"][OPENING]["tray"] == 12

    run(scenario())


def test_an_occupied_opening_and_an_unknown_tray_are_refused_with_the_frames(open_bay: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_bay() as bay:
            await bay.lift.fetch(fetch(1))
            occupied = await bay.lift.fetch(fetch(2, tray=13))
            assert (occupied.outcome, occupied.code) == (Outcome.NOT_DONE, "L205")
            assert any(frame.data.startswith(b"302|2|") for frame in occupied.frames)
            await bay.lift.store(store(3))
            undefined = await bay.lift.fetch(fetch(4, tray=999))
            assert (undefined.outcome, undefined.code) == (Outcome.NOT_DONE, "L207")

    run(scenario())


def test_a_second_command_is_refused_while_the_tray_moves(open_bay: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_bay() as bay:
            first = asyncio.create_task(bay.lift.fetch(fetch(1)))
            await bay.hears(MotionStarted)
            with pytest.raises(DeviceError, match="L203") as caught:
                await bay.lift.fetch(fetch(2, tray=13))
            assert caught.value.frames
            assert (await first).outcome is Outcome.DONE
            assert not any(frame.data.startswith(b"1|2|") for frame in bay.lift.frames())

    run(scenario())


@pytest.mark.parametrize(
    "fault", ["split_1B", "coalesce=0.02", "garbage_on_open", "double_answer", "delay=0.05", "answer_to_old_id"]
)
def test_a_troubled_line_changes_no_outcome(open_bay: Any, run: Run, fault: str) -> None:
    async def scenario() -> None:
        async with open_bay(fault) as bay:
            arrived = await bay.lift.fetch(fetch(51))
            assert (arrived.outcome, arrived.tray) == (Outcome.DONE, 12)
            assert (await bay.lift.store(store(52))).outcome is Outcome.DONE
            late = [event.result.command_id for event in bay.told if isinstance(event, LateAnswer)]
            assert late == ([50] if fault == "answer_to_old_id" else [])

    run(scenario())


def test_an_unplugged_line_mid_move_is_told_and_the_answer_after_it_ends_the_command(open_bay: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_bay(speed=20) as bay:
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            await bay.hears(MotionStarted)
            await bay.simulator.line.unplug()
            assert (await bay.hears(LinkDown, since=1)).code == "L101"
            with pytest.raises(DeviceError, match="L101"):
                await bay.lift.status()
            await bay.simulator.line.plug()
            result = await moving
            assert (result.outcome, result.tray) == (Outcome.DONE, 12)
            assert not any(isinstance(event, LateAnswer) for event in bay.told)
            sent = [frame.data for frame in bay.lift.frames(200) if frame.sent and frame.data.startswith(b"1|")]
            assert [data[:30] for data in sent] == [b"1|1|SH1-1|12|0|430|215||||||\r\n"]

    run(scenario())


def test_an_arrival_that_is_never_told_ends_unknown_and_is_not_sent_again(open_bay: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_bay("never_arrive", timing=dataclasses.replace(TIMING, fetch_s=1.0)) as bay:
            result = await bay.lift.fetch(fetch(1))
            assert (result.outcome, result.code, result.tray) == (Outcome.UNKNOWN, "L202", None)
            assert sum(frame.data.startswith(b"1|1|") for frame in bay.lift.frames(200)) == 1

    run(scenario())


def test_a_late_answer_after_a_reconnect_names_its_command(open_bay: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_bay(speed=20) as bay:
            waiting = asyncio.create_task(bay.lift.fetch(fetch(1)))
            await bay.hears(MotionStarted)
            waiting.cancel()  # whoever asked is gone; the metal moves on
            await asyncio.gather(waiting, return_exceptions=True)
            await bay.simulator.line.unplug()
            await bay.hears(LinkDown, since=1)
            await bay.simulator.line.plug()
            late = await bay.hears(LateAnswer)
            assert (late.result.command_id, late.result.outcome, late.result.tray) == (1, Outcome.DONE, 12)

    run(scenario())


def test_the_curtain_stops_and_only_the_machines_reset_goes_on(open_bay: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_bay() as bay:
            bay.wire.curtain(OPENING, is_broken=True)
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            stopped = await bay.hears(SafetyStopped)
            assert stopped == SafetyStopped("1001", 1)
            status = await bay.lift.status()
            assert (status.ready, status.safety_code, status.code) == (False, "1001", "L208")
            bay.wire.curtain(OPENING, is_broken=False)
            assert not (await bay.lift.status()).ready
            assert not moving.done()
            bay.wire.reset()
            await bay.hears(SafetyCleared)
            assert (await moving).outcome is Outcome.DONE

    run(scenario())


def test_the_e_stop_cancels_and_a_standing_machine_is_sent_nothing(open_bay: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_bay() as bay:
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            await bay.hears(MotionStarted)
            bay.wire.e_stop(is_pressed=True)
            await bay.hears(SafetyStopped)
            bay.wire.e_stop(is_pressed=False)
            bay.wire.reset()
            result = await moving
            assert (result.outcome, result.code) == (Outcome.NOT_DONE, "L204")
            await bay.hears(SafetyCleared)
            before = len(bay.told)
            bay.wire.e_stop(is_pressed=True)
            await bay.hears(SafetyStopped, since=before)
            with pytest.raises(DeviceError, match="L208"):
                await bay.lift.fetch(fetch(2))

    run(scenario())


def test_a_line_that_says_nothing_is_down_and_comes_back(open_bay: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_bay() as bay:
            bay.simulator.plan.turn_on("half_open")
            assert (await bay.hears(LinkDown, since=1)).code in ("L102", "L103")  # half a block may have come before the silence
            count = len(bay.told)
            bay.simulator.plan.turn_off("half_open")
            await bay.hears(LinkUp, since=count)

    run(scenario())


def test_closing_the_port_leaves_the_command_unknown(open_bay: Any, run: Run) -> None:
    async def scenario() -> None:
        async with open_bay(speed=1) as bay:
            moving = asyncio.create_task(bay.lift.fetch(fetch(1)))
            await bay.hears(MotionStarted)
            await bay.lift.close()
            assert (await moving).outcome is Outcome.UNKNOWN

    run(scenario())


def test_a_missing_machine_is_an_event_and_not_an_error(run: Run) -> None:
    from hardware.config import LiftConfig
    from hardware.factory import make_lift

    async def scenario() -> None:
        lift = make_lift(LiftConfig(url="/dev/no-such-port-here"))
        told: list[object] = []
        heard = asyncio.Event()
        lift.subscribe(lambda event: (told.append(event), heard.set() if len(told) > 1 else None)[0])
        await lift.open()
        async with asyncio.timeout(5):
            await heard.wait()
        await lift.close()
        assert [event.code for event in told if isinstance(event, LinkDown)] == ["L101", "L101"]

    run(scenario())
