"""The bar at the top: mode, machine and bay, what must not be overlooked, devices, operator, time."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from station.view.status import Light
from ui.view_models.bars import LightModel, StatusModel
from ui.widgets.fit_label import CENTRE, RIGHT
from ui.widgets.look import BOLD, MEDIUM, SEMI, Look, dress
from ui.widgets.site_mark import SiteButton
from ui.widgets.text_fit import make_font


class StatusBar(QWidget):
    """Shows a StatusModel; each part repaints only when it changes. Emits the name of what was touched: the whole bar stands for
    the site database, where one is set."""

    tapped = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        metrics, theme = look.metrics, look.theme
        self._look = look
        self.setFixedHeight(metrics.status_height_px)
        dress(self, "status")
        self._mode = look.label(metrics.body_px, BOLD, color=theme.bar_text, tight=True)
        self._place = look.label(metrics.caption_px, MEDIUM, color=theme.bar_soft, tight=True)
        self._tag = look.label(metrics.caption_px, BOLD, color=theme.on_act, align=CENTRE, tight=True)
        self._tag_frame = _framed(self._tag, look)
        self._lights = LightsView(look)
        self._site = SiteButton(look)
        self._site.clicked.connect(self._on_touched)
        self._operator = look.label(metrics.caption_px, SEMI, color=theme.bar_text, align=RIGHT, tight=True)
        self._clock = look.label(metrics.body_px, BOLD, color=theme.bar_text, align=RIGHT, tight=True)
        layout = self._layout = QHBoxLayout(self)
        layout.setContentsMargins(metrics.padding_px, 0, metrics.padding_px, 0)
        layout.setSpacing(metrics.px(2))
        for widget in (self._mode, self._place, self._tag_frame):
            layout.addWidget(widget)
        layout.addStretch(1)
        for widget in (self._lights, self._site, self._operator, self._clock):
            layout.addWidget(widget)

    def show_model(self, model: StatusModel) -> None:
        self._mode.set_text(model.mode)
        self._place.set_text(model.place)
        self._tag.set_text("  ·  ".join(model.tags))
        self._tag_frame.setVisible(bool(model.tags))
        self._lights.show_lights(model.lights)
        self._operator.set_text(model.operator)
        self._operator.setVisible(bool(model.operator))
        self._clock.set_text(model.clock)
        self._site.show_mark(model.site)
        self._share_room()

    def _share_room(self) -> None:
        """The site database's words go before the names of devices that work; where even so there is no room, they are short."""
        others = (self._mode, self._place, self._tag_frame, self._operator, self._clock)
        shown = [each for each in others if not each.isHidden()]
        margins, gap = self._layout.contentsMargins(), self._layout.spacing()
        taken = sum(each.sizeHint().width() for each in shown) + self._lights.minimumSizeHint().width()
        self._site.fit_into(self.width() - margins.left() - margins.right() - (len(shown) + 2) * gap - taken)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._share_room()

    def _on_touched(self) -> None:
        self.tapped.emit(self._site.objectName())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if not self._site.isHidden() and self.rect().contains(event.position().toPoint()):
            self._on_touched()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        event.accept()  # else no release comes


def _framed(label: QWidget, look: Look) -> QWidget:
    """The amber plate of SIMULATED: seen on every screen, at every moment."""
    frame = QWidget()
    dress(frame, "tag")
    inside = QHBoxLayout(frame)
    pad = look.metrics.px(1.2)
    inside.setContentsMargins(pad, 0, pad, 0)
    inside.addWidget(label)
    frame.setFixedHeight(round(look.metrics.caption_px * 1.4))
    return frame


class LightsView(QWidget):
    """● works, ▲ waits, ■ does not work: shape and colour, with the device's name where there is room and always for trouble."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lights: tuple[LightModel, ...] = ()
        self._font = make_font(look.metrics.smallest_text_px, MEDIUM)
        self._mark = round(look.metrics.smallest_text_px * 0.62)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_lights(self, lights: tuple[LightModel, ...]) -> None:
        if lights == self._lights:
            return
        self._lights = lights
        self.setAccessibleName(" · ".join(each.description for each in lights))
        self.updateGeometry()
        self.update()

    def _widths(self, *, names_all: bool) -> list[int]:
        metrics, gap = QFontMetrics(self._font), self._mark
        names = [each.name if names_all or each.light is not Light.GOOD else "" for each in self._lights]
        return [self._mark + (gap // 2 + metrics.horizontalAdvance(name) if name else 0) + 2 * gap for name in names]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        widths = self._widths(names_all=True)
        names_all = sum(widths) - 2 * self._mark <= self.width()  # nothing follows the last one
        if not names_all:
            widths = self._widths(names_all=False)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        left = max(0, self.width() - sum(widths) + 2 * self._mark)
        for each, width in zip(self._lights, widths, strict=True):
            self._paint_mark(painter, each.light, left)
            if names_all or each.light is not Light.GOOD:
                painter.setPen(QColor(self._look.theme.bar_text))
                baseline = (self.height() + QFontMetrics(self._font).capHeight()) // 2
                painter.drawText(left + self._mark + self._mark // 2, baseline, each.name)
            left += width
        painter.end()

    def _paint_mark(self, painter: QPainter, light: Light, left: int) -> None:
        theme, size = self._look.theme, self._mark
        box = QRectF(left, (self.height() - size) / 2, size, size)
        painter.setPen(QColor(theme.bar))
        if light is Light.GOOD:
            painter.setBrush(QColor(theme.good))
            painter.drawEllipse(box)
        elif light is Light.WAIT:
            painter.setBrush(QColor(theme.wait))
            top = QPointF(box.center().x(), box.top())
            painter.drawPolygon(QPolygonF([top, box.bottomRight(), box.bottomLeft()]))
        else:
            painter.setBrush(QColor(theme.bad))
            painter.drawRect(box)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(sum(self._widths(names_all=True)), self._look.metrics.status_height_px)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(sum(self._widths(names_all=False)), self._mark)
