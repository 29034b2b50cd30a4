"""The work list: rows to choose, pages to turn. Start is in the action row."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.work import WorkModel
from ui.widgets.look import SEMI, Look
from ui.widgets.paged_list import PagedList, rows_in


def summary_height_px(look: Look) -> int:
    return round(look.metrics.body_px * 1.4)


def rows_of_work(look: Look) -> int:
    """How many orders a page has on this panel."""
    metrics = look.metrics
    return rows_in(metrics.content_height_px - summary_height_px(look) - metrics.px(0.8), look)


class WorkScreen(QWidget):
    """Shows a WorkModel; emits `order_<id>` and the paging buttons."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._summary = look.label(look.metrics.body_px, SEMI)
        self._summary.setFixedHeight(summary_height_px(look))
        up, down = texts.label("page_up"), texts.label("page_down")
        self._orders = PagedList(look, rows=rows_of_work(look), up=up, down=down)
        self._orders.tapped.connect(self.tapped)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.metrics.px(0.8))
        layout.addWidget(self._summary)
        layout.addWidget(self._orders, 1)

    def show_model(self, model: WorkModel) -> None:
        self._summary.set_text(model.summary)
        self._orders.show_model(model.orders)
