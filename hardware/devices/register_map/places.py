"""Where in a PLC something stands: a register, a coil, a discrete input or one bit of a register."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_PLACE = re.compile(r"(?P<not>!?)(?P<table>holding|input|coil|discrete):(?P<address>\d{1,5})(?:\.(?P<bit>\d{1,2}))?", re.ASCII)
LAST_ADDRESS = 0xFFFF
BITS = 16


class Table(Enum):
    """The four tables of Modbus. Only coils and holding registers can be written."""

    HOLDING = "holding"
    INPUT = "input"
    COIL = "coil"
    DISCRETE = "discrete"

    @property
    def has_registers(self) -> bool:
        return self in (Table.HOLDING, Table.INPUT)

    @property
    def can_be_written(self) -> bool:
        return self in (Table.HOLDING, Table.COIL)


Cell = tuple[Table, int]


@dataclass(frozen=True, slots=True)
class Place:
    """`address` is that of the wire, from 0; `text` is what the file says. `bit` 0 is the lowest of a register."""

    table: Table
    address: int
    bit: int | None = None
    is_inverted: bool = False
    text: str = ""

    @property
    def cell(self) -> Cell:
        """The register or bit it stands in."""
        return self.table, self.address

    def overlaps(self, other: Place) -> bool:
        """Whether one says or changes what the other does; two bits of a register are apart."""
        return self.cell == other.cell and (self.bit == other.bit or None in (self.bit, other.bit))

    @property
    def is_bit(self) -> bool:
        return not self.table.has_registers or self.bit is not None

    def read(self, value: int) -> int:
        """What a cell's value says here: the register, or 0 or 1."""
        if not self.is_bit:
            return value
        bit = value >> (self.bit or 0) & 1
        return bit ^ self.is_inverted

    def further(self, steps: int) -> Place:
        """The bit or coil so many places on; bits of a register go on in the next register."""
        if self.bit is None:
            return Place(self.table, self.address + steps, None, self.is_inverted, self.text)
        words, bit = divmod(self.bit + steps, BITS)
        return Place(self.table, self.address + words, bit, self.is_inverted, self.text)


def parse_place(text: str, *, first_address: int) -> Place | None:
    """`holding:100`, `coil:7`, `holding:100.3`, `!discrete:4` (0 means on); None for anything else."""
    match = _PLACE.fullmatch(text)
    if match is None:
        return None
    table, address = Table(match["table"]), int(match["address"]) - first_address
    bit = None if match["bit"] is None else int(match["bit"])
    if not 0 <= address <= LAST_ADDRESS or (bit is not None and (not table.has_registers or bit >= BITS)):
        return None
    return Place(table, address, bit, bool(match["not"]), text)
