"""The sheet: A4 across, its fonts, and texts that never run into the next column. Sizes in points (1/72 inch).

Black on white with thin lines and one light grey: a printer that knows only black shows all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).parent.parent / "fonts" / "print"
PLAIN, BOLD = "Inter-Regular", "Inter-Bold"
WIDTH, HEIGHT, MARGIN = 842.0, 595.0, 28.0
USABLE = WIDTH - 2 * MARGIN
TOP, BOTTOM = HEIGHT - MARGIN - 46.0, MARGIN + 20.0  # between the head and the foot of a sheet
ROW = 21.0
BAND = 24.0  # the row of an order or a tray
GREY = 0.88
LEAST_SIZE_SHARE = 0.8  # so much smaller a text may get before it stands in two lines
TWO_LINES_SHARE = 0.72
PAD = 3.0


def load_fonts() -> None:
    """Make the fonts known; they hold Latin, Greek and Cyrillic letters."""
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))


@dataclass(frozen=True, slots=True)
class Text:
    """A text in a cell: its font, its size, which side it stands at, and over how many columns it may run."""

    text: str
    font: str = PLAIN
    size: float = 10.0
    is_right: bool = False
    span: int = 1


@lru_cache(maxsize=65536)
def fitted(text: str, font: str, size: float, width: float) -> tuple[tuple[str, ...], float]:
    """The text in one line or two, and the size in which it has room: first smaller, then in two lines, and what has no room even
    so ends with "…". A lot or a destination that is cut could be another one."""
    wide = pdfmetrics.stringWidth(text, font, size)
    if wide * LEAST_SIZE_SHARE <= width:
        return (text,), min(size, size * width / max(wide, 1.0))
    small = size * TWO_LINES_SHARE
    first = _that_fits(text, font, small, width)
    rest = text[len(first) :].strip()
    if pdfmetrics.stringWidth(rest, font, small) > width:
        rest = _that_fits(rest, font, small, width - pdfmetrics.stringWidth("…", font, small), at_spaces=False) + "…"
    return (first.rstrip(), rest), small


def _that_fits(text: str, font: str, size: float, width: float, *, at_spaces: bool = True) -> str:
    """As much of the text as has room, to its last space where that leaves something."""
    count = len(text)
    while count > 1 and pdfmetrics.stringWidth(text[:count], font, size) > width:
        count -= 1
    space = text.rfind(" ", 0, count + 1) if at_spaces and count < len(text) else -1
    return text[:space] if space > 0 else text[:count]


@lru_cache(maxsize=65536)
def in_lines(text: str, font: str, size: float, width: float, most: int) -> tuple[str, ...]:
    """The text broken at its spaces into at most so many lines; the last one holds the rest, whatever its length."""
    lines: list[str] = []
    words = text.split()
    while words:
        count = 1
        while count < len(words) and pdfmetrics.stringWidth(" ".join(words[: count + 1]), font, size) <= width:
            count += 1
        count = len(words) if len(lines) == most - 1 else count
        lines.append(" ".join(words[:count]))
        words = words[count:]
    return tuple(lines)


class Pen:
    """Draws on one canvas of reportlab, from the top of the sheet down."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas

    def text(self, text: Text, x: float, baseline: float, width: float) -> None:
        if not text.text:
            return
        lines, size = fitted(text.text, text.font, text.size, width)
        self._canvas.setFont(text.font, size)
        baseline += size * 0.55 * (len(lines) - 1)
        for line in lines:
            if text.is_right:
                self._canvas.drawRightString(x + width, baseline, line)
            else:
                self._canvas.drawString(x, baseline, line)
            baseline -= size * 1.1

    def band(self, y: float, height: float) -> None:
        """A grey stripe over the whole width, `y` its top."""
        self._canvas.setFillGray(GREY)
        self._canvas.rect(MARGIN, y - height, USABLE, height, stroke=0, fill=1)
        self._canvas.setFillGray(0)

    def rule(self, y: float, *, x: float = MARGIN, width: float = USABLE, thick: float = 0.4) -> None:
        self._canvas.setLineWidth(thick)
        self._canvas.line(x, y, x + width, y)

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """A field to write in, `y` its top."""
        self._canvas.setLineWidth(0.7)
        self._canvas.rect(x + 1.5, y - height + 2.0, width - 3.0, height - 4.0, stroke=1, fill=0)
