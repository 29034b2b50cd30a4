"""The picture of the tray: proportions, orientation, heads, and small repaints."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.view.tray_map import CellState, MapCell, TrayMap
from tests.helpers import faces
from tests.unit.ui.conftest import SMALL
from ui.theme import Theme
from ui.widgets.look import Look
from ui.widgets.tray_map import TrayMapWidget, heads_of


@pytest.fixture
def widget(qtbot: QtBot) -> TrayMapWidget:
    made = TrayMapWidget(Look(SMALL, Theme()), front="YOU STAND HERE")
    made.resize(640, 400)
    qtbot.addWidget(made)
    return made


def _cell(tray_map: TrayMap, label: str) -> MapCell:
    return next(each for each in tray_map.cells if each.label == label)


def test_the_front_edge_is_below_and_left_stays_left_even_from_right_to_left(widget: TrayMapWidget) -> None:
    shown = faces.tray_map("C7")
    widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    widget.show_map(shown)
    near, far, right = (widget.cell_rect(_cell(shown, label)) for label in ("C1", "A1", "C10"))
    assert near.top() > far.top()
    assert near.left() < right.left()


def test_a_millimetre_is_as_wide_as_deep(widget: TrayMapWidget) -> None:
    shown = TrayMap(1, "", 1000, 500, (MapCell("A1", 0, 0, 1000, 500, CellState.OCCUPIED),))
    widget.show_map(shown)
    rect = widget.cell_rect(shown.cells[0])
    assert (rect.width() + 2) / (rect.height() + 2) == pytest.approx(2.0, rel=0.02)


def test_heads_are_shown_for_a_grid_only() -> None:
    grid, mixed = faces.tray_map("C7"), faces.mixed_map("K9")
    assert [head.text for head in heads_of(grid.cells, along_x=True)] == [str(number) for number in range(1, 11)]
    assert heads_of(mixed.cells, along_x=True) == ()


def test_another_target_repaints_less_than_half_of_the_map(qtbot: QtBot) -> None:
    painted: list[QRegion] = []

    class Watched(TrayMapWidget):
        def paintEvent(self, event: object) -> None:  # noqa: N802
            painted.append(QRegion(event.region()))  # type: ignore[attr-defined]
            super().paintEvent(event)  # type: ignore[arg-type]

    watched = Watched(Look(SMALL, Theme()), front="")
    watched.resize(640, 400)
    qtbot.addWidget(watched)
    watched.show()
    shown = faces.tray_map("C7")
    watched.show_map(shown)
    QApplication.processEvents()
    painted.clear()
    states = {"C7": CellState.EMPTY, "A2": CellState.TARGET}
    cells = tuple(replace(each, state=states.get(each.label, each.state)) for each in shown.cells)
    watched.show_map(replace(shown, cells=cells))
    QApplication.processEvents()
    watched.close()
    area = sum(rect.width() * rect.height() for region in painted for rect in region)
    assert 0 < area < 640 * 400 / 2


def test_another_target_draws_only_the_cells_it_touches(qtbot: QtBot) -> None:
    """Two cells far apart: what lies between them is not drawn again."""
    drawn: list[MapCell] = []

    class Watched(TrayMapWidget):
        def _paint_boxes(self, painter: QPainter, state: CellState, placed: list[tuple[MapCell, QRect]]) -> None:
            drawn.extend(cell for cell, _ in placed)
            super()._paint_boxes(painter, state, placed)

    watched = Watched(Look(SMALL, Theme()), front="")
    watched.resize(640, 400)
    qtbot.addWidget(watched)
    watched.show()
    shown = faces.tray_map("C10")
    watched.show_map(shown)
    QApplication.processEvents()
    drawn.clear()
    states = {"C10": CellState.EMPTY, "A1": CellState.TARGET}
    cells = tuple(replace(each, state=states.get(each.label, each.state)) for each in shown.cells)
    watched.show_map(replace(shown, cells=cells))
    QApplication.processEvents()
    watched.close()
    assert 0 < len(drawn) < len(cells) // 2
