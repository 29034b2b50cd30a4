"""What tells stock of a tracked item apart: its lot, and one serial for each piece. Pure."""

from __future__ import annotations

from station.scan import RESERVED_PREFIXES
from station.values import Item, StockKey

LONGEST_CODE = 50


def piece(item: Item) -> int:
    """One stock unit as a scaled quantity."""
    return int(10**item.decimals)


def is_whole(item: Item, quantity: int) -> bool:
    """Whether this many can be told apart by serial: whole pieces, or an item without serials."""
    return not item.serial_tracked or quantity % piece(item) == 0


def lacks(item: Item, key: StockKey) -> str:
    """What a tracked item's stock is not told apart by: lot, serial, or "" when nothing is missing."""
    if item.lot_tracked and not key.lot:
        return "lot"
    return "serial" if item.serial_tracked and not key.serial else ""


def is_code(text: str) -> bool:
    """Whether a text can be a lot or a serial."""
    return 0 < len(text) <= LONGEST_CODE and text.isprintable() and not text.startswith(RESERVED_PREFIXES)
