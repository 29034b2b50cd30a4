"""The builder of trays: the tray to scale at the left, how it is loaded and the tools at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.builder import BuilderModel
from ui.widgets.builder_map import BuilderMap
from ui.widgets.fit_label import RIGHT
from ui.widgets.load_bars import LoadBars
from ui.widgets.look import BOLD, SEMI, Look, panel
from ui.widgets.touch_button import TouchButton

MOST_TOOLS = 4


class BuilderScreen(QWidget):
    """Shows a BuilderModel; emits `cell_<label>` and `build_<tool>`."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.metrics.margin_px)
        look.for_hand(layout)
        layout.addWidget(self._make_tray(look, texts), 66)
        layout.addLayout(self._make_side(look), 34)

    def _make_tray(self, look: Look, texts: Texts) -> QWidget:
        metrics = look.metrics
        caption = look.caption(tight=True)
        caption.set_text(texts.label("tray"))
        self._tray = look.label(metrics.place_px, BOLD, tight=True)
        self._size = look.label(metrics.body_px, SEMI, align=RIGHT)
        self._map = BuilderMap(look, front=texts.label("you_stand_here"))
        self._map.tapped.connect(self.tapped)
        head = QHBoxLayout()
        head.setSpacing(metrics.px(2))
        head.addWidget(caption)
        head.addWidget(self._tray)
        head.addWidget(self._size, 1)
        left = panel()
        layout = QVBoxLayout(left)
        pad = metrics.padding_px
        layout.setContentsMargins(pad, pad // 3, pad, pad // 2)
        layout.addLayout(head)
        layout.addWidget(self._map, 1)
        return left

    def _make_side(self, look: Look) -> QVBoxLayout:
        metrics = look.metrics
        self._detail = look.label(metrics.body_px, SEMI, lines=3)
        self._detail.setMinimumHeight(2 * round(metrics.body_px * 1.2))
        self._bars = LoadBars(look)
        self._tools = tuple(TouchButton(look) for _ in range(MOST_TOOLS))
        tools = QGridLayout()
        tools.setSpacing(metrics.gap_px)
        for place, button in enumerate(self._tools):
            button.setMinimumHeight(metrics.button_px)
            button.setMaximumHeight(metrics.button_px)
            button.tapped.connect(self.tapped)
            tools.addWidget(button, place // 2, place % 2)
        side = QVBoxLayout()
        side.setSpacing(metrics.gap_px)
        side.addWidget(self._bars)
        side.addWidget(self._detail, 1)
        side.addLayout(tools)
        return side

    def show_model(self, model: BuilderModel) -> None:
        self._tray.set_text(model.tray)
        self._size.set_text(model.size)
        self._map.show_model(model)
        self._detail.set_text(model.detail)
        self._bars.show_bars(model.bars)
        for place, button in enumerate(self._tools):
            button.setVisible(place < len(model.steps))
            if place < len(model.steps):
                button.show_model(model.steps[place])
