"""Events read straight from the pages of a store file, past SQLite: a damaged page costs its own events and no others.

SQLite finds a row by way of the pages above it and gives up at the first one that is damaged. The rows themselves lie in leaf
pages that can be read alone (https://sqlite.org/fileformat2.html). What is found is not yet believed: its hash has to be proven.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from db.verifier import Link

PAGE_BYTES = 4096
_FILE_HEADER_BYTES = 100
_LEAF = 0x0D  # a page of rows of a table
_LARGEST_LOCAL = PAGE_BYTES - 35  # more of a row than this lies on pages of its own
_LEAST_LOCAL = (PAGE_BYTES - 12) * 32 // 255 - 23
_COLUMNS = 8  # n is the row's number and stored as NULL; generated columns are not stored
_DIGEST = 12 + 2 * 32  # serial type of 32 bytes
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 8: 0, 9: 0}  # serial type: bytes


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a row lies: page and cell, both from 0."""

    page: int
    cell: int


class PageReader:
    """The pages of a file that nobody writes. Close it when done."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._pages = -(-path.stat().st_size // PAGE_BYTES)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def events(self) -> Iterator[tuple[Spot, int, Link]]:
        """Everything that has the form of an event: where, its place n in the log, and what it says, page by page."""
        for number in range(self._pages):
            page = self._page(number)
            for cell in range(_cells_of(page, number)):
                found = self._cell(page, number, cell)
                if found is not None:
                    yield Spot(number, cell), *found

    def event_at(self, spot: Spot) -> Link | None:
        """What lies there."""
        found = self._cell(self._page(spot.page), spot.page, spot.cell)
        return None if found is None else found[1]

    def _page(self, number: int) -> bytes:
        self._file.seek(number * PAGE_BYTES)
        return self._file.read(PAGE_BYTES).ljust(PAGE_BYTES, b"\0")

    def _cell(self, page: bytes, number: int, cell: int) -> tuple[int, Link] | None:
        """The event of this cell; None for another table's row and for what cannot be read."""
        try:
            pointer = _start(number) + 8 + 2 * cell
            at = int.from_bytes(page[pointer : pointer + 2])
            length, at = _varint(page, at)
            n, at = _varint(page, at)
            return _event(n, self._payload(page, at, length))
        except (IndexError, ValueError):  # UnicodeDecodeError is one
            return None

    def _payload(self, page: bytes, at: int, length: int) -> bytes:
        local = _local_bytes(length)
        found = page[at : at + local]
        follows = int.from_bytes(page[at + local : at + local + 4]) if local < length else 0
        left = self._pages
        while len(found) < length and 0 < follows <= self._pages and left > 0:
            more = self._page(follows - 1)
            follows, left = int.from_bytes(more[:4]), left - 1
            found += more[4 : 4 + length - len(found)]
        if len(found) != length:
            raise ValueError("the row is cut off")
        return found


def _start(number: int) -> int:
    return _FILE_HEADER_BYTES if number == 0 else 0


def _cells_of(page: bytes, number: int) -> int:
    start = _start(number)
    if page[start] != _LEAF:
        return 0
    return min(int.from_bytes(page[start + 3 : start + 5]), PAGE_BYTES // 4)


def _local_bytes(length: int) -> int:
    if length <= _LARGEST_LOCAL:
        return length
    local = _LEAST_LOCAL + (length - _LEAST_LOCAL) % (PAGE_BYTES - 4)
    return local if local <= _LARGEST_LOCAL else _LEAST_LOCAL


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """The number at this place, and the place behind it."""
    value = 0
    for place in range(at, at + 8):
        byte = content[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    return value << 8 | content[at + 8], at + 9


def _event(n: int, payload: bytes) -> tuple[int, Link] | None:
    size, at = _varint(payload, 0)
    types: list[int] = []
    while at < size:
        kind, at = _varint(payload, at)
        types.append(kind)
    if not _is_event(types):
        return None
    values: list[bytes] = []
    for kind in types:
        length = _length(kind)
        values.append(payload[at : at + length])
        at += length
    _, station, epoch, seq, id, body, prev, digest = values
    number = {8: 0, 9: 1}.get(types[3], int.from_bytes(seq, signed=True))
    return n, Link(station.decode(), epoch.decode(), number, id.decode(), body.decode(), prev.hex(), digest.hex())


def _is_event(types: list[int]) -> bool:
    is_text = [len(types) == _COLUMNS and types[place] >= 13 and types[place] % 2 == 1 for place in (1, 2, 4, 5)]
    return all(is_text) and types[0] == 0 and types[3] in _INTEGERS and types[6:] == [_DIGEST, _DIGEST]


def _length(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return _INTEGERS.get(kind, 0)
