"""Sign-on and the locked screen: how to do it (and on a sample site with what) at the left, the PIN pad at the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.sign_on import SignOnModel
from ui.widgets.fit_label import CENTRE
from ui.widgets.keypad import DigitPad, PinDots
from ui.widgets.look import BOLD, MEDIUM, SEMI, Look, panel
from ui.widgets.row_button import RowButton

HELP_LINES = 3
PEOPLE = 5


class BadgePicture(QWidget):
    """A badge with its bars, drawn."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme = self._look.theme
        height = min(self.height() * 0.86, self.width() * 0.5)
        width = height * 1.5
        box = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.strong_line), 3))
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(box, 12, 12)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(QColor(theme.occupied))
        photo = QRectF(box.left() + width * 0.08, box.top() + height * 0.14, width * 0.26, height * 0.44)
        painter.drawRoundedRect(photo, 6, 6)
        painter.setBrush(QColor(theme.strong_line))
        painter.drawEllipse(photo.center(), photo.width() * 0.22, photo.width() * 0.22)
        for line, share in enumerate((0.44, 0.34, 0.38)):
            top = photo.top() + line * photo.height() * 0.38
            painter.drawRoundedRect(QRectF(photo.right() + width * 0.07, top, width * share, height * 0.07), 3, 3)
        painter.setBrush(QColor(theme.accent))
        left = box.left() + width * 0.08
        for bar, thin in enumerate("2113122113121322112312211"):
            if bar % 2 == 0:
                painter.drawRect(QRectF(left, box.top() + height * 0.68, int(thin) * width * 0.0185, height * 0.2))
            left += int(thin) * width * 0.0195
        painter.end()


class SignOnScreen(QWidget):
    """Shows a SignOnModel; emits `pin_<digit>` and `person_<badge>`."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        metrics = look.metrics
        self._title = look.label(metrics.place_px, BOLD)
        self._help_px = metrics.body_px
        self._help = [look.label(metrics.body_px, MEDIUM, lines=2) for _ in range(HELP_LINES)]
        self._people_title = look.label(metrics.body_px, BOLD)
        self._people_help = look.caption()
        self._people = [RowButton(look, lead_share=34, right_share=27) for _ in range(PEOPLE)]
        for row in self._people:
            row.tapped.connect(self.tapped)
            row.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.margin_px)
        self._left = self._make_left(look)
        layout.addWidget(self._left, 55)
        layout.addWidget(self._make_right(look, texts), 45)

    def _make_left(self, look: Look) -> QFrame:
        metrics = look.metrics
        left = panel()
        layout = QVBoxLayout(left)
        pad = metrics.padding_px
        layout.setContentsMargins(pad, pad, pad, pad)
        layout.setSpacing(metrics.px(1))
        self._title.setFixedHeight(round(metrics.place_px * 1.3))
        layout.addWidget(self._title)
        for line in self._help:
            layout.addWidget(line)
        self._people_title.setFixedHeight(round(metrics.body_px * 1.9))
        self._people_help.setFixedHeight(round(metrics.caption_px * 1.35))
        layout.addStretch(1)
        layout.addWidget(self._people_title)
        layout.addWidget(self._people_help)
        for row in self._people:
            layout.addWidget(row)
        layout.addStretch(0)
        return left

    def _make_right(self, look: Look, texts: Texts) -> QWidget:
        metrics = look.metrics
        self._dots = PinDots(look)
        self._waiting = look.label(metrics.body_px, SEMI, align=CENTRE, lines=2)
        self._pad = DigitPad(look, prefix="pin", erase=texts.label("erase"), clear=texts.label("clear"))
        self._pad.tapped.connect(self.tapped)
        pin = QWidget()
        column = QVBoxLayout(pin)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.px(1))
        column.addWidget(self._dots, 2)
        column.addWidget(self._waiting, 2)
        column.addWidget(self._pad, 12)
        badge = panel()
        badge_column = QVBoxLayout(badge)
        badge_column.addWidget(BadgePicture(look))
        right = QWidget()
        self._right = QStackedLayout(right)
        self._right.addWidget(badge)
        self._right.addWidget(pin)
        self._pin_page, self._badge_page = pin, badge
        return right

    def show_model(self, model: SignOnModel) -> None:
        self._title.set_text(model.title)
        for place, line in enumerate(self._help):
            line.set_text(model.help[place] if place < len(model.help) else "")
            line.setVisible(place < len(model.help))
            line.setFixedHeight(round(self._help_px * (1.35 if model.people else 2.6)))
        self._people_title.set_text(model.people_title)
        self._people_title.setVisible(bool(model.people_title))
        self._people_help.set_text(model.people_help)
        self._people_help.setVisible(bool(model.people_help))
        for place, row in enumerate(self._people):
            row.setVisible(place < len(model.people))
            if place < len(model.people):
                row.show_model(model.people[place])
        self._dots.show_count(model.dots)
        self._waiting.set_text(model.waiting)
        self._waiting.setVisible(bool(model.waiting))
        self._dots.setVisible(not model.waiting)
        self._right.setCurrentWidget(self._pin_page if model.asks_pin else self._badge_page)
