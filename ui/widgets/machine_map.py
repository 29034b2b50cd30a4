"""The trays of a machine, side by side by their number: a finger on one opens it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.view_models.history import CellModel
from ui.widgets.look import BOLD, SEMI, Look
from ui.widgets.text_fit import make_font

_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


def places_in(width_px: int, height_px: int, look: Look) -> tuple[int, int]:
    """Columns and rows of cells that a finger can touch."""
    side, gap = look.metrics.button_px, look.metrics.px(1)
    return max(1, (width_px + gap) // (side + gap)), max(1, (height_px + gap) // (side + gap))


class MachineMap(QWidget):
    """Emits `historytray_<number>`. What was found has the accent's frame; what is out of service is crossed out."""

    tapped = Signal(str)

    def __init__(self, look: Look, columns: int) -> None:
        super().__init__()
        self._look, self._columns = look, columns
        self._cells: tuple[CellModel, ...] = ()
        self._pressed: int | None = None
        self.setObjectName("machine_map")

    def show_cells(self, cells: tuple[CellModel, ...]) -> None:
        if cells != self._cells:
            self._cells = cells
            self.setAccessibleName(", ".join(str(each.number) for each in cells))
            self.update()

    def rect_of(self, place: int) -> QRect:
        """Where the cell in this place is."""
        gap = self._look.metrics.px(1)
        side, high = (self.width() + gap) // self._columns, self._look.metrics.button_px + gap
        return QRect(place % self._columns * side, place // self._columns * high, side - gap, high - gap)

    def _place_at(self, event: QMouseEvent) -> int | None:
        at = event.position().toPoint()
        return next((place for place in range(len(self._cells)) if self.rect_of(place).contains(at)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._pressed = self._place_at(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        pressed, self._pressed = self._pressed, None
        self.update()
        if pressed is not None and pressed == self._place_at(event):
            self.tapped.emit(f"historytray_{self._cells[pressed].number}")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme, metrics = self._look.theme, self._look.metrics
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, cell in enumerate(self._cells):
            rect = self.rect_of(place).adjusted(2, 2, -2, -2)
            is_accent = cell.is_found or place == self._pressed
            painter.setPen(QPen(QColor(theme.accent if is_accent else theme.line), 4 if is_accent else 2))
            painter.setBrush(QColor(theme.surface))
            painter.drawRoundedRect(rect, metrics.px(1), metrics.px(1))
            painter.setPen(QColor(theme.off_text if cell.is_out else theme.text))
            painter.setFont(make_font(metrics.title_px, BOLD if cell.is_found else SEMI))
            painter.drawText(rect, _CENTRE, str(cell.number))
            if cell.is_out:
                painter.setPen(QPen(QColor(theme.act), 3))
                painter.drawLine(rect.topLeft(), rect.bottomRight())
        painter.end()
