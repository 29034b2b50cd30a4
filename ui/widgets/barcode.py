"""A Code 128 on the glass, in whole pixels and with its white around it: half a pixel more makes a code that nobody reads."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.code128 import QUIET_MODULES, gs1_bars, width_modules
from ui.widgets.look import Look

WIDEST_MODULE_MM: Final = 0.5
LEAST_HEIGHT_MM: Final = 12.0


class BarcodeWidget(QWidget):
    """Shows one text as GS1-128, as wide as there is room."""

    def __init__(self, look: Look, *, description: str) -> None:
        super().__init__()
        self._look = look
        self._bars: tuple[tuple[int, int], ...] = ()
        self._text = ""
        self.setAccessibleName(description)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setObjectName("barcode")

    def show_text(self, text: str) -> None:
        if text != self._text:
            self._text, self._bars = text, gs1_bars(text)
            self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(0, self._look.metrics.px(LEAST_HEIGHT_MM))

    def module_px(self) -> int:
        """How wide one module is; 0 where the code does not fit."""
        modules = width_modules(self._bars) + 2 * QUIET_MODULES
        widest = max(1, int(WIDEST_MODULE_MM / self._look.metrics.mm_per_px))
        return min(widest, self.width() // modules)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        module = self.module_px() if self._bars else 0
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        left = (self.width() - width_modules(self._bars) * module) // 2 if module else 0
        for first, width in self._bars if module else ():
            painter.fillRect(left + first * module, 0, width * module, self.height(), QColor(Qt.GlobalColor.black))
        painter.end()
