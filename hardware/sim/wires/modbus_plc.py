"""The program of a simulated PLC, and the machine's state in its registers. What it refuses, and how, is our choice:
what it cannot do now with exception 6, a tray or an opening that it does not have with 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hardware.devices.register_map.places import Place
from hardware.devices.register_map.register_map import RegisterMap
from hardware.sim.alarms import ALARMS
from hardware.sim.machine import E_STOP, Machine, Refusal
from hardware.sim.wires.modbus_server import BUSY, ILLEGAL_VALUE

WRONG = (Refusal.NO_SUCH_OPENING, Refusal.NO_SUCH_TRAY)
Cell = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Command:
    """What a write has started."""

    request: str
    verb: str
    opening: str
    tray: int


class Plc:
    """The cells of one map (`modbus_server.Cells`), the program behind them and the machine's state in them."""

    def __init__(self, found: RegisterMap, machine: Machine) -> None:
        self._map = found
        self._machine = machine
        self._said: dict[Cell, list[tuple[str, Place]]] = {}
        for key, place in found.read.items():
            self._said.setdefault(_cell(place), []).append((key, place))
        self._memory = {_cell(place): 0 for place in found.written.values()}
        self._before = dict(self._memory)
        self._started: Command | None = None
        self._count = 0
        self._number = 0
        self._opening = machine.openings[0]
        self.has_given_up = False
        self.silenced = ""

    # --- cells -------------------------------------------------------------------------------------------------------------

    def read(self, table: str, address: int) -> int | None:
        cell = (table, address)
        if cell in self._memory:
            return self._memory[cell]
        if cell not in self._said:
            return None
        word = 0
        for key, place in self._said[cell]:
            value = self._says(key)
            word |= (int(bool(value)) ^ place.is_inverted) << (place.bit or 0) if place.is_bit else value
        return word

    def write(self, table: str, address: int, *, value: int) -> bool:
        if (table, address) not in self._memory:
            return False
        self._memory[table, address] = value
        return True

    def written(self) -> int:
        verb = self._verb_started()
        code = self._start(verb) if verb else 0
        if code:  # what was refused was not written
            self._memory = dict(self._before)
        elif self._map.command.code is not None and self._map.command.start == "code":
            self._memory[_cell(self._map.command.code)] = 0
        self._before = dict(self._memory)
        return code

    # --- the program -------------------------------------------------------------------------------------------------------

    def _verb_started(self) -> str:
        command = self._map.command
        if command.start == "pulse":
            bits = {verb: getattr(command, verb) for verb in ("fetch", "store", "point")}
            return next((verb for verb, place in bits.items() if place and self._held(place) > self._held(place, was=True)), "")
        start = command.number if command.start == "number" else command.code
        if start is None or self._held(start) in (0, self._held(start, was=True)):
            return ""
        codes = {getattr(command, f"{verb}_code"): verb for verb in ("fetch", "store", "point")}
        code = None if command.code is None else self._held(command.code)
        return codes.get(code, "?") if code is not None else "?"

    def _start(self, verb: str) -> int:
        """Take the command over, or the exception that refuses it."""
        command = self._map.command
        tray, opening = self._held(command.tray), self._opening_named()
        if opening is None or verb == "?":
            return ILLEGAL_VALUE
        refusal = self._machine.refusal_of(opening, tray if verb == "fetch" else None)
        if refusal is not None:
            return ILLEGAL_VALUE if refusal in WRONG else BUSY
        self._count += 1
        self._number = self._held(command.number) if command.number else 0
        self._opening, self.has_given_up, self.silenced = opening, False, ""
        request = str(self._number or self._count)
        self._started = Command(request, verb, opening, tray)
        return 0

    def take_command(self) -> Command | None:
        command, self._started = self._started, None
        return command

    def _opening_named(self) -> str | None:
        """The opening of the register's number; one that the machine does not know by name is the one in the same place."""
        numbers = self._map.openings
        if self._map.command.opening is None or not numbers:
            return next((name for name in numbers if name in self._machine.openings), self._machine.openings[0])
        value = self._held(self._map.command.opening)
        for place, (name, number) in enumerate(numbers.items()):
            if number == value:
                known = self._machine.openings
                return name if name in known else known[place % len(known)]
        return None

    def _held(self, place: Place, *, was: bool = False) -> int:
        return place.read((self._before if was else self._memory)[_cell(place)])

    # --- the machine's state -------------------------------------------------------------------------------------------------

    def _says(self, key: str) -> int:
        machine = self._machine
        if key.startswith("alarm."):
            return int(key.removeprefix("alarm.") in self._alarms())
        match key.removeprefix("state."):
            case "tray":
                return 0 if self.silenced else machine.tray_at(self._shown_opening()) or 0
            case "opening":
                return self._map.openings.get(self._shown_opening(), next(iter(self._map.openings.values()), 0))
            case "number":
                return self._number
            case "word":
                return self._word()
            case "moving":
                return int(self._is_moving())
            case "ready":
                return int(not machine.stop and not machine.is_manual and not self._is_moving())
            case "manual":
                return int(machine.is_manual)
            case "gave_up":
                return int(self.has_given_up)
            case "e_stop":
                return int(E_STOP in machine.alarms)
            case _:
                return 0

    def _is_moving(self) -> bool:
        return self._machine.is_busy or bool(self.silenced)

    def _word(self) -> int:
        words, machine = self._map.words, self._machine
        wanted: tuple[tuple[int, ...], ...]
        if machine.is_manual or (machine.stop and not self._is_moving()):
            wanted = (words.not_ready, words.moving)
        elif self._is_moving():
            wanted = (words.moving,)
        elif self.has_given_up:
            wanted = (words.gave_up, words.ready, words.arrived)
        elif machine.tray_at(self._shown_opening()) is not None:
            wanted = (words.arrived, words.ready)
        else:
            wanted = (words.ready, words.arrived)
        return next((values[0] for values in wanted if values), 0)

    def _shown_opening(self) -> str:
        """The opening that the tray register speaks of: that of the last command, unless only the other one has a tray."""
        machine = self._machine
        if machine.tray_at(self._opening) is not None or self._map.state.opening is None:
            return self._opening
        return next((name for name in machine.openings if machine.tray_at(name) is not None), self._opening)

    def _alarms(self) -> set[str]:
        """The map's codes of what stands. What stops and has no code of its own in the map shows as the first safety alarm."""
        codes = {_bare(alarm.code): alarm.code for alarm in self._map.alarms}
        first = next((alarm.code for alarm in self._map.alarms if alarm.is_safety), "")
        names = [name for name in self._machine.alarms if name != E_STOP or self._map.state.e_stop is None]
        shown = (codes.get(_bare(name), first if ALARMS[name].stops else "") for name in names)
        return {code for code in shown if code}

    # --- what a person sees, and what survives a kill ------------------------------------------------------------------------

    def shown(self) -> dict[str, Any]:
        return {
            name: {"tray": self._machine.tray_at(name), "light": self._light() if name == self._opening else None}
            for name in self._machine.openings
        }

    def _light(self) -> list[int] | None:
        """Where the pointer shows, in mm; only while a tray is there to be pointed at."""
        command = self._map.command
        if command.x_mm is None or command.y_mm is None or self._machine.tray_at(self._opening) is None:
            return None
        at = [self._held(command.x_mm), self._held(command.y_mm)]
        is_on = bool(self._held(command.light)) if command.light else at != [0, 0]
        return at if is_on else None

    def memory(self) -> dict[str, int]:
        return {f"{table}:{address}": value for (table, address), value in sorted(self._memory.items())}

    def forget(self) -> None:
        """A PLC without batteries."""
        self._memory = dict.fromkeys(self._memory, 0)
        self._before = dict(self._memory)
        self._number, self.has_given_up, self.silenced = 0, False, ""

    def snapshot(self) -> dict[str, Any]:
        return {
            "memory": self.memory(),
            "number": self._number,
            "count": self._count,
            "opening": self._opening,
            "has_given_up": self.has_given_up,
            "silenced": self.silenced,
        }

    def restore(self, state: dict[str, Any]) -> None:
        self._memory = {cell: int(state["memory"].get(f"{cell[0]}:{cell[1]}", 0)) for cell in self._memory}
        self._before = dict(self._memory)
        self._number, self._count, self._opening = int(state["number"]), int(state["count"]), str(state["opening"])
        self.has_given_up, self.silenced = bool(state["has_given_up"]), str(state["silenced"])


def _bare(name: str) -> str:
    return name.replace("_", "").upper()


def _cell(place: Place) -> Cell:
    return place.table.value, place.address
