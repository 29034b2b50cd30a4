"""An item's picture is read once, and not while the window paints."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tests.unit.ui.conftest import SMALL
from ui.theme import Theme
from ui.widgets.look import Look
from ui.widgets.picture import KEPT, PictureView

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10" fill="#ff0000"/></svg>'


class Folder:
    """Pictures in a directory, and which of them were looked for."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.asked: list[str] = []

    def find(self, name: str) -> Path | None:
        self.asked.append(name)
        path = self.directory / name
        return path if path.is_file() else None


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    for number in range(KEPT + 1):
        (tmp_path / f"{number}.svg").write_text(DRAWING, encoding="utf-8")
    (tmp_path / "broken.svg").write_text("<svg", encoding="utf-8")
    photo = QImage(10, 10, QImage.Format.Format_RGB32)
    photo.fill(QColor("#00ff00"))
    photo.save(str(tmp_path / "photo.png"))
    return Folder(tmp_path)


@pytest.fixture
def view(qtbot: QtBot, folder: Folder) -> PictureView:
    made = PictureView(Look(SMALL, Theme()), folder.find)
    made.resize(200, 200)
    qtbot.addWidget(made)
    return made


def _middle(view: PictureView) -> str:
    return view.grab().toImage().pixelColor(view.rect().center()).name()


def test_a_drawing_is_read_before_it_is_painted_and_once_for_all_sizes(view: PictureView, folder: Folder) -> None:
    view.show_picture("0.svg")
    assert folder.asked == ["0.svg"]
    colors = [_middle(view)]
    for side in (100, 150):
        view.resize(side, side)
        colors.append(_middle(view))
    view.show_picture("1.svg")
    view.show_picture("0.svg")
    colors.append(_middle(view))
    assert colors == ["#ff0000"] * 4
    assert folder.asked == ["0.svg", "1.svg"]


def test_only_the_last_few_are_kept(view: PictureView, folder: Folder) -> None:
    for number in (*range(KEPT + 1), 0):
        view.show_picture(f"{number}.svg")
    assert folder.asked.count("0.svg") == 2
    assert folder.asked.count("1.svg") == 1


@pytest.mark.qt_log_ignore("Cannot read file")
@pytest.mark.parametrize("name", ["", "nowhere.svg", "broken.svg"])
def test_what_cannot_be_shown_leaves_the_place_empty(view: PictureView, name: str) -> None:
    view.show_picture("0.svg")
    empty = PictureView(Look(SMALL, Theme()), lambda _: None)
    empty.resize(view.size())
    view.show_picture(name)
    assert view.grab().toImage() == empty.grab().toImage()


def test_a_photograph_is_shown(view: PictureView) -> None:
    view.show_picture("photo.png")
    assert _middle(view) == "#00ff00"
