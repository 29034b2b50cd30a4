"""Which LEDs light for a place in mm, pure. The strip lies along the tray's front edge, or along a row of totes."""

from __future__ import annotations

import math
from dataclasses import dataclass

Colour = tuple[int, int, int]  # red, green, blue, 0-255
GREEN: Colour = (0, 255, 0)
DARK: Colour = (0, 0, 0)
MOST_LEDS = 0x8000


@dataclass(frozen=True, slots=True)
class LedRange:
    """LEDs `start` to `stop`, the last one not included, as WLED counts them."""

    start: int
    stop: int

    @property
    def count(self) -> int:
        return self.stop - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """`leds` over `length_mm`, the first LED's left edge `offset_mm` to the right of the tray's left edge; `is_reversed` when
    LED 0 is at the right end."""

    leds: int
    length_mm: int
    offset_mm: int = 0
    is_reversed: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.leds <= MOST_LEDS or self.length_mm <= 0:
            raise ValueError(f"no strip: {self.leds} LEDs over {self.length_mm} mm")

    def around(self, x_mm: float, *, width_mm: float) -> LedRange | None:
        """Every LED that lies at least half under the wanted width, and the nearest one at least; None beside the strip."""
        at_mm = x_mm - self.offset_mm
        if not 0 <= at_mm <= self.length_mm:
            return None
        pitch_mm = self.length_mm / self.leds
        first = math.floor((at_mm - width_mm / 2) / pitch_mm + 0.5)
        last = math.ceil((at_mm + width_mm / 2) / pitch_mm - 0.5)  # not included
        nearest = min(self.leds - 1, int(at_mm / pitch_mm))
        first, last = max(0, min(first, nearest)), min(self.leds, max(last, nearest + 1))
        return LedRange(self.leds - last, self.leds - first) if self.is_reversed else LedRange(first, last)


def colours_of(leds: int, lit: dict[LedRange, Colour]) -> tuple[Colour, ...]:
    """One colour for each LED of the strip; a range that leaves the strip is cut."""
    colours = [DARK] * leds
    for each, colour in lit.items():
        for led in range(max(0, each.start), min(leds, each.stop)):
            colours[led] = colour
    return tuple(colours)
