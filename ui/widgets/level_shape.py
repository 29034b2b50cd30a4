"""The shape of a message's level: ● in outline for a note, ▲ to act, ■ for a stop; each with a colour of its own."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from station.view.message import Level
from ui.theme import Theme


def paint_level(painter: QPainter, level: Level, box: QRectF, theme: Theme) -> None:
    """In this square, on a light ground. Its outline is that of texts: amber alone is too pale on white."""
    line = max(2.0, box.width() * 0.09)
    pen = QPen(QColor(theme.text), line)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    inside = box.adjusted(line / 2, line / 2, -line / 2, -line / 2)
    if level is Level.STOP:
        painter.setBrush(QColor(theme.stop))
        painter.drawRect(inside)
    elif level is Level.ACT:
        painter.setBrush(QColor(theme.act))
        top = inside.top() + line
        foot = inside.bottom() - line / 2
        left, right = inside.left() + line / 2, inside.right() - line / 2
        painter.drawPolygon(QPolygonF([QPointF(inside.center().x(), top), QPointF(right, foot), QPointF(left, foot)]))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        small = box.width() * 0.18
        painter.drawEllipse(inside.adjusted(small, small, -small, -small))
