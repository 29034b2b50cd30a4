"""The interface's frames and the head's channels, pure: docs/wire/dmx.md. Source: reference 2.4 (Enttec USB Pro API)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

START, END = 0x7E, 0xE7
SEND_DMX, SERIAL_NUMBER = 6, 10
FEWEST_SLOTS, MOST_SLOTS = 24, 512
MOST_DATA = 600
START_CODE = b"\x00"
HEADER_BYTES = 4


def frame(label: int, data: bytes = b"") -> bytes:
    """7E, label, length of the data (low byte first), the data, E7."""
    return bytes((START, label)) + len(data).to_bytes(2, "little") + data + bytes((END,))


def send_dmx(slots: bytes) -> bytes:
    """Label 6: the start code and all slots; the interface puts them on the DMX line and repeats them by itself."""
    return frame(SEND_DMX, START_CODE + slots.ljust(FEWEST_SLOTS, b"\x00"))


def ask_serial_number() -> bytes:
    """Label 10 without data: answered by the interface's number, which proves that it lives."""
    return frame(SERIAL_NUMBER)


@dataclass(frozen=True, slots=True)
class Message:
    """A frame of the interface."""

    label: int
    data: bytes
    raw: bytes


class FrameReader:
    """Cuts what the interface says into frames: 7E, a length that can be, E7 where it must stand; else on from the next 7E."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def reset(self) -> None:
        self._buffer.clear()

    def feed(self, data: bytes) -> tuple[Message, ...]:
        self._buffer += data
        found = []
        while (start := self._buffer.find(START)) >= 0:
            del self._buffer[:start]
            size = self._size()
            if size is None:
                break
            if size and self._buffer[size - 1] == END:
                raw = bytes(self._buffer[:size])
                found.append(Message(raw[1], raw[HEADER_BYTES:-1], raw))
                del self._buffer[:size]
            else:
                del self._buffer[:1]
        else:
            self._buffer.clear()
        return tuple(found)

    @property
    def is_half(self) -> bool:
        return bool(self._buffer)

    def give_up(self) -> tuple[Message, ...]:
        """Nothing came for a while: the half frame is none, but whole ones may stand in what its length has swallowed."""
        found: list[Message] = []
        while self._buffer:
            del self._buffer[:1]
            found += self.feed(b"")
        return tuple(found)

    def _size(self) -> int | None:
        """Of the frame at the beginning: 0 when it is none, None while it is not complete."""
        if len(self._buffer) < HEADER_BYTES:
            return None
        length = int.from_bytes(self._buffer[2:HEADER_BYTES], "little")
        if length > MOST_DATA:
            return 0
        size = HEADER_BYTES + length + 1
        return size if len(self._buffer) >= size else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The channels of a moving head, counted from 1 as its manual does, from its DMX address on; 0 where it has none.

    Pan and tilt are pairs (coarse, fine). `fixed` are channels that never change (a colour, a mode). A head needs a shutter or a
    dimmer: without either nothing could make it dark.
    """

    address: int = 1
    pan: int = 1
    pan_fine: int = 2
    tilt: int = 3
    tilt_fine: int = 4
    dimmer: int = 6
    shutter: int = 0
    shutter_open: int = 255
    shutter_closed: int = 0
    dimmer_on: int = 255
    fixed: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        used = [each for each in (self.pan, self.pan_fine, self.tilt, self.tilt_fine, self.dimmer, self.shutter) if each]
        values = (self.shutter_open, self.shutter_closed, self.dimmer_on, *self.fixed.values())
        channels = (*used, *self.fixed)
        if not self.pan or not self.tilt or not (self.dimmer or self.shutter):
            raise ValueError("a head needs pan, tilt, and a shutter or a dimmer")
        if len(set(channels)) != len(channels):
            raise ValueError("a channel is named twice")
        if self.address < 1 or not all(1 <= each <= MOST_SLOTS - self.address + 1 for each in channels):
            raise ValueError(f"a channel lies beyond slot {MOST_SLOTS}")
        if not all(0 <= each <= 255 for each in values) or self.shutter_open == self.shutter_closed or not self.dimmer_on:
            raise ValueError("a channel's value is 0 to 255, and light differs from dark")

    def slots(self, *, pan: int, tilt: int, is_lit: bool) -> bytes:
        """All slots up to the head's last one. `pan` and `tilt` are 0 to 65535."""
        wanted = {
            **self.fixed,
            self.pan: pan >> 8,
            self.pan_fine: pan & 0xFF,
            self.tilt: tilt >> 8,
            self.tilt_fine: tilt & 0xFF,
            self.dimmer: self.dimmer_on if is_lit else 0,
            self.shutter: self.shutter_open if is_lit else self.shutter_closed,
        }
        wanted.pop(0, None)
        row = bytearray(self.address + max(wanted) - 1)
        for channel, value in wanted.items():
            row[self.address + channel - 2] = value
        return bytes(row)
