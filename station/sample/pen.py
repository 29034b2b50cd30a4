"""The pen of the item pictures: a few shapes as SVG text, one line style, no lettering.

Every picture has the same sheet (320 x 240, white) and the same ink, so that pictures of different items look like pages of one
catalogue. Only plain SVG Tiny is used: that is what Qt draws.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

INK = "#37424c"
METAL = "#c9d1d8"
PALE = "#e9edf0"
SHADE = "#9ba7b1"
DARK = "#57636d"
WHITE = "#ffffff"
COPPER = "#c98a55"
BRASS = "#d8b45a"

COLOURS = {
    "steel": METAL,
    "zinc": "#d5dbe0",
    "black": "#4a525a",
    "stainless": "#dfe5e9",
    "brass": BRASS,
    "copper": COPPER,
    "bronze": "#c79a5b",
    "grey": "#9aa5ae",
    "white": "#f4f6f7",
    "red": "#d2493f",
    "blue": "#2f6fc4",
    "green": "#3f9a5c",
    "yellow": "#e8c440",
    "orange": "#e58a35",
    "violet": "#7d5fb2",
    "brown": "#8a5a3c",
    "clear": "#eef4f8",
}

Drawing = Callable[[float, str], str]
"""A picture of a family: `ratio` 0..1 says where in the family's range of sizes, `tint` is a fill from COLOURS."""

Point = tuple[float, float]


def sheet(*shapes: str, turn: float = 0.0, scale: float = 1.0) -> str:
    """A whole picture; `turn` (degrees) and `scale` act about the middle of the sheet."""
    move = f"translate(160 120) rotate({turn:g}) scale({scale:g}) translate(-160 -120)"
    style = f'fill="{METAL}" stroke="{INK}" stroke-width="{3 / scale:.2f}" stroke-linejoin="round" stroke-linecap="round"'
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240" width="320" height="240">'
    return f'{head}<rect width="320" height="240" fill="{WHITE}"/><g {style} transform="{move}">{"".join(shapes)}</g></svg>\n'


def rect(x: float, y: float, width: float, height: float, *, fill: str = METAL, r: float = 0) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{r:g}" fill="{fill}"/>'


def circle(x: float, y: float, r: float, *, fill: str = METAL) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{fill}"/>'


def ellipse(x: float, y: float, rx: float, ry: float, *, fill: str = METAL) -> str:
    return f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{fill}"/>'


def poly(points: Iterable[Point], *, fill: str = METAL) -> str:
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="{fill}"/>'


def path(d: str, *, fill: str = "none") -> str:
    return f'<path d="{d}" fill="{fill}"/>'


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def rope(d: str, *, width: float, fill: str) -> str:
    """A thick run along a path (wire, hose, belt): a broad ink line with a narrower line of colour on it."""
    outer = f'<path d="{d}" fill="none" stroke="{INK}" stroke-width="{width:.1f}"/>'
    return outer + f'<path d="{d}" fill="none" stroke="{fill}" stroke-width="{max(width - 5, 1):.1f}"/>'


def around(count: int, radius: float, *, start: float = 0.0, x: float = 160, y: float = 120) -> list[Point]:
    """Points evenly on a circle; `start` in degrees, 0 is to the right."""
    angles = [math.radians(start + 360 * n / count) for n in range(count)]
    return [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles]


def hexagon(x: float, y: float, r: float, *, fill: str = METAL, start: float = 0.0) -> str:
    return poly(around(6, r, start=start, x=x, y=y), fill=fill)


def gear(x: float, y: float, *, inner: float, outer: float, teeth: int, fill: str = METAL) -> str:
    """A toothed outline: four points a tooth."""
    step = 360 / teeth
    shares = ((0.0, inner), (0.28, inner), (0.4, outer), (0.72, outer), (0.84, inner))
    turns = [(n * step + share * step, r) for n in range(teeth) for share, r in shares]
    return poly([(x + r * math.cos(math.radians(a)), y + r * math.sin(math.radians(a))) for a, r in turns], fill=fill)


def screw_thread(x: float, y: float, length: float, *, height: float, fill: str = METAL, pitch: float = 9) -> str:
    """A threaded shank from (x, y - height/2), pointing right, with a small chamfer at its end."""
    half = height / 2
    body = poly([(x, y - half), (x + length - 5, y - half), (x + length, y - half + 5), (x + length, y + half - 5),
                 (x + length - 5, y + half), (x, y + half)], fill=fill)  # fmt: skip
    count = max(int((length - 14) / pitch), 1)
    marks = (line(x + 8 + n * pitch, y - half, x + 4 + n * pitch, y + half) for n in range(count))
    return body + "".join(marks)


def steps(low: float, high: float, ratio: float) -> float:
    """The value at `ratio` between two ends."""
    return low + (high - low) * ratio
