"""The tray history page: the map of the machine; and a tray as it was, with a slider through its events and a list beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.buttons import ButtonModel
from ui.view_models.history import ChooseModel, HistoryModel
from ui.widgets.fit_label import CENTRE, RIGHT
from ui.widgets.look import BOLD, SEMI, Look, panel
from ui.widgets.machine_map import MachineMap, places_in
from ui.widgets.paged_list import PagedList, rows_in
from ui.widgets.time_slider import TimeSlider
from ui.widgets.touch_button import TouchButton
from ui.widgets.tray_map import TrayMapWidget


def _line_px(look: Look) -> int:
    return round(look.metrics.body_px * 1.4)


def rows_of_history(look: Look) -> int:
    """How many rows the list beside the tray has on this panel."""
    above = 2 * _line_px(look) + 2 * look.metrics.px(0.8)
    return rows_in(look.metrics.content_height_px - above - look.metrics.button_px - look.metrics.px(1), look)


def map_places(look: Look) -> tuple[int, int]:
    """Columns and rows of the map of the machine on this panel."""
    metrics = look.metrics
    width = metrics.width_px - 2 * metrics.margin_px - metrics.button_px - metrics.gap_px
    return places_in(width, metrics.content_height_px - _line_px(look) - metrics.px(0.8), look)


class ChooseTrayScreen(QWidget):
    """Shows a ChooseModel; emits `historytray_<number>` and the paging buttons."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        metrics = look.metrics
        self._heading = look.label(metrics.body_px, SEMI)
        self._heading.setFixedHeight(_line_px(look))
        self._map = MachineMap(look, map_places(look)[0])
        self._empty = look.label(metrics.value_px, SEMI, align=CENTRE, lines=3)
        self._up, self._down = (TouchButton(look, size_px=metrics.title_px) for _ in range(2))
        self._page = look.caption(align=CENTRE)
        self._pagers = QWidget()
        side = QVBoxLayout(self._pagers)
        side.setContentsMargins(0, 0, 0, 0)
        self._pagers.setFixedWidth(metrics.button_px)
        for button, name, sign in ((self._up, "page_up", "▲"), (self._down, "page_down", "▼")):
            button.setMinimumSize(metrics.button_px, metrics.button_px)
            button.show_model(ButtonModel(name, sign))
            button.setAccessibleName(texts.label(name))
            button.tapped.connect(self.tapped)
        for widget in (self._up, self._page, self._down):
            side.addWidget(widget)
        self._map.tapped.connect(self.tapped)
        row = QHBoxLayout()
        row.setSpacing(metrics.gap_px)
        look.for_hand(row)
        row.addWidget(self._map, 1)
        row.addWidget(self._empty, 1)
        row.addWidget(self._pagers)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.px(0.8))
        layout.addWidget(self._heading)
        layout.addLayout(row, 1)

    def show_model(self, model: ChooseModel) -> None:
        self._heading.set_text(model.heading)
        self._map.show_cells(model.cells)
        self._map.setVisible(not model.empty)
        self._empty.set_text(model.empty)
        self._empty.setVisible(bool(model.empty))
        self._page.set_text(model.page_text)
        self._pagers.setVisible(bool(model.page_text))
        self._up.setEnabled(model.has_up)
        self._down.setEnabled(model.has_down)


class HistoryScreen(QWidget):
    """Shows a HistoryModel; emits the names of rows, steps and places of the slider."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        metrics = look.metrics
        self._heading, self._note = look.label(metrics.body_px, SEMI), look.label(metrics.caption_px, SEMI)
        up, down = texts.label("page_up"), texts.label("page_down")
        self._rows = PagedList(look, rows=rows_of_history(look), up=up, down=down, lead_share=14, right_share=24)
        self._rows.tapped.connect(self.tapped)
        right = QVBoxLayout()
        right.setSpacing(metrics.px(0.8))
        for line in (self._heading, self._note):
            line.setFixedHeight(_line_px(look))
            right.addWidget(line)
        right.addWidget(self._rows, 1)
        sides = QHBoxLayout()
        sides.setSpacing(metrics.margin_px)
        look.for_hand(sides)
        sides.addWidget(self._make_left(look, texts), 43)
        sides.addLayout(right, 57)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.px(1))
        layout.addLayout(sides, 1)
        layout.addLayout(self._make_time(look))

    def _make_left(self, look: Look, texts: Texts) -> QWidget:
        metrics = look.metrics
        self._tray = look.label(metrics.place_px, BOLD, tight=True)
        self._moment = look.label(metrics.body_px, SEMI, align=RIGHT)
        self._caption = look.caption(tight=True)
        self._caption.set_text(texts.label("tray"))
        self._map = TrayMapWidget(look, front=texts.label("you_stand_here"))
        self._detail = look.label(metrics.caption_px, SEMI, lines=2)
        self._detail.setFixedHeight(2 * round(metrics.caption_px * 1.35))
        head = QHBoxLayout()
        head.setSpacing(metrics.px(2))
        head.addWidget(self._caption)
        head.addWidget(self._tray)
        head.addWidget(self._moment, 1)
        left = panel()
        layout = QVBoxLayout(left)
        pad = metrics.padding_px
        layout.setContentsMargins(pad, pad // 3, pad, pad // 2)
        layout.addLayout(head)
        layout.addWidget(self._map, 1)
        layout.addWidget(self._detail)
        return left

    def _make_time(self, look: Look) -> QHBoxLayout:
        """The slider through all of the tray's events, as wide as the window, between a step back and a step forward."""
        self._slider = TimeSlider(look)
        self._slider.tapped.connect(self.tapped)
        self._earlier, self._later = TouchButton(look), TouchButton(look)
        row = QHBoxLayout()
        row.setSpacing(look.metrics.gap_px)
        for widget in (self._earlier, self._slider, self._later):
            row.addWidget(widget)
        for button in (self._earlier, self._later):
            button.setFixedSize(look.metrics.button_px, look.metrics.button_px)
            button.tapped.connect(self.tapped)
        return row

    def show_model(self, model: HistoryModel) -> None:
        self._caption.setVisible(bool(model.tray))
        self._tray.set_text(model.tray)
        self._moment.set_text(model.moment)
        self._map.show_map(model.map, is_dim=model.is_dim)
        self._detail.set_text(model.detail)
        for widget in (self._slider, self._earlier, self._later):
            widget.setVisible(model.slider is not None)
        if model.slider is not None:
            self._slider.show_model(model.slider)
        for button, step in zip((self._earlier, self._later), model.steps, strict=True):
            button.show_model(step)
        self._heading.set_text(model.rows.heading)
        self._note.set_text(model.note)
        self._rows.show_model(model.rows)
