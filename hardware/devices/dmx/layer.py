"""What moves the light and when, in the port's thread: the light is never on while the head moves. Pure.

To point: close shutter and dimmer where the head stands; after `dark_s` move, still dark; after `settle_s` open. A new target
begins again at the first step. The first frame on every new line is a dark one.
"""

from __future__ import annotations

from dataclasses import dataclass

from hardware.devices.dmx.frames import SERIAL_NUMBER, FrameReader, Head, Message, ask_serial_number, send_dmx
from hardware.heartbeat import Heartbeat
from hardware.light_messages import LightMessage, Ready, Silent
from hardware.line_layer import Step
from hardware.values import Aim

CENTRE = Aim(0x8000, 0x8000)  # where a head goes, dark, before anybody has told it a place
AIM_BYTES = 4
NUMBER_BYTES = 4
HALF_FRAME_S = 0.1  # a frame of 9 bytes takes under a millisecond


def order(aim: Aim) -> bytes:
    """A target as the layer's content."""
    return aim.pan.to_bytes(2, "big") + aim.tilt.to_bytes(2, "big")


def _aim_of(data: bytes) -> Aim:
    return Aim(int.from_bytes(data[:2], "big"), int.from_bytes(data[2:], "big"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DmxTiming:
    """Seconds. `dark_s`: two DMX frames of 23 ms and a shutter's way; `settle_s`: the longest move of the head."""

    dark_s: float = 0.1
    settle_s: float = 0.6
    ping_s: float = 2.0
    silence_s: float = 5.0
    refresh_hz: float = 0.0  # 0: once, the Pro repeats by itself


@dataclass(frozen=True, slots=True)
class _Shown:
    """One picture of the head's channels, to be sent at `at_s`."""

    at_s: float
    aim: Aim
    is_lit: bool


class DmxLayer:
    """`hardware.line_layer.LineLayer` of the pointer. Content is a target, or nothing: dark."""

    def __init__(self, head: Head, timing: DmxTiming) -> None:
        self._head = head
        self._timing = timing
        self._reader = FrameReader()
        self._pulse = Heartbeat(timing)
        self._shown = _Shown(0.0, CENTRE, False)
        self._plan: tuple[_Shown, ...] = ()
        self._refresh_s: float | None = None
        self._half_s: float | None = None

    @property
    def due_s(self) -> float | None:
        dues = [self._pulse.due_s, self._refresh_s, self._half_s, self._plan[0].at_s if self._plan else None]
        return min((due for due in dues if due is not None), default=None)

    def opened(self, now_s: float) -> Step[LightMessage]:
        self._reader.reset()
        self._half_s = None
        self._pulse.opened(now_s)
        return Step(write=self._dark(now_s) + self._ping(now_s))

    def feed(self, data: bytes, now_s: float) -> Step[LightMessage]:
        found = self._reader.feed(data)
        self._half_s = now_s + HALF_FRAME_S if self._reader.is_half else None
        return self._heard(found, now_s)

    def _heard(self, found: tuple[Message, ...], now_s: float) -> Step[LightMessage]:
        raw = tuple(message.raw for message in found)
        if not any(message.label == SERIAL_NUMBER and len(message.data) == NUMBER_BYTES for message in found):
            self._pulse.noise()
            return Step(frames=raw)
        self._pulse.heard(now_s)
        return Step(messages=(Ready(),), frames=raw)

    def send(self, data: bytes, now_s: float) -> Step[LightMessage]:
        if len(data) != AIM_BYTES:
            return Step(write=self._dark(now_s))
        return self._point(_aim_of(data), now_s)

    def wake(self, now_s: float) -> Step[LightMessage]:
        if self._half_s is not None and now_s >= self._half_s:
            self._half_s = None
            return self._heard(self._reader.give_up(), now_s)
        code = self._pulse.take_silence(now_s)
        if code is not None:
            return Step(write=self._dark(now_s), messages=(Silent(code),))
        return Step(write=self._next_shown(now_s) + self._refreshed(now_s) + self._ping(now_s))

    def _point(self, aim: Aim, now_s: float) -> Step[LightMessage]:
        is_there = self._shown.aim == aim and self._shown.is_lit and not self._plan
        is_under_way = bool(self._plan) and self._plan[-1].aim == aim
        if is_there or is_under_way:
            return Step()
        closed = self._dark(now_s)
        moved_s = now_s + self._timing.dark_s
        self._plan = (_Shown(moved_s, aim, False), _Shown(moved_s + self._timing.settle_s, aim, True))
        return Step(write=closed)

    def _dark(self, now_s: float) -> bytes:
        self._plan = ()
        return self._show(_Shown(now_s, self._shown.aim, False), now_s)

    def _next_shown(self, now_s: float) -> bytes:
        """The next picture that is due, one at a time: a late wake must not move and open at once, so the rest is put off too."""
        if not self._plan or now_s < self._plan[0].at_s:
            return b""
        shown, rest = self._plan[0], self._plan[1:]
        late_s = now_s - shown.at_s
        self._plan = tuple(_Shown(each.at_s + late_s, each.aim, each.is_lit) for each in rest)
        return self._show(shown, now_s)

    def _refreshed(self, now_s: float) -> bytes:
        if self._refresh_s is None or now_s < self._refresh_s:
            return b""
        return self._show(self._shown, now_s)

    def _show(self, shown: _Shown, now_s: float) -> bytes:
        self._shown = shown
        self._refresh_s = now_s + 1 / self._timing.refresh_hz if self._timing.refresh_hz else None
        return send_dmx(self._head.slots(pan=shown.aim.pan, tilt=shown.aim.tilt, is_lit=shown.is_lit))

    def _ping(self, now_s: float) -> bytes:
        token = self._pulse.take_ping(now_s, now_s, is_stopped=False)
        return b"" if token is None else ask_serial_number()
