"""The page on which the pointer is taught: what each touch means, and figures as they were measured."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station import commands as do
from station.view.calibration import CalibrationFace
from tests.helpers import faces
from tests.unit.ui.conftest import MakeBench
from ui.texts import Texts
from ui.view_models import calibration

TOUCHES = [
    ("calibrate_teaching", "turn_left", do.TurnLight(7, -1, 0)),
    ("calibrate_teaching", "turn_right", do.TurnLight(7, 1, 0)),
    ("calibrate_teaching", "turn_up", do.TurnLight(7, 0, 1)),
    ("calibrate_teaching", "turn_down", do.TurnLight(7, 0, -1)),
    ("calibrate_teaching", "by_0", do.ChooseTurn(7, 0)),
    ("calibrate_teaching", "by_2", do.ChooseTurn(7, 2)),
    ("calibrate_teaching", "action_on_mark", do.LightOnMark(7)),
    ("calibrate_teaching", "action_place_before", do.Back(7)),
    ("calibrate_teaching", "action_leave_teaching", do.ClosePage()),
    ("calibrate_first", "action_back", do.Back(7)),
    ("calibrate_judged", "action_accept_level", do.Choose(7, "accept")),
    ("calibrate_judged", "action_teach_anew", do.Choose(7, "again")),
    ("calibrate_out_of_limit", "action_teach_anew", do.Choose(7, "again")),
    ("calibrate_saved", "action_calibrate", do.OpenCalibration()),
    ("calibrate_ended_link_down", "action_calibrate", do.OpenCalibration()),
    ("calibrate_ended_link_down", "action_back", do.Back(7)),
]


@pytest.mark.parametrize(("name", "button", "command"), TOUCHES, ids=[f"{name}-{button}" for name, button, _ in TOUCHES])
def test_a_touch_is_its_command(name: str, button: str, command: do.Command, make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()[name])
    bench.tap(button)
    assert bench.sent == [command]


def test_arrows_may_be_touched_quickly_and_a_place_is_taken_once(make_bench: MakeBench) -> None:
    bench = make_bench(tap_lock_s=60.0)
    bench.window.show()
    bench.show(faces.all_views()["calibrate_teaching"])
    for name in ("turn_left", "turn_left", "turn_left", "action_on_mark", "action_on_mark"):
        bench.tap(name)
    assert bench.sent == [do.TurnLight(7, -1, 0)] * 3 + [do.LightOnMark(7)]


def test_the_next_place_is_another_screen_for_the_finger(make_bench: MakeBench) -> None:
    bench = make_bench(tap_lock_s=60.0)
    bench.window.show()
    bench.show(faces.all_views()["calibrate_teaching"])
    bench.show(faces.all_views()["calibrate_check"])
    bench.tap("turn_left")
    assert bench.sent == []


def model(name: str, texts: Texts) -> calibration.CalibrationModel:
    face = faces.all_views()[name].face
    assert isinstance(face, CalibrationFace)
    return calibration.present(face, texts)


def test_each_check_stands_beside_what_is_allowed(texts: Texts) -> None:
    shown = model("calibrate_judged", texts)
    assert [(each.caption, each.value) for each in shown.facts] == [
        ("Check 5", "3.1 mm"),
        ("Check 6", "12.4 mm"),
        ("Allowed", "122.5 mm"),
        ("Height", "80 mm"),
    ]


def test_while_a_place_is_taught_only_the_arrows_stand_beside_the_map(texts: Texts) -> None:
    shown = model("calibrate_check", texts)
    assert shown.turn is not None
    assert (shown.turn.place, shown.compartment, shown.lines) == ("5 / 6", "B3", ())
    assert [each.is_chosen for each in shown.turn.widths] == [True, False, False]


def test_what_refused_it_is_said(texts: Texts) -> None:
    said = {
        model(f"calibrate_{why}", texts).lines for why in ("points_in_line", "points_twisted", "points_too_close", "out_of_limit")
    }
    assert len(said) == 4


def test_a_length_of_whole_millimetres_has_no_decimals(texts: Texts) -> None:
    view = faces.all_views()["calibrate_judged"]
    assert isinstance(view.face, CalibrationFace)
    shown = calibration.present(replace(view.face, checks_mm=(144.0, 12.4)), texts)
    assert [fact.value for fact in shown.facts[:2]] == ["144 mm", "12.4 mm"]
