"""Three themes: every text on its ground has a contrast of 7:1, and no face writes with a pair that is not measured."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtWidgets import QWidget

from tests.helpers import faces
from tests.unit.ui.conftest import Bench, MakeBench
from tests.unit.ui.test_theme import contrast
from ui.theme import Theme
from ui.themes import THEMES
from ui.widgets.fit_label import FitLabel

TEXT, SHAPE = 7.0, 3.0
GROUNDS = {
    "ground": "ground",
    "panel": "panel",
    "field": "surface",
    "status": "bar",
    "paper": "plate",
    "note": "panel",
    "due": "panel",
    "act": "act",
    "stop": "stop",
    "done": "done",
    "tag": "act",
    "card": "surface",
}


@pytest.mark.parametrize("name", THEMES)
def test_every_text_has_seven_to_one(name: str) -> None:
    low = [(text, ground) for text, ground in THEMES[name].text_pairs() if contrast(text, ground) < TEXT]
    assert low == []


@pytest.mark.parametrize("name", THEMES)
def test_every_shape_has_three_to_one(name: str) -> None:
    low = [(shape, ground) for shape, ground in THEMES[name].shape_pairs() if contrast(shape, ground) < SHAPE]
    assert low == []


def test_the_highest_contrast_is_higher_than_by_day() -> None:
    day, high = (min(contrast(*pair) for pair in THEMES[name].text_pairs()) for name in ("day", "contrast"))
    assert high > day


@pytest.mark.slow
@pytest.mark.parametrize("name", THEMES)
def test_no_face_writes_with_a_pair_that_is_not_measured(name: str, make_bench: MakeBench) -> None:
    bench = make_bench(theme=name)
    bench.window.show()
    theme, used = THEMES[name], set()
    for view in faces.all_views().values():
        bench.show(view)
        used |= _pairs(bench, theme)
    assert used
    assert used <= set(theme.text_pairs())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["night", "contrast"])
def test_a_dark_theme_is_dark_on_every_face(name: str, make_bench: MakeBench) -> None:
    bench = make_bench(theme=name)
    bench.window.show()
    for view in faces.all_views().values():
        bench.show(view)
        image = bench.window.grab().toImage().scaled(64, 40)
        light = [image.pixelColor(x, y).lightness() for x in range(64) for y in range(40)]
        assert sorted(light)[len(light) // 2] < 80


def test_the_themes_have_the_same_tokens_written_alike() -> None:
    for theme in THEMES.values():
        assert all(len(getattr(theme, each.name)) == 7 for each in fields(theme))


def _pairs(bench: Bench, theme: Theme) -> set[tuple[str, str]]:
    labels = [each for each in bench.window.findChildren(FitLabel) if each.isVisible() and each.text()]
    return {(each._color, _ground(each, theme)) for each in labels}


def _ground(widget: QWidget, theme: Theme) -> str:
    look, parent = widget.property("look"), widget.parentWidget()
    if look in GROUNDS:
        return str(getattr(theme, GROUNDS[look]))
    assert parent is not None
    return _ground(parent, theme)
