"""When a window takes no keys, because another lies over it: from then on, and until a code that is half typed is over."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer

AFTER_MS: Final = 500  # the keys of a scan come closer than this


class Deafness(QObject):
    """`holds` while keys are not for us."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_covered = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)

    @property
    def holds(self) -> bool:
        return self._is_covered or self._rest.isActive()

    def set(self, is_covered: bool) -> None:
        """The other window came, or went."""
        if self._is_covered and not is_covered:
            self._rest.start(AFTER_MS)
        self._is_covered = is_covered
