"""The link layer between a simulated line and the device at its end."""

from __future__ import annotations

import asyncio

from hardware.config import parse_serial
from hardware.sim.faults import FaultPlan
from hardware.sim.line import Client, Device
from hardware.sim.link_3964r.end import End, EndSettings
from hardware.sim.options import SimulatorOptions
from hardware.sim.pace import character_s


def end_settings(options: SimulatorOptions) -> EndSettings:
    """Those of 3964R or plain 3964. The line has a speed where --serial says one."""
    is_r = options.link_layer == "3964r"
    char_s = character_s(parse_serial(options.serial)) if options.serial else 0.0
    return EndSettings(has_bcc=is_r, is_high=options.priority == "high", qvz_s=2.0 if is_r else 0.55, char_s=char_s)


class _Texts:
    """The line as the device behind the link sees it: what it writes is one text, carried as one block."""

    def __init__(self) -> None:
        self.end: End | None = None

    def write(self, data: bytes) -> None:
        if self.end is not None:
            self.end.post(data)


class Link3964R:
    """A `Device` around a device: the line's bytes on one side, texts on the other."""

    def __init__(self, device: Device, *, settings: EndSettings, plan: FaultPlan) -> None:
        self._device = device
        self._settings = settings
        self._plan = plan
        self._lines: dict[Client, _Texts] = {}

    def connected(self, client: Client) -> None:
        texts = self._lines[client] = _Texts()
        texts.end = End(
            client.write,
            lambda text: self._device.received(texts, text),
            settings=self._settings,
            plan=self._plan,
            later=asyncio.get_running_loop().call_later,
        )
        texts.end.ready()
        self._device.connected(texts)

    def received(self, client: Client, data: bytes) -> None:
        end = self._lines[client].end
        if end is not None:
            end.hear(data)

    def disconnected(self, client: Client) -> None:
        texts = self._lines.pop(client)
        self._device.disconnected(texts)
        if texts.end is not None:
            texts.end.close()
