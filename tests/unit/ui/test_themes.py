"""Three themes: every text on its ground has a contrast of 7:1, and no face writes with a pair that is not measured."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tests.helpers import faces
from tests.helpers.message_faces import message_views
from tests.helpers.painted import PaintedTexts
from tests.helpers.sync_faces import site_states
from tests.unit.ui.conftest import Bench, MakeBench
from tests.unit.ui.test_theme import contrast
from ui.theme import Theme
from ui.themes import THEMES
from ui.widgets.fit_label import FitLabel
from ui.widgets.text_fit import TextStyle

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


@pytest.mark.parametrize("is_dim", [False, True])
@pytest.mark.parametrize("name", THEMES)
def test_every_text_has_seven_to_one(name: str, is_dim: bool) -> None:
    theme = THEMES[name].dim() if is_dim else THEMES[name]
    low = [(text, ground) for text, ground in theme.text_pairs() if contrast(text, ground) < TEXT]
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
@pytest.mark.parametrize("name", THEMES)
def test_every_text_that_is_painted_has_seven_to_one(name: str, make_bench: MakeBench, monkeypatch: pytest.MonkeyPatch) -> None:
    """As painted, the map's labels and the buttons' words too: the colour of the pen against what is most seen around it."""
    bench = make_bench(theme=name)
    bench.window.show()
    seen = PaintedTexts(monkeypatch)
    low: dict[tuple[str, str], str] = {}
    for face, view in (*faces.all_views().items(), *message_views(), *site_states()):
        seen.forget()
        image = bench.show(view).toImage()
        for painted in seen.found:
            ground = seen.ground_of(painted, image, bench.window)
            if ground and contrast(painted.color, ground) < TEXT:
                low[painted.color, ground] = f"{face}: {painted.text!r}"
    assert low == {}


def test_a_text_too_pale_is_found(make_bench: MakeBench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = make_bench()
    label = FitLabel(TextStyle(30, 20), "#8d959d", parent=bench.window)
    label.setGeometry(100, 100, 300, 60)
    label.set_text("pale")
    seen = PaintedTexts(monkeypatch)
    image = bench.window.grab().toImage()
    (painted,) = [each for each in seen.found if each.text == "pale"]
    assert contrast(painted.color, seen.ground_of(painted, image, bench.window)) < TEXT


@pytest.mark.slow
@pytest.mark.parametrize("name", ["night", "contrast"])
def test_a_dark_theme_is_dark_on_every_face(name: str, make_bench: MakeBench) -> None:
    bench = make_bench(theme=name)
    bench.window.show()
    for view in faces.all_views().values():
        bench.show(view)
        image = bench.window.grab().toImage().scaled(64, 40).convertToFormat(QImage.Format.Format_Grayscale8)
        light = sorted(image.constBits())
        assert light[len(light) // 2] < 80


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
