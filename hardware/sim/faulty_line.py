"""The troubles of the line itself, the same for every device: it stands between the line and what hangs at its end.

Noise hurts both ways; the others what our end says, except the receive buffer, which is our end's own.
"""

from __future__ import annotations

import asyncio
from collections import deque

from hardware.sim.faults import FaultPlan
from hardware.sim.line import Client, Device
from hardware.sim.pace import Pacer

NOISE = frozenset(("byte_drop", "bit_flip", "dup_byte"))
RX_LOOK_S = 0.02  # how often a controller with a small buffer looks into it, our choice: the scan cycle of a small PLC


def with_noise(data: bytes, plan: FaultPlan) -> bytes:
    """What a noisy line makes of these bytes: byte_drop, bit_flip, dup_byte."""
    if not plan.is_any_on(NOISE):
        return data
    noisy = bytearray()
    for byte in data:
        if plan.chance("byte_drop"):
            continue
        if plan.chance("bit_flip"):
            byte ^= 1 << plan.random.randrange(8)
        noisy.append(byte)
        if plan.chance("dup_byte"):
            noisy.append(byte)
    return bytes(noisy)


class FaultyClient:
    """One opener of the line as the device sees it. Everything said to it passes here: noise, delay, stall or gathering,
    splitting, and the line's speed."""

    def __init__(self, client: Client, plan: FaultPlan, byte_s: float | None) -> None:
        self._client = client
        self._plan = plan
        self._pacer = Pacer(client.write, byte_s) if byte_s else None
        self._is_dead = False
        self._held = bytearray()
        self._delayed: deque[bytes] = deque()
        self._last_due_s = 0.0
        self._timers: set[asyncio.TimerHandle] = set()

    def write(self, data: bytes) -> None:
        self._is_dead = self._is_dead or self._plan.is_on("half_open")
        noisy = with_noise(data, self._plan)
        if self._is_dead or not noisy:
            return
        if self._plan.is_on("delay"):
            self._pass_on_later(noisy)
        else:
            self._pass_on(noisy)

    def release(self) -> None:
        """The stall is over, or the time of gathering."""
        if self._held and not self._plan.is_on("stall"):
            data = bytes(self._held)
            self._held.clear()
            self._emit(data)

    def close(self) -> None:
        """The opener is gone."""
        self._is_dead = True
        for timer in self._timers:
            timer.cancel()
        if self._pacer is not None:
            self._pacer.close()

    def _pass_on_later(self, data: bytes) -> None:
        """After the delay and its jitter, but never before what was said earlier."""
        jitter_s = self._plan.jitter("delay")
        delay_s = max(0.0, self._plan.argument("delay") + self._plan.random.uniform(-jitter_s, jitter_s))
        loop = asyncio.get_running_loop()
        self._last_due_s = max(self._last_due_s, loop.time() + delay_s)
        self._delayed.append(data)  # timers of one moment do not keep their order
        self._keep(loop.call_at(self._last_due_s, lambda: self._pass_on(self._delayed.popleft())))

    def _pass_on(self, data: bytes) -> None:
        if self._plan.is_on("stall"):
            self._held += data
        elif self._plan.is_on("coalesce"):
            self._held += data
            self._keep(asyncio.get_running_loop().call_later(self._plan.argument("coalesce"), self.release))
        else:
            self._emit(data)

    def _keep(self, timer: asyncio.TimerHandle) -> None:
        now_s = asyncio.get_running_loop().time()
        self._timers = {each for each in self._timers if each.when() > now_s} | {timer}

    def _emit(self, data: bytes) -> None:
        pieces = [bytes((byte,)) for byte in data] if self._plan.is_on("split_1B") else [data]
        for piece in pieces:
            if self._pacer is not None:
                self._pacer.feed(piece)
            else:
                self._client.write(piece)


class _Ear:
    """Our end's receiver for one opener: noise, the line's speed, a receive buffer. What finds the buffer full is lost: such a
    line has three wires and no handshake."""

    def __init__(self, device: Device, client: FaultyClient, plan: FaultPlan, byte_s: float | None) -> None:
        self._device = device
        self._client = client
        self._plan = plan
        self._pacer = Pacer(self._arrive, byte_s) if byte_s else None
        self._buffer = bytearray()
        self._look: asyncio.TimerHandle | None = None

    def hear(self, data: bytes) -> None:
        noisy = with_noise(data, self._plan)
        if self._pacer is not None:
            self._pacer.feed(noisy)
        elif noisy:
            self._arrive(noisy)

    def close(self) -> None:
        if self._look is not None:
            self._look.cancel()
        if self._pacer is not None:
            self._pacer.close()

    def _arrive(self, data: bytes) -> None:
        if not self._plan.is_on("rx_buffer"):
            self._device.received(self._client, data)
            return
        free = max(0, int(self._plan.argument("rx_buffer")) - len(self._buffer))
        self._buffer += data[:free]
        if self._look is None:
            self._look = asyncio.get_running_loop().call_later(RX_LOOK_S, self._take)

    def _take(self) -> None:
        data = bytes(self._buffer)
        self._buffer.clear()
        self._look = None
        if data:
            self._device.received(self._client, data)


class FaultyLine:
    """A `Device` around a device. `byte_s` is the time of one character on the line; None for a line as fast as it can."""

    def __init__(self, device: Device, plan: FaultPlan, *, byte_s: float | None = None) -> None:
        self._device = device
        self._plan = plan
        self._byte_s = byte_s
        self._ends: dict[Client, tuple[FaultyClient, _Ear]] = {}

    def connected(self, client: Client) -> None:
        mouth = FaultyClient(client, self._plan, self._byte_s)
        self._ends[client] = mouth, _Ear(self._device, mouth, self._plan, self._byte_s)
        if self._plan.is_on("garbage_on_open"):
            mouth.write(self._plan.garbage())
        self._device.connected(mouth)

    def received(self, client: Client, data: bytes) -> None:
        self._ends[client][1].hear(data)

    def disconnected(self, client: Client) -> None:
        mouth, ear = self._ends.pop(client)
        ear.close()
        mouth.close()
        self._device.disconnected(mouth)

    def release(self) -> None:
        """A stall is over: what was held goes out."""
        for mouth, _ in self._ends.values():
            mouth.release()
