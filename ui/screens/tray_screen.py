"""A tray with its map at the left and its contents or events at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.tray import TrayModel
from ui.widgets.fit_label import RIGHT
from ui.widgets.look import BOLD, SEMI, Look, panel
from ui.widgets.paged_list import PagedList, rows_in
from ui.widgets.tray_map import TrayMapWidget
from ui.widgets.wait_card import WaitCard, foot


def _heading_px(look: Look) -> int:
    return round(look.metrics.body_px * 1.4)


def rows_of_tray(look: Look) -> int:
    """How many rows a page of contents or events has on this panel."""
    return rows_in(look.metrics.content_height_px - _heading_px(look) - look.metrics.px(0.8), look)


class TrayScreen(QWidget):
    """Shows a TrayModel; emits `content_<label>` and the paging buttons."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        metrics = look.metrics
        self._heading = look.label(metrics.body_px, SEMI)
        self._heading.setFixedHeight(_heading_px(look))
        up, down = texts.label("page_up"), texts.label("page_down")
        self._rows = PagedList(look, rows=rows_of_tray(look), up=up, down=down, lead_share=12, right_share=25)
        self._rows.tapped.connect(self.tapped)
        right = QVBoxLayout()
        right.setSpacing(metrics.px(0.8))
        right.addWidget(self._heading)
        right.addWidget(self._rows, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.margin_px * 2)
        look.for_hand(layout)
        layout.addWidget(self._make_left(look, texts), 40)
        layout.addLayout(right, 60)

    def _make_left(self, look: Look, texts: Texts) -> QWidget:
        metrics = look.metrics
        self._tray = look.label(metrics.place_px, BOLD, tight=True)
        self._compartment = look.label(metrics.place_px, BOLD, align=RIGHT, color=look.theme.accent, tight=True)
        caption = look.caption(tight=True)
        caption.set_text(texts.label("tray"))
        self._where = look.label(metrics.body_px, SEMI)
        self._where.setFixedHeight(round(metrics.body_px * 1.4))
        self._detail = look.label(metrics.body_px, SEMI, lines=3)
        self._map = TrayMapWidget(look, front=texts.label("you_stand_here"))
        self._wait = WaitCard(look, texts, is_narrow=True)
        head = QHBoxLayout()
        head.setSpacing(metrics.px(2))
        head.addWidget(caption)
        head.addWidget(self._tray)
        head.addStretch(1)
        head.addWidget(self._compartment)
        left = panel()
        layout = QVBoxLayout(left)
        pad = metrics.padding_px
        layout.setContentsMargins(pad, pad // 3, pad, pad // 2)
        layout.addLayout(head)
        layout.addWidget(self._where)
        layout.addWidget(self._map, 1)
        layout.addWidget(foot(self._wait, self._detail))
        return left

    def show_model(self, model: TrayModel, now_s: float) -> None:
        self._tray.set_text(model.tray)
        self._compartment.set_text(model.compartment)
        self._where.set_text(model.where)
        self._map.show_map(model.map, is_dim=model.is_dim)
        self._detail.set_text(model.detail)
        self._wait.show_model(model.wait, now_s)
        self._heading.set_text(model.rows.heading)
        self._rows.show_model(model.rows)

    def tick(self, now_s: float) -> None:
        self._wait.tick(now_s)
