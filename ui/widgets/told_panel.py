"""A title, facts and sentences, each with the height it needs."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.view_models.task import Fact
from ui.widgets.facts import FactsRow
from ui.widgets.fit_label import share_height
from ui.widgets.look import BOLD, MEDIUM, Look, dress

LINES = 3


class ToldPanel(QFrame):
    """What came of something, in words."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        dress(self, "panel")
        metrics = look.metrics
        self._pad, self._gap = metrics.padding_px, metrics.px(2)
        self._title = look.label(metrics.title_px, BOLD, lines=2)
        self._facts = FactsRow(look)
        self._lines = [look.label(metrics.value_px, MEDIUM, lines=6) for _ in range(LINES)]
        column = QVBoxLayout(self)
        column.setContentsMargins(self._pad, self._pad // 2, self._pad, self._pad // 2)
        column.setSpacing(self._gap)
        for widget in (self._title, self._facts, *self._lines):
            column.addWidget(widget)
        column.addStretch(1)

    def tell(self, title: str, facts: tuple[Fact, ...], lines: tuple[str, ...]) -> None:
        self._title.set_text(title)
        self._facts.show_facts(facts)
        self._facts.setVisible(bool(facts))
        for place, line in enumerate(self._lines):
            line.set_text(lines[place] if place < len(lines) else "")
            line.setVisible(place < len(lines))
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
