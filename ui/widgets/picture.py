"""The item's picture: SVG or PNG from a file, drawn once for each size and kept. A drawing is read once, when its name is shown
and not when it is painted: the reading takes as long as the drawing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy

from ui.widgets.look import Look
from ui.widgets.reached import ReachedButton

Pictures = Callable[[str], Path | None]
_Source = QSvgRenderer | Path
KEPT = 12  # pictures of one size: some 2 MB


class PictureView(ReachedButton):
    """Shows the picture of that name on white, or nothing at all when there is none. Emits its own name when it was touched."""

    tapped = Signal(str)

    def __init__(self, look: Look, pictures: Pictures, *, name: str = "picture_open", spoken: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.clicked.connect(self._on_clicked)
        self._look, self._pictures, self._name = look, pictures, ""
        self._kept: OrderedDict[tuple[str, int, int], QPixmap | None] = OrderedDict()
        self._read: OrderedDict[str, _Source | None] = OrderedDict()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setRetainSizeWhenHidden(True)  # without a picture there is nothing to touch, and nothing moves
        self.setSizePolicy(policy)

    def show_picture(self, name: str) -> None:
        if name != self._name:
            self._name = name
            self._source()
            self.update()

    @property
    def has_picture(self) -> bool:
        """Whether there is anything to show."""
        return self._source() is not None

    def _on_clicked(self) -> None:
        self.tapped.emit(self.objectName())

    def _source(self) -> _Source | None:
        """What is shown, read from its file unless it is one of the last few; None where there is nothing to show."""
        name = self._name
        if name not in self._read:
            path = self._pictures(name) if name else None
            self._read[name] = None if path is None else _read(path)
            if len(self._read) > KEPT:
                self._read.popitem(last=False)
        self._read.move_to_end(name)
        return self._read[name]

    def _plate(self) -> QRect:
        """The white square under the picture, as large as there is room for."""
        side = min(self.width(), self.height())
        return QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def _pixmap(self) -> QPixmap | None:
        side = self._plate().width() - 2 * self._look.metrics.px(2)
        size = QSize(side, side)
        key = (self._name, size.width(), size.height())
        if key not in self._kept:
            source = self._source()
            self._kept[key] = _draw(source, size) if source is not None and not size.isEmpty() else None
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        pixmap = self._pixmap()
        if pixmap is None:
            return
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.plate))
        plate = self._plate()
        painter.drawRoundedRect(QRectF(plate).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.drawPixmap(
            plate.left() + (plate.width() - pixmap.width()) // 2, plate.top() + (plate.height() - pixmap.height()) // 2, pixmap
        )
        painter.end()


def _read(path: Path) -> _Source:
    """A drawing is taken apart; of a photograph, which may be large, nothing is kept but where it is."""
    return QSvgRenderer(str(path)) if path.suffix.lower() == ".svg" else path


def _draw(source: _Source, size: QSize) -> QPixmap | None:
    """The picture scaled into the size, None when the file cannot be shown."""
    if isinstance(source, Path):
        pixmap = QPixmap(str(source))
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        return None if pixmap.isNull() else pixmap.scaled(size, keep, smooth)
    if not source.isValid():
        return None
    drawn = source.defaultSize().scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
    pixmap = QPixmap(drawn)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    source.render(painter)
    painter.end()
    return pixmap
