"""The strip of several lifts under the status bar: colour, number, arrow and word say where the work is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.view.ask import AskNumber, AskText
from station.view.task import TaskFace
from station.view.tray import BayFace, UnknownTrayFace
from station.view.view import View
from station.view.work import WorkFace
from ui.texts import Texts
from ui.view_models.bars import ask_of
from ui.view_models.lifts import Arrow, LiftModel, present_lifts
from ui.widgets.fit_label import CENTRE
from ui.widgets.look import BOLD, SEMI, Look

AT_LIFTS: Final = (TaskFace, WorkFace, BayFace, UnknownTrayFace)


class LiftStrip(QWidget):
    """One cell for each of `count` lifts, from left to right, of equal width: as they stand. Nothing in it is touched."""

    def __init__(self, look: Look, *, count: int, height_px: int) -> None:
        super().__init__()
        self.setObjectName("lift_strip")
        self.setFixedHeight(height_px)
        self._cells = [LiftCell(look) for _ in range(count)]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.metrics.px(0.4))
        for cell in self._cells:
            layout.addWidget(cell, 1)

    def show_view(self, view: View, texts: Texts) -> None:
        """What the lifts do now, over the work at them. A keypad needs the strip's room: who types has gone nowhere."""
        self.setVisible(isinstance(view.face, AT_LIFTS) and not isinstance(ask_of(view.face), AskNumber | AskText))
        models = present_lifts(view, texts)
        for cell, model in zip(self._cells, models, strict=False):
            cell.show_model(model)
        self.setAccessibleName(" | ".join(each.description for each in models))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(0, self.height())


class LiftCell(QWidget):
    """The lift's number on its own colour. Where the work is the whole cell has the colour, and an arrow points to the lift."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._model = look, LiftModel(0, "", "")
        metrics = look.metrics
        self._number = look.label(metrics.body_px, BOLD, color=look.theme.on_lift, align=CENTRE, tight=True)
        self._text = look.label(metrics.caption_px, SEMI, color=look.theme.bar_text)
        self._number.setFixedWidth(metrics.px(7))
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(metrics.px(1))
        self._layout.addWidget(self._number)
        self._layout.addWidget(self._text, 1)
        self._lay_out()

    def show_model(self, model: LiftModel) -> None:
        if model == self._model:
            return
        self._model = model
        theme = self._look.theme
        self._number.set_text(str(model.number))
        self._text.set_text(model.text)
        self._text.set_color(theme.on_lift if model.arrow else theme.bar_text)
        self._lay_out()
        self.update()

    def _lay_out(self) -> None:
        """Room for the arrow on its side, and for the mark of trouble at the end."""
        mark, arrow = self._mark_px(), self._model.arrow
        left = mark if arrow is Arrow.LEFT else 0
        right = (mark if arrow in (Arrow.RIGHT, Arrow.AHEAD) else 0) + (mark if self._model.is_trouble else 0)
        self._layout.setContentsMargins(left, 0, right + self._look.metrics.px(1), 0)

    def _mark_px(self) -> int:
        return round(self.height_px * 0.9)

    @property
    def height_px(self) -> int:
        return self._look.metrics.lifts_height_px

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme, model = self._look.theme, self._model
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.bar))
        if model.number:
            colour = QColor(theme.lift_colour(model.number))
            painter.fillRect(self.rect() if model.arrow else self._number.geometry(), colour)
        painter.setPen(Qt.PenStyle.NoPen)
        if model.arrow is not None:
            painter.setBrush(QColor(theme.on_lift))
            painter.drawPolygon(self._arrow(model.arrow))
        if model.is_trouble:
            self._paint_trouble(painter)
        painter.end()

    def _arrow(self, arrow: Arrow) -> QPolygonF:
        """A triangle as high as the cell lets it be."""
        size, margin = self._mark_px(), self._mark_px() * 0.1
        left = 0.0 if arrow is Arrow.LEFT else self.width() - size
        box = QRectF(left, (self.height() - size) / 2, size, size).adjusted(margin, margin, -margin, -margin)
        match arrow:
            case Arrow.LEFT:
                return QPolygonF([box.topRight(), box.bottomRight(), QPointF(box.left(), box.center().y())])
            case Arrow.RIGHT:
                return QPolygonF([box.topLeft(), box.bottomLeft(), QPointF(box.right(), box.center().y())])
            case Arrow.AHEAD:
                return QPolygonF([box.bottomLeft(), box.bottomRight(), QPointF(box.center().x(), box.top())])

    def _paint_trouble(self, painter: QPainter) -> None:
        """The red square of a device that does not work, as in the status bar; on a colour it has a dark plate."""
        theme, size = self._look.theme, self._mark_px()
        is_beside_arrow = self._model.arrow in (Arrow.RIGHT, Arrow.AHEAD)
        right = self.width() - (size if is_beside_arrow else 0)
        plate = QRectF(right - size, (self.height() - size) / 2, size, size)
        painter.setBrush(QColor(theme.bar))
        painter.drawRect(plate)
        painter.setBrush(QColor(theme.bad))
        painter.drawRect(plate.adjusted(size * 0.25, size * 0.25, -size * 0.25, -size * 0.25))
