"""Lets the loop come by between what a View changed and the painting of it: who waits for it waits for one, not for both."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class PaintTurn(QObject):
    """Gives a window's painting a turn of its own.

    Qt paints what is due in the same turn of its loop in which the widgets changed and were laid out, before any timer or line is
    looked at. Here the request is put off until those have had their turn; meanwhile what is due adds up.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._is_due = False
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._paint)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() != QEvent.Type.UpdateRequest or self._is_due:
            return False
        self._next.start()
        return True

    def _paint(self) -> None:
        self._is_due = True
        try:
            QCoreApplication.sendEvent(self._window, QEvent(QEvent.Type.UpdateRequest))
        finally:
            self._is_due = False
