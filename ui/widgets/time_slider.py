"""A slider through the events of a tray: the knob stands at the moment that is shown, and a finger anywhere takes it there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.view_models.history import SliderModel
from ui.widgets.look import MEDIUM, Look
from ui.widgets.text_fit import make_font

TRACK_MM, KNOB_MM, HEIGHT_MM = 2.5, 7.0, 20.0


class TimeSlider(QWidget):
    """Emits `slide_<number of the event>`, 0 for before the first one; while a finger moves, each number once."""

    tapped = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._model = look, SliderModel(0, 0, "", "", "")
        self._held: int | None = None
        self.setObjectName("time_slider")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.metrics.px(HEIGHT_MM))

    def show_model(self, model: SliderModel) -> None:
        if model == self._model:
            return
        self._model = model
        self.setAccessibleName(model.text)
        self.update()

    @property
    def index(self) -> int:
        """Where the knob stands: under the finger, else at the moment."""
        return self._model.index if self._held is None else self._held

    def _ends(self) -> tuple[float, float]:
        side = self._look.metrics.px(KNOB_MM) / 2 + 1
        return side, self.width() - side

    def x_of(self, index: int) -> float:
        """Where an event stands on the track."""
        left, right = self._ends()
        return left + (right - left) * index / max(1, self._model.total)

    def _index_at(self, x_px: float) -> int:
        left, right = self._ends()
        share = (x_px - left) / max(1.0, right - left)
        return round(max(0.0, min(1.0, share)) * self._model.total)

    def _take(self, x_px: float) -> None:
        index = self._index_at(x_px)
        if index != self._held:
            self._held = index
            self.update()
            self.tapped.emit(f"slide_{index}")

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._model.total and event.button() == Qt.MouseButton.LeftButton:
            self._take(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._held is not None:
            self._take(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._held = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        look, theme, metrics = self._look, self._look.theme, self._look.metrics
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        left, right = self._ends()
        middle, thick = metrics.px(KNOB_MM) / 2 + 2, metrics.px(TRACK_MM)
        knob = self.x_of(self.index)
        painter.setBrush(QColor(theme.line))
        painter.drawRoundedRect(QRectF(left, middle - thick / 2, right - left, thick), thick / 2, thick / 2)
        painter.setBrush(QColor(theme.accent))
        painter.drawRoundedRect(QRectF(left, middle - thick / 2, knob - left, thick), thick / 2, thick / 2)
        radius = metrics.px(KNOB_MM) / 2
        painter.drawEllipse(QPointF(knob, middle), radius, radius)
        self._paint_texts(painter, round(middle + radius), look)
        painter.end()

    def _paint_texts(self, painter: QPainter, top_px: int, look: Look) -> None:
        painter.setPen(QColor(look.theme.soft_text))
        painter.setFont(make_font(look.metrics.smallest_text_px, MEDIUM))
        below = QRect(0, top_px, self.width(), self.height() - top_px)
        align = Qt.AlignmentFlag
        painter.drawText(below, align.AlignHCenter | align.AlignVCenter, self._model.text)
        painter.drawText(below, align.AlignLeft | align.AlignVCenter, self._model.oldest)
        painter.drawText(below, align.AlignRight | align.AlignVCenter, self._model.newest)
