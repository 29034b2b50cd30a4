"""The bar at the bottom: the one thing to do now. Note without colour, act amber with ▲, stop red with ■."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from station.view.message import Level
from ui.view_models.bars import BarModel, Countdown
from ui.view_models.messages import OPEN
from ui.widgets.fit_label import RIGHT
from ui.widgets.look import BOLD, SEMI, Look, dress, panel

_MARKS: Final = {Level.NOTE: "", Level.ACT: "▲", Level.STOP: "■"}


class BarButton(QAbstractButton):
    """Lies over the whole bar and paints nothing: a touch on what the bar says opens what it said before."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(OPEN)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        pass

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        event.ignore()  # as every button: `ui/widgets/reached.py`

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        event.ignore()


class MessageBar(QWidget):
    """Shows a BarModel. What was booked flashes green at the left, so that the next instruction stays readable. Emits the name of
    what opens the list of messages."""

    tapped = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        metrics, theme = look.metrics, look.theme
        self._look = look
        self.setFixedHeight(metrics.message_height_px)
        self._mark = look.label(metrics.value_px, BOLD, tight=True)
        self._text = look.label(metrics.body_px, SEMI, lines=2)
        self._error = look.label(metrics.body_px, BOLD, align=RIGHT, tight=True)
        self._flash = look.label(metrics.body_px, BOLD, color=theme.on_done, lines=2, tight=True)
        self._flash_frame = panel("done")
        inside = QHBoxLayout(self._flash_frame)
        pad = metrics.px(2)
        inside.setContentsMargins(pad, 0, pad, 0)
        inside.addWidget(self._flash)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(metrics.padding_px, 2, metrics.padding_px, 1)
        layout.setSpacing(metrics.px(2))
        for widget in (self._flash_frame, self._mark):
            layout.addWidget(widget)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._error)
        self._flash_frame.hide()
        self._countdown: Countdown | None = None
        self._touch = BarButton(self)
        self._touch.hide()
        self._touch.clicked.connect(self._on_touched)

    def offer_messages(self, name: str) -> None:
        """What a touch on the bar opens, in words; "" when it opens nothing."""
        self._touch.setVisible(bool(name))
        self._touch.setAccessibleName(name)

    def _on_touched(self) -> None:
        self.tapped.emit(OPEN)

    def tick(self, now_s: float) -> None:
        """Count on: `now_s` is the station's monotonic time. Only the sentence is painted anew."""
        if self._countdown is not None:
            self._text.set_text(self._countdown.at(now_s))

    def show_model(self, model: BarModel, now_s: float) -> None:
        theme = self._look.theme
        dress(self, str(model.level))
        color = {Level.NOTE: theme.text, Level.ACT: theme.on_act, Level.STOP: theme.on_stop}[model.level]
        self._countdown = model.countdown
        said = model.text if model.countdown is None else model.countdown.at(now_s)
        for label, text in ((self._mark, _MARKS[model.level]), (self._text, said), (self._error, model.error)):
            label.set_color(color)
            label.set_text(text)
        self._mark.setVisible(model.level is not Level.NOTE)
        self._error.setVisible(bool(model.error))
        is_good = model.flash_level is Level.NOTE
        dress(self._flash_frame, "done" if is_good else "act")
        self._flash.set_color(theme.on_done if is_good else theme.on_act)
        self._flash.set_text(f"{'✓' if is_good else _MARKS[Level.ACT]} {model.flash}" if model.flash else "")
        self._flash_frame.setVisible(bool(model.flash))
        self._touch.setAccessibleDescription(model.text)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._touch.setGeometry(self.rect())
        self._touch.raise_()
