"""How a tray is loaded, as bars: its weight of what it bears, and one half against the other."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.view_models.builder import BarOfLoad
from ui.widgets.look import MEDIUM, SEMI, Look
from ui.widgets.text_fit import TextStyle, fit, paint

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LoadBars(QWidget):
    """For looking only. Each bar has its caption at the left and its figure at the right, above it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._bars: tuple[BarOfLoad, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("load_bars")

    def show_bars(self, bars: tuple[BarOfLoad, ...]) -> None:
        if bars != self._bars:
            self._bars = bars
            self.setAccessibleName(" · ".join(f"{each.caption}: {each.value}" for each in bars))
            self.updateGeometry()
            self.update()

    def _row_px(self) -> int:
        return round(self._look.metrics.caption_px * 2.0)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._look.metrics.px(40), self._row_px() * max(1, len(self._bars)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, each in enumerate(self._bars):
            self._paint(painter, each, QRect(0, place * self._row_px(), self.width(), self._row_px()))
        painter.end()

    def _paint(self, painter: QPainter, bar: BarOfLoad, rect: QRect) -> None:
        theme, size = self._look.theme, self._look.metrics.caption_px
        words = QRect(rect.left(), rect.top(), rect.width(), round(size * 1.4))
        half = rect.width() // 2
        for text, weight, align, color in (
            (bar.caption, MEDIUM, _LEFT, theme.soft_text),
            (bar.value, SEMI, _RIGHT, theme.text),
        ):
            room = half if align is _LEFT else rect.width() - half
            box = QRect(words.left() if align is _LEFT else words.left() + half, words.top(), room, words.height())
            fitted = fit(text, room, words.height(), TextStyle(size, size * 2 // 3, weight))
            paint(painter, text, box, fitted, color=color, align=align, wraps=False)
        track = QRect(rect.left(), words.bottom() + 2, rect.width() - 1, max(6, size // 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.line))
        painter.drawRoundedRect(track, 3, 3)
        painter.setBrush(QColor(theme.act if bar.is_bad else theme.accent))
        painter.drawRoundedRect(self._filled(bar, track), 3, 3)
        if bar.is_halves:
            painter.setPen(QPen(QColor(theme.text), 2))
            painter.drawLine(track.center().x(), track.top() - 2, track.center().x(), track.bottom() + 2)

    def _filled(self, bar: BarOfLoad, track: QRect) -> QRect:
        """From the left; of halves from the middle to the side that is heavier."""
        if not bar.is_halves:
            return QRect(track.left(), track.top(), round(track.width() * min(100, bar.percent) / 100), track.height())
        offset = round(track.width() * abs(bar.percent - 50) / 100)
        middle = track.center().x()
        return QRect(middle - offset if bar.percent > 50 else middle, track.top(), offset, track.height())
