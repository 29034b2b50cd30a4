"""Big buttons: one for each choice, or for each action behind "More"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.view_models.buttons import ButtonModel
from ui.widgets.look import SEMI, Look
from ui.widgets.touch_button import TouchButton

MOST = 12
ONE_COLUMN = 3  # up to so many stand below each other


class ChoicePanel(QWidget):
    """Keeps its buttons; a primary choice has the whole width and the primary height."""

    tapped = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        metrics = look.metrics
        self._look = look
        self._shown: tuple[ButtonModel, ...] = ()
        self._question = look.label(metrics.title_px, SEMI, lines=2)
        self._question.setFixedHeight(round(metrics.title_px * 2.6))
        self._grid = QGridLayout()
        self._grid.setSpacing(metrics.gap_px)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.gap_px)
        layout.addWidget(self._question)
        layout.addLayout(self._grid)
        layout.addStretch(1)
        self._buttons = [self._make_button() for _ in range(MOST)]

    def show_choices(self, question: str, choices: Sequence[ButtonModel]) -> None:
        """Show these buttons; an empty question leaves its line out."""
        self._question.set_text(question)
        self._question.setVisible(bool(question))
        if tuple(choices) == self._shown:
            return
        self._shown = tuple(choices)
        columns = 1 if len(choices) <= ONE_COLUMN else 2
        cell = 0
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(choices))
            if place < len(choices):
                cell = self._place(button, choices[place], cell, columns)

    def _place(self, button: TouchButton, model: ButtonModel, cell: int, columns: int) -> int:
        metrics = self._look.metrics
        button.show_model(model)
        button.setMinimumSize(metrics.primary_width_px if model.is_primary else metrics.button_px, metrics.button_px)
        button.setFixedHeight(metrics.primary_height_px if model.is_primary else metrics.button_px)
        span = columns if model.is_primary else 1
        if span > 1 and cell % columns:
            cell += columns - cell % columns
        self._grid.addWidget(button, cell // columns, cell % columns, 1, span)
        return cell + span

    def _make_button(self) -> TouchButton:
        button = TouchButton(self._look, size_px=self._look.metrics.value_px)
        button.setParent(self)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.tapped.connect(self.tapped)
        button.hide()
        return button
