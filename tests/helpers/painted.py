"""Which texts a window paints, in which colour, and on what: looked at while it paints itself, and in the picture of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Painted:
    """A text, the colour of its pen, and the rectangle of its letters on its widget."""

    text: str
    color: str
    widget: QWidget
    place: QRect


class PaintedTexts:
    """Listens while it exists; `found` has each text that was painted since it was told to forget."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.found: list[Painted] = []
        self._grounds: dict[tuple[bytes, int], str] = {}  # most texts stand on many faces alike
        draw = QPainter.drawText
        found = self.found

        def listen(painter: QPainter, *said: Any) -> Any:
            widget, text = painter.device(), str(said[-1])
            if isinstance(widget, QWidget) and text.strip():
                found.append(Painted(text, painter.pen().color().name(), widget, _place(painter, said)))
            return draw(painter, *said)

        monkeypatch.setattr(QPainter, "drawText", listen)

    def forget(self) -> None:
        self.found.clear()

    def ground_of(self, painted: Painted, picture: QImage, window: QWidget) -> str:
        """The colour that is most seen where the text is, but for its own; "" where nothing of it is seen."""
        place = painted.place.translated(painted.widget.mapTo(window, QPoint(0, 0))).intersected(picture.rect())
        part = picture.copy(place).convertToFormat(QImage.Format.Format_RGB32) if not place.isEmpty() else QImage()
        key = bytes(part.constBits()) if not part.isNull() else b"", int(painted.color[1:], 16) | 0xFF000000
        if key not in self._grounds:
            self._grounds[key] = _most_seen(*key)
        return self._grounds[key]


def _most_seen(pixels: bytes, own: int) -> str:
    counted = Counter(memoryview(pixels).cast("I"))
    if not counted.pop(own, 0):  # something else lies over it
        return ""
    return f"#{counted.most_common(1)[0][0] & 0xFFFFFF:06x}" if counted else ""


def _place(painter: QPainter, said: tuple[Any, ...]) -> QRect:
    if isinstance(said[0], QRect | QRectF):
        return painter.boundingRect(QRectF(said[0]), said[1], said[2]).toAlignedRect()
    at = said[0] if isinstance(said[0], QPointF) else QPointF(said[0], said[1])
    return QFontMetricsF(painter.font()).tightBoundingRect(said[-1]).translated(at).toAlignedRect()
