"""A picture of the tray as the operator sees it: front edge below, in true proportions, never mirrored.

The target is in the accent colour with its row and column heads. When only cells change, only their rectangles are painted again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.view.tray_map import CellState, MapCell, TrayMap
from ui.theme import Theme
from ui.widgets.look import BOLD, MEDIUM, SEMI, Look
from ui.widgets.text_fit import TextStyle, fit, make_font, paint

_LABEL: Final = re.compile(r"([A-Za-z]+)(\d+)")
_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_HEAD_SHARE = 1.5  # height of the heads in text sizes
_FRAME_PX = 6  # around a cell: as far as the frame of a target reaches over the neighbours
_EDGE_PX = 6  # around the tray: the frame of a target at its edge is drawn outside its cell, as others may be that are larger


_Placed = tuple[MapCell, QRect]


@dataclass(frozen=True, slots=True)
class Head:
    """A row's letter or a column's number, and the span it stands for, in mm."""

    text: str
    start_mm: int
    length_mm: int


def heads_of(cells: tuple[MapCell, ...], *, along_x: bool) -> tuple[Head, ...]:
    """The heads of one edge, when the labels are a grid there: every cell of a column (row) begins
    and ends at the same mm, and no two columns overlap."""
    spans: dict[str, tuple[int, int]] = {}
    for cell in cells:
        match = _LABEL.fullmatch(cell.label)
        if match is None:
            return ()
        name = match.group(2 if along_x else 1)
        span = (cell.x_mm, cell.width_mm) if along_x else (cell.y_mm, cell.depth_mm)
        if spans.setdefault(name, span) != span:
            return ()
    ordered = sorted(spans.values())
    if any(start + length > following for (start, length), (following, _) in pairwise(ordered)):
        return ()
    return tuple(Head(name, start, length) for name, (start, length) in spans.items())


class TrayMapWidget(QWidget):
    """Paints a TrayMap. For looking only: nothing on it is touched."""

    def __init__(self, look: Look, *, front: str, edge_px: int = _EDGE_PX) -> None:
        super().__init__()
        self._look, self._front, self._edge_px = look, front, edge_px
        self._map: TrayMap | None = None
        self._columns: tuple[Head, ...] = ()
        self._rows: tuple[Head, ...] = ()
        self._is_dim = False
        self._dim_theme = look.theme.dim()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(look.metrics.px(20))
        self.setObjectName("tray_map")

    @property
    def _theme(self) -> Theme:
        return self._dim_theme if self._is_dim else self._look.theme

    @property
    def map(self) -> TrayMap | None:
        return self._map

    def show_map(self, tray_map: TrayMap | None, *, is_dim: bool = False) -> None:
        """Show another map; when only states changed, paint those cells alone."""
        if tray_map == self._map and is_dim == self._is_dim:
            return
        before, was_dim = self._map, self._is_dim
        self._map, self._is_dim = tray_map, is_dim
        if tray_map is None or before is None or was_dim != is_dim or not _same_layout(before, tray_map):
            cells = tray_map.cells if tray_map else ()
            self._columns, self._rows = heads_of(cells, along_x=True), heads_of(cells, along_x=False)
            self.update()
            return
        for old, new in zip(before.cells, tray_map.cells, strict=True):
            if old != new:
                self._update_cell(new)

    def cell_rect(self, cell: MapCell) -> QRect:
        """Where a cell is on this widget."""
        return QRect() if self._map is None else _rect_of(cell, *self._area(), self._map.depth_mm)

    # --- geometry -------------------------------------------------------------------------------------------------------

    def _head_px(self) -> int:
        return round(self._look.metrics.smallest_text_px * _HEAD_SHARE)

    def _area(self) -> tuple[QRect, float]:
        """The tray's rectangle and the pixels a millimetre has on it: the largest that fits, at the top, centred."""
        if self._map is None:
            return QRect(), 1.0
        left, top = ((self._head_px() if each else 0) + self._edge_px for each in (self._rows, self._columns))
        room_w, room_h = self.width() - left - self._edge_px, self.height() - top - round(self._head_px() * 1.3) - self._edge_px
        scale = max(0.001, min(room_w / max(1, self._map.width_mm), room_h / max(1, self._map.depth_mm)))
        width, depth = round(self._map.width_mm * scale), round(self._map.depth_mm * scale)
        return QRect(left + max(0, (room_w - width) // 2), top + max(0, (room_h - depth) // 2), width, depth), scale

    def _update_cell(self, cell: MapCell) -> None:
        rect = self.cell_rect(cell).adjusted(-_FRAME_PX, -_FRAME_PX, _FRAME_PX, _FRAME_PX)
        self.update(rect)
        area, _ = self._area()
        head = self._head_px()
        self.update(QRect(rect.left(), area.top() - head - self._edge_px, rect.width(), head + self._edge_px))
        self.update(QRect(area.left() - head - self._edge_px, rect.top(), head + self._edge_px, rect.height()))

    # --- painting -------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._map is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_heads(painter)
        self._paint_cells(painter, event.region())
        self._paint_front(painter)
        painter.end()

    def _paint_cells(self, painter: QPainter, dirty: QRegion) -> None:
        """Those that reach into this region; state after state, so that pen and brush are taken up once each."""
        by_state: dict[CellState, list[_Placed]] = {}
        area, scale = self._area()
        for cell in self._map.cells if self._map else ():
            rect = _rect_of(cell, area, scale, self._map.depth_mm if self._map else 0)
            if dirty.intersects(rect.adjusted(-_FRAME_PX, -_FRAME_PX, _FRAME_PX, _FRAME_PX)):
                by_state.setdefault(cell.state, []).append((cell, rect))
        targets = by_state.pop(CellState.TARGET, [])
        for state, placed in by_state.items():
            self._paint_boxes(painter, state, placed)
        for cell, rect in targets:  # last: its frame lies over the neighbours
            self._paint_target(painter, cell, rect)

    def _paint_heads(self, painter: QPainter) -> None:
        area, scale = self._area()
        head = self._head_px()
        lit = self._target_names()
        for each, rect in self._head_rects(area, scale, head):
            is_lit = each.text in lit and not self._is_dim
            color = self._theme.accent if is_lit else self._theme.soft_text
            painter.setFont(make_font(self._look.metrics.smallest_text_px, BOLD if is_lit else MEDIUM))
            painter.setPen(QColor(color))
            painter.drawText(rect, int(_CENTRE), each.text)

    def _head_rects(self, area: QRect, scale: float, head: int) -> Iterator[tuple[Head, QRect]]:
        above = area.top() - head - self._edge_px // 2
        for each in self._columns:
            yield each, QRect(area.left() + round(each.start_mm * scale), above, round(each.length_mm * scale), head)
        depth = self._map.depth_mm if self._map else 0
        for each in self._rows:
            top = area.top() + round((depth - each.start_mm - each.length_mm) * scale)
            yield each, QRect(area.left() - head - self._edge_px, top, head - self._edge_px // 2, round(each.length_mm * scale))

    def _target_names(self) -> frozenset[str]:
        cells = self._map.cells if self._map else ()
        matches = [_LABEL.fullmatch(cell.label) for cell in cells if cell.state is CellState.TARGET]
        return frozenset(name for match in matches if match for name in match.groups())

    def _paint_boxes(self, painter: QPainter, state: CellState, placed: list[_Placed]) -> None:
        theme = self._theme
        fills = {CellState.EMPTY: theme.surface, CellState.OCCUPIED: theme.occupied, CellState.ALSO: theme.also}
        painter.setPen(QPen(QColor(theme.accent if state is CellState.ALSO else theme.strong_line), 1))
        painter.setBrush(QColor(fills.get(state, theme.occupied)))
        for _, rect in placed:
            painter.drawRoundedRect(rect, 3, 3)
        if state is CellState.ALSO or not (self._columns and self._rows):
            for cell, rect in placed:
                self._paint_label(painter, cell.label, rect, color=theme.text)

    def _paint_target(self, painter: QPainter, cell: MapCell, rect: QRect) -> None:
        """Filled where it can be worked at; a broken outline says that it is not there yet, or not to be reached into."""
        theme = self._theme
        grown = rect.adjusted(-3, -3, 3, 3)
        pen = QPen(QColor(theme.accent if self._is_dim else theme.text), 3)
        if self._is_dim:
            pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.setBrush(QColor(theme.surface if self._is_dim else theme.accent))
        painter.drawRoundedRect(grown, 4, 4)
        color = theme.text if self._is_dim else theme.on_accent
        self._paint_label(painter, cell.label, grown, color=color, size_px=self._look.metrics.value_px)

    def _paint_label(self, painter: QPainter, label: str, rect: QRect, *, color: str, size_px: int = 0) -> None:
        smallest = self._look.metrics.smallest_text_px
        style = TextStyle(size_px or smallest, smallest * 3 // 4, BOLD if size_px else SEMI)
        fitted = fit(label, rect.width() - 4, rect.height(), style)
        if not fitted.is_clipped:
            paint(painter, label, rect, fitted, color=color, align=_CENTRE, wraps=False)

    def _paint_front(self, painter: QPainter) -> None:
        area, _ = self._area()
        theme = self._theme
        painter.setPen(QPen(QColor(theme.soft_text), 4))
        y = area.bottom() + 9
        painter.drawLine(area.left(), y, area.right(), y)
        rect = QRect(0, y + 2, self.width(), self._head_px())
        style = TextStyle(self._look.metrics.smallest_text_px, self._look.metrics.smallest_text_px, MEDIUM)
        paint(
            painter,
            self._front,
            rect,
            fit(self._front, rect.width(), rect.height(), style),
            color=theme.soft_text,
            align=_CENTRE,
            wraps=False,
        )

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._look.metrics.px(90), self._look.metrics.px(50))


def _rect_of(cell: MapCell, area: QRect, scale: float, depth_mm: int) -> QRect:
    """A cell's place within the tray's rectangle."""
    x_px, y_px = area.left(), area.top()
    left, right = x_px + round(cell.x_mm * scale), x_px + round((cell.x_mm + cell.width_mm) * scale)
    top, bottom = y_px + round((depth_mm - cell.y_mm - cell.depth_mm) * scale), y_px + round((depth_mm - cell.y_mm) * scale)
    return QRect(left, top, max(2, right - left - 2), max(2, bottom - top - 2))


def _same_layout(one: TrayMap, other: TrayMap) -> bool:
    if (one.tray, one.width_mm, one.depth_mm, len(one.cells)) != (other.tray, other.width_mm, other.depth_mm, len(other.cells)):
        return False
    return all(replace(old, state=new.state) == new for old, new in zip(one.cells, other.cells, strict=True))
