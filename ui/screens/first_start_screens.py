"""The pages of the first start, built for one language and one size of screen: those of the station, and three of their own."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.screens.question_screen import QuestionScreen
from ui.screens.sign_on_screen import SignOnScreen
from ui.screens.teach_screen import TeachScreen
from ui.texts import Texts
from ui.view_models import teach
from ui.view_models.first_start import CardModel, FirstStartModel, TypingModel
from ui.view_models.first_start_told import ToldModel
from ui.view_models.question_page import QuestionPageModel
from ui.view_models.sign_on import SignOnModel
from ui.widgets.card_picture import HEIGHT_MM, CardPicture
from ui.widgets.choice_panel import ChoicePanel
from ui.widgets.fit_label import share_height
from ui.widgets.look import BOLD, MEDIUM, Look, dress
from ui.widgets.told_panel import ToldPanel
from ui.widgets.type_panel import TypePanel

CARD_LINES = 1


class CardScreen(QWidget):
    """Shows a CardModel: the sentences and the card at the left, the sizes at the right."""

    tapped = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        metrics, self._look = look.metrics, look
        self._title = look.label(metrics.title_px, BOLD, lines=2)
        self._lines = [look.label(metrics.body_px, MEDIUM, lines=4) for _ in range(CARD_LINES)]
        self._card = CardPicture(look)
        self._card.setMinimumHeight(min(metrics.px(HEIGHT_MM) + 6, metrics.content_height_px * 3 // 5))
        left = QFrame()
        dress(left, "panel")
        column = QVBoxLayout(left)
        pad = metrics.padding_px
        column.setContentsMargins(pad, pad // 2, pad, pad // 2)
        column.setSpacing(metrics.px(1))
        for label in (self._title, *self._lines):
            column.addWidget(label)
        column.addWidget(self._card, 1)
        self._left = left
        self._sizes = ChoicePanel(look)
        self._sizes.tapped.connect(self.tapped)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.margin_px)
        look.for_hand(layout)
        layout.addWidget(left, 52)
        layout.addWidget(self._sizes, 48)

    def show_model(self, model: CardModel) -> None:
        self._title.set_text(model.title)
        for place, label in enumerate(self._lines):
            label.set_text(model.lines[place] if place < len(model.lines) else "")
            label.setVisible(place < len(model.lines))
        self._card.show_size(model.tenths, model.size)
        self._sizes.show_choices("", model.choices)
        self._settle()

    def _settle(self) -> None:
        pad = self._look.metrics.padding_px
        room = self._left.height() - self._card.minimumHeight() - pad - 3 * self._look.metrics.px(1)
        share_height((self._title, *self._lines), self._left.width() - 2 * pad - 2, room)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._settle()


class FirstStartPages(QStackedWidget):
    """Built once for a language and a size; shows the page whose model came last."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._question, self._card = QuestionScreen(look, texts), CardScreen(look)
        self._typing, self._sign_on = TypePanel(look, erase=texts.label("erase")), SignOnScreen(look, texts)
        self._teach, self._told = TeachScreen(look, texts), ToldPanel(look)
        for page in (self._question, self._card, self._typing, self._sign_on):
            page.tapped.connect(self.tapped)
        for widget in (self._question, self._card, self._typing, self._sign_on, self._teach, self._told):
            self.addWidget(widget)

    def show_model(self, model: FirstStartModel) -> None:
        match content := model.content:
            case QuestionPageModel():
                self.setCurrentWidget(self._question)
                self._question.show_model(content)
            case CardModel():
                self.setCurrentWidget(self._card)
                self._card.show_model(content)
            case TypingModel():
                self.setCurrentWidget(self._typing)
                self._typing.show_model(content)
            case SignOnModel():
                self.setCurrentWidget(self._sign_on)
                self._sign_on.show_model(content)
            case teach.TeachModel():
                self.setCurrentWidget(self._teach)
                self._teach.show_model(content)
            case ToldModel():
                self.setCurrentWidget(self._told)
                self._told.tell(content.title, content.facts, content.lines)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()
