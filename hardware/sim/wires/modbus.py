"""A simulated PLC on a line: it answers what it is asked and says nothing by itself. Its program is in `modbus_plc`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hardware.devices.register_map.register_map import RegisterMap
from hardware.sim.faults import FaultPlan
from hardware.sim.line import Client
from hardware.sim.machine import Happened, Happening, Machine
from hardware.sim.machine_wire import Clock, MachineWire, Session
from hardware.sim.wires.modbus_plc import Plc
from hardware.sim.wires.modbus_server import NetworkEar, SerialEar, answer, check_of

BROADCAST = 0
NO_UNIT_UNITS = (0, 255)  # what clients on a network write where there is no unit behind the address


@dataclass(slots=True)
class ModbusSession(Session):
    """`ear` cuts this client's bytes into requests, by the rules of its kind of line."""

    ear: SerialEar | NetworkEar = field(default_factory=SerialEar)


class ModbusWire(MachineWire[ModbusSession]):
    """The PLC of one machine. `is_network`: Modbus TCP, else RTU."""

    spoils = frozenset(("wrong_checksum", "wrong_address"))

    def __init__(
        self,
        machine: Machine,
        plan: FaultPlan,
        *,
        found: RegisterMap,
        is_network: bool,
        clock: Clock,
        saved: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(machine, plan, clock=clock, saved=saved)
        self._is_network = is_network
        self._map = found
        self._plc = Plc(found, machine)

    def make_session(self, client: Client) -> ModbusSession:
        return ModbusSession(client, ear=NetworkEar() if self._is_network else SerialEar())

    def heard(self, session: ModbusSession, data: bytes) -> None:
        for asked in session.ear.hear(data, self.clock()):
            is_ours = asked.unit == self._map.map.unit or (self._is_network and asked.unit in NO_UNIT_UNITS)
            is_broadcast = asked.unit == BROADCAST and not self._is_network
            if not is_ours and not is_broadcast:
                continue
            self.pump()
            says = answer(asked.pdu, self._plc)
            self._begin_asked_for()
            if not is_broadcast:
                self.write(session, session.ear.frame(asked.unit, says, number=asked.number))

    def _begin_asked_for(self) -> None:
        """Carry out what a write has started."""
        command = self._plc.take_command()
        if command is None:
            return
        self.accepted(command.request)
        if self.is_silenced(command.request):
            self._plc.silenced = command.request
        if command.verb == "fetch":
            self.machine.fetch(command.request, opening=command.opening, tray=command.tray)
        elif command.verb == "store" and self.machine.tray_at(command.opening) is not None:
            self.machine.store(command.request, opening=command.opening)
        self.saved()

    def told(self, happened: Happened) -> None:
        if happened.what in (Happening.CANCELLED, Happening.RETURNED):
            self._plc.has_given_up = True

    def powered_on(self) -> None:
        self._plc.forget()

    def spoil(self, frame: bytes, fault: str) -> bytes:
        """A network's frames have no check of their own."""
        if fault == "wrong_checksum":
            return frame if self._is_network else frame[:-1] + bytes((frame[-1] ^ 0xFF,))
        if self._is_network:
            return frame[:6] + bytes((frame[6] ^ 0x40,)) + frame[7:]
        body = bytes((frame[0] ^ 0x40,)) + frame[1:-2]
        return body + check_of(body)

    def own_state(self) -> dict[str, Any]:
        return {"openings": self._plc.shown(), "registers": self._plc.memory()}

    def own_snapshot(self) -> dict[str, Any]:
        return {"plc": self._plc.snapshot()}

    def own_restore(self, state: dict[str, Any]) -> None:
        self._plc.restore(state["plc"])
