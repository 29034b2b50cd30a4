"""Small parts of the task: the line of hints for the hands, and the places that goods could go to instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.view_models.buttons import ButtonModel
from ui.widgets.look import BOLD, MEDIUM, Look, dress
from ui.widgets.touch_button import TouchButton

MOST: Final = 2


class HintLine(QFrame):
    """One line on amber: do something different, here handle with care. Gone while there is nothing to say."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        metrics, theme = look.metrics, look.theme
        self._label = look.label(metrics.value_px, BOLD, color=theme.on_act)
        dress(self, "tag")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(metrics.px(2), 0, metrics.px(2), 0)
        layout.addWidget(self._label)
        self.setFixedHeight(round(metrics.value_px * 1.5))
        self.hide()

    def text(self) -> str:
        return self._label.text()

    def show_text(self, text: str) -> None:
        self._label.set_text(f"▲  {text}" if text else "")
        self.setVisible(bool(text))


class RunnersUp(QWidget):
    """Why the goods go where they go, and a button for each place that they could go to instead."""

    tapped = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        metrics = look.metrics
        self._why = look.label(metrics.body_px, MEDIUM)
        self._why.setFixedHeight(round(metrics.body_px * 1.3))
        self._buttons = [TouchButton(look) for _ in range(MOST)]
        row = QHBoxLayout()
        row.setSpacing(metrics.gap_px)
        for button in self._buttons:
            button.setFixedHeight(metrics.button_px)
            button.tapped.connect(self.tapped)
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.px(0.8))
        layout.addWidget(self._why)
        layout.addLayout(row)
        self.hide()

    def show_places(self, why: str, places: Sequence[ButtonModel]) -> None:
        """Show these; nothing is shown where no place was proposed."""
        self._why.set_text(why)
        self.setVisible(bool(why))
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(places))
            if number < len(places):
                button.show_model(places[number])
