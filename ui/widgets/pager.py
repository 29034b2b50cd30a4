"""The big ▲▼ buttons that turn a page, with its number between them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.view_models.buttons import ButtonModel
from ui.widgets.fit_label import CENTRE
from ui.widgets.look import Look
from ui.widgets.touch_button import TouchButton


class Pager(QWidget):
    """Emits `page_up` and `page_down`. `up` and `down` are what is read aloud of the buttons."""

    tapped = Signal(str)

    def __init__(self, look: Look, *, up: str, down: str) -> None:
        super().__init__()
        self._up, self._down = self._button(look, "page_up", "▲", up), self._button(look, "page_down", "▼", down)
        self._page = look.caption(align=CENTRE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.metrics.px(1))
        column.addWidget(self._up, 1)
        column.addWidget(self._page)
        column.addWidget(self._down, 1)
        self.setFixedWidth(look.metrics.button_px)

    def show_page(self, text: str, *, has_up: bool, has_down: bool) -> None:
        """Which page it is; not there where all is on one ("")."""
        self._page.set_text(text)
        self.setVisible(bool(text))
        self._up.setEnabled(has_up)
        self._down.setEnabled(has_down)

    def _button(self, look: Look, name: str, sign: str, spoken: str) -> TouchButton:
        button = TouchButton(look, size_px=look.metrics.title_px)
        button.setMinimumSize(look.metrics.button_px, look.metrics.button_px)
        button.show_model(ButtonModel(name, sign))
        button.setAccessibleName(spoken)
        button.tapped.connect(self.tapped)
        return button
