"""The screen speaks the language of whoever works at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from station.view.sign_on import SignOnFace
from station.view.view import View
from tests.helpers import faces
from tests.unit.ui.conftest import SMALL, ZONE
from ui.app import make_application
from ui.language import PSEUDO, Language, load_language
from ui.local_state import Local
from ui.texts import Texts
from ui.tongues import Tongues
from ui.view_models.sign_on import present_row
from ui.widgets.fit_label import FitLabel
from ui.window import MainWindow

GERMAN = "de"


def texts(code: str) -> Texts:
    """German is played by the pseudo-language: the catalogues may change, this may not."""
    said = load_language(PSEUDO) if code == GERMAN else load_language(code)
    return Texts(Language(code, said.translations), ZONE, choices=("en", GERMAN))


def tongues() -> Tongues:
    return Tongues(texts("en"), {GERMAN: lambda: texts(GERMAN)})


def signed_on(language: str) -> View:
    view = faces.all_views()["work"]
    return replace(view, operator=replace(faces.OPERATOR, language=language))


def nobody() -> View:
    return faces.all_views()["sign_on"]


@pytest.mark.parametrize(
    ("language", "chosen", "said"),
    [("", "", "en"), ("de", "", "de"), ("", "de", "de"), ("en", "de", "en"), ("fr", "", "en")],
)
def test_a_persons_own_language_comes_first_then_the_one_touched(language: str, chosen: str, said: str) -> None:
    spoken = tongues()
    spoken.choose(chosen)
    assert spoken.texts_for(nobody(), signed_on(language)).language.code == said


def test_who_leaves_leaves_the_stations_language_behind() -> None:
    spoken = tongues()
    spoken.choose(GERMAN)
    assert spoken.texts_for(None, nobody()).language.code == GERMAN
    assert spoken.texts_for(signed_on(""), nobody()).language.code == "en"


def test_a_language_is_read_once() -> None:
    spoken = tongues()
    assert spoken.texts_for(None, signed_on(GERMAN)) is spoken.texts_for(None, signed_on(GERMAN))


def test_the_other_languages_stand_at_the_closed_screen() -> None:
    face = nobody().face
    assert isinstance(face, SignOnFace)
    row = present_row(face, Local(), texts("en"))
    assert [(each.name, each.text) for each in row.secondary] == [("language_de", "Deutsch")]


@pytest.fixture
def window(qapp: QApplication) -> Iterator[MainWindow]:
    make_application([], SMALL)
    made = MainWindow(lambda command: None, lambda *a, **k: None, tongues(), SMALL, lambda: faces.NOW, tap_lock_s=0.0)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def said_on(window: QWidget) -> str:
    return " ".join(each.accessibleName() for each in window.findChildren(FitLabel) if each.isVisible())


def test_a_touch_changes_the_closed_screen(window: MainWindow) -> None:
    window.show_view(nobody())
    before = said_on(window)
    button = next(each for each in window.findChildren(QPushButton, "language_de") if each.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "~" not in before
    assert "~" in said_on(window)


def test_the_labels_that_never_change_are_in_the_persons_language_too(window: MainWindow) -> None:
    window.show_view(nobody())
    task = faces.all_views()["pick"]
    window.show_view(replace(task, operator=replace(faces.OPERATOR, language=GERMAN)))
    assert texts(GERMAN).label("tray") in said_on(window)
    assert f" {texts('en').label('tray')} " not in said_on(window)
