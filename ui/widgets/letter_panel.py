"""A-Z and 0-9 for short texts: ten columns, alphabetical, because people search letters, they do not type blind here."""

from __future__ import annotations

import string
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.view_models.buttons import ButtonModel
from ui.view_models.questions import LettersModel
from ui.widgets.fit_label import RIGHT
from ui.widgets.keypad import ERASE
from ui.widgets.look import BOLD, SEMI, Look, panel
from ui.widgets.touch_button import TouchButton

COLUMNS: Final = 10
KEYS: Final = (*"1234567890", *string.ascii_uppercase, "-")
PLACEHOLDER: Final = "·"


class LetterPanel(QWidget):
    """The question, what is typed, and the keys."""

    tapped = Signal(str)

    def __init__(self, look: Look, *, erase: str) -> None:
        super().__init__()
        metrics = look.metrics
        self._look = look
        self._question = look.label(metrics.value_px, SEMI, lines=2)
        self._entry = look.label(metrics.text_px(6.5), BOLD, align=RIGHT, tight=True)
        field = panel("field")
        line = QHBoxLayout(field)
        line.setContentsMargins(metrics.padding_px, 0, metrics.padding_px, 0)
        line.addWidget(self._question, 1)
        line.addWidget(self._entry)
        field.setMinimumHeight(2 * metrics.smallest_text_px + metrics.px(2))
        field.setMaximumHeight(metrics.px(18))
        grid = QGridLayout()
        grid.setSpacing(metrics.gap_px)
        for place, key in enumerate(KEYS):
            grid.addWidget(self._key(key, key), place // COLUMNS, place % COLUMNS)
        last = len(KEYS)
        grid.addWidget(self._key("erase", ERASE, spoken=erase), last // COLUMNS, last % COLUMNS, 1, COLUMNS - last % COLUMNS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.px(1.5))
        layout.addWidget(field, 1)
        layout.addLayout(grid, 8)

    def show_model(self, model: LettersModel) -> None:
        self._question.set_text(model.question)
        self._entry.set_text(" ".join(model.shown.ljust(model.length, PLACEHOLDER)) if model.length else model.shown)

    def _key(self, name: str, text: str, *, spoken: str = "") -> TouchButton:
        metrics = self._look.metrics
        button = TouchButton(self._look, size_px=metrics.title_px)
        button.setMinimumSize(metrics.key_width_px, metrics.key_height_px)
        button.show_model(ButtonModel(f"text_{name}", text))
        button.setAccessibleName(spoken or text)
        button.setProperty("kind", "key")
        button.tapped.connect(self.tapped)
        return button
