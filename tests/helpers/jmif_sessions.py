"""JMIF sessions with the simulated machine, recorded to files and read back as what was asked in them.

`python -m tests.helpers.jmif_sessions tests/vectors/sessions` records them anew. That a frame is right is for the vectors of
tests/vectors/jmif.json to say; what sessions hold is what the driver says next.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hardware.config import LiftConfig, LiftTiming
from hardware.devices.jmif.driver import make_jmif_lift
from hardware.devices.jmif.exchange import JmifExchange
from hardware.devices.jmif.messages import PURPOSE_CODES
from hardware.ports import Lift
from hardware.recording import Recording, write_recording
from hardware.replay import Ask
from hardware.sim.loads import Load
from hardware.sim.options import SimulatorOptions
from hardware.sim.server import Simulator
from hardware.sim.wires.jmif import JmifWire
from hardware.values import (
    BayTexts,
    FetchTray,
    LiftEvent,
    LiftRequest,
    LinkUp,
    MotionStarted,
    PointAt,
    PointTray,
    SafetyStopped,
    StoreTray,
)

OPENING = "SH1-1"
FIRST_PING = 1_700_000_000
TIMING = LiftTiming(ping_s=0.3, silence_s=1.5, status_s=1.0, accepted_s=0.5, fetch_s=1.5, fetch_per_metre_s=0, store_s=1.5)


@dataclass
class Session:
    """A lift, its machine, and a way to wait for what the lift tells."""

    lift: Lift
    wire: JmifWire
    told: asyncio.Queue[LiftEvent]

    async def hears(self, kind: type[LiftEvent]) -> None:
        async with asyncio.timeout(10):
            while not isinstance(await self.told.get(), kind):
                pass

    def forget(self) -> None:
        """What was told until now is not waited for."""
        while not self.told.empty():
            self.told.get_nowait()


def fetch(command_id: int, tray: int = 12, *, next_tray: int | None = None) -> FetchTray:
    texts = BayTexts(order="PO-88", part="A-4711", description="BOLT M8")
    point = PointAt(430, 215)
    return FetchTray(command_id=command_id, opening=OPENING, tray=tray, point=point, texts=texts, next_tray=next_tray)


def store(command_id: int) -> StoreTray:
    return StoreTray(command_id=command_id, opening=OPENING, tray=12)


async def work(session: Session) -> None:
    """A tray comes, another place is lit, the tray leaves."""
    await session.lift.status()
    await session.lift.fetch(fetch(100231, next_tray=13))
    await session.lift.point(PointTray(command_id=100232, opening=OPENING, tray=12, point=PointAt(10, 20)))
    await session.lift.store(store(100233))


async def refused(session: Session) -> None:
    """An opening that is occupied, a tray that is not there, a tray that is too heavy to be stored."""
    await session.lift.fetch(fetch(1))
    await session.lift.fetch(fetch(2, 13))
    session.wire.act(lambda: session.wire.machine.set_load(12, Load(600_000, 100)))
    storing = asyncio.create_task(session.lift.store(store(3)))
    await session.hears(SafetyStopped)
    await storing
    session.wire.act(lambda: session.wire.machine.set_load(12, Load()))
    session.wire.reset()
    while not (await session.lift.status()).ready:
        pass
    await session.lift.store(store(4))
    await session.lift.fetch(fetch(5, 999))


async def stopped(session: Session) -> None:
    """The curtain, freed and reset; then the E-stop, which cancels."""
    session.wire.curtain(OPENING, is_broken=True)
    coming = asyncio.create_task(session.lift.fetch(fetch(1)))
    await session.hears(SafetyStopped)
    await session.lift.status()
    session.wire.curtain(OPENING, is_broken=False)
    session.wire.reset()
    await coming
    session.forget()
    leaving = asyncio.create_task(session.lift.store(store(2)))
    await session.hears(MotionStarted)
    session.wire.e_stop(is_pressed=True)
    await session.hears(SafetyStopped)
    session.wire.e_stop(is_pressed=False)
    session.wire.reset()
    await leaving


async def unknown(session: Session) -> None:
    """An arrival that is never told: the command times out and is not sent again; the status is asked, the next one works."""
    session.wire.plan.turn_on("never_arrive")
    await session.lift.fetch(fetch(1))
    await session.lift.status()
    await session.lift.store(store(2))


SESSIONS: dict[str, tuple[Callable[[Session], Awaitable[None]], tuple[str, ...]]] = {
    "jmif_work": (work, ()),
    "jmif_refused": (refused, ()),
    "jmif_stopped": (stopped, ()),
    "jmif_unknown": (unknown, ()),
    "jmif_noise": (work, ("garbage_on_open=60", "double_answer", "split_1B", "answer_to_old_id")),
}


def config_of(url: str) -> LiftConfig:
    return LiftConfig(url=url, name="M1", opening=OPENING, timing=TIMING)


async def record(name: str) -> str:
    """Play one session through the real driver and line; the recording's text."""
    scenario, faults = SESSIONS[name]
    simulator = Simulator(SimulatorOptions(protocol="jmif", speed=60, faults=faults, seed=5))
    await simulator.open()
    assert isinstance(simulator.device, JmifWire)
    lift = make_jmif_lift(config_of(simulator.url), unix_offset_s=FIRST_PING - time.monotonic())
    session = Session(lift, simulator.device, asyncio.Queue())
    lift.subscribe(session.told.put_nowait)
    await lift.open()
    await session.hears(LinkUp)
    await scenario(session)
    frames = lift.frames(10_000)
    await lift.close()
    await simulator.close()
    return write_recording(frames, device="M1", kind="machine", url="socket://machine:9600", at=datetime.now(UTC))


def exchange_of(recording: Recording) -> JmifExchange:
    """A fresh exchange whose first ping has the number of the recorded one."""
    pings = (frame.data.split(b"|")[1] for frame in recording.frames if frame.sent and frame.data.startswith(b"61|"))
    number = int(next(pings).removeprefix(b"ping"))
    return JmifExchange(config_of(recording.url), unix_offset_s=number + 0.5)


def asks_of(recording: Recording) -> list[Ask]:
    """What was asked, read from the telegrams; works for any flight recorder of a JMIF machine."""
    return [
        Ask(frame.at_s, request) for frame in recording.frames if frame.sent and (request := _request_of(frame.data)) is not None
    ]


def _request_of(data: bytes) -> LiftRequest | None:
    code, host_id, opening, tray, next_tray, x_mm, y_mm, _, *texts, _ = data.decode("latin-1").split("|")
    if code == "61":
        return None
    purpose = next(purpose for purpose, number in PURPOSE_CODES.items() if str(number) == code)
    quantity, order, part, description = texts
    if tray == "0":
        return StoreTray(command_id=int(host_id), opening=opening, tray=0)
    return FetchTray(
        command_id=int(host_id),
        opening=opening,
        tray=int(tray),
        purpose=purpose,
        next_tray=int(next_tray),
        point=PointAt(int(x_mm), int(y_mm)) if x_mm else None,
        texts=BayTexts(quantity=quantity, order=order, part=part, description=description),
    )


if __name__ == "__main__":
    for session_name in SESSIONS:
        Path(sys.argv[1], f"{session_name}.jsonl").write_text(asyncio.run(record(session_name)), encoding="utf-8")
