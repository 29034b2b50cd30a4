"""The item's picture as large as there is room for. A touch anywhere on it closes it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.picture import PictureModel
from ui.widgets.fit_label import RIGHT
from ui.widgets.look import BOLD, MEDIUM, Look
from ui.widgets.picture import Pictures, PictureView


class PictureScreen(QWidget):
    """Shows a PictureModel; emits `picture_large`."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts, pictures: Pictures) -> None:
        super().__init__()
        metrics = look.metrics
        self._title, self._code = look.label(metrics.title_px, BOLD), look.label(metrics.body_px, MEDIUM, align=RIGHT)
        for label in (self._title, self._code):
            label.setFixedHeight(round(metrics.title_px * 1.3))
        self._picture = PictureView(look, pictures, name="picture_large", spoken=texts.label("picture_close"))
        self._picture.tapped.connect(self.tapped)
        head = QHBoxLayout()
        head.setSpacing(metrics.gap_px)
        head.addWidget(self._title, 3)
        head.addWidget(self._code, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.px(1))
        layout.addLayout(head)
        layout.addWidget(self._picture, 1)

    def show_model(self, model: PictureModel) -> None:
        self._title.set_text(model.title)
        self._code.set_text(model.code)
        self._picture.show_picture(model.name)
