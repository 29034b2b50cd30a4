"""A page that is one list: a line that sums it up above rows in pages."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.rows import ListModel
from ui.widgets.look import SEMI, Look
from ui.widgets.paged_list import PagedList, rows_in


def _summary_height_px(look: Look) -> int:
    return round(look.metrics.body_px * 1.4)


def rows_of_list(look: Look) -> int:
    """How many rows a page has on this panel."""
    metrics = look.metrics
    return rows_in(metrics.content_height_px - _summary_height_px(look) - metrics.px(0.8), look)


class ListScreen(QWidget):
    """Emits the names of the rows that are touched, and the paging buttons."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts, *, lead_share: int = 22, right_share: int = 24) -> None:
        super().__init__()
        self._summary = look.label(look.metrics.body_px, SEMI)
        self._summary.setFixedHeight(_summary_height_px(look))
        up, down = texts.label("page_up"), texts.label("page_down")
        rows = rows_of_list(look)
        self._rows = PagedList(look, rows=rows, up=up, down=down, lead_share=lead_share, right_share=right_share)
        self._rows.tapped.connect(self.tapped)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.metrics.px(0.8))
        layout.addWidget(self._summary)
        layout.addWidget(self._rows, 1)

    def show_list(self, summary: str, rows: ListModel) -> None:
        self._summary.set_text(summary)
        self._rows.show_model(rows)
