"""Keys for texts that people and computers are called by: letters of either size, accents, digits and signs, page by page."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.view_models.buttons import ButtonModel
from ui.view_models.first_start import TypingModel
from ui.widgets.fit_label import RIGHT
from ui.widgets.keypad import ERASE
from ui.widgets.look import BOLD, SEMI, Look, panel
from ui.widgets.touch_button import TouchButton

COLUMNS: Final = 10
ROWS: Final = 3
FURTHER, SPACE, LAST = (0, 3), (3, 4), (7, 3)  # columns and widths in the lowest row


class TypePanel(QWidget):
    """Emits `sign_<number>` of a key on this page, `sign_keys`, `sign_space`, `sign_erase`."""

    tapped = Signal(str)

    def __init__(self, look: Look, *, erase: str) -> None:
        super().__init__()
        metrics = look.metrics
        self._look = look
        self._question = look.label(metrics.value_px, SEMI, lines=2)
        self._entry = look.label(metrics.text_px(6.0), BOLD, align=RIGHT)
        field = panel("field")
        line = QHBoxLayout(field)
        line.setContentsMargins(metrics.padding_px, 0, metrics.padding_px, 0)
        line.addWidget(self._question, 5)
        line.addWidget(self._entry, 6)
        field.setMinimumHeight(2 * metrics.smallest_text_px + metrics.px(2))
        field.setMaximumHeight(metrics.px(18))
        self._grid = QGridLayout()
        self._grid.setSpacing(metrics.gap_px)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        for row in range(ROWS + 1):
            self._grid.setRowStretch(row, 1)
        self._keys = [self._key() for _ in range(COLUMNS * ROWS)]
        for place, key in enumerate(self._keys):
            self._grid.addWidget(key, place // COLUMNS, place % COLUMNS)
        self._further, self._space, last = self._key(), self._key(), self._key()
        for button, (column, width) in ((self._further, FURTHER), (self._space, SPACE), (last, LAST)):
            self._grid.addWidget(button, ROWS, column, 1, width)
        last.show_model(ButtonModel("sign_erase", ERASE))
        last.setAccessibleName(erase)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.px(1.5))
        layout.addWidget(field, 1)
        layout.addLayout(self._grid, 8)

    def show_model(self, model: TypingModel) -> None:
        self._question.set_text(model.question)
        self._entry.set_text(model.shown)
        for place, button in enumerate(self._keys):
            button.setVisible(place < len(model.keys))
            if place < len(model.keys):
                sign = model.keys[place]
                button.show_model(ButtonModel(f"sign_{place}", "␣" if sign == " " else sign))
        for button, name, words in ((self._further, "sign_keys", model.further), (self._space, "sign_space", model.space)):
            button.setVisible(bool(words))
            button.show_model(ButtonModel(name, words))

    def _key(self) -> TouchButton:
        metrics = self._look.metrics
        button = TouchButton(self._look, size_px=metrics.title_px)
        button.setMinimumSize(metrics.key_width_px, metrics.key_height_px)
        button.setProperty("kind", "key")
        policy = button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the keys keep their places whatever page of them is shown
        button.setSizePolicy(policy)
        button.tapped.connect(self.tapped)
        return button
