"""The scale on the screen: its figure fills the field when a finger asks for it, and is accepted like every other number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station.commands.answers import EnterNumber
from station.commands.work import TeachWeight
from station.view.task import TaskFace
from station.view.view import View
from tests.helpers import faces
from tests.helpers.scale_faces import ABOUT, SURE, WHY, scale_views, with_scale
from tests.unit.ui.conftest import Bench, MakeBench
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models import task
from ui.widgets.keypad import NumberKeypad
from ui.widgets.scale_card import ScaleCard

TAKEN = faces.all_views()["ask_taken"]


def opened(make_bench: MakeBench, view: View) -> Bench:
    bench = make_bench()
    bench.window.show()
    bench.show(view)
    return bench


def typed(bench: Bench) -> str:
    (pad,) = [each for each in bench.window.findChildren(NumberKeypad) if each.isVisible()]
    return pad.accessibleName() or pad._number.text()


def test_the_figure_fills_the_field_and_the_person_accepts_it(make_bench: MakeBench) -> None:
    bench = opened(make_bench, with_scale(TAKEN, replace(SURE, pieces=20)))
    assert (typed(bench), bench.sent) == ("", [])
    bench.tap("scale_fill")
    bench.settle()
    assert (typed(bench), bench.sent) == ("20", []), "the scale confirmed by itself"
    bench.tap("key_enter")
    assert bench.sent == [EnterNumber(TAKEN.token, 20)]


def test_no_reading_changes_what_was_typed_or_filled_in(make_bench: MakeBench) -> None:
    bench = opened(make_bench, with_scale(TAKEN, replace(SURE, pieces=20)))
    bench.tap("key_7")
    for pieces in (3, 21, 40):
        bench.show(with_scale(TAKEN, replace(SURE, pieces=pieces, weight_mg=4100 * pieces)))
    assert typed(bench) == "7"
    bench.tap("scale_fill")
    bench.show(with_scale(TAKEN, replace(SURE, why="scale_no_link", weight_mg=None, is_sure=False, pieces=0)))
    assert typed(bench) == "40", "the pulled cable took the number with it"


@pytest.mark.parametrize("weighing", [ABOUT, *(replace(SURE, why=why, is_sure=False) for why in WHY)])
def test_what_is_not_sure_cannot_be_filled_in(weighing: object, make_bench: MakeBench) -> None:
    bench = opened(make_bench, with_scale(TAKEN, weighing))  # type: ignore[arg-type]
    assert not bench.button("scale_fill").isEnabled()


def test_teaching_is_asked_for_and_has_no_buttons_of_its_own(make_bench: MakeBench) -> None:
    bench = opened(make_bench, with_scale(TAKEN, SURE))
    bench.tap("scale_teach")
    assert bench.sent == [TeachWeight(TAKEN.token)]
    bench.show(dict(scale_views())["scale_learning"])
    assert not any(each.isVisible() for each in bench.window.findChildren(type(bench.button("key_cancel")), "scale_fill"))


def test_without_a_scale_there_is_no_card(make_bench: MakeBench) -> None:
    bench = opened(make_bench, TAKEN)
    assert not any(each.isVisible() for each in bench.window.findChildren(ScaleCard))


def test_the_card_says_the_weight_as_the_scale_shows_it_and_how_sure_it_is(texts: Texts) -> None:
    def card(view: View) -> tuple[str, str, str]:
        assert isinstance(view.face, TaskFace)
        model = task.present(view.face, Local(), texts, is_stopped=False).scale
        assert model is not None
        return model.weight, model.says.replace("\N{NO-BREAK SPACE}", " "), model.explains.replace("\N{NO-BREAK SPACE}", " ")

    assert card(with_scale(TAKEN, SURE)) == ("164.0\N{NO-BREAK SPACE}g", "40 pcs", "One piece 4.100 g, by a sample of 10")
    weight, says, explains = card(with_scale(TAKEN, ABOUT))
    assert (weight, says) == ("1689.2\N{NO-BREAK SPACE}g", "about 412 ± 3 pcs")
    assert "learn by more" in explains
    assert card(with_scale(TAKEN, replace(SURE, why="scale_overload", weight_mg=None, is_sure=False)))[:2] == (
        "–",
        "Too heavy for the scale. Take something off",
    )


@pytest.mark.parametrize(
    ("weight_mg", "step_mg", "shown"),
    [(164_000, 1, "164.000"), (164_000, 10, "164.00"), (164_000, 500, "164.0"), (-2_000, 1000, "−2"), (0, 0, "0.000")],
)
def test_a_weight_has_the_places_of_its_step(weight_mg: int, step_mg: int, shown: str, texts: Texts) -> None:
    assert texts.weight(weight_mg, step_mg) == f"{shown}\N{NO-BREAK SPACE}g"
