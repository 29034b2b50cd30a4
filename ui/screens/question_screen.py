"""A question with the whole face: what is asked and why at the left, the answer at the right. Also texts and "More"."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.frame import MoreModel
from ui.view_models.question_page import QuestionPageModel
from ui.view_models.questions import LettersModel
from ui.widgets.choice_panel import ChoicePanel
from ui.widgets.fit_label import share_height
from ui.widgets.letter_panel import LetterPanel
from ui.widgets.look import BOLD, MEDIUM, Look, dress
from ui.widgets.question_panel import QuestionPanel
from ui.widgets.scale_card import ScaleCard, over_scale

LINES = 3


class AskedPanel(QFrame):
    """What is asked, large, and the lines that explain it; each has the height it needs."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        dress(self, "panel")
        self._look = look
        metrics = look.metrics
        self._pad = metrics.padding_px * 2
        self._title = look.label(metrics.text_px(7.0), BOLD, lines=6)
        self._lines = [look.label(metrics.value_px, MEDIUM, lines=6) for _ in range(LINES)]
        column = QVBoxLayout(self)
        column.setContentsMargins(self._pad, self._pad, self._pad, self._pad)
        column.setSpacing(metrics.px(3))
        for label in (self._title, *self._lines):
            column.addWidget(label)
        column.addStretch(1)

    def show_texts(self, title: str, lines: tuple[str, ...]) -> None:
        self._title.set_text(title)
        for place, line in enumerate(self._lines):
            line.set_text(lines[place] if place < len(lines) else "")
            line.setVisible(place < len(lines))
        self._settle()

    def _settle(self) -> None:
        labels = (self._title, *self._lines)
        gaps = self._look.metrics.px(3) * sum(bool(label.text()) for label in labels)
        share_height(labels, self.width() - 2 * self._pad - 2, self.height() - 2 * self._pad - gaps)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._settle()


class QuestionScreen(QWidget):
    """Shows a QuestionPageModel."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._asked, self._scale = AskedPanel(look), ScaleCard(look)
        self._question = QuestionPanel(look, texts, says_question=False)
        self._question.tapped.connect(self.tapped)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.metrics.margin_px)
        look.for_hand(layout)
        layout.addLayout(over_scale(self._asked, self._scale, look), 46)
        layout.addWidget(self._question, 54)

    def show_model(self, model: QuestionPageModel) -> None:
        self._scale.show_model(model.scale)
        self._asked.show_texts(model.title, model.lines)
        self._question.show_model(model.question)


class LettersScreen(QWidget):
    """Shows a LettersModel on the whole face."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._letters = LetterPanel(look, erase=texts.label("erase"))
        self._letters.tapped.connect(self.tapped)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._letters)

    def show_model(self, model: LettersModel) -> None:
        self._letters.show_model(model)


class MoreScreen(QWidget):
    """Shows a MoreModel: the actions that did not fit into the row."""

    tapped = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._panel = ChoicePanel(look)
        self._panel.tapped.connect(self.tapped)
        layout = QVBoxLayout(self)
        pad = look.metrics.padding_px
        layout.setContentsMargins(pad, pad, pad, 0)
        layout.addWidget(self._panel)

    def show_model(self, model: MoreModel) -> None:
        self._panel.show_choices(model.title, model.buttons)
