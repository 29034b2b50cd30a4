"""Arrows that turn a light, and how far one of them turns it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from ui.texts import Texts
from ui.view_models.calibration import ARROWS, TURNS, TurnModel
from ui.widgets.look import BOLD, Look, dress
from ui.widgets.touch_button import TouchButton

PLACES: Final = {"left": (1, 0), "up": (0, 1), "down": (2, 1), "right": (1, 2)}
CENTRE: Final = Qt.AlignmentFlag.AlignCenter


class TurnPad(QFrame):
    """A cross of arrows around the number of the place, and a row below it; emits the names of its buttons."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        dress(self, "panel")
        metrics, self._look = look.metrics, look
        self._place = look.label(metrics.title_px, BOLD, align=CENTRE)
        self._arrows = {way: self._button(texts.label(f"turn_{way}")) for way in ARROWS}
        self._widths = [self._button() for _ in range(TURNS)]
        cross = QGridLayout()
        cross.setSpacing(metrics.gap_px)
        for way, button in self._arrows.items():
            cross.addWidget(button, *PLACES[way])
        cross.addWidget(self._place, 1, 1)
        for each in range(3):
            cross.setColumnStretch(each, 1)
            cross.setRowStretch(each, 1)
        caption = look.caption()
        caption.set_text(texts.label("calibrate_turn"))
        caption.setFixedHeight(round(metrics.caption_px * 1.3))
        row = QHBoxLayout()
        row.setSpacing(metrics.gap_px)
        for button in self._widths:
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.padding_px, metrics.padding_px // 2, metrics.padding_px, metrics.padding_px // 2)
        column.setSpacing(metrics.px(1))
        column.addLayout(cross, 3)
        column.addWidget(caption)
        column.addLayout(row, 1)

    def show_model(self, model: TurnModel) -> None:
        self._place.set_text(model.place)
        for shown, button in zip(model.arrows, self._arrows.values(), strict=True):
            spoken = button.accessibleName()
            button.show_model(shown)
            button.setAccessibleName(spoken)
        for shown, button in zip(model.widths, self._widths, strict=True):
            button.show_model(shown)

    def _button(self, spoken: str = "") -> TouchButton:
        metrics = self._look.metrics
        button = TouchButton(self._look, size_px=metrics.title_px if spoken else metrics.value_px)
        button.setMinimumSize(metrics.key_width_px, metrics.key_height_px)
        button.setAccessibleName(spoken)
        button.setProperty("kind", "key")
        button.tapped.connect(self.tapped)
        return button
