"""The strip of several lifts: number, colour, arrow and word, on every panel and in every language; none where there is one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station.view.lifts import LiftState, LiftTag
from tests.helpers import faces
from tests.helpers.lift_faces import count_of, lift_views
from tests.helpers.looks import changed_looks, digest_of_pixels, digest_of_places
from tests.unit.ui.conftest import Bench, MakeBench
from tests.unit.ui.test_golden import compare
from tests.unit.ui.test_layout_rules import PANELS, SMALLEST, USUAL, layout_faults
from ui.language import LANGUAGES
from ui.metrics import Metrics
from ui.texts import Texts
from ui.view_models.lifts import Arrow, present_lifts
from ui.widgets.lift_strip import LiftStrip


def test_the_arrow_points_to_the_lift_of_the_work_and_to_no_other(texts: Texts) -> None:
    arrows = {name: [each.arrow for each in present_lifts(view, texts)] for name, view in lift_views().items()}
    assert arrows["lifts_2_left"] == [Arrow.LEFT, None]
    assert arrows["lifts_2_right"] == [None, Arrow.RIGHT]
    assert arrows["lifts_3_middle"] == [None, Arrow.AHEAD, None]
    assert arrows["lifts_3_right"] == [None, None, Arrow.RIGHT]


def test_number_and_word_say_what_the_colour_says(texts: Texts) -> None:
    left, right = present_lifts(lift_views()["lifts_2_left"], texts)
    assert (left.number, left.text) == (1, "Lift 1 · Work here · tray 17 is here")
    assert (right.number, right.text) == (2, "Lift 2 · tray 29 is coming")


@pytest.mark.parametrize("state", LiftState)
def test_every_state_has_its_words_and_trouble_has_its_mark(state: LiftState, texts: Texts) -> None:
    tag = LiftTag(number=1, count=2, is_faced=False, state=state, tray=5)
    view = faces.view(faces.PICK, faces.all_views()["pick"].bar, lifts=(tag,))
    model = present_lifts(view, texts)[0]
    assert model.text.startswith("Lift 1 · ")
    assert model.is_trouble is (state in ("stopped", "lost", "unknown", "out"))


def test_one_lift_has_no_strip(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.show(faces.all_views()["pick"])
    assert bench.window.findChild(LiftStrip) is None


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", ["lifts_2_left", "lifts_2_stopped_here", "lifts_3_middle", "lifts_3_right"])
def test_the_strip_has_not_changed_by_a_pixel(name: str, language: str, make_bench: MakeBench) -> None:
    bench = make_bench(language=language, lifts=count_of(name))
    bench.window.show()
    bench.show(lift_views()[name])
    compare(bench, name if language == "en" else f"{language}/{name}")


@pytest.mark.slow
def test_every_face_has_room_under_the_strip(make_bench: MakeBench) -> None:
    """But for a name of 120 letters, on the smallest panel."""
    bench = make_bench(lifts=2)
    bench.window.show()
    strip, hidden = bench.window.findChild(LiftStrip), set()
    faults = []
    for name, view in faces.all_views().items():
        if name == "pick_long":
            continue
        bench.show(replace(view, lifts=lift_views()["lifts_2_left"].lifts))
        faults += [f"{name}: {fault}" for fault in faults_of(bench, PANELS[SMALLEST])]
        hidden |= set() if strip.isVisible() else {name}
    assert not faults, "\n".join(faults)
    assert {"pick", "work"} & hidden == set()


def faults_of(bench: Bench, metrics: Metrics) -> list[str]:
    """What is seen. The window's least size counts the keypads too, over which there is no strip."""
    return [each for each in layout_faults(bench, metrics) if not each.startswith("needs ")]


@pytest.mark.slow
@pytest.mark.parametrize(("panel", "language"), [(panel, language) for panel in USUAL for language in (*LANGUAGES, "en_XA")])
def test_no_text_of_the_strip_is_cut(panel: str, language: str, make_bench: MakeBench) -> None:
    benches = {count: make_bench(PANELS[panel], language=language, lifts=count) for count in (2, 3)}
    faults, looks = [], {}
    for name, view in lift_views().items():
        bench = benches[count_of(name)]
        bench.window.show()
        picture = bench.show(view)
        looks[name] = digest_of_pixels(picture) if panel == SMALLEST else digest_of_places(bench.window)
        faults += [f"{name}: {fault}" for fault in faults_of(bench, PANELS[panel])]
    assert not faults, "\n".join(faults)
    if language in LANGUAGES:
        assert not changed_looks(f"lifts_{panel}_{language}", looks)
