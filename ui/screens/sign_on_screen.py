"""Sign-on and the locked screen: how to do it (and on a sample site with what) at the left, the PIN pad at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.sign_on import SignOnModel
from ui.widgets.fit_label import CENTRE, FitLabel, share_height
from ui.widgets.keypad import DigitPad, PinDots
from ui.widgets.look import BOLD, MEDIUM, SEMI, Look, dress
from ui.widgets.row_button import RowButton

HELP_LINES = 3
PEOPLE = 5
ROW_MM = 20.0  # what a row of people may grow to


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


class WhoPanel(QFrame):
    """The left half: what to do, and on a sample site who can sign on. The rows take the room that the texts leave."""

    tapped = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        dress(self, "panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # its texts share the height that there is
        metrics, self._look = look.metrics, look
        self._title = look.label(metrics.place_px, BOLD, lines=2)
        self._help = [look.label(metrics.title_px, MEDIUM, lines=3) for _ in range(HELP_LINES)]
        self._people_title = look.label(metrics.body_px, BOLD)
        self._people_help = look.caption()
        self._people = [RowButton(look, lead_share=34, right_share=27, largest_mm=ROW_MM) for _ in range(PEOPLE)]
        self._people_title.setFixedHeight(round(metrics.body_px * 1.4))
        self._people_help.setFixedHeight(round(metrics.caption_px * 1.35))
        layout = QVBoxLayout(self)
        pad = metrics.padding_px
        layout.setContentsMargins(pad, pad, pad, pad)
        layout.setSpacing(metrics.px(1))
        for widget in (self._title, *self._help, self._people_title, self._people_help):
            layout.addWidget(widget)
        for row in self._people:
            layout.addWidget(row, 1)
            row.tapped.connect(self.tapped)
            row.hide()
        layout.addStretch(0)

    def show_model(self, model: SignOnModel) -> None:
        self._title.set_text(model.title)
        self._title.setVisible(bool(model.title))
        show_lines(self._help, model.help)
        for label, text in ((self._people_title, model.people_title), (self._people_help, model.people_help)):
            label.set_text(text)
            label.setVisible(bool(text))
        for place, row in enumerate(self._people):
            row.setVisible(place < len(model.people))
            if place < len(model.people):
                row.show_model(model.people[place])
        self._settle()

    def _settle(self) -> None:
        metrics = self._look.metrics
        pad, gap = metrics.padding_px, metrics.px(1)
        small = [label.height() + gap for label in (self._people_title, self._people_help) if label.text()]
        texts = [label for label in (self._title, *self._help) if label.text()]
        people = sum(row.isVisibleTo(self) for row in self._people)
        used = sum(small) + people * (metrics.row_height_px + gap) + len(texts) * gap
        share_height(texts, self.width() - 2 * pad - 2, self.height() - 2 * pad - used)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._settle()


class BadgePanel(QFrame):
    """The right half while a badge is asked: its picture, and below it what there is to say."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        dress(self, "panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # its texts share the height that there is
        metrics, self._look = look.metrics, look
        self._lines = [look.label(metrics.body_px, MEDIUM, lines=4, align=CENTRE) for _ in range(HELP_LINES)]
        layout = QVBoxLayout(self)
        pad = metrics.padding_px
        layout.setContentsMargins(pad, pad, pad, pad)
        layout.setSpacing(metrics.px(2))
        layout.addWidget(BadgePicture(look), 1)
        for line in self._lines:
            layout.addWidget(line)

    def show_lines(self, lines: tuple[str, ...]) -> None:
        show_lines(self._lines, lines)
        self._settle()

    def _settle(self) -> None:
        share_height(self._lines, self.width() - 2 * self._look.metrics.padding_px - 2, self.height() // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._settle()


def show_lines(labels: Sequence[FitLabel], lines: tuple[str, ...]) -> None:
    """One line in each label; the others are hidden."""
    for place, label in enumerate(labels):
        label.set_text(lines[place] if place < len(lines) else "")
        label.setVisible(place < len(lines))


class SignOnScreen(QWidget):
    """Shows a SignOnModel; emits `pin_<digit>` and `person_<badge>`."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.metrics.margin_px)
        self._who = WhoPanel(look)
        self._who.tapped.connect(self.tapped)
        look.for_hand(layout)
        layout.addWidget(self._who, 55)
        layout.addWidget(self._make_right(look, texts), 45)

    def _make_right(self, look: Look, texts: Texts) -> QWidget:
        metrics = look.metrics
        self._dots = PinDots(look)
        self._waiting = look.label(metrics.title_px, SEMI, align=CENTRE, lines=2)
        self._pad = DigitPad(look, prefix="pin", erase=texts.label("erase"), clear=texts.label("clear"))
        self._pad.tapped.connect(self.tapped)
        pin = QWidget()
        column = QVBoxLayout(pin)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.px(1))
        column.addWidget(self._dots, 2)
        column.addWidget(self._waiting, 2)
        column.addWidget(self._pad, 12)
        self._badge_page, self._pin_page = BadgePanel(look), pin
        right = QWidget()
        self._right = QStackedLayout(right)
        self._right.addWidget(self._badge_page)
        self._right.addWidget(pin)
        return right

    def show_model(self, model: SignOnModel) -> None:
        self._who.show_model(model)
        self._badge_page.show_lines(model.badge_help)
        self._dots.show_count(model.dots, places=model.pin_length)
        self._waiting.set_text(model.waiting)
        self._waiting.setVisible(bool(model.waiting))
        self._dots.setVisible(not model.waiting)
        policy = QSizePolicy.Policy.Preferred if model.asks_pin else QSizePolicy.Policy.Ignored
        self._pin_page.setSizePolicy(policy, policy)  # the keypad asks for no room while it is not shown
        self._right.setCurrentWidget(self._pin_page if model.asks_pin else self._badge_page)
