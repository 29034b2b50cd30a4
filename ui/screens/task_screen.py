"""Pick, put and count: what at the left, where at the right. A question takes the place of the map."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.task import TaskModel
from ui.widgets.facts import FactsRow
from ui.widgets.figure import Figure
from ui.widgets.fit_label import RIGHT, share_height
from ui.widgets.look import BOLD, MEDIUM, SEMI, Look
from ui.widgets.picture import Pictures, PictureView
from ui.widgets.question_panel import QuestionPanel
from ui.widgets.runners_up import HintLine, RunnersUp
from ui.widgets.scale_card import ScaleCard, over_scale
from ui.widgets.tray_map import TrayMapWidget
from ui.widgets.wait_card import WaitCard, foot

DARK_TOTE: Final = 1.6  # where no lamp shows the tote, the screen has to be read from where the totes stand
LEAST_FIGURE_MM: Final = 14.0  # whatever else is long: the quantity stays the largest thing


class WhatPanel(QFrame):
    """The left half: order, item, quantity, picture, what is and will be there. Each text gets the lines it needs and no more;
    the quantity has the rest."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts, pictures: Pictures) -> None:
        super().__init__()
        self.setProperty("look", "panel")
        metrics, self._look = look.metrics, look
        self._heading = look.caption()
        self._title = look.label(metrics.title_px, BOLD, lines=3)
        self._code = look.label(metrics.body_px, MEDIUM, lines=2)
        self._verb = look.caption()
        self._figure = Figure(look)
        self._packs = look.label(metrics.value_px, SEMI)
        self._packs.setFixedHeight(round(metrics.value_px * 1.3))
        self._hints = HintLine(look)
        self._picture = PictureView(look, pictures, spoken=texts.label("picture_open"))
        self._picture.tapped.connect(self.tapped)
        self._facts = FactsRow(look)
        layout = QVBoxLayout(self)
        pad = metrics.padding_px
        layout.setContentsMargins(pad, pad // 2, pad, pad // 2)
        layout.setSpacing(metrics.px(0.8))
        self._heading.setFixedHeight(round(metrics.caption_px * 1.3))
        for widget in (self._heading, self._title, self._code):
            layout.addWidget(widget)
        layout.addLayout(self._middle(look), 10)
        layout.addWidget(self._packs)
        layout.addWidget(self._hints)
        layout.addWidget(self._facts)

    def _middle(self, look: Look) -> QHBoxLayout:
        self._amount = QWidget()
        amount = QVBoxLayout(self._amount)
        amount.setContentsMargins(0, 0, 0, 0)
        amount.setSpacing(0)
        self._verb.setFixedHeight(round(look.metrics.caption_px * 1.3))
        amount.addWidget(self._verb)
        amount.addWidget(self._figure, 1)
        middle = QHBoxLayout()
        middle.setSpacing(look.metrics.gap_px)
        middle.addWidget(self._amount, 6)
        middle.addWidget(self._picture, 4)
        return middle

    def show_model(self, model: TaskModel) -> None:
        self._heading.set_text(model.heading)
        self._title.set_text(model.title)
        self._code.set_text(model.code)
        self._verb.set_text(model.verb)
        self._figure.show_figure(model.number, model.unit, is_dim=model.is_number_dim)
        self._amount.setVisible(bool(model.verb or model.number) or not model.picture)
        self._packs.set_text(model.packs)
        self._packs.setVisible(bool(model.packs))
        self._hints.show_text(model.hints)
        self._picture.show_picture(model.picture)
        self._picture.setVisible(self._picture.has_picture)
        self._facts.show_facts(model.facts)
        self._settle()

    def _settle(self) -> None:
        """Give every text its height: facts and code what they need, the title what is left, up to its lines."""
        metrics = self._look.metrics
        width = self.width() - 2 * metrics.padding_px - 2
        facts_px, code_px = self._facts.height_for(width), self._code.height_for(width)
        used = self._heading.height() + self._verb.height() + facts_px + code_px + metrics.px(LEAST_FIGURE_MM)
        used += sum(each.height() for each in (self._packs, self._hints) if each.text())
        used += metrics.padding_px + 7 * metrics.px(0.8)
        self._facts.setFixedHeight(facts_px)
        self._code.setFixedHeight(code_px)
        share_height([self._title], width, min(round(metrics.title_px * 2.6), self.height() - used))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._settle()


class WherePanel(QFrame):
    """The right half: tray and compartment, the map, why the goods go there and where else they could, the notes, and below them
    what we wait for or what comes next."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self.setProperty("look", "panel")
        metrics = look.metrics
        self._tray = look.label(metrics.place_px, BOLD, tight=True)
        self._compartment = look.label(metrics.place_px, BOLD, align=RIGHT, color=look.theme.accent, tight=True)
        tray_caption, place_caption = look.caption(tight=True), look.caption(tight=True, align=RIGHT)
        self._tray_caption, self._of_tray = tray_caption, texts.label("tray")
        place_caption.set_text(texts.label("compartment"))
        head = QHBoxLayout()
        head.setSpacing(metrics.px(2))
        for widget in (tray_caption, self._tray):
            head.addWidget(widget)
        head.addStretch(1)
        for widget in (place_caption, self._compartment):
            head.addWidget(widget)
        self._map = TrayMapWidget(look, front=texts.label("you_stand_here"))
        self._tote = look.label(metrics.place_px, BOLD, tight=True)
        self._dark_tote = look.label(round(metrics.place_px * DARK_TOTE), BOLD, tight=True)
        self._dark_tote.setFixedHeight(round(metrics.place_px * DARK_TOTE * 1.2))
        self._tote.setFixedHeight(round(metrics.place_px * 1.2))
        self._wait = WaitCard(look, texts)
        self._look = look
        self._note = look.label(metrics.value_px, SEMI, lines=5)
        self._hint = look.label(metrics.body_px, SEMI, lines=2)
        self._runners_up = RunnersUp(look)
        self._runners_up.tapped.connect(self.tapped)
        self._foot = foot(self._wait, self._hint)
        layout = QVBoxLayout(self)
        pad = metrics.padding_px
        layout.setContentsMargins(pad, pad // 3, pad, pad // 2)
        layout.setSpacing(metrics.px(0.8))
        layout.addLayout(head)
        layout.addWidget(self._map, 1)
        layout.addWidget(self._runners_up)
        layout.addWidget(self._tote)
        layout.addWidget(self._dark_tote)
        layout.addWidget(self._note)
        layout.addWidget(self._foot)

    def show_model(self, model: TaskModel, now_s: float) -> None:
        self._tray.set_text(model.tray)
        self._tray_caption.set_text(model.tray_caption or self._of_tray)
        self._compartment.set_text(model.compartment)
        self._map.show_map(model.map, is_dim=model.is_dim)
        self._wait.show_model(model.wait, now_s)
        self._hint.set_text(model.hint)
        self._runners_up.show_places(model.place_why, model.runners_up)
        self._foot.setVisible(bool(model.hint or model.wait or not model.place_why))  # the map has the room
        self._note.set_text(model.note)
        self._note.setVisible(bool(model.note))
        for label, is_meant in ((self._tote, not model.is_tote_dark), (self._dark_tote, model.is_tote_dark)):
            label.set_text(model.tote)
            label.setVisible(bool(model.tote) and is_meant)
        self._settle()

    def tick(self, now_s: float) -> None:
        self._wait.tick(now_s)

    def _settle(self) -> None:
        """The notes have a quarter of the height at most: the map is what the eye looks for."""
        share_height([self._note], self.width() - 2 * self._look.metrics.padding_px - 2, self.height() // 4)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._settle()


class TaskScreen(QWidget):
    """Shows a TaskModel; emits the names of the keys and choices touched."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts, pictures: Pictures) -> None:
        super().__init__()
        self._what, self._scale = WhatPanel(look, texts, pictures), ScaleCard(look)
        self._where = WherePanel(look, texts)
        self._question = QuestionPanel(look, texts)
        self._question.tapped.connect(self.tapped)
        self._where.tapped.connect(self.tapped)
        self._what.tapped.connect(self.tapped)
        right = QWidget()
        self._right = QStackedLayout(right)
        self._right.addWidget(self._where)
        self._right.addWidget(self._question)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.metrics.margin_px)
        look.for_hand(layout)
        layout.addLayout(over_scale(self._what, self._scale, look), 46)
        layout.addWidget(right, 54)

    def show_model(self, model: TaskModel, now_s: float) -> None:
        self._scale.show_model(model.scale)
        self._what.show_model(model)
        self._where.show_model(model, now_s)
        if model.question is not None:
            self._question.show_model(model.question)
        self._right.setCurrentWidget(self._where if model.question is None else self._question)

    def tick(self, now_s: float) -> None:
        self._where.tick(now_s)
