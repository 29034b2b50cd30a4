"""A page of rows with big ▲▼ buttons. Nothing scrolls: a page is turned."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.view_models.rows import ListModel
from ui.widgets.fit_label import CENTRE
from ui.widgets.look import SEMI, Look
from ui.widgets.pager import Pager
from ui.widgets.row_button import RowButton


def rows_in(height_px: int, look: Look) -> int:
    """How many rows fit into a height."""
    row, gap = look.metrics.row_height_px, look.metrics.px(1)
    return max(1, (height_px + gap) // (row + gap))


class PagedList(QWidget):
    """Keeps its rows and gives them other models."""

    tapped = Signal(str)

    def __init__(self, look: Look, *, rows: int, up: str, down: str, lead_share: int = 22, right_share: int = 24) -> None:
        super().__init__()
        metrics = look.metrics
        self._rows = [RowButton(look, lead_share=lead_share, right_share=right_share) for _ in range(rows)]
        self._empty = look.label(metrics.value_px, SEMI, align=CENTRE, lines=3)
        column = QVBoxLayout()
        column.setSpacing(metrics.px(1))
        for row in self._rows:
            row.tapped.connect(self.tapped)
            row.hide()
            column.addWidget(row)
        column.addWidget(self._empty, 1)
        column.addStretch(0)
        self._pager = Pager(look, up=up, down=down)
        self._pager.tapped.connect(self.tapped)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.gap_px)
        look.for_hand(layout)
        layout.addLayout(column, 1)
        layout.addWidget(self._pager)

    def show_model(self, model: ListModel) -> None:
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(model.rows))
            if place < len(model.rows):
                row.show_model(model.rows[place])
        self._empty.set_text(model.empty)
        self._empty.setVisible(bool(model.empty))
        self._pager.show_page(model.page_text, has_up=model.has_up, has_down=model.has_down)
