"""Pick, put and count: what at the left, where at the right. A question takes the place of the map."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.task import Fact, TaskModel
from ui.widgets.figure import Figure
from ui.widgets.fit_label import RIGHT
from ui.widgets.look import BOLD, MEDIUM, SEMI, Look
from ui.widgets.picture import Pictures, PictureView
from ui.widgets.question_panel import QuestionPanel
from ui.widgets.tray_map import TrayMapWidget
from ui.widgets.wait_card import WaitCard

FACTS = 3


class FactView(QWidget):
    """A caption over a value."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._caption = look.caption()
        self._value = look.label(look.metrics.value_px, SEMI)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._caption, 4)
        layout.addWidget(self._value, 5)

    def show_fact(self, fact: Fact | None) -> None:
        self._caption.set_text(fact.caption if fact else "")
        self._value.set_text(fact.value if fact else "")


class WhatPanel(QFrame):
    """The left half: order, item, quantity, picture, what is and will be there."""

    def __init__(self, look: Look, pictures: Pictures) -> None:
        super().__init__()
        self.setProperty("look", "panel")
        metrics, self._look = look.metrics, look
        self._heading = look.caption()
        self._title = look.label(metrics.title_px, BOLD, lines=2)
        self._code = look.label(metrics.body_px, MEDIUM)
        self._note = look.label(metrics.body_px, SEMI)
        self._note.setFixedHeight(round(metrics.body_px * 1.3))
        self._verb = look.caption()
        self._figure = Figure(look)
        self._packs = look.label(metrics.value_px, SEMI)
        self._packs.setFixedHeight(round(metrics.value_px * 1.3))
        self._picture = PictureView(look, pictures)
        self._facts = [FactView(look) for _ in range(FACTS)]
        layout = QVBoxLayout(self)
        pad = metrics.padding_px
        layout.setContentsMargins(pad, pad // 2, pad, pad // 2)
        layout.setSpacing(metrics.px(0.8))
        self._heading.setFixedHeight(round(metrics.caption_px * 1.3))
        self._code.setFixedHeight(round(metrics.body_px * 1.3))
        self._title.setFixedHeight(round(metrics.title_px * 2.45))
        layout.addWidget(self._heading)
        layout.addWidget(self._title)
        layout.addWidget(self._code)
        layout.addWidget(self._note)
        layout.addLayout(self._middle(look), 10)
        layout.addWidget(self._packs)
        layout.addLayout(self._bottom(look), 0)

    def _middle(self, look: Look) -> QHBoxLayout:
        amount = QVBoxLayout()
        amount.setSpacing(0)
        self._verb.setFixedHeight(round(look.metrics.caption_px * 1.3))
        amount.addWidget(self._verb)
        amount.addWidget(self._figure, 1)
        middle = QHBoxLayout()
        middle.setSpacing(look.metrics.gap_px)
        middle.addLayout(amount, 6)
        middle.addWidget(self._picture, 4)
        return middle

    def _bottom(self, look: Look) -> QHBoxLayout:
        bottom = QHBoxLayout()
        bottom.setSpacing(look.metrics.px(2))
        for place, fact in enumerate(self._facts):
            fact.setFixedHeight(round(look.metrics.caption_px * 1.35 + look.metrics.value_px * 1.35))
            bottom.addWidget(fact, 3 if place < FACTS - 1 else 4)
        return bottom

    def show_model(self, model: TaskModel) -> None:
        self._heading.set_text(model.heading)
        self._title.set_text(model.title)
        self._code.set_text(model.code)
        self._note.set_text(model.note)
        self._note.setVisible(bool(model.note))
        self._verb.set_text(model.verb)
        self._figure.show_figure(model.number, model.unit, is_dim=model.is_dim and not model.wait)
        self._packs.set_text(model.packs)
        self._packs.setVisible(bool(model.packs))
        self._picture.show_picture(model.picture)
        for place, fact in enumerate(self._facts):
            fact.show_fact(model.facts[place] if place < len(model.facts) else None)


class WherePanel(QFrame):
    """The right half: tray and compartment, and the map, or what we wait for over the greyed map."""

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self.setProperty("look", "panel")
        metrics = look.metrics
        self._tray = look.label(metrics.place_px, BOLD, tight=True)
        self._compartment = look.label(metrics.place_px, BOLD, align=RIGHT, color=look.theme.accent, tight=True)
        tray_caption, place_caption = look.caption(tight=True), look.caption(tight=True, align=RIGHT)
        tray_caption.set_text(texts.label("tray"))
        place_caption.set_text(texts.label("compartment"))
        head = QHBoxLayout()
        head.setSpacing(metrics.px(2))
        for widget in (tray_caption, self._tray):
            head.addWidget(widget)
        head.addStretch(1)
        for widget in (place_caption, self._compartment):
            head.addWidget(widget)
        self._map = TrayMapWidget(look, front=texts.label("you_stand_here"))
        self._wait = WaitCard(look, texts)
        over = QWidget()
        self._over = QStackedLayout(over)
        self._over.setStackingMode(QStackedLayout.StackingMode.StackAll)
        self._over.addWidget(self._wait)
        self._over.addWidget(self._map)
        self._hint = look.label(metrics.body_px, SEMI)
        self._hint.setFixedHeight(round(metrics.body_px * 1.4))
        layout = QVBoxLayout(self)
        pad = metrics.padding_px
        layout.setContentsMargins(pad, pad // 3, pad, pad // 2)
        layout.setSpacing(metrics.px(0.8))
        layout.addLayout(head)
        layout.addWidget(over, 1)
        layout.addWidget(self._hint)

    def show_model(self, model: TaskModel, now_s: float) -> None:
        self._tray.set_text(model.tray)
        self._compartment.set_text(model.compartment)
        self._map.show_map(model.map, is_dim=model.is_dim)
        self._wait.show_model(model.wait, now_s)
        self._hint.set_text(model.hint)
        self._hint.setVisible(bool(model.hint))

    def tick(self, now_s: float) -> None:
        self._wait.tick(now_s)


class TaskScreen(QWidget):
    """Shows a TaskModel; emits the names of the keys and choices touched."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts, pictures: Pictures) -> None:
        super().__init__()
        self._what = WhatPanel(look, pictures)
        self._where = WherePanel(look, texts)
        self._question = QuestionPanel(look, texts)
        self._question.tapped.connect(self.tapped)
        right = QWidget()
        self._right = QStackedLayout(right)
        self._right.addWidget(self._where)
        self._right.addWidget(self._question)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.metrics.margin_px)
        layout.addWidget(self._what, 46)
        layout.addWidget(right, 54)

    def show_model(self, model: TaskModel, now_s: float) -> None:
        self._what.show_model(model)
        self._where.show_model(model, now_s)
        if model.question is not None:
            self._question.show_model(model.question)
        self._right.setCurrentWidget(self._where if model.question is None else self._question)

    def tick(self, now_s: float) -> None:
        self._where.tick(now_s)
