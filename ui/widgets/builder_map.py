"""A tray to be built, to scale: front edge below, sizes in mm, a ruler at its left and front edge. A finger on it chooses."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.view_models.builder import BuilderModel, BuiltCell
from ui.widgets.look import BOLD, MEDIUM, SEMI, Look
from ui.widgets.text_fit import TextStyle, fit, make_font, paint

_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_TICKS_MM: Final = (100, 500)  # short and long ones of the ruler


class BuilderMap(QWidget):
    """Emits `cell_<label>`. Goods are grey, what is chosen has the accent's frame, what is new a broken one."""

    tapped = Signal(str)

    def __init__(self, look: Look, *, front: str) -> None:
        super().__init__()
        self._look, self._front = look, front
        self._model: BuilderModel | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(look.metrics.px(20))
        self.setObjectName("builder_map")

    def show_model(self, model: BuilderModel) -> None:
        if model != self._model:
            self._model = model
            self.setAccessibleName(", ".join(each.label for each in model.cells))
            self.update()

    # --- geometry -------------------------------------------------------------------------------------------------------

    def _rule_px(self) -> int:
        return round(self._look.metrics.smallest_text_px * 2.2)

    def _area(self) -> tuple[QRect, float]:
        """The tray's rectangle and the pixels a millimetre has on it: the largest that fits, centred."""
        model = self._model
        if model is None:
            return QRect(), 1.0
        left, below = self._rule_px(), self._rule_px() + round(self._look.metrics.smallest_text_px * 1.5)
        room_w, room_h = self.width() - left - 6, self.height() - below - 6
        scale = max(0.001, min(room_w / max(1, model.width_mm), room_h / max(1, model.depth_mm)))
        width, depth = round(model.width_mm * scale), round(model.depth_mm * scale)
        return QRect(left + max(0, (room_w - width) // 2), 6 + max(0, (room_h - depth) // 2), width, depth), scale

    def rect_of(self, cell: BuiltCell) -> QRect:
        """Where a compartment is on this widget."""
        area, scale = self._area()
        depth_mm = self._model.depth_mm if self._model else 0
        left, right = (area.left() + round(each * scale) for each in (cell.x_mm, cell.x_mm + cell.width_mm))
        top, bottom = (area.top() + round((depth_mm - each) * scale) for each in (cell.y_mm + cell.depth_mm, cell.y_mm))
        return QRect(left, top, max(2, right - left), max(2, bottom - top))

    def cell_at(self, point: QPoint) -> BuiltCell | None:
        """The compartment under a finger; the nearest one beside the tray's edge."""
        cells = self._model.cells if self._model else ()
        reach = self._look.metrics.px(2)
        near = [each for each in cells if self.rect_of(each).adjusted(-reach, -reach, reach, reach).contains(point)]
        return min(near, key=lambda each: (self.rect_of(each).center() - point).manhattanLength(), default=None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        found = self.cell_at(event.position().toPoint())
        if found is not None:
            self.tapped.emit(f"cell_{found.label}")

    # --- painting -------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._model is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for cell in sorted(self._model.cells, key=lambda each: (each.is_selected, each.is_new)):
            self._paint_cell(painter, cell)
        self._paint_wall(painter)
        self._paint_rulers(painter)
        self._paint_front(painter)
        painter.end()

    def _paint_cell(self, painter: QPainter, cell: BuiltCell) -> None:
        theme, rect = self._look.theme, self.rect_of(cell).adjusted(1, 1, -1, -1)
        pen = QPen(QColor(theme.accent if cell.is_selected or cell.is_new else theme.strong_line), 4 if cell.is_selected else 2)
        if cell.is_new and not cell.is_selected:
            pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.setBrush(QColor(theme.occupied if cell.is_stocked else theme.surface))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 3, 3)
        self._paint_words(painter, cell, rect)

    def _paint_words(self, painter: QPainter, cell: BuiltCell, rect: QRect) -> None:
        """The label, and its size below where there is room for both."""
        metrics, theme = self._look.metrics, self._look.theme
        small = metrics.smallest_text_px
        has_room = rect.height() > small * 3.2
        size = fit(cell.size, rect.width() - 6, round(small * 1.4), TextStyle(small, small * 3 // 4, MEDIUM))
        above = rect.adjusted(0, 0, 0, -round(small * 1.4)) if has_room and not size.is_clipped else rect
        label = fit(cell.label, rect.width() - 6, above.height(), TextStyle(metrics.body_px, small * 3 // 4, BOLD))
        if not label.is_clipped:
            paint(painter, cell.label, above, label, color=theme.text, align=_CENTRE, wraps=False)
        if above is not rect and not size.is_clipped:
            below = QRect(rect.left(), above.bottom() - small // 3, rect.width(), round(small * 1.4))
            ink = theme.text if cell.is_stocked else theme.soft_text  # the grey of a full compartment asks for the darker one
            paint(painter, cell.size, below, size, color=ink, align=_CENTRE, wraps=False)

    def _paint_wall(self, painter: QPainter) -> None:
        """The wall that is being placed: through the compartment it divides."""
        model = self._model
        if model is None or model.wall_mm is None:
            return
        area, scale = self._area()
        chosen = next((self.rect_of(each) for each in model.cells if each.is_selected), area)
        painter.setPen(QPen(QColor(self._look.theme.accent), 6))
        if model.is_across:
            y = area.top() + round((model.depth_mm - model.wall_mm) * scale)
            painter.drawLine(chosen.left(), y, chosen.right(), y)
            return
        x = area.left() + round(model.wall_mm * scale)
        painter.drawLine(x, chosen.top(), x, chosen.bottom())

    def _paint_rulers(self, painter: QPainter) -> None:
        """A tick for each 100 mm, a number for each 500, along the front and the left edge."""
        model, theme = self._model, self._look.theme
        if model is None:
            return
        area, scale = self._area()
        small = self._look.metrics.smallest_text_px
        painter.setFont(make_font(small * 4 // 5, SEMI))
        painter.setPen(QPen(QColor(theme.soft_text), 1))
        short, far = _TICKS_MM
        for at in range(0, model.width_mm + 1, short):
            x, is_long = area.left() + round(at * scale), at % far == 0
            painter.drawLine(x, area.bottom() + 3, x, area.bottom() + (10 if is_long else 6))
            if is_long and at:
                painter.drawText(QRect(x - 40, area.bottom() + 11, 80, small), int(_CENTRE), str(at))
        for at in range(0, model.depth_mm + 1, short):
            y, is_long = area.top() + round((model.depth_mm - at) * scale), at % far == 0
            painter.drawLine(area.left() - 3, y, area.left() - (10 if is_long else 6), y)
            if is_long and at:
                painter.drawText(QRect(area.left() - 10 - small * 2, y - small // 2, small * 2, small), int(_CENTRE), str(at))

    def _paint_front(self, painter: QPainter) -> None:
        area, _ = self._area()
        small = self._look.metrics.smallest_text_px
        rect = QRect(0, area.bottom() + 11 + small, self.width(), round(small * 1.5))
        fitted = fit(self._front, rect.width(), rect.height(), TextStyle(small, small, MEDIUM))
        paint(painter, self._front, rect, fitted, color=self._look.theme.soft_text, align=_CENTRE, wraps=False)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._look.metrics.px(90), self._look.metrics.px(50))
