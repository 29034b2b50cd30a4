"""The striped strip over every screen of practice mode. It is nowhere else, and nothing covers it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.practice import Practice, follow
from station.view.view import View
from ui.texts import Texts
from ui.view_models.practice import StripModel, present_strip
from ui.widgets.fit_label import CENTRE
from ui.widgets.look import BOLD, SEMI, Look, dress


class PracticeStrip(QWidget):
    """Follows the views and shows the hint. The whole strip is one target: it scans, ends practice, or does nothing."""

    scanned = Signal(str)
    ended = Signal()

    def __init__(self, look: Look, texts: Texts, *, height_px: int) -> None:
        super().__init__()
        self.setObjectName("practice_strip")
        self.setFixedHeight(height_px)
        self._look, self._texts = look, texts
        self._practice, self._model = Practice(), StripModel("", "")
        metrics, theme = look.metrics, look.theme
        self._mark = look.label(metrics.body_px, BOLD, color=theme.on_act, tight=True)
        self._hint = look.label(metrics.caption_px, SEMI, color=theme.on_act, lines=2)
        self._touch = look.label(metrics.caption_px, BOLD, color=theme.on_accent, align=CENTRE, tight=True)
        self._plates = [_plate(self._mark, look, "act"), _plate(self._hint, look, "act"), _plate(self._touch, look, "primary")]
        self._plates[2].setStyleSheet(f"background: {theme.accent};")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(metrics.padding_px, metrics.px(1), metrics.padding_px, metrics.px(1))
        layout.setSpacing(metrics.px(2))
        for plate, share in zip(self._plates, (0, 1, 0), strict=True):
            layout.addWidget(plate, share)

    @property
    def model(self) -> StripModel:
        return self._model

    def show_view(self, view: View) -> None:
        """The next view: the lesson may go on."""
        self._practice = follow(self._practice, view)
        self._model = model = present_strip(self._practice, view, self._texts)
        for label, text in ((self._mark, model.mark), (self._hint, model.hint), (self._touch, model.touch)):
            label.set_text(text)
        self._plates[2].setVisible(bool(model.touch))
        self.setAccessibleName(" · ".join(each for each in (model.mark, model.hint, model.touch) if each))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(0, self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        event.accept()  # else no release comes

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self.rect().contains(event.position().toPoint()):
            self.touch()

    def touch(self) -> None:
        """Do the one thing that the strip says."""
        if self._model.ends:
            self.ended.emit()
        elif self._model.scan:
            self.scanned.emit(self._model.scan)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Amber with dark stripes, as a building site is marked."""
        painter, theme, height = QPainter(self), self._look.theme, self.height()
        painter.fillRect(self.rect(), QColor(theme.act))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.on_act))
        for left in range(-height, self.width(), height):
            corners = ((left, height), (left + height / 2, height), (left + height * 1.5, 0), (left + height, 0))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        painter.end()


def _plate(label: QWidget, look: Look, kind: str) -> QWidget:
    """A plain plate on the stripes, so that the words can be read."""
    plate = QWidget()
    plate.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    plate.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    dress(plate, kind)
    inside = QHBoxLayout(plate)
    pad = look.metrics.px(1.2)
    inside.setContentsMargins(pad, 0, pad, 0)
    inside.addWidget(label)
    return plate
