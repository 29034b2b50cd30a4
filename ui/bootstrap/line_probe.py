"""A lift on a pseudo terminal, asked again and again: the part of `baylight bench hardware` that knows devices. No Qt here: the
event loop, busy or not, is the caller's."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hardware.config import LiftConfig, LiftTiming
from hardware.factory import make_lift
from hardware.ports import Lift
from hardware.values import LiftEvent, LinkDown, LinkUp

UP_WITHIN_S = 10.0


@dataclass(frozen=True, slots=True)
class RoundTrips:
    """`loop_ms` as the event loop sees them, each from the question to its answer there; `line_p99_ms` in the line's own thread.
    `lost` are questions without an answer."""

    loop_ms: tuple[float, ...]
    line_p99_ms: float
    lost: int
    errors: int
    reconnects: int


class LineProbe:
    """One simulated lift, a process of its own, and the real driver on its line."""

    def __init__(self, lift: Lift, control: str) -> None:
        self._lift = lift
        self._control = control
        self._events: asyncio.Queue[tuple[float, LiftEvent]] = asyncio.Queue()
        lift.subscribe(lambda event: self._events.put_nowait((time.monotonic(), event)))

    async def ask(self, times: int) -> RoundTrips:
        """So many status questions, one after another."""
        took: list[float] = []
        for _ in range(times):
            began_s = time.perf_counter()
            await self._lift.status()
            took.append((time.perf_counter() - began_s) * 1000)
        health = self._lift.health()
        return RoundTrips(
            loop_ms=tuple(took),
            line_p99_ms=health.round_trip_p99_ms,
            lost=times - len(took),
            errors=health.errors,
            reconnects=health.reconnects,
        )

    async def unplug_seen_s(self) -> float:
        """Pull the cable; how long until the driver says so."""
        while not self._events.empty():
            self._events.get_nowait()
        began_s = time.monotonic()
        await self._tell({"do": "unplug"})
        at_s = await self._heard(LinkDown)
        await self._tell({"do": "replug"})
        await self._heard(LinkUp)
        return at_s - began_s

    async def up(self) -> None:
        """Wait until the machine has answered."""
        await self._heard(LinkUp)

    async def _heard(self, kind: type) -> float:
        async with asyncio.timeout(UP_WITHIN_S):
            while True:
                at_s, event = await self._events.get()
                if isinstance(event, kind):
                    return at_s

    async def _tell(self, request: dict[str, Any]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(self._control.removeprefix("tcp:")))
        writer.write(json.dumps(request).encode() + b"\n")
        await reader.readline()
        writer.close()
        await writer.wait_closed()


@dataclass(frozen=True, slots=True)
class SimulatedPlace:
    """Where a simulated lift is."""

    url: str
    control: str
    protocol: str


@contextmanager
def simulated_place(directory: Path, *, protocol: str = "jmif") -> Iterator[SimulatedPlace]:
    """A simulated lift on a pseudo terminal, as a process of its own that ends with this. POSIX only."""
    words = ["simulate", "--protocol", protocol, "--listen", f"pty:{directory / 'lift'}", "--speed", "20"]
    with subprocess.Popen([sys.executable, "-m", "ui", *words], stdout=subprocess.PIPE, text=True) as process:
        try:
            ready = json.loads(process.stdout.readline() if process.stdout else "")
            yield SimulatedPlace(ready["url"], ready["control"], protocol)
        finally:
            process.terminate()


@asynccontextmanager
async def line_probe(place: SimulatedPlace) -> AsyncIterator[LineProbe]:
    """A probe on a line that works."""
    lift = make_lift(LiftConfig(url=place.url, protocol=place.protocol, timing=LiftTiming(ping_s=1.0)))
    probe = LineProbe(lift, place.control)
    try:
        await lift.open()
        await probe.up()
        yield probe
    finally:
        await lift.close()
