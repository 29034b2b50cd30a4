"""The scale's card, below what is worked on: the weight at the left, its meaning at the right. Hidden where there is no scale."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.view_models.scale import ScaleModel
from ui.widgets.look import BOLD, SEMI, Look, dress


class ScaleCard(QFrame):
    """Shows a ScaleModel; its height stays, whatever the scale says."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        dress(self, "panel")
        metrics = look.metrics
        self._caption = look.caption()
        self._weight = look.label(metrics.title_px, BOLD)
        self._figure = look.label(metrics.title_px, BOLD)
        self._sentence = look.label(metrics.body_px, SEMI, lines=3)
        self._explains = look.label(metrics.caption_px, SEMI, lines=2, color=look.theme.soft_text)
        row = QHBoxLayout(self)
        row.setContentsMargins(metrics.padding_px, metrics.px(1), metrics.padding_px, metrics.px(1))
        row.setSpacing(metrics.gap_px)
        row.addLayout(_column(self._caption, self._weight), 35)
        row.addLayout(_column(self._figure, self._sentence, self._explains), 65)
        self.setFixedHeight(round(metrics.title_px * 1.3 + metrics.caption_px * 2.6) + metrics.px(3))
        self.hide()

    def show_model(self, model: ScaleModel | None) -> None:
        self.setVisible(model is not None)
        if model is None:
            return
        self._caption.set_text(model.caption)
        self._weight.set_text(model.weight)
        self._figure.set_text(model.says if model.is_figure else "")
        self._sentence.set_text("" if model.is_figure else model.says)
        self._explains.set_text(model.explains)
        self._figure.setVisible(model.is_figure)
        self._sentence.setVisible(not model.is_figure)
        self._explains.setVisible(bool(model.explains))


def over_scale(panel: QWidget, card: ScaleCard, look: Look) -> QVBoxLayout:
    """A panel that shares its height with the card while that is shown."""
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look.metrics.margin_px)
    column.addWidget(panel, 1)
    column.addWidget(card)
    return column


def _column(*labels: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for each in labels:
        column.addWidget(each, 1)
    return column
