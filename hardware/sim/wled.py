"""A WLED controller with its strip: JSON on the serial line, realtime packets by UDP, and the hold time of the latter. Pure.

`colours` is what an eye sees: the realtime picture while its hold lasts, else what JSON asked for.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import Callable
from typing import Any

from hardware.sim.device import SimulatedDevice
from hardware.sim.line import Client

Colour = tuple[int, int, int]
DARK: Colour = (0, 0, 0)
WARLS, DRGB, DRGBW, DNRGB = 1, 2, 3, 4
FOR_EVER = 255
MOST_LINE = 4096
VERSION = "0.15.0"


class WledStrip:
    """One controller. Times are monotonic seconds."""

    def __init__(self, leds: int = 300) -> None:
        self._leds = leds
        self._is_on = False
        self._segments: dict[int, tuple[int, int, Colour]] = {}
        self._live = [DARK] * leds
        self._live_until_s: float | None = None
        self.packets = 0
        self.ignored = 0

    def colours(self, now_s: float) -> tuple[Colour, ...]:
        """What an eye sees."""
        if self._is_live(now_s):
            return tuple(self._live)
        shown = [DARK] * self._leds
        for start, stop, colour in self._segments.values() if self._is_on else ():
            for led in range(max(0, start), min(self._leds, stop)):
                shown[led] = colour
        return tuple(shown)

    def lit(self, now_s: float) -> tuple[int, ...]:
        """The LEDs that shine."""
        return tuple(number for number, colour in enumerate(self.colours(now_s)) if colour != DARK)

    def _is_live(self, now_s: float) -> bool:
        return self._live_until_s is not None and now_s < self._live_until_s

    def datagram(self, data: bytes, now_s: float) -> None:
        """One realtime packet: protocol, seconds to hold, then colours."""
        cells = _cells_of(data)
        if cells is None:
            self.ignored += 1
            return
        if not self._is_live(now_s):
            self._live = [DARK] * self._leds  # realtime begins with a black strip
        for led, colour in cells:
            if led < self._leds:
                self._live[led] = colour
        self._live_until_s = float("inf") if data[1] == FOR_EVER else now_s + data[1]
        self.packets += 1

    def line(self, text: bytes) -> bytes:
        """One line of JSON; what is answered."""
        try:
            asked = json.loads(text)
        except (ValueError, RecursionError):
            self.ignored += 1
            return b""
        if not isinstance(asked, dict):
            self.ignored += 1
            return b""
        self._apply(asked)
        return self._told() if asked.get("v") is True else b""

    def _apply(self, asked: dict[str, Any]) -> None:
        if isinstance(asked.get("on"), bool):
            self._is_on = asked["on"]
        segments = asked.get("seg")
        for segment in segments if isinstance(segments, list) else ():
            try:
                red, green, blue = (int(part) for part in segment["col"][0][:3])
                self._segments[int(segment["id"])] = (int(segment["start"]), int(segment["stop"]), (red, green, blue))
            except (KeyError, TypeError, ValueError, IndexError):
                self.ignored += 1

    def _told(self) -> bytes:
        state = {"on": self._is_on, "bri": 128, "seg": [{"id": number} for number in self._segments]}
        return json.dumps({"state": state, "info": {"ver": VERSION, "leds": {"count": self._leds}}}).encode() + b"\r\n"


def _cells_of(data: bytes) -> list[tuple[int, Colour]] | None:
    """The LEDs that a packet sets, None for one that is none."""
    if len(data) < 2 or not data[1]:
        return None
    body = data[2:]
    match data[0]:
        case 1 if len(body) % 4 == 0:
            return [(body[at], (body[at + 1], body[at + 2], body[at + 3])) for at in range(0, len(body), 4)]
        case 2 if len(body) % 3 == 0:
            return _row(body, 0, 3)
        case 3 if len(body) % 4 == 0:
            return _row(body, 0, 4)
        case 4 if len(body) >= 2 and (len(body) - 2) % 3 == 0:
            return _row(body[2:], int.from_bytes(body[:2], "big"), 3)
        case _:
            return None


def _row(body: bytes, first: int, size: int) -> list[tuple[int, Colour]]:
    return [(first + at // size, (body[at], body[at + 1], body[at + 2])) for at in range(0, len(body), size)]


class SimulatedWled(SimulatedDevice):
    """The controller at the end of a serial line, and at a UDP port of its own that its state tells."""

    def __init__(self, *, clock: Callable[[], float], leds: int = 300) -> None:
        super().__init__()
        self._clock = clock
        self.strip = WledStrip(leds)
        self._halves: dict[Client, bytearray] = {}
        self._socket: socket.socket | None = None
        self.udp_port = 0

    def start(self) -> None:
        """Listen for realtime packets."""
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.bind(("127.0.0.1", 0))
        self.udp_port = self._socket.getsockname()[1]
        asyncio.get_running_loop().add_reader(self._socket, self._packet)

    def close(self) -> None:
        if self._socket is not None:
            asyncio.get_running_loop().remove_reader(self._socket)
            self._socket.close()
            self._socket = None

    def connected(self, client: Client) -> None:
        super().connected(client)
        self._halves[client] = bytearray()

    def disconnected(self, client: Client) -> None:
        super().disconnected(client)
        self._halves.pop(client, None)

    def received(self, client: Client, data: bytes) -> None:
        half = self._halves[client]
        half += data
        while (end := half.find(b"\n")) >= 0:
            line = bytes(half[:end])
            del half[: end + 1]
            answer = self.strip.line(line) if line.strip() else b""
            if answer:
                client.write(answer)
        del half[: max(0, len(half) - MOST_LINE)]

    def state(self) -> dict[str, Any]:
        now_s = self._clock()
        lit = self.strip.lit(now_s)
        colours = self.strip.colours(now_s)
        return {
            "lit": list(lit),
            "colours": [list(colours[led]) for led in lit],
            "packets": self.strip.packets,
            "ignored": self.strip.ignored,
            "udp": self.udp_port,
            "clients": self.clients,
        }

    def _packet(self) -> None:
        with contextlib.suppress(OSError):
            while self._socket is not None:
                self.strip.datagram(self._socket.recv(MOST_LINE), self._clock())
