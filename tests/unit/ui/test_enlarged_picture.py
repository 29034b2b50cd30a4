"""The item's picture enlarges on touch and gives way to everything that is about the work."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton

from station.view.message import Level, Message
from station.view.view import View
from tests.helpers import faces
from tests.unit.ui.conftest import Bench, MakeBench
from ui.view_models.frame import Page


@pytest.fixture
def bench(make_bench: MakeBench) -> Bench:
    made = make_bench()
    made.window.show()
    made.show(faces.all_views()["pick"])
    made.tap("picture_open")
    made.settle()
    return made


def _page(bench: Bench) -> Page:
    assert bench.window._frame is not None
    return bench.window._frame.page


def test_a_touch_enlarges_it_and_another_closes_it(bench: Bench) -> None:
    assert _page(bench) is Page.PICTURE
    large = bench.button("picture_large")
    assert large.height() > bench.window.height() // 2
    bench.tap("picture_large")
    assert _page(bench) is Page.TASK
    assert bench.button("picture_open").height() < large.height()
    assert bench.sent == []


def test_back_closes_it(bench: Bench) -> None:
    bench.tap("picture_close")
    assert _page(bench) is Page.TASK


def test_nothing_of_the_task_can_be_pressed_behind_it(bench: Bench) -> None:
    assert not bench.window.findChild(QPushButton, "action_confirm").isVisible()
    bench.window._on_function_key(12)
    bench.window.press("confirm")
    assert bench.sent == []


@pytest.mark.parametrize("name", ["put", "count", "ask_taken", "pick_wrong_scan", "work", "sign_on"])
def test_another_task_question_or_message_closes_it(name: str, bench: Bench) -> None:
    bench.show(faces.all_views()[name])
    assert _page(bench) is not Page.PICTURE


def test_the_next_line_of_the_same_kind_closes_it_and_it_stays_closed(bench: Bench) -> None:
    view = faces.all_views()["pick"]
    following: View = replace(view, face=replace(view.face, line_no=4), token=8)
    bench.show(following)
    assert _page(bench) is Page.TASK
    bench.show(view)
    assert _page(bench) is Page.TASK


def test_a_machine_that_stops_closes_it(bench: Bench) -> None:
    view = faces.all_views()["pick"]
    bench.show(replace(view, bar=Message("machine_stopped", Level.STOP, error="M001"), token=8))
    assert _page(bench) is Page.TASK


def test_the_same_view_again_leaves_it_open(bench: Bench) -> None:
    bench.show(replace(faces.all_views()["pick"], token=8))
    assert _page(bench) is Page.PICTURE


def test_a_scan_closes_it_and_counts(bench: Bench) -> None:
    bench.window._on_scanned("4017-0840", 3.0)
    assert _page(bench) is Page.TASK
    assert bench.scans == [("4017-0840", "wedge")]


def test_without_a_picture_there_is_nothing_to_touch(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    view = faces.all_views()["pick"]
    for name in ("", "nowhere.svg"):
        item = replace(view.face.item, picture=name)
        bench.show(replace(view, face=replace(view.face, item=item)))
        assert not bench.window.findChild(QPushButton, "picture_open").isVisible()
