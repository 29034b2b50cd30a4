"""Says when a View is on the screen: one pixel on top of everything, painted after the rest."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget


class PaintProbe(QWidget):
    """Made after all else in its parent, so that it lies on top. `painted` carries the token that was expected."""

    painted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._token: int | None = None
        self.setGeometry(0, 0, 1, 1)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def expect(self, token: int) -> None:
        """The next paint shows the View with this token."""
        self._token = token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._token is not None:
            token, self._token = self._token, None
            self.painted.emit(token)
