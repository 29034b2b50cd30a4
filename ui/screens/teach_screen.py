"""The label over the whole width, and below it what its scan has told."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.teach import TeachModel
from ui.widgets.barcode import BarcodeWidget
from ui.widgets.look import Look, dress
from ui.widgets.told_panel import ToldPanel

LABEL_MM = 22.0


class TeachScreen(QWidget):
    """Shows a TeachModel. Nothing on it is touched."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        metrics = look.metrics
        self._barcode = BarcodeWidget(look, description=texts.label("teach_label"))
        self._learnt = ToldPanel(look)
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
        self._learnt.tell(model.title, model.facts, model.lines)
