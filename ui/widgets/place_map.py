"""The tray with numbered places on it: those that are taught, the one that is taught now, and those that wait."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from station.view.calibration import PlaceMark
from station.view.tray_map import TrayMap
from ui.widgets.look import BOLD, Look
from ui.widgets.text_fit import make_font
from ui.widgets.tray_map import TrayMapWidget

MARK_MM: Final = 3.2  # radius
NOW_MM: Final = 4.4
_CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)


class PlaceMap(TrayMapWidget):
    """Paints a TrayMap and marks on it. The marks of the corners stand half outside the tray."""

    def __init__(self, look: Look, *, front: str) -> None:
        super().__init__(look, front=front, edge_px=look.metrics.px(NOW_MM) + 4)
        self._marks: tuple[PlaceMark, ...] = ()

    def show_places(self, tray_map: TrayMap | None, marks: tuple[PlaceMark, ...]) -> None:
        self.show_map(tray_map)
        if marks != self._marks:
            self._marks = marks
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if self.map is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in self._marks:
            self._paint_mark(painter, mark)
        painter.end()

    def _paint_mark(self, painter: QPainter, mark: PlaceMark) -> None:
        """Full and large: here you act; full: done; empty: still to come."""
        theme, metrics = self._look.theme, self._look.metrics
        is_now, is_done = mark.state == "now", mark.state == "taught"
        radius = metrics.px(NOW_MM if is_now else MARK_MM)
        fill, text = (theme.accent, theme.on_accent) if is_now else (theme.text, theme.surface)
        if not (is_now or is_done):
            fill, text = theme.surface, theme.text
        centre = self._at(mark)
        painter.setPen(QPen(QColor(theme.text), 3 if is_now else 2))
        painter.setBrush(QColor(fill))
        painter.drawEllipse(centre, radius, radius)
        painter.setPen(QColor(text))
        painter.setFont(make_font(metrics.value_px if is_now else metrics.smallest_text_px, BOLD))
        painter.drawText(QRect(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius), _CENTRE, str(mark.number))

    def _at(self, mark: PlaceMark) -> QPoint:
        area, scale = self._area()
        return QPoint(area.left() + round(mark.x_mm * scale), area.bottom() + 1 - round(mark.y_mm * scale))
