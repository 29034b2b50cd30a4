"""A moving head behind an Enttec DMX USB Pro. The model counts every moment at which it shone while it moved. Pure.

The head moves at a steady speed towards its last target; its shutter needs a moment to close. The interface repeats its last
frame by itself, also when whoever sent it is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hardware.sim.device import SimulatedDevice
from hardware.sim.line import Client

UNITS_PER_S = 0xFFFF / 1.5  # from end to end in 1.5 s
SHUTTER_S = 0.05
NUMBER = bytes.fromhex("78563412")  # serial number 12345678, low digits first
PARAMETERS = bytes((4, 1, 9, 1, 40))  # firmware 1.4, break, mark, 40 a second
MOST_DATA = 600


@dataclass(frozen=True, slots=True)
class Channels:
    """Slots of the head, counted from 0."""

    pan: int = 0
    pan_fine: int = 1
    tilt: int = 2
    tilt_fine: int = 3
    dimmer: int = 5


class MovingHead:
    """One head, fed with DMX slots and the time they came."""

    def __init__(self, channels: Channels = Channels()) -> None:
        self._channels = channels
        self.pan = self.tilt = 0x8000
        self.is_lit = False
        self._left = (self.pan, self.tilt)  # where the move began, and when
        self._left_s = self._arrives_s = 0.0
        self._dark_from_s = 0.0
        self.frames = 0
        self.lit_while_moving = 0

    def slots(self, row: bytes, now_s: float) -> None:
        """One picture of the DMX line; slots that are not there are 0."""
        full = row.ljust(512, b"\x00")
        place = self._channels
        pan = full[place.pan] << 8 | full[place.pan_fine]
        tilt = full[place.tilt] << 8 | full[place.tilt_fine]
        is_lit = full[place.dimmer] > 0
        self.frames += 1
        if (pan, tilt) != (self.pan, self.tilt):
            was_shining = self.is_lit or now_s < self._dark_from_s
            self.lit_while_moving += was_shining or is_lit
            self._left, self._left_s = self.place(now_s), now_s
            way = max(abs(pan - self._left[0]), abs(tilt - self._left[1]))
            self._arrives_s = now_s + way / UNITS_PER_S
        elif is_lit and not self.is_lit:
            self.lit_while_moving += now_s < self._arrives_s
        if self.is_lit and not is_lit:
            self._dark_from_s = now_s + SHUTTER_S
        self.pan, self.tilt, self.is_lit = pan, tilt, is_lit

    def place(self, now_s: float) -> tuple[int, int]:
        """Where it is on its way, in pan and tilt."""
        if now_s >= self._arrives_s:
            return self.pan, self.tilt
        part = (now_s - self._left_s) / (self._arrives_s - self._left_s)
        return (
            round(self._left[0] + part * (self.pan - self._left[0])),
            round(self._left[1] + part * (self.tilt - self._left[1])),
        )


class UsbPro:
    """The interface: frames in, answers out. Written from the published table, apart from the driver's own reader."""

    def __init__(self, head: MovingHead) -> None:
        self._head = head
        self._bytes = bytearray()
        self.ignored = 0

    def feed(self, data: bytes, now_s: float) -> bytes:
        """What it answers."""
        self._bytes += data
        answer = b""
        while len(self._bytes) >= 5:
            length = self._bytes[2] | self._bytes[3] << 8
            if self._bytes[0] != 0x7E or length > MOST_DATA:
                del self._bytes[0]
                continue
            if len(self._bytes) < length + 5:
                break
            if self._bytes[length + 4] != 0xE7:
                del self._bytes[0]
                continue
            label, body = self._bytes[1], bytes(self._bytes[4 : 4 + length])
            del self._bytes[: length + 5]
            answer += self._obey(label, body, now_s)
        return answer

    def _obey(self, label: int, body: bytes, now_s: float) -> bytes:
        if label == 6 and 25 <= len(body) <= 513 and body[0] == 0:
            self._head.slots(body[1:], now_s)
        elif label == 10 and not body:
            return b"\x7e\x0a\x04\x00" + NUMBER + b"\xe7"
        elif label == 3:
            return b"\x7e\x03\x05\x00" + PARAMETERS + b"\xe7"
        else:
            self.ignored += 1
        return b""


class SimulatedDmx(SimulatedDevice):
    """Interface and head at the end of a line."""

    def __init__(self, *, clock: Callable[[], float]) -> None:
        super().__init__()
        self._clock = clock
        self.head = MovingHead()
        self._pro = UsbPro(self.head)

    def received(self, client: Client, data: bytes) -> None:
        answer = self._pro.feed(data, self._clock())
        if answer:
            client.write(answer)

    def state(self) -> dict[str, Any]:
        return {
            "pan": self.head.pan,
            "tilt": self.head.tilt,
            "lit": self.head.is_lit,
            "lit_while_moving": self.head.lit_while_moving,
            "frames": self.head.frames,
            "ignored": self._pro.ignored,
            "clients": self.clients,
        }
