"""A label whose text shrinks to its place and never loses a letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.text_fit import FittedText, TextStyle, fit, height_of, make_font, paint

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


class FitLabel(QWidget):
    """Shows one text in one colour. `is_clipped` is for the layout rule test."""

    def __init__(
        self, style: TextStyle, color: str, *, align: Qt.AlignmentFlag = LEFT, tight: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._style, self._color, self._align = style, color, align
        self._text = ""
        self._fitted: FittedText | None = None
        horizontal = QSizePolicy.Policy.Preferred if tight else QSizePolicy.Policy.Ignored
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Preferred)

    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text; repaints only when it is another one."""
        if text == self._text:
            return
        self._text, self._fitted = text, None
        self.setAccessibleName(text)
        if self.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Preferred:
            self.updateGeometry()
        self.update()

    def set_color(self, color: str) -> None:
        if color != self._color:
            self._color = color
            self.update()

    @property
    def is_clipped(self) -> bool:
        return self._fit().is_clipped

    @property
    def size_px(self) -> int:
        """The size the text really has."""
        return self._fit().font.pixelSize()

    def height_for(self, width: int) -> int:
        """The height this text wants in a width; 0 for no text."""
        return height_of(self._text, width, self._style) if self._text else 0

    def height_within(self, width: int, height: int) -> int:
        """What the text really takes of a height that is less than it wants."""
        fitted = fit(self._text, width, height, self._style)
        return min(height, height_of(self._text, width, replace(self._style, largest_px=fitted.font.pixelSize())))

    def _fit(self) -> FittedText:
        if self._fitted is None:
            self._fitted = fit(self._text, self.width(), self.height(), self._style)
        return self._fitted

    # --- Qt -------------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        self._fitted = None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if not self._text:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        paint(painter, self._text, self.rect(), self._fit(), color=self._color, align=self._align, wraps=self._style.lines > 1)
        painter.end()

    def sizeHint(self) -> QSize:  # noqa: N802
        metrics = QFontMetrics(make_font(self._style.largest_px, self._style.weight))
        return QSize(metrics.horizontalAdvance(self._text) + 4, metrics.height() * self._style.lines)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        metrics = QFontMetrics(make_font(self._style.smallest_px, self._style.weight))
        is_tight = self.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Preferred
        return QSize(metrics.horizontalAdvance(self._text) + 2 if is_tight else 0, metrics.height())


def share_height(labels: Sequence[FitLabel], width: int, room: int) -> None:
    """Give each label that has a text the height it wants. Where there is not enough, each has a line of its smallest size first,
    and all share what is left by what they still want."""
    shown = [label for label in labels if label.text()]
    wanted = [label.height_for(width) for label in shown]
    least = [min(want, label.minimumSizeHint().height()) for label, want in zip(shown, wanted, strict=True)]
    over = max(1, sum(wanted) - sum(least))
    share = min(1.0, max(0.0, (room - sum(least)) / over))
    for label, want, low in zip(shown, wanted, least, strict=True):
        height = low + int((want - low) * share)
        height = height if height >= want else label.height_within(width, height)
        if height != label.height():
            label.setFixedHeight(height)
