"""The pages of the first start: touch sizes, whole texts, and nothing looks other than when somebody last looked at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QCoreApplication

from station.first_start.values import FirstStart
from tests.helpers.first_start_faces import first_start_states
from tests.helpers.looks import changed_looks, digest_of_pixels
from tests.unit.ui.conftest import SMALL, ZONE
from tests.unit.ui.test_golden import compare
from tests.unit.ui.test_layout_rules import layout_faults
from ui.app import make_application
from ui.first_start_window import FirstStartWindow
from ui.language import LANGUAGES, load_language
from ui.metrics import Metrics
from ui.texts import Texts
from ui.themes import THEMES

NOW = datetime(2027, 3, 8, 9, 30, tzinfo=UTC)
PICTURES = ("screen", "machine", "machine_bad", "scanner_teach", "admin_name", "done")


class Look:
    """A first start's window at a standing clock, without any flow behind it."""

    def __init__(self, metrics: Metrics, language: str = "en") -> None:
        make_application([], metrics, THEMES["day"])
        self.metrics, self.language = metrics, language
        self.window = FirstStartWindow(lambda event: None, lambda inches: metrics, partial(_texts, language), lambda: NOW)
        self.window.setFixedSize(metrics.width_px, metrics.height_px)
        self.window.show()

    def show(self, state: FirstStart) -> None:
        self.window.show_state(state)
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            QCoreApplication.sendPostedEvents()
            QCoreApplication.sendPostedEvents(None, 0)


def _texts(language: str, code: str) -> Texts:
    return Texts(load_language(language), ZONE)


MakeLook = Callable[..., Look]


@pytest.fixture
def make_look(qapp: Any) -> Iterator[MakeLook]:
    made: list[Look] = []

    def make(metrics: Metrics = SMALL, language: str = "en") -> Look:
        made.append(Look(metrics, language))
        return made[-1]

    yield make
    for each in made:
        each.window.close()
        each.window.deleteLater()


def as_chosen(state: FirstStart, language: str) -> FirstStart:
    return replace(state, draft=replace(state.draft, language=language if language in LANGUAGES else "en"))


@pytest.mark.parametrize("language", [*LANGUAGES, "en_XA"])
def test_every_page_keeps_the_touch_rules_and_looks_as_it_did(language: str, make_look: MakeLook) -> None:
    look = make_look(language=language)
    faults, looks = [], {}
    for name, state in first_start_states():
        look.show(as_chosen(state, language))
        looks[name] = digest_of_pixels(look.window.grab())
        faults += [f"{name}: {each}" for each in layout_faults(cast(Any, SimpleNamespace(window=look.window)), SMALL)]
    assert not faults, "\n".join(faults)
    if language in LANGUAGES:
        changed = changed_looks(f"first_start_{language}", looks)
        assert not changed, f"these look different, see build/golden/looks: {', '.join(changed)}"


@pytest.mark.parametrize("metrics", [Metrics(1024, 768, 12.1), Metrics(1920, 1080, 15.6)], ids=str)
def test_longer_words_have_room_on_other_panels_too(metrics: Metrics, make_look: MakeLook) -> None:
    look = make_look(metrics, "en_XA")
    faults = []
    for name, state in first_start_states():
        look.show(state)
        faults += [f"{name}: {each}" for each in layout_faults(cast(Any, SimpleNamespace(window=look.window)), metrics)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", PICTURES)
def test_the_page_has_not_changed_by_a_pixel(name: str, language: str, make_look: MakeLook) -> None:
    look = make_look(language=language)
    look.show(as_chosen(dict(first_start_states())[name], language))
    folder = Path("first_start") if language == "en" else Path("de/first_start")
    compare(cast(Any, look), str(folder / name))
