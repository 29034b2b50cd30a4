"""WLED's bytes, pure: docs/wire/wled.md. Source of every frame: reference 2.3 (kno.wled.ge: serial, UDP realtime)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from hardware.devices.wled.strip import DARK, Colour, LedRange

WARLS, DRGB, DNRGB = 1, 2, 4
MOST_WARLS, MOST_DRGB, MOST_DNRGB = 255, 490, 489  # LEDs of one packet
MOST_HOLD_S = 254  # 255 would mean: for ever
ASK = b'{"v":true}\n'  # answered by the state and the info object


def light_json(segments: Mapping[int, tuple[LedRange, Colour]]) -> bytes:
    """Each segment its range in one still colour (effect 0); LEDs of no segment keep what they show."""
    body = [
        {"id": number, "start": leds.start, "stop": leds.stop, "col": [list(colour)], "fx": 0}
        for number, (leds, colour) in sorted(segments.items())
    ]
    return _line({"on": True, "seg": body})


def dark_json() -> bytes:
    """The whole controller off."""
    return _line({"on": False})


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n"


def realtime(colours: Sequence[Colour], hold_s: int, *, protocol: int | None = None) -> tuple[bytes, ...]:
    """The whole strip as UDP packets, so that a lost one is mended by the next round. `hold_s` after the last packet WLED shows
    again what it showed before. Without a protocol: DRGB where one packet is enough, else DNRGB."""
    chosen = protocol or (DRGB if len(colours) <= MOST_DRGB else DNRGB)
    hold = bytes((max(1, min(hold_s, MOST_HOLD_S)),))
    if chosen == WARLS:
        _check(len(colours), MOST_WARLS)
        cells = b"".join(bytes((number, *colour)) for number, colour in enumerate(colours))
        return (bytes((WARLS,)) + hold + cells,)
    if chosen == DRGB:
        _check(len(colours), MOST_DRGB)
        return (bytes((DRGB,)) + hold + _rgb(colours),)
    starts = range(0, len(colours), MOST_DNRGB)
    return tuple(
        bytes((DNRGB,)) + hold + start.to_bytes(2, "big") + _rgb(colours[start : start + MOST_DNRGB]) for start in starts
    )


def dark(leds: int) -> tuple[bytes, ...]:
    """The strip black, with the shortest hold: black at once, and nothing of ours a second later."""
    return realtime((DARK,) * leds, 1)


def _rgb(colours: Sequence[Colour]) -> bytes:
    return b"".join(bytes(colour) for colour in colours)


def _check(count: int, most: int) -> None:
    if count > most:
        raise ValueError(f"{count} LEDs do not fit into one packet of {most}")
