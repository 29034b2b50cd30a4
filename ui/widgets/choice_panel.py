"""Big buttons: one for each choice, or for each action behind "More"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.view_models.buttons import MORE_PLACES, ButtonModel
from ui.widgets.look import SEMI, Look
from ui.widgets.touch_button import TouchButton

ONE_COLUMN = 3  # up to so many stand below each other
TWO_COLUMNS = 6  # up to so many stand in pairs: four rows of them are higher than the smallest panel
LARGEST_MM = 32.0


class ChoicePanel(QWidget):
    """Keeps its buttons. They share the height, up to what still looks like a button; a primary choice has the whole width."""

    tapped = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        metrics = look.metrics
        self._look = look
        self._shown: tuple[ButtonModel, ...] = ()
        self._question = look.label(metrics.title_px, SEMI, lines=3)
        self._grid = QGridLayout()
        self._grid.setSpacing(metrics.gap_px)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.gap_px)
        layout.addWidget(self._question)
        layout.addLayout(self._grid, 1)
        layout.addStretch(0)
        self._buttons = [self._make_button() for _ in range(MORE_PLACES)]

    def show_choices(self, question: str, choices: Sequence[ButtonModel]) -> None:
        """Show these buttons; an empty question leaves its line out."""
        self._question.set_text(question)
        self._question.setVisible(bool(question))
        self._settle()
        if tuple(choices) == self._shown:
            return
        self._shown = tuple(choices)
        columns = 1 if len(choices) <= ONE_COLUMN else 2 if len(choices) <= TWO_COLUMNS else 3
        cell = 0
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(choices))
            if place < len(choices):
                cell = self._place(button, choices[place], cell, columns)

    def _place(self, button: TouchButton, model: ButtonModel, cell: int, columns: int) -> int:
        metrics = self._look.metrics
        button.show_model(model)
        width, height = (
            (metrics.primary_width_px, metrics.primary_height_px) if model.is_primary else (metrics.button_px, metrics.button_px)
        )
        button.setMinimumSize(width, height)
        button.setMaximumHeight(metrics.px(LARGEST_MM))
        span = columns if model.is_primary else 1
        if span > 1 and cell % columns:
            cell += columns - cell % columns
        self._grid.addWidget(button, cell // columns, cell % columns, 1, span)
        return cell + span

    def _settle(self) -> None:
        """The question has the lines it needs, up to a third of the panel or two lines."""
        title_px = self._look.metrics.title_px
        wanted = min(self._question.height_for(self.width()), max(round(title_px * 2.6), self.height() // 3))
        if wanted != self._question.height():
            self._question.setFixedHeight(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._settle()

    def _make_button(self) -> TouchButton:
        button = TouchButton(self._look, size_px=self._look.metrics.title_px)
        button.setParent(self)
        button.tapped.connect(self.tapped)
        button.hide()
        return button
