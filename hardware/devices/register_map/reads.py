"""How the places of a map are read with few requests, and what the answers hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hardware.devices.register_map.places import Cell, Place, Table
from hardware.devices.register_map.register_map import RegisterMap
from hardware.modbus.replies import Bits, Registers, Reply
from hardware.modbus.requests import (
    MOST_BITS_READ,
    MOST_REGISTERS_READ,
    Function,
    ReadBits,
    ReadRegisters,
    Request,
)

FUNCTIONS = {
    Table.HOLDING: Function.READ_HOLDING_REGISTERS,
    Table.INPUT: Function.READ_INPUT_REGISTERS,
    Table.COIL: Function.READ_COILS,
    Table.DISCRETE: Function.READ_DISCRETE_INPUTS,
}


def read_requests(found: RegisterMap) -> tuple[ReadBits | ReadRegisters, ...]:
    """The requests of one status: neighbours in one, what says that nothing moves in the last ones.

    So a tray that the status names was there before the machine said that it stands.
    """
    standing = [place for place in (found.state.moving, found.state.word) if place is not None]
    requests = [
        request
        for table in Table
        for request in _rows(table, [place for place in found.read.values() if place.table is table], gap=found.line.gap)
    ]
    return tuple(sorted(requests, key=lambda request: any(_holds(request, place) for place in standing)))


def values_of(requests: Sequence[ReadBits | ReadRegisters], replies: Iterable[Reply]) -> dict[Cell, int]:
    """Every cell that was read."""
    values: dict[Cell, int] = {}
    for request, reply in zip(requests, replies, strict=True):
        if isinstance(reply, Bits | Registers):
            table = _table(request)
            values |= {(table, request.address + place): int(value) for place, value in enumerate(reply.values)}
    return values


def _rows(table: Table, places: Iterable[Place], *, gap: int) -> Iterable[ReadBits | ReadRegisters]:
    most = MOST_REGISTERS_READ if table.has_registers else MOST_BITS_READ
    first = last = None
    for address in sorted({place.address for place in places}):
        if first is None or last is None:
            first = last = address
        elif address <= last + 1 + gap and address - first < most:
            last = address
        else:
            yield _read(table, first, last)
            first = last = address
    if first is not None and last is not None:
        yield _read(table, first, last)


def _read(table: Table, first: int, last: int) -> ReadBits | ReadRegisters:
    make = ReadRegisters if table.has_registers else ReadBits
    return make(FUNCTIONS[table], first, last - first + 1)


def _table(request: ReadBits | ReadRegisters) -> Table:
    return next(table for table, function in FUNCTIONS.items() if function is request.function)


def _holds(request: Request, place: Place) -> bool:
    if not isinstance(request, ReadBits | ReadRegisters) or FUNCTIONS[place.table] is not request.function:
        return False
    return request.address <= place.address < request.address + request.count
