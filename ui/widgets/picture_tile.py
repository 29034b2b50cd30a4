"""An item as a picture that can be touched, with its name on up to two lines and its code below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from ui.view_models.search import TileModel
from ui.widgets.look import MEDIUM, SEMI, Look, dress
from ui.widgets.picture import Pictures, PictureView
from ui.widgets.reached import ReachedButton
from ui.widgets.text_fit import fit, paint, shorten


class PictureTile(ReachedButton):
    """Emits its name when it was touched."""

    tapped = Signal(str)

    def __init__(self, look: Look, pictures: Pictures) -> None:
        super().__init__()
        self._look, self._model = look, TileModel("", "", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(look.metrics.button_px, look.metrics.button_px)
        self.setProperty("kind", "tile")
        dress(self, "row")
        self._picture = PictureView(look, pictures)
        self._picture.setParent(self)
        self._picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture.setEnabled(False)  # it is the tile that is touched
        self.clicked.connect(lambda: self.tapped.emit(self._model.name))

    def show_model(self, model: TileModel) -> None:
        if model == self._model:
            return
        self._model = model
        self.setObjectName(model.name)
        self.setAccessibleName(f"{model.code} {model.text}")
        self._picture.show_picture(model.picture)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return self.minimumSize()

    def _line_px(self) -> int:
        return round(self._look.metrics.caption_px * 1.3)

    def _texts_px(self) -> int:
        """The height of the three lines below the picture. All tiles write in one size, so that none seems to matter more."""
        return self._line_px() * 3

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        pad = self._look.metrics.px(1)
        self._picture.setGeometry(pad, pad, self.width() - 2 * pad, max(0, self.height() - self._texts_px() - 2 * pad))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        look, metrics = self._look, self._look.metrics
        pad, height = metrics.px(2), self._texts_px()
        top = QRect(pad, self.height() - height - pad // 2, self.width() - 2 * pad, self._line_px() * 2)
        bottom = QRect(pad, top.bottom() + 1, top.width(), self._line_px())
        painter = QPainter(self)
        name, code = look.style(metrics.caption_px, SEMI, lines=2), look.style(metrics.caption_px, MEDIUM)
        lines = ((self._model.text, top, name, look.theme.text), (self._model.code, bottom, code, look.theme.soft_text))
        for text, rect, style, color in lines:
            shown = shorten(text, rect.width(), rect.height(), style)
            fitted = fit(shown, rect.width(), rect.height(), style)
            paint(
                painter,
                shown,
                rect,
                fitted,
                color=QColor(color).name(),
                align=Qt.AlignmentFlag.AlignCenter,
                wraps=style.lines > 1,
            )
        painter.end()
