"""The wall display: what it shows of a sheet, that it names nobody, and that old figures are said to be old."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from tests.helpers.desk_faces import SHEET
from tests.helpers.faces import NOW
from tests.unit.ui.conftest import SMALL, ZONE
from ui.app import make_application
from ui.language import load_language
from ui.metrics import Metrics
from ui.texts import Texts
from ui.theme import Theme
from ui.wall import OLD_READS, WALL_IN, Wall, WallReader, WallWindow
from ui.widgets.fit_label import FitLabel
from ui.widgets.look import Look

TELEVISION = Metrics(1920, 1080, WALL_IN)


def window_of(metrics: Metrics = SMALL, language: str = "en") -> WallWindow:
    make_application([], metrics)
    window = WallWindow(Look(metrics, Theme()), Texts(load_language(language), ZONE), "S1")
    window.resize(metrics.width_px, metrics.height_px)
    window.show()
    window.show_sheet(SHEET, NOW)
    QCoreApplication.sendPostedEvents()
    window.grab()
    return window


def said(window: QWidget) -> str:
    return " ".join(each.accessibleName() for each in window.findChildren(QWidget) if each.isVisible())


@pytest.mark.parametrize("metrics", [SMALL, TELEVISION], ids=["panel", "television"])
@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_the_wall_shows_the_figures_whole_and_names_nobody(metrics: Metrics, language: str) -> None:
    window = window_of(metrics, language)
    text = said(window)
    assert "412" in text
    assert "86" in text
    assert not any(name in text for name in SHEET.names.values())
    assert not [each.text() for each in window.findChildren(FitLabel) if each.isVisible() and each.is_clipped]
    window.close()


def test_a_store_that_does_not_answer_is_told(tmp_path: Path) -> None:
    window = window_of()
    reader = WallReader(tmp_path / "nothing", "S1")
    wall = Wall(window, reader, every_s=3600)
    for _ in range(OLD_READS - 1):
        reader.read.emit(None)
    assert "old" not in said(window)
    reader.read.emit(None)
    assert "These figures are old" in said(window)
    reader.read.emit((SHEET, NOW + timedelta(minutes=1)))
    assert "These figures are old" not in said(window)
    wall.stop()
    window.close()
