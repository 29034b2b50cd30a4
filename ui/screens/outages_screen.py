"""What is out of service: a line above a list in pages."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.screens.work_screen import rows_of_work, summary_height_px
from ui.texts import Texts
from ui.view_models.outages import OutagesModel
from ui.widgets.look import SEMI, Look
from ui.widgets.paged_list import PagedList


class OutagesScreen(QWidget):
    """Shows an OutagesModel, as large as the work list; emits `outage_<tray or opening>` and the paging buttons."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._summary = look.label(look.metrics.body_px, SEMI)
        self._summary.setFixedHeight(summary_height_px(look))
        up, down = texts.label("page_up"), texts.label("page_down")
        self._rows = PagedList(look, rows=rows_of_work(look), up=up, down=down)
        self._rows.tapped.connect(self.tapped)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.metrics.px(0.8))
        layout.addWidget(self._summary)
        layout.addWidget(self._rows, 1)

    def show_model(self, model: OutagesModel) -> None:
        self._summary.set_text(model.summary)
        self._rows.show_model(model.rows)
