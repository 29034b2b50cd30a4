"""How a command is written to a PLC: what moves nothing first, what starts it last and once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hardware.devices.register_map.places import Place
from hardware.devices.register_map.register_map import RegisterMap
from hardware.errors import MOTION_BAD_REQUEST, DeviceError
from hardware.lift.dialect import Ask, CommandStep, Kind, Pause
from hardware.modbus.content import content
from hardware.modbus.requests import (
    MOST_REGISTERS_WRITTEN,
    MaskRegister,
    Request,
    WriteCoil,
    WriteRegister,
    WriteRegisters,
)
from hardware.values import FetchTray, LiftRequest, PointTray, StoreTray

NUMBERS = 0xFFFF  # command numbers on the wire go from 1 to this, then begin again; 0 is a PLC that has had none yet
VERBS: dict[type[LiftRequest], str] = {FetchTray: "fetch", StoreTray: "store", PointTray: "point"}


def wire_number(command_id: int) -> int:
    """Our command id as one register can hold it."""
    return (command_id - 1) % NUMBERS + 1


def steps(found: RegisterMap, request: LiftRequest, *, tray: int) -> tuple[CommandStep, ...]:
    """The requests of a command, in order; empty where the map has nothing to write for it. `tray` goes into the tray register.
    Raises DeviceError for what the map cannot say."""
    values = _values(found, request, tray)
    start = _start(found, VERBS[type(request)])
    if start is None:
        only = ("x_mm", "y_mm", "light") if not isinstance(request, FetchTray) else ()
        return tuple(_prepared(found, {key: value for key, value in values.items() if key in only}))
    if found.command.start == "pulse":
        return (
            *_prepared(found, values),
            _bit(found, start, is_on=False, kind=Kind.PREPARE),  # an earlier one may have stayed on
            _bit(found, start, is_on=True, kind=Kind.MOVE),
            Pause(found.command.pulse_s),
            _bit(found, start, is_on=False, kind=Kind.CLEAN_UP),
        )
    key = found.command.start
    last = WriteRegister(start.address, values.pop(key))
    return (*_prepared(found, values), _ask(found, last, Kind.MOVE))


def _values(found: RegisterMap, request: LiftRequest, tray: int) -> dict[str, int]:
    """What each key of [command] is to hold; those that the map does not have are left out later."""
    command, verb = found.command, VERBS[type(request)]
    point = None if isinstance(request, StoreTray) else request.point
    code = getattr(command, f"{verb}_code")
    values = {
        "tray": tray,
        "opening": found.openings.get(request.opening, 0),
        "x_mm": point.x_mm if point else 0,
        "y_mm": point.y_mm if point else 0,
        "light": int(point is not None),
        "number": wire_number(request.command_id),
    }
    if code is not None:
        values["code"] = code
    for key in ("tray", "x_mm", "y_mm"):
        if not 0 <= values[key] <= 0xFFFF:
            raise DeviceError(MOTION_BAD_REQUEST, f"{key} {values[key]} does not fit into a register")
    return values


def _start(found: RegisterMap, verb: str) -> Place | None:
    """The place whose writing starts the command; None where the PLC has no such command."""
    command = found.command
    if command.start == "pulse":
        place: Place | None = getattr(command, verb)
        return place
    if getattr(command, f"{verb}_code") is None:
        return None
    return command.number if command.start == "number" else command.code


def _prepared(found: RegisterMap, values: dict[str, int]) -> Iterator[Ask]:
    """The light before the registers: it goes off before a tray leaves."""
    places = {key: place for key, place in found.written.items() if key in values}
    for key, place in places.items():
        if place.is_bit:
            yield _bit(found, place, is_on=bool(values[key]), kind=Kind.PREPARE)
    registers = {place.address: values[key] for key, place in places.items() if not place.is_bit}
    for request in _register_writes(registers, is_single=found.line.write == "single"):
        yield _ask(found, request, Kind.PREPARE)


def _register_writes(registers: dict[int, int], *, is_single: bool) -> Iterable[Request]:
    row: list[int] = []
    for address in sorted(registers):
        if row and (is_single or address != row[-1] + 1 or len(row) == MOST_REGISTERS_WRITTEN):
            yield _row(row, registers, is_single=is_single)
            row = []
        row.append(address)
    if row:
        yield _row(row, registers, is_single=is_single)


def _row(row: list[int], registers: dict[int, int], *, is_single: bool) -> Request:
    if is_single:
        return WriteRegister(row[0], registers[row[0]])
    return WriteRegisters(row[0], tuple(registers[address] for address in row))


def _bit(found: RegisterMap, place: Place, *, is_on: bool, kind: Kind) -> Ask:
    """A coil, or a bit of a register by its mask, which leaves the register's other bits alone."""
    if place.bit is None:
        return _ask(found, WriteCoil(place.address, is_on), kind)
    mask = 1 << place.bit
    return _ask(found, MaskRegister(place.address, 0xFFFF ^ mask, mask if is_on else 0), kind)


def _ask(found: RegisterMap, request: Request, kind: Kind) -> Ask:
    return Ask(content(found.map.unit, request), kind, mark=request)
