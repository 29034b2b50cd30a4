"""The machine panel: a list in pages under one line; of one device its figures and the last command by hand above its frames."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.devices import DevicesModel
from ui.widgets.look import BOLD, SEMI, Look
from ui.widgets.paged_list import PagedList, rows_in


def _line_px(look: Look) -> int:
    return round(look.metrics.body_px * 1.4)


def rows_of_devices(look: Look) -> int:
    """How many rows a page of the list has on this panel."""
    metrics = look.metrics
    return rows_in(metrics.content_height_px - _line_px(look) - metrics.px(0.8), look)


def rows_of_frames(look: Look) -> int:
    """How many rows a page of one device's frames has on this panel."""
    metrics = look.metrics
    return rows_in(metrics.content_height_px - 3 * _line_px(look) - 2 * metrics.px(0.8), look)


class DevicesScreen(QWidget):
    """Shows a DevicesModel; emits `device_<name>` and the paging buttons."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._figures = look.label(look.metrics.body_px, SEMI, lines=2)
        self._figures.setFixedHeight(2 * _line_px(look))
        self._result = look.label(look.metrics.body_px, BOLD)
        self._result.setFixedHeight(_line_px(look))
        up, down = texts.label("page_up"), texts.label("page_down")
        self._rows = PagedList(look, rows=rows_of_devices(look), up=up, down=down, lead_share=16, right_share=26)
        self._rows.tapped.connect(self.tapped)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.metrics.px(0.8))
        layout.addWidget(self._figures)
        layout.addWidget(self._result)
        layout.addWidget(self._rows, 1)

    def show_model(self, model: DevicesModel) -> None:
        self._figures.set_text(model.figures)
        self._figures.setVisible(not model.is_list)
        self._result.set_text(model.result)
        self._rows.show_model(model.rows)
