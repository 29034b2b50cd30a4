"""The troubles of the line itself, the same for every device: it stands between the line and what hangs at its end."""

from __future__ import annotations

import asyncio

from hardware.sim.faults import FaultPlan
from hardware.sim.line import Client, Device


class FaultyClient:
    """One opener of the line as the device sees it. Everything said to it passes here."""

    def __init__(self, client: Client, plan: FaultPlan) -> None:
        self._client = client
        self._plan = plan
        self._is_dead = False
        self._held = bytearray()

    def write(self, data: bytes) -> None:
        if self._plan.is_on("half_open"):
            self._is_dead = True
        if self._is_dead:
            return
        if self._plan.is_on("delay"):
            asyncio.get_running_loop().call_later(self._plan.argument("delay"), self._pass_on, data)
        else:
            self._pass_on(data)

    def release(self) -> None:
        """The stall is over, or the time of gathering."""
        if self._held and not self._plan.is_on("stall"):
            data = bytes(self._held)
            self._held.clear()
            self._emit(data)

    def _pass_on(self, data: bytes) -> None:
        if self._plan.is_on("stall"):
            self._held += data
        elif self._plan.is_on("coalesce"):
            self._held += data
            asyncio.get_running_loop().call_later(self._plan.argument("coalesce"), self.release)
        else:
            self._emit(data)

    def _emit(self, data: bytes) -> None:
        if self._plan.is_on("split_1B"):
            for byte in data:
                self._client.write(bytes((byte,)))
        else:
            self._client.write(data)


class FaultyLine:
    """A `Device` around a device."""

    def __init__(self, device: Device, plan: FaultPlan) -> None:
        self._device = device
        self._plan = plan
        self._clients: dict[Client, FaultyClient] = {}

    def connected(self, client: Client) -> None:
        faulty = self._clients[client] = FaultyClient(client, self._plan)
        if self._plan.is_on("garbage_on_open"):
            faulty.write(self._plan.garbage())
        self._device.connected(faulty)

    def received(self, client: Client, data: bytes) -> None:
        self._device.received(self._clients[client], data)

    def disconnected(self, client: Client) -> None:
        self._device.disconnected(self._clients.pop(client))

    def release(self) -> None:
        """A stall is over: what was held goes out."""
        for client in self._clients.values():
            client.release()
