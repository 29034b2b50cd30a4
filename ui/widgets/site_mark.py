"""The mark of the site database: a shape and a colour of its own for each state, with the words that have room beside it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from station.values import SyncState
from ui.theme import Theme
from ui.view_models.site import SiteMark
from ui.widgets.look import SEMI, Look
from ui.widgets.text_fit import make_font


def paint_shape(painter: QPainter, state: SyncState, box: QRectF, theme: Theme, *, is_dark: bool) -> None:
    """● online, an arrow up while it catches up, a hollow ◆ for an island (no alarm: no colour), ■ for somebody's attention."""
    painter.setPen(Qt.PenStyle.NoPen)
    if state is SyncState.ONLINE:
        painter.setBrush(QColor(theme.good if is_dark else theme.done))
        painter.drawEllipse(box)
    elif state is SyncState.CATCHING_UP:
        painter.setBrush(QColor(theme.wait if is_dark else theme.act))
        painter.drawPolygon(_arrow(box))
    elif state is SyncState.ISLAND:
        width = max(2.0, box.width() * 0.16)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(QColor(theme.bar_text if is_dark else theme.text), width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawPolygon(_diamond(box.adjusted(width / 2, width / 2, -width / 2, -width / 2)))
    else:
        painter.setBrush(QColor(theme.bad if is_dark else theme.stop))
        painter.drawRect(box)


def _arrow(box: QRectF) -> QPolygonF:
    """A head over a stem."""
    middle, stem = box.center().x(), box.width() * 0.17
    neck = box.top() + box.height() * 0.55
    head = [QPointF(middle, box.top()), QPointF(box.right(), neck), QPointF(middle + stem, neck)]
    foot = [QPointF(middle + stem, box.bottom()), QPointF(middle - stem, box.bottom())]
    return QPolygonF([*head, *foot, QPointF(middle - stem, neck), QPointF(box.left(), neck)])


def _diamond(box: QRectF) -> QPolygonF:
    middle = box.center()
    sides = (QPointF(middle.x(), box.top()), QPointF(box.right(), middle.y()))
    return QPolygonF([*sides, QPointF(middle.x(), box.bottom()), QPointF(box.left(), middle.y())])


class SiteShape(QWidget):
    """The shape alone, on a light ground."""

    def __init__(self, look: Look, size_px: int) -> None:
        super().__init__()
        self._look = look
        self._state = SyncState.ONLINE
        self.setFixedSize(size_px, size_px)

    def show_state(self, state: SyncState) -> None:
        self._state = state
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_shape(painter, self._state, QRectF(self.rect()), self._look.theme, is_dark=False)
        painter.end()


class SiteButton(QAbstractButton):
    """In the status bar. A touch anywhere on the bar means it too (`StatusBar`): the bar is lower than a finger."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._mark: SiteMark | None = None
        self.text_shown = ""
        self._font = make_font(look.metrics.smallest_text_px, SEMI)
        self._shape = round(look.metrics.smallest_text_px * 0.72)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setObjectName("site_open")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.hide()

    def show_mark(self, mark: SiteMark | None) -> None:
        if mark == self._mark:
            return
        self._mark = mark
        self.setVisible(mark is not None)
        self.setAccessibleName(mark.description if mark is not None else "")
        self.update()

    def fit_into(self, room_px: int) -> None:
        """Show the longest of the mark's words that this room holds, the shortest where none fits."""
        texts = self._mark.texts if self._mark is not None else ("",)
        text = next((each for each in texts if self._width_of(each) <= room_px), texts[-1])
        if text != self.text_shown:
            self.text_shown = text
            self.update()
        self.setFixedWidth(self._width_of(text))

    def _width_of(self, text: str) -> int:
        """With the room that keeps it apart from the last device's light."""
        return 2 * self._shape + self._shape // 2 + QFontMetrics(self._font).horizontalAdvance(text) + 2

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._mark is None:
            return
        text, size = self.text_shown, self._shape
        left = max(0, self.width() - self._width_of(text)) + size
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(left, (self.height() - size) / 2, size, size)
        paint_shape(painter, self._mark.state, box, self._look.theme, is_dark=True)
        painter.setFont(self._font)
        painter.setPen(QColor(self._look.theme.bar_text))
        baseline = (self.height() + QFontMetrics(self._font).capHeight()) // 2
        painter.drawText(left + size + size // 2, baseline, text)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        event.ignore()  # as every button: `ui/widgets/reached.py`

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        event.ignore()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._width_of(self.text_shown), self._look.metrics.status_height_px)
