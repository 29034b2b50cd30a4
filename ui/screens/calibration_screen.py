"""The tray with the places of the pointer at the left; the arrows, or what came of it, at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.calibration import CalibrationModel
from ui.widgets.fit_label import RIGHT
from ui.widgets.look import BOLD, Look, panel
from ui.widgets.place_map import PlaceMap
from ui.widgets.told_panel import ToldPanel
from ui.widgets.turn_pad import TurnPad
from ui.widgets.wait_card import WaitCard


class CalibrationScreen(QWidget):
    """Shows a CalibrationModel; emits `turn_<way>` and `by_<width>`."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._turn, self._told = TurnPad(look, texts), ToldPanel(look)
        self._turn.tapped.connect(self.tapped)
        right = QWidget()
        self._right = QStackedLayout(right)
        self._right.addWidget(self._turn)
        self._right.addWidget(self._told)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.metrics.margin_px)
        look.for_hand(layout)
        layout.addWidget(self._make_left(look, texts), 54)
        layout.addWidget(right, 46)

    def _make_left(self, look: Look, texts: Texts) -> QWidget:
        metrics = look.metrics
        self._tray = look.label(metrics.place_px, BOLD, tight=True)
        self._compartment = look.label(metrics.place_px, BOLD, align=RIGHT, color=look.theme.accent, tight=True)
        caption = look.caption(tight=True)
        caption.set_text(texts.label("tray"))
        head = QHBoxLayout()
        head.setSpacing(metrics.px(2))
        head.addWidget(caption)
        head.addWidget(self._tray)
        head.addStretch(1)
        head.addWidget(self._compartment)
        self._map = PlaceMap(look, front=texts.label("you_stand_here"))
        self._wait = WaitCard(look, texts)
        left = panel()
        column = QVBoxLayout(left)
        column.setContentsMargins(metrics.padding_px, metrics.padding_px // 3, metrics.padding_px, metrics.padding_px // 2)
        column.addLayout(head)
        column.addWidget(self._map, 1)
        column.addWidget(self._wait)
        return left

    def show_model(self, model: CalibrationModel, now_s: float) -> None:
        self._tray.set_text(model.tray)
        self._compartment.set_text(model.compartment)
        self._map.show_places(model.map, model.marks)
        self._wait.show_model(model.wait, now_s)
        if model.turn is not None:
            self._turn.show_model(model.turn)
        else:
            self._told.tell(model.title, model.facts, model.lines)
        self._right.setCurrentWidget(self._told if model.turn is None else self._turn)

    def tick(self, now_s: float) -> None:
        self._wait.tick(now_s)
