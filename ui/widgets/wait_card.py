"""What we wait for, below the greyed map: the tray's name, the seconds left, and a bar that fills. It never covers the map."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.task import WaitModel
from ui.widgets.fit_label import LEFT, RIGHT, FitLabel
from ui.widgets.look import BOLD, SEMI, Look, dress, panel

QUIET_S = 0.7


class ProgressLine(QWidget):
    """A bar from 0 to 1; nothing when the share is not known."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._share = look, 0.0
        self.setFixedHeight(look.metrics.px(2.2))

    def show_share(self, share: float) -> None:
        if share != self._share:
            self._share = share
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme, box = self._look.theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(QColor(theme.off))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        box.setWidth(max(box.height(), box.width() * self._share))
        painter.setBrush(QColor(theme.soft_text))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.end()


class WaitCard(QWidget):
    """Shows a WaitModel; `tick` is called by the window while it is shown. Narrow, it has the seconds below the text."""

    def __init__(self, look: Look, texts: Texts, *, is_narrow: bool = False) -> None:
        super().__init__()
        metrics = look.metrics
        self._texts = texts
        self._wait: WaitModel | None = None
        self._seen_s = 0.0
        self._card = card = panel("card")
        self._what = look.label(metrics.value_px, BOLD)
        self._seconds = look.label(metrics.body_px, SEMI, align=LEFT if is_narrow else RIGHT)
        self._line = ProgressLine(look)
        self._call = look.label(metrics.title_px, BOLD, color=look.theme.on_act)
        self._call.hide()
        words = QBoxLayout(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
        words.setSpacing(0 if is_narrow else metrics.px(2))
        words.addWidget(self._what, 11)
        words.addWidget(self._seconds, 9)
        inside = QVBoxLayout(card)
        pad = metrics.px(2)
        inside.setContentsMargins(pad, pad // 2, pad, pad // 2)
        inside.setSpacing(metrics.px(1))
        inside.addWidget(self._call, 1)
        self._words = QWidget()
        self._words.setLayout(words)
        words.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._words, 1)
        inside.addWidget(self._line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.setFixedHeight(round(metrics.value_px * 1.4 + (metrics.body_px * 1.3 if is_narrow else 0)) + metrics.px(6.5))

    def show_model(self, wait: WaitModel | None, now_s: float) -> None:
        if wait != self._wait:
            self._seen_s = now_s
        self._wait = wait
        if wait is None:
            self.hide()
            return
        self._what.set_text(wait.text)
        self._show_call(wait)
        self.tick(now_s)

    def _show_call(self, wait: WaitModel) -> None:
        """What a person is to do takes the whole card, in the colour of "do something different"."""
        dress(self._card, "tag" if wait.is_call else "card")
        self._call.set_text(f"▲ {wait.text}" if wait.is_call else "")
        self._call.setVisible(wait.is_call)
        self._words.setVisible(not wait.is_call)

    def tick(self, now_s: float) -> None:
        """Count on: `now_s` is the station's monotonic time."""
        wait = self._wait
        if wait is None:
            return
        self.setVisible(not wait.is_quiet or now_s - self._seen_s >= QUIET_S)
        if wait.is_call:  # a person's time is not counted at him
            self._line.hide()
            return
        passed = max(0.0, now_s - (wait.since_s or self._seen_s))
        left = wait.expected_s - passed
        self._line.setVisible(wait.expected_s > 0)
        if wait.expected_s <= 0:
            self._seconds.set_text(self._texts.label("since_seconds", count=int(passed)) if passed >= 1 else "")
        elif left > 0:
            self._seconds.set_text(self._texts.label("about_seconds", count=ceil(left)))
        else:
            self._seconds.set_text(self._texts.label("longer_than_usual", count=int(passed)))
        self._line.show_share(min(1.0, passed / wait.expected_s) if wait.expected_s > 0 else 0.0)


def foot(wait: WaitCard, beside: FitLabel) -> QWidget:
    """The place below a map: the card while something is waited for, else the text. Its height stays: the map does not jump."""
    widget = QWidget()
    widget.setFixedHeight(wait.height())
    layout = QStackedLayout(widget)
    layout.setStackingMode(QStackedLayout.StackingMode.StackAll)
    layout.addWidget(wait)
    layout.addWidget(beside)
    return widget
