"""The tray history page: what a finger on it means."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from station import commands as do
from station.view.history import HistoryFace
from tests.helpers import faces
from tests.unit.ui.conftest import MakeBench
from ui.intent import interpret
from ui.local_state import Local
from ui.widgets.machine_map import MachineMap
from ui.widgets.time_slider import TimeSlider


@pytest.mark.parametrize(
    ("face", "name", "command"),
    [
        ("history_map", "historytray_23", do.HistoryTray(7, 23)),
        ("history", "slide_12", do.SlideHistory(7, 12)),
        ("history", "past_4102", do.JumpHistory(7, 4102)),
        ("history", "beside_custody", do.ShowHistory(7, "custody")),
        ("history", "action_history_earlier", do.StepHistory(7, -1)),
        ("history", "action_history_later", do.StepHistory(7, 1)),
        ("history", "action_history_prove", do.ProveHistory(7)),
        ("history", "action_history_export", do.ExportHistory(7)),
        ("history", "action_history_review", do.AskHistory(7, "review")),
        ("history_contents", "content_C7", do.SelectCompartment(7, "C7")),
        ("history", "action_back", do.ClosePage()),
        ("history_filter", "choice_lot", do.Choose(7, "lot")),
    ],
)
def test_a_touch_means_this(face: str, name: str, command: do.Command) -> None:
    _, meaning = interpret(name, faces.all_views()[face], Local(), page_rows=3)
    assert meaning == command


def test_a_finger_on_the_slider_goes_to_the_event_under_it_and_each_only_once(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["history"])
    slider = bench.window.findChild(TimeSlider)
    told: list[str] = []
    slider.tapped.connect(told.append)
    at = QPoint(round(slider.x_of(201)), 10)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(slider, at)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=at)
    assert told == ["slide_201"]
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(-5, 10))
    assert told[-1] == "slide_0"


def test_a_finger_on_the_map_opens_the_tray_where_it_is_lifted_too(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["history_map"])
    machine = bench.window.findChild(MachineMap)
    told: list[str] = []
    machine.tapped.connect(told.append)
    third, fourth = machine.rect_of(2).center(), machine.rect_of(3).center()
    QTest.mousePress(machine, Qt.MouseButton.LeftButton, pos=third)
    QTest.mouseRelease(machine, Qt.MouseButton.LeftButton, pos=fourth)
    assert told == []
    QTest.mouseClick(machine, Qt.MouseButton.LeftButton, pos=third)
    assert told == ["historytray_3"]


def test_the_knob_stands_at_the_moment_that_is_shown(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    view = faces.all_views()["history"]
    assert isinstance(view.face, HistoryFace)
    bench.show(view)
    assert bench.window.findChild(TimeSlider).index == view.face.index
