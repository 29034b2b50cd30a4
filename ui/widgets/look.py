"""What every widget of the window is given: the panel's sizes and the colours."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from ui.metrics import Metrics
from ui.theme import Theme
from ui.widgets.fit_label import LEFT, FitLabel
from ui.widgets.text_fit import TextStyle

BOLD = QFont.Weight.Bold
SEMI = QFont.Weight.DemiBold
MEDIUM = QFont.Weight.Medium


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes, colours and the hand that touches, and the few kinds of text made from them."""

    metrics: Metrics
    theme: Theme
    is_left_handed: bool = False

    def for_hand(self, layout: QBoxLayout) -> None:
        """What stands last in this row is touched most: for the left hand the row begins at the right."""
        if self.is_left_handed:
            layout.setDirection(QBoxLayout.Direction.RightToLeft)

    def style(self, size_px: int, weight: QFont.Weight = MEDIUM, *, lines: int = 1) -> TextStyle:
        """A text style that may shrink down to the floor."""
        return TextStyle(size_px, min(size_px, self.metrics.floor_text_px), weight, lines)

    def caption(self, *, align: Qt.AlignmentFlag = LEFT, lines: int = 1, tight: bool = False) -> FitLabel:
        return FitLabel(self.style(self.metrics.caption_px, lines=lines), self.theme.soft_text, align=align, tight=tight)

    def label(
        self,
        size_px: int,
        weight: QFont.Weight = SEMI,
        *,
        align: Qt.AlignmentFlag = LEFT,
        lines: int = 1,
        tight: bool = False,
        color: str = "",
    ) -> FitLabel:
        style = replace(self.style(size_px, weight, lines=lines), keeps_line=lines > 1)
        return FitLabel(style, color or self.theme.text, align=align, tight=tight)


def dress(widget: QWidget, look: str) -> None:
    """Give a widget a look of the style sheet; asks the style only when it changes."""
    if widget.property("look") != look:
        widget.setProperty("look", look)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def panel(look: str = "panel") -> QFrame:
    """A plain area with one of the sheet's looks."""
    frame = QFrame()
    dress(frame, look)
    return frame
