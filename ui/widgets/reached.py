"""The base of every button: reached by Tab and by assistive technology, and pressed by no key of its own.

A scanner that types ends its codes with Return or Tab, and a Qt button with the focus is pressed by Space. So no key event does
anything here; what a person's lone key means is decided beside the scanner (`ui/steering.py`) and pressed by the window.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget


class ReachedButton(QPushButton):
    """A touch gives it no focus; Tab does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.setDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        event.ignore()
