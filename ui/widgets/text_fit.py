"""Text that always fits its rectangle: the largest size between a wish and a floor, wrapped at words. Painted, never elided.

The same few texts are measured at every act, in fonts of the same few sizes: what was found for them is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

FAMILY = "Inter"
_NUMBERED = re.compile(r"(?<=[^\W\d_]) (?=\d)")
_SHRINK = 0.94  # a step small enough that the next one is not seen
_ONE_LINE = 0.9  # a text that fits on one line at so much of its size is not broken for the rest
_KEPT_FONTS = 256
_KEPT_TEXTS = 2048


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text wants to look: from `largest_px` down to `smallest_px`, in at most `lines` lines. `keeps_line`: one line that
    is a little smaller is better than two."""

    largest_px: int
    smallest_px: int
    weight: QFont.Weight = QFont.Weight.Medium
    lines: int = 1
    keeps_line: bool = False


@dataclass(frozen=True, slots=True)
class FittedText:
    """The font that fits; `is_clipped` when not even the smallest did."""

    font: QFont
    is_clipped: bool


def joined(text: str) -> str:
    """The text with every number kept on the line of the word before it: "tray 12" is one thing."""
    return _NUMBERED.sub("\N{NO-BREAK SPACE}", text)


@lru_cache(maxsize=_KEPT_FONTS)
def make_font(size_px: int, weight: QFont.Weight) -> QFont:
    """The program's font at a pixel size, with figures of one width so that numbers do not jump. It is shared: copy it to change
    it."""
    font = QFont(FAMILY)
    font.setPixelSize(max(1, size_px))
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


@lru_cache(maxsize=_KEPT_TEXTS)
def fit(text: str, width: int, height: int, style: TextStyle) -> FittedText:
    """The largest size at which the text fits into width x height pixels."""
    if style.keeps_line:
        one = fit(text, width, height, _on_one_line(style))
        if not one.is_clipped:
            return one
    size = style.largest_px
    while True:
        font = make_font(size, style.weight)
        if _fits(text, font, width, height, style.lines):
            return FittedText(font, is_clipped=False)
        if size <= style.smallest_px:
            return FittedText(font, is_clipped=bool(text))
        size = max(style.smallest_px, min(size - 1, int(size * _SHRINK)))


def forget_measures() -> None:
    """The fonts are others now: nothing that was measured is true any more."""
    for each in (make_font, fit, height_of):
        each.cache_clear()


def _on_one_line(style: TextStyle) -> TextStyle:
    return replace(style, smallest_px=max(style.smallest_px, round(style.largest_px * _ONE_LINE)), lines=1, keeps_line=False)


@lru_cache(maxsize=_KEPT_TEXTS)
def height_of(text: str, width: int, style: TextStyle) -> int:
    """The height that a text wants: its lines at the largest size, at most as many as the style allows."""
    if style.keeps_line:
        one = fit(text, width, 100_000, _on_one_line(style))
        if not one.is_clipped:
            return QFontMetrics(one.font).height() + 2
    metrics = QFontMetrics(make_font(style.largest_px, style.weight))
    wrapped = metrics.boundingRect(QRect(0, 0, max(1, width), 100_000), Qt.TextFlag.TextWordWrap, joined(text))
    return min(wrapped.height(), metrics.lineSpacing() * style.lines) + 2


def shorten(text: str, width: int, height: int, style: TextStyle) -> str:
    """The text with its middle left out ("…"), as much of it as fits at the smallest size; the beginning and the end tell names
    apart. For rows of a list only, where a touch shows the whole text."""
    if not fit(text, width, height, style).is_clipped:
        return text
    font, least, most = make_font(style.smallest_px, style.weight), 0, len(text)
    while least < most:  # the largest number of letters that fits
        middle = (least + most + 1) // 2
        least, most = (middle, most) if _fits(_cut(text, middle), font, width, height, style.lines) else (least, middle - 1)
    return _cut(text, least)


def _cut(text: str, letters: int) -> str:
    head = letters * 2 // 3
    tail = letters - head
    return f"{text[:head].rstrip()}…{text[len(text) - tail :].lstrip() if tail else ''}"


def _fits(text: str, font: QFont, width: int, height: int, lines: int) -> bool:
    metrics = QFontMetrics(font)
    flags = Qt.TextFlag.TextWordWrap if lines > 1 else Qt.TextFlag.TextSingleLine
    needed = metrics.boundingRect(QRect(0, 0, max(1, width) if lines > 1 else 100_000, 100_000), flags, joined(text))
    allowed = min(height, metrics.lineSpacing() * lines + 2)
    return needed.width() <= width and needed.height() <= max(allowed, 1)


def paint(
    painter: QPainter, text: str, rect: QRect, fitted: FittedText, *, color: str, align: Qt.AlignmentFlag, wraps: bool
) -> None:
    """Draw the text in its rectangle."""
    painter.setFont(fitted.font)
    painter.setPen(QColor(color))
    flag = Qt.TextFlag.TextWordWrap if wraps else Qt.TextFlag.TextSingleLine
    painter.drawText(QRectF(rect), int(align) | int(flag), joined(text))
