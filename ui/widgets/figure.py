"""The quantity: the largest thing on the screen, because half of all picking errors are wrong quantities."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QRawFont, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.look import BOLD, SEMI, Look
from ui.widgets.text_fit import fit, make_font

HOLLOW_SHARE = 0.025  # of the size: the line of a hollow number


class Figure(QWidget):
    """A number and its unit on one baseline; a long number shrinks."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._number, self._unit, self._is_dim = look, "", "", False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def text(self) -> str:
        return f"{self._number} {self._unit}".strip()

    def show_figure(self, number: str, unit: str, *, is_dim: bool) -> None:
        """Show a number; hollow while it is not to be taken: what stands still is told by the shape, and stays as legible."""
        if (number, unit, is_dim) == (self._number, self._unit, self._is_dim):
            return
        self._number, self._unit, self._is_dim = number, unit, is_dim
        self.setAccessibleName(self.text())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if not self._number:
            return
        metrics, theme = self._look.metrics, self._look.theme
        unit_font, gap = make_font(metrics.value_px, SEMI), metrics.px(1.6)
        unit_width = QFontMetrics(unit_font).horizontalAdvance(self._unit) + gap if self._unit else 0
        fitted = fit(
            self._number, self.width() - unit_width, self.height() * 13 // 10, self._look.style(metrics.quantity_px, BOLD)
        )
        shape = QFontMetrics(fitted.font)
        baseline = (self.height() + shape.capHeight()) / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = QColor(theme.soft_text if self._is_dim else theme.text)
        outline = _outline(self._number, fitted.font, baseline)
        if self._is_dim:
            painter.strokePath(outline, QPen(color, max(2.0, fitted.font.pixelSize() * HOLLOW_SHARE)))
        else:
            painter.fillPath(outline, color)
        painter.setPen(color)
        painter.setFont(unit_font)
        painter.drawText(QPointF(shape.horizontalAdvance(self._number) + gap, baseline), self._unit)
        painter.end()


def _outline(text: str, font: QFont, baseline: float) -> QPainterPath:
    """The text's outline at a font's size, the same to the last bit each time.

    Qt's outlines at a given size differ by 1/64 pixel with what was drawn before; at the font's own units they are exact.
    """
    units = round(QRawFont.fromFont(font).unitsPerEm())
    exact = make_font(units, font.weight())
    drawn = QPainterPath()
    drawn.addText(QPointF(0, 0), exact, text)
    scale = font.pixelSize() / units
    return QTransform(scale, 0, 0, scale, 0, baseline).map(drawn)
