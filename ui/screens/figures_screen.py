"""The figures of the bay: a line that says of when, above the board."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.view_models.figures import BoardModel
from ui.widgets.figure_board import FigureBoard
from ui.widgets.look import SEMI, Look


class FiguresScreen(QWidget):
    """Shows a BoardModel; nothing on it can be touched."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._summary = look.label(look.metrics.body_px, SEMI)
        self._summary.setFixedHeight(round(look.metrics.body_px * 1.4))
        self._board = FigureBoard(look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.metrics.px(0.8))
        layout.addWidget(self._summary)
        layout.addWidget(self._board, 1)

    def show_model(self, model: BoardModel) -> None:
        self._summary.set_text(model.title)
        self._board.show_model(model)
