"""Where a question stands: the keypad or the choices, in the place of the map."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from ui.texts import Texts
from ui.view_models.questions import ChoicesModel, KeypadModel, QuestionModel
from ui.widgets.choice_panel import ChoicePanel
from ui.widgets.keypad import NumberKeypad
from ui.widgets.look import Look


class QuestionPanel(QWidget):
    """Shows number questions and choices. Texts are asked on a page of their own (LetterPanel)."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts, *, says_question: bool = True) -> None:
        super().__init__()
        self._says_question = says_question
        sign = texts.language.decimal_sign
        self._keypad = NumberKeypad(look, decimal_sign=sign, erase=texts.label("erase"), clear=texts.label("clear"))
        self._choices = ChoicePanel(look)
        self._keypad.tapped.connect(self.tapped)
        self._choices.tapped.connect(self.tapped)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._keypad)
        self._stack.addWidget(self._choices)

    def show_model(self, model: QuestionModel) -> None:
        if isinstance(model, KeypadModel):
            self._keypad.show_model(model if self._says_question else replace(model, question=""))
            self._stack.setCurrentWidget(self._keypad)
        elif isinstance(model, ChoicesModel):
            self._choices.show_choices(model.question if self._says_question else "", model.choices)
            self._stack.setCurrentWidget(self._choices)
