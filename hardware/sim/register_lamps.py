"""Sixteen lamps on one Modbus line, units 1 to 16. Each keeps its holding registers 0 to 9999, as a lamp with power does.

A lamp shines while its register 10 is not 0 and shows register 11; which registers a real lamp has its manual says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hardware.sim.device import Act, Request, SimulatedDevice
from hardware.sim.line import Client
from hardware.sim.wires.modbus_server import HOLDING, NetworkEar, SerialEar, answer

UNITS = range(1, 17)
LAMP, DIGITS, KEY, LAST = 10, 11, 12, 9999


class Lamp:
    """The cells of one unit."""

    def __init__(self) -> None:
        self.registers: dict[int, int] = {}
        self.key_reads = 0

    def read(self, table: str, address: int) -> int | None:
        if table != HOLDING or address > LAST:
            return None
        value = self.registers.get(address, 0)
        if address == KEY:  # a press is kept until somebody has read it
            self.registers[KEY] = 0
            self.key_reads += 1
        return value

    def write(self, table: str, address: int, *, value: int) -> bool:
        self.registers[address] = value
        return True

    def written(self) -> int:
        return 0


class SimulatedLamps(SimulatedDevice):
    """All of them at the end of a line. `is_network`: Modbus TCP, else RTU."""

    def __init__(self, *, is_network: bool, clock: Callable[[], float]) -> None:
        super().__init__()
        self._is_network = is_network
        self._clock = clock
        self._ears: dict[Client, SerialEar | NetworkEar] = {}
        self._lamps = {unit: Lamp() for unit in UNITS}
        self._unplugged: set[int] = set()

    def connected(self, client: Client) -> None:
        super().connected(client)
        self._ears[client] = NetworkEar() if self._is_network else SerialEar()

    def disconnected(self, client: Client) -> None:
        super().disconnected(client)
        self._ears.pop(client, None)

    def received(self, client: Client, data: bytes) -> None:
        ear = self._ears[client]
        for asked in ear.hear(data, self._clock()):
            lamp = self._lamps.get(asked.unit)
            if lamp is not None and asked.unit not in self._unplugged:
                client.write(ear.frame(asked.unit, answer(asked.pdu, lamp), number=asked.number))

    def acts(self) -> dict[str, Act]:
        return {"unplug_lamp": self._do_unplug, "plug_lamp": self._do_plug, "press_key": self._do_press}

    def _do_press(self, request: Request) -> dict[str, Any]:
        self._lamps[int(request["unit"])].registers[KEY] = 1
        return {}

    def _do_unplug(self, request: Request) -> dict[str, Any]:
        self._unplugged.add(int(request["unit"]))
        return {}

    def _do_plug(self, request: Request) -> dict[str, Any]:
        """With power again, and dark: it has forgotten everything."""
        unit = int(request["unit"])
        self._lamps[unit].registers.clear()
        self._unplugged.discard(unit)
        return {}

    def state(self) -> dict[str, Any]:
        shining = [unit for unit, lamp in self._lamps.items() if lamp.registers.get(LAMP) and unit not in self._unplugged]
        return {
            "lit": shining,
            "digits": {str(unit): self._lamps[unit].registers.get(DIGITS, 0) for unit in shining},
            "key_reads": {str(unit): lamp.key_reads for unit, lamp in self._lamps.items() if lamp.key_reads},
            "clients": self.clients,
        }
