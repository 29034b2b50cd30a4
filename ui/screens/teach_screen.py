"""The label over the whole width, and below it what its scan has told."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.teach import TeachModel
from ui.widgets.barcode import BarcodeWidget
from ui.widgets.facts import FactsRow
from ui.widgets.fit_label import share_height
from ui.widgets.look import BOLD, MEDIUM, Look, dress

LINES = 3
LABEL_MM = 22.0


class LearntPanel(QFrame):
    """What was learnt: a title, facts, and sentences, each with the height it needs."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        dress(self, "panel")
        metrics = look.metrics
        self._pad, self._gap = metrics.padding_px, metrics.px(2)
        self._title = look.label(metrics.title_px, BOLD, lines=2)
        self._facts = FactsRow(look)
        self._lines = [look.label(metrics.value_px, MEDIUM, lines=4) for _ in range(LINES)]
        column = QVBoxLayout(self)
        column.setContentsMargins(self._pad, self._pad // 2, self._pad, self._pad // 2)
        column.setSpacing(self._gap)
        for widget in (self._title, self._facts, *self._lines):
            column.addWidget(widget)
        column.addStretch(1)

    def show_model(self, model: TeachModel) -> None:
        self._title.set_text(model.title)
        self._facts.show_facts(model.facts)
        self._facts.setVisible(bool(model.facts))
        for place, line in enumerate(self._lines):
            line.set_text(model.lines[place] if place < len(model.lines) else "")
            line.setVisible(place < len(model.lines))
        self._settle()

    def _settle(self) -> None:
        width = self.width() - 2 * self._pad - 2
        facts_px = self._facts.height_for(width) if self._facts.isVisibleTo(self) else 0
        self._facts.setFixedHeight(facts_px)
        labels = (self._title, *self._lines)
        shown = sum(bool(label.text()) for label in labels) + bool(facts_px)
        share_height(labels, width, self.height() - self._pad - facts_px - self._gap * shown)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._settle()


class TeachScreen(QWidget):
    """Shows a TeachModel. Nothing on it is touched."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        metrics = look.metrics
        self._barcode = BarcodeWidget(look, description=texts.label("teach_label"))
        self._learnt = LearntPanel(look)
        paper = QFrame()
        dress(paper, "paper")
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(0, metrics.px(3), 0, metrics.px(3))
        inside.addWidget(self._barcode)
        paper.setFixedHeight(min(metrics.px(LABEL_MM), metrics.content_height_px // 3))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.margin_px)
        layout.addWidget(paper)
        layout.addWidget(self._learnt, 1)

    def show_model(self, model: TeachModel) -> None:
        self._barcode.show_text(model.label)
        self._learnt.show_model(model)
