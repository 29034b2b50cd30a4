"""Digits for gloved fingers: the number keypad with its display, and the PIN pad with its dots."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.view_models.buttons import ButtonModel
from ui.view_models.questions import KeypadModel
from ui.widgets.fit_label import RIGHT
from ui.widgets.look import BOLD, SEMI, Look, panel
from ui.widgets.touch_button import TouchButton

DIGIT_PLACES: Final = {str(digit): ((9 - digit) // 3, (digit - 1) % 3) for digit in range(1, 10)}  # 7 8 9 at the top
ERASE, CLEAR = "⌫", "C"


class DigitPad(QWidget):
    """Ten digits as on a calculator, erase, clear and, where the item has decimals, the decimal sign."""

    tapped = Signal(str)

    def __init__(self, look: Look, *, prefix: str, erase: str, clear: str) -> None:
        super().__init__()
        self._look, self._prefix = look, prefix
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.metrics.gap_px)
        for digit, (row, column) in DIGIT_PLACES.items():
            self._grid.addWidget(self._key(digit, digit), row, column)
        self._zero, self._point = self._key("0", "0"), self._key("point", ".")
        self._grid.addWidget(self._zero, 3, 0, 1, 3)
        self._grid.addWidget(self._point, 3, 2)
        self._grid.addWidget(self._key("erase", ERASE, spoken=erase), 0, 3, 2, 1)
        self._grid.addWidget(self._key("clear", CLEAR, spoken=clear), 2, 3, 2, 1)
        self._point.hide()

    def show_point(self, has_point: bool, sign: str) -> None:
        """Show the decimal sign beside a narrower zero, or the wide zero alone."""
        if has_point == self._point.isVisibleTo(self):
            return
        self._point.setVisible(has_point)
        self._point.show_model(ButtonModel(f"{self._prefix}_point", sign))
        self._grid.addWidget(self._zero, 3, 0, 1, 2 if has_point else 3)

    def _key(self, name: str, text: str, *, spoken: str = "") -> TouchButton:
        metrics = self._look.metrics
        button = TouchButton(self._look, size_px=metrics.title_px)
        button.setMinimumSize(metrics.key_width_px, metrics.key_height_px)
        button.show_model(ButtonModel(f"{self._prefix}_{name}", text))
        button.setAccessibleName(spoken or text)
        button.setProperty("kind", "key")
        button.tapped.connect(self.tapped)
        return button


class NumberKeypad(QWidget):
    """The question, the number typed so far with its unit, and the digits. Starts empty."""

    tapped = Signal(str)

    def __init__(self, look: Look, *, decimal_sign: str, erase: str, clear: str) -> None:
        super().__init__()
        metrics = look.metrics
        self._decimal_sign = decimal_sign
        self._question = look.label(metrics.value_px, SEMI, color=look.theme.soft_text, lines=2)
        self._number = look.label(metrics.text_px(6.5), BOLD, align=RIGHT, tight=True)
        self._unit = look.label(metrics.body_px, SEMI, tight=True)
        field = panel("field")
        line = QHBoxLayout(field)
        line.setContentsMargins(metrics.padding_px // 2, 0, metrics.padding_px // 2, 0)
        line.setSpacing(metrics.px(1.5))
        line.addWidget(self._question, 1)  # the number takes its own width and no more: the question has the rest
        line.addWidget(self._number)
        line.addWidget(self._unit)
        field.setMinimumHeight(2 * metrics.smallest_text_px + metrics.px(2))
        field.setMaximumHeight(metrics.px(18))
        pad = DigitPad(look, prefix="key", erase=erase, clear=clear)
        pad.tapped.connect(self.tapped)
        self._pad = pad
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.px(1.5))
        layout.addWidget(field, 1)
        layout.addWidget(pad, 8)

    def show_model(self, model: KeypadModel) -> None:
        self._question.set_text(model.question)
        self._number.set_text(model.shown)
        self._unit.set_text(model.unit)
        self._unit.setVisible(bool(model.unit))
        self._pad.show_point(model.has_point, self._decimal_sign)


class PinDots(QWidget):
    """One circle for each digit of a PIN here, filled as they are typed; a longer PIN gets more."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._count, self._places = look, 0, 0
        self.setMinimumHeight(look.metrics.px(7))

    @property
    def circles(self) -> int:
        return max(self._places, self._count)

    def show_count(self, count: int, *, places: int) -> None:
        if (count, places) != (self._count, self._places):
            self._count, self._places = count, places
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme, size = self._look.theme, self._look.metrics.px(3.6)
        step, places = size * 2, self.circles
        left = (self.width() - (places * step - size)) // 2
        top = (self.height() - size) // 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(places):
            is_typed = place < self._count
            painter.setPen(QColor(theme.text if is_typed else theme.strong_line))
            painter.setBrush(QColor(theme.text) if is_typed else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRect(left + place * step, top, size, size))
        painter.end()
