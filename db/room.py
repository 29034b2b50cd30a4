"""How much room a disk needs for the store to work on, and from where on it is said."""

from __future__ import annotations

from db.errors import DISK_LOW, DISK_NEARLY_FULL

LOW_BYTES = 1024 * 1024 * 1024
NEARLY_FULL_BYTES = 256 * 1024 * 1024  # what is open can be finished in it, with the ballast beside it


def room_code(free_bytes: int) -> str:
    """What is wrong with so much free room: D422, below a quarter of it D423, "" when there is enough."""
    if free_bytes >= LOW_BYTES:
        return ""
    return DISK_LOW if free_bytes >= NEARLY_FULL_BYTES else DISK_NEARLY_FULL
