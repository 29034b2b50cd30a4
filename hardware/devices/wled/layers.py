"""WLED's two lines, in the port's thread, pure: JSON with its question, and realtime packets that are sent again and again.

Content on the serial line is whole JSON lines, on UDP the colours of the whole strip; nothing means dark on both.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from hardware.devices.wled import frames
from hardware.devices.wled.answers import AnswerReader
from hardware.devices.wled.strip import Colour
from hardware.heartbeat import Heartbeat
from hardware.light_messages import LightMessage, Ready, Silent
from hardware.line_layer import Step

HOLD_S = 2
AGAIN_S = 0.4  # three packets in a row may be lost within a hold
DARK_AGAIN_S = (0.0, 0.05, 0.1)  # after that we are silent, so a lost one would leave the light on for the hold
PROVEN_S = 0.3  # so long after the first packet nobody has refused it


@dataclass(frozen=True, slots=True, kw_only=True)
class WledTiming:
    """Seconds: how often the serial line is asked, and how long nothing may come."""

    ping_s: float = 2.0
    silence_s: float = 5.0


class JsonLayer:
    """`hardware.line_layer.LineLayer` of the serial line."""

    def __init__(self, timing: WledTiming = WledTiming()) -> None:
        self._reader = AnswerReader()
        self._pulse = Heartbeat(timing)

    @property
    def due_s(self) -> float | None:
        return self._pulse.due_s

    def opened(self, now_s: float) -> Step[LightMessage]:
        self._reader.reset()
        self._pulse.opened(now_s)
        return Step(write=frames.dark_json() + self._ask(now_s))

    def feed(self, data: bytes, now_s: float) -> Step[LightMessage]:
        found = self._reader.feed(data)
        if not found:
            self._pulse.noise()
            return Step()
        self._pulse.heard(now_s)
        return Step(messages=(Ready(),), frames=tuple(each.raw for each in found))

    def wake(self, now_s: float) -> Step[LightMessage]:
        code = self._pulse.take_silence(now_s)
        return Step(messages=(Silent(code),)) if code else Step(write=self._ask(now_s))

    def send(self, data: bytes, now_s: float) -> Step[LightMessage]:
        return Step(write=data or frames.dark_json())

    def _ask(self, now_s: float) -> bytes:
        return b"" if self._pulse.take_ping(now_s, now_s, is_stopped=False) is None else frames.ASK


class RealtimeLayer:
    """`hardware.line_layer.LineLayer` of the UDP line. A step writes one packet; what follows is due at once."""

    def __init__(self, leds: int) -> None:
        self._leds = leds
        self._queue: deque[tuple[float, bytes]] = deque()
        self._lit: tuple[bytes, ...] = ()
        self._proven_s: float | None = None

    @property
    def due_s(self) -> float | None:
        first = self._queue[0][0] if self._queue else None
        return min((due for due in (first, self._proven_s) if due is not None), default=None)

    def opened(self, now_s: float) -> Step[LightMessage]:
        self._proven_s = now_s + PROVEN_S
        self._go_dark(now_s)
        return self._next(now_s)

    def feed(self, data: bytes, now_s: float) -> Step[LightMessage]:
        return Step(frames=(data,))  # nothing answers realtime packets; the recorder has it

    def wake(self, now_s: float) -> Step[LightMessage]:
        if self._proven_s is not None and now_s >= self._proven_s:
            self._proven_s = None
            return Step(messages=(Ready(),))
        return self._next(now_s)

    def send(self, data: bytes, now_s: float) -> Step[LightMessage]:
        if data:
            colours: list[Colour] = [(data[at], data[at + 1], data[at + 2]) for at in range(0, len(data) - 2, 3)]
            self._lit = frames.realtime(colours, HOLD_S)
            self._queue = deque((now_s, packet) for packet in self._lit)
        else:
            self._go_dark(now_s)
        return self._next(now_s)

    def _go_dark(self, now_s: float) -> None:
        self._lit = ()
        self._queue = deque((now_s + after_s, packet) for after_s in DARK_AGAIN_S for packet in frames.dark(self._leds))

    def _next(self, now_s: float) -> Step[LightMessage]:
        if not self._queue or now_s < self._queue[0][0]:
            return Step()
        _, packet = self._queue.popleft()
        if not self._queue:
            self._queue.extend((now_s + AGAIN_S, each) for each in self._lit)
        return Step(write=packet)
