"""A question with the whole face: what is asked and why at the left, the answer at the right. Also texts and "More"."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.frame import MoreModel
from ui.view_models.question_page import QuestionPageModel
from ui.view_models.questions import LettersModel
from ui.widgets.choice_panel import ChoicePanel
from ui.widgets.letter_panel import LetterPanel
from ui.widgets.look import BOLD, MEDIUM, Look, panel
from ui.widgets.question_panel import QuestionPanel

LINES = 3


class QuestionScreen(QWidget):
    """Shows a QuestionPageModel."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        metrics = look.metrics
        self._title = look.label(metrics.text_px(6.5), BOLD, lines=3)
        self._lines = [look.label(metrics.body_px, MEDIUM, lines=5) for _ in range(LINES)]
        left = panel()
        column = QVBoxLayout(left)
        pad = metrics.padding_px * 2
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(metrics.px(2))
        column.addWidget(self._title, 3)
        for line in self._lines:
            column.addWidget(line, 2)
        column.addStretch(1)
        self._question = QuestionPanel(look, texts, says_question=False)
        self._question.tapped.connect(self.tapped)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.margin_px)
        layout.addWidget(left, 46)
        layout.addWidget(self._question, 54)

    def show_model(self, model: QuestionPageModel) -> None:
        self._title.set_text(model.title)
        for place, line in enumerate(self._lines):
            line.set_text(model.lines[place] if place < len(model.lines) else "")
            line.setVisible(place < len(model.lines))
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
