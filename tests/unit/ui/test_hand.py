"""The left-handed layout: mirrored where hands are, whole on the usual panels."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from tests.helpers import faces
from tests.unit.ui.conftest import Bench, MakeBench
from tests.unit.ui.test_layout_rules import layout_faults
from ui.metrics import Metrics
from ui.widgets.focus_ring import place_of

PANELS = {"12.1in_1280x800": Metrics(1280, 800, 12.1), "12.1in_1024x768": Metrics(1024, 768, 12.1)}
# (face, control): where the hand goes
SIDES = [
    ("pick", "action_confirm"),
    ("ask_taken", "key_5"),
    ("ask_taken", "key_enter"),
    ("pin_again", "pin_5"),
    ("calibrate_teaching", "turn_right"),
    ("search_pictures", "page_down"),
]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "en_XA"])
@pytest.mark.parametrize("panel", PANELS)
def test_nothing_is_cut_and_nothing_overlaps(panel: str, language: str, make_bench: MakeBench) -> None:
    metrics = PANELS[panel]
    bench = make_bench(metrics, language=language, hand="left")
    bench.window.show()
    faults = []
    for name, view in faces.all_views().items():
        bench.show(view)
        found = [*layout_faults(bench, metrics), *_overlaps(bench)]
        faults += [f"{name}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("face", "control"), SIDES)
def test_what_is_touched_most_stands_on_the_side_of_the_hand(face: str, control: str, make_bench: MakeBench) -> None:
    middle = {}
    for hand in ("right", "left"):
        bench = make_bench(hand=hand)
        bench.window.show()
        bench.show(faces.all_views()[face])
        middle[hand] = place_of(bench.button(control), bench.window).center().x()
        half = bench.window.width() / 2
    assert middle["right"] > half > middle["left"]


@pytest.mark.parametrize("hand", ["right", "left"])
def test_beside_what_ends_a_line_the_primary_button_keeps_its_distance(hand: str, make_bench: MakeBench) -> None:
    bench = make_bench(hand=hand)
    bench.window.show()
    for view in faces.all_views().values():
        bench.show(view)
        model = bench.window._actions.model
        if model.primary is None or not model.secondary:
            continue
        beside = model.secondary[0 if hand == "left" else -1]
        one, other = (place_of(bench.button(each.name), bench.window) for each in (model.primary, beside))
        left, right = (one, other) if one.x() < other.x() else (other, one)
        least_mm = 8 if beside.name in ("action_skip", "action_send_back", "action_leave_work") else 3
        assert bench.metrics.mm(right.left() - left.right() - 1) >= least_mm - 0.2, (beside.name, hand)


def _overlaps(bench: Bench) -> list[str]:
    shown = [each for each in bench.window.findChildren(QAbstractButton) if each.isVisible()]
    controls = [each for each in shown if not isinstance(each.parent(), QAbstractButton)]  # a picture is a part of its tile
    places = [(each.objectName(), place_of(each, bench.window)) for each in controls]
    return [
        f"{name} lies on {other}"
        for number, (name, place) in enumerate(places)
        for other, below in places[number + 1 :]
        if place.intersects(below)
    ]
