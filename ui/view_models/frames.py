"""The last frames of a line as rows: what repeats is folded, so that a command is found among the pings.

Two frames are alike when they differ only in a number that counts questions: a ping's time (JMIF), three digits between two
dollar signs (Hänel HOST-COM), or the number of the request at the head of a whole Modbus TCP frame. No other number makes two
frames alike: it may be a command's, a tray's, or a scanned code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from station.view.devices import FrameRow

LONGEST_UNIT = 4  # frames that may repeat together: a question, its acknowledgement, its answers
_COUNTERS = re.compile(rb"(?<=\bping)\d+|(?<=\$)\d{3}(?=\$)")
_MODBUS_TCP = b"\x00\x00"  # its protocol number, behind the number of the request and before the length of the rest
_MBAP_BYTES = 6  # the three of them


@dataclass(frozen=True, slots=True)
class Folded:
    """A frame, and how many like it stood there one after another: the newest is kept."""

    frame: FrameRow
    count: int = 1


def fold(frames: tuple[FrameRow, ...]) -> tuple[Folded, ...]:
    """The frames in their order, newest first; a unit of up to four that is repeated stands there once."""
    keys = [(each.is_sent, _without_counter(each.data)) for each in frames]
    folded: list[Folded] = []
    place = 0
    while place < len(frames):
        length, times = _repeated(keys, place)
        folded.extend(Folded(each, times) for each in frames[place : place + length])
        place += length * times
    return tuple(folded)


def _repeated(keys: Sequence[object], place: int) -> tuple[int, int]:
    """The shortest unit that repeats from here on, and how often it stands there."""
    for length in range(1, LONGEST_UNIT + 1):
        unit, times = keys[place : place + length], 1
        while unit == keys[place + length * times : place + length * (times + 1)]:
            times += 1
        if times > 1:
            return length, times
    return 1, 1


def _without_counter(data: bytes) -> bytes:
    return data[2:] if _is_modbus_tcp(data) else _COUNTERS.sub(b"#", data)


def _is_modbus_tcp(data: bytes) -> bool:
    rest = len(data) - _MBAP_BYTES
    return rest > 0 and data[2:4] == _MODBUS_TCP and int.from_bytes(data[4:6], "big") == rest
