"""A bank card in its real size, by which the size of the screen is told: ISO 7810 ID-1, 85.60 x 53.98 mm."""

from __future__ import annotations

from math import hypot
from typing import Final

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.metrics import MM_PER_INCH
from ui.widgets.look import BOLD, Look
from ui.widgets.text_fit import make_font

WIDTH_MM: Final = 85.60
HEIGHT_MM: Final = 53.98
CORNER_MM: Final = 3.18


class CardPicture(QWidget):
    """Draws the card as large as it is on a screen of so many tenths of an inch and the window's pixels."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._tenths = look, round(look.metrics.diagonal_in * 10)
        self._words = ""

    def show_size(self, tenths: int, words: str) -> None:
        """`words` say the size, and stand on the card."""
        if (tenths, words) != (self._tenths, self._words):
            self._tenths, self._words = tenths, words
            self.setAccessibleName(words)
            self.update()

    def card(self) -> QRectF:
        """Where the card is drawn: its corner stands still, so that it grows and shrinks beside the real one."""
        metrics = self._look.metrics
        per_mm = hypot(metrics.width_px, metrics.height_px) / (self._tenths / 10 * MM_PER_INCH)
        return QRectF(2, 2, WIDTH_MM * per_mm, HEIGHT_MM * per_mm)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme, card = self._look.theme, self.card()
        per_mm = card.width() / WIDTH_MM
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(card, CORNER_MM * per_mm, CORNER_MM * per_mm)
        painter.setPen(QPen(QColor(theme.strong_line), 1))
        painter.setBrush(QColor(theme.accent_soft))
        chip = QRectF(card.left() + 9 * per_mm, card.top() + 18 * per_mm, 12 * per_mm, 10 * per_mm)
        painter.drawRoundedRect(chip, 1.5 * per_mm, 1.5 * per_mm)
        painter.drawLine(QLineF(chip.left(), chip.center().y(), chip.right(), chip.center().y()))
        painter.drawLine(QLineF(chip.center().x(), chip.top(), chip.center().x(), chip.bottom()))
        painter.setFont(make_font(self._look.metrics.place_px, BOLD))
        painter.setPen(QColor(theme.text))
        below = QRectF(card.left(), card.center().y(), card.width(), card.height() / 2)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._words)
        painter.end()
