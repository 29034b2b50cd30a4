"""The item's picture: SVG or PNG from a file, drawn once for each size and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.look import Look

Pictures = Callable[[str], Path | None]
KEPT = 12  # pictures of one size: some 2 MB


class PictureView(QWidget):
    """Shows the picture of that name on white, or nothing at all when there is none."""

    def __init__(self, look: Look, pictures: Pictures) -> None:
        super().__init__()
        self._look, self._pictures, self._name = look, pictures, ""
        self._kept: OrderedDict[tuple[str, int, int], QPixmap | None] = OrderedDict()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_picture(self, name: str) -> None:
        if name != self._name:
            self._name = name
            self.update()

    def _plate(self) -> QRect:
        """The white square under the picture, as large as there is room for."""
        side = min(self.width(), self.height())
        return QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def _pixmap(self) -> QPixmap | None:
        side = self._plate().width() - 2 * self._look.metrics.px(2)
        size = QSize(side, side)
        key = (self._name, size.width(), size.height())
        if key not in self._kept:
            path = self._pictures(self._name) if self._name else None
            self._kept[key] = _draw(path, size) if path is not None and not size.isEmpty() else None
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        pixmap = self._pixmap()
        if pixmap is None:
            return
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.surface))
        plate = self._plate()
        painter.drawRoundedRect(QRectF(plate).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.drawPixmap(
            plate.left() + (plate.width() - pixmap.width()) // 2, plate.top() + (plate.height() - pixmap.height()) // 2, pixmap
        )
        painter.end()


def _draw(path: Path, size: QSize) -> QPixmap | None:
    """The picture scaled into the size, None when the file cannot be shown."""
    if path.suffix.lower() != ".svg":
        pixmap = QPixmap(str(path))
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        return None if pixmap.isNull() else pixmap.scaled(size, keep, smooth)
    renderer = QSvgRenderer(str(path))
    if not renderer.isValid():
        return None
    drawn = renderer.defaultSize().scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
    pixmap = QPixmap(drawn)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap
