"""The screen of the working day: what stays the largest, what is grey, and what is never covered or cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station import commands as do
from station.view.message import Level, Message
from station.view.task import TaskFace
from station.view.tray_map import CellState, TrayMap
from station.view.view import View
from station.view.wait import Wait
from tests.helpers import faces
from tests.unit.ui.conftest import Bench, MakeBench
from ui.theme import Theme
from ui.view_models.buttons import CANCEL_KEY
from ui.widgets.facts import FactsRow
from ui.widgets.figure import Figure
from ui.widgets.fit_label import FitLabel
from ui.widgets.runners_up import HintLine
from ui.widgets.tray_map import TrayMapWidget
from ui.widgets.wait_card import WaitCard


def _shown(bench: Bench, view: View) -> TaskFace:
    bench.window.show()
    bench.show(view)
    bench.settle()
    assert isinstance(view.face, TaskFace)
    return view.face


def _one(bench: Bench, kind: type[QWidget]) -> QWidget:
    (found,) = [each for each in bench.window.findChildren(kind) if each.isVisible()]
    return found


def _place(bench: Bench, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(bench.window, QPoint(0, 0)), widget.size())


def _ink(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {QColor(image.pixel(x, y)).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}


@pytest.mark.parametrize(
    ("wait", "level", "is_hollow"),
    [
        (Wait("machine"), Level.STOP, True),
        (Wait("link"), Level.ACT, True),
        (Wait("tray_coming", 47, 0.0, 9.0), Level.NOTE, False),
    ],
)
def test_the_quantity_is_hollow_when_nothing_can_be_worked(
    wait: Wait, level: Level, is_hollow: bool, make_bench: MakeBench
) -> None:
    bench = make_bench()
    view = faces.all_views()["pick_stopped"]
    assert isinstance(view.face, TaskFace)
    _shown(bench, replace(view, bar=Message("light_curtain", level), face=replace(view.face, is_here=False, wait=wait)))
    assert (Theme().soft_text in _ink(_one(bench, Figure))) is is_hollow
    assert (Theme().text in _ink(_one(bench, Figure))) is not is_hollow


def test_a_stop_is_said_by_the_bar_alone_and_covers_no_compartment(make_bench: MakeBench) -> None:
    bench = make_bench()
    view = faces.all_views()["pick_stopped"]
    assert isinstance(view.face, TaskFace)
    _shown(bench, replace(view, face=replace(view.face, wait=Wait("machine"))))
    assert not [each for each in bench.window.findChildren(WaitCard) if each.isVisible()]


def test_what_is_waited_for_never_covers_the_map(make_bench: MakeBench) -> None:
    bench = make_bench()
    _shown(bench, faces.all_views()["pick_waiting"])
    card, tray_map = _one(bench, WaitCard), _one(bench, TrayMapWidget)
    assert not _place(bench, card).intersects(_place(bench, tray_map))
    before = tray_map.size()
    _shown(bench, replace(faces.all_views()["pick"], token=8))
    assert tray_map.size() == before, "the map jumps when the tray arrives"


@pytest.mark.parametrize("label", ["A1", "A10", "C1", "C10"])
def test_a_compartment_at_the_edge_keeps_its_whole_frame(label: str, make_bench: MakeBench) -> None:
    bench = make_bench()
    view = faces.all_views()["pick"]
    assert isinstance(view.face, TaskFace)
    _shown(bench, replace(view, face=replace(view.face, compartment=label, map=_without_heads(faces.tray_map(label)))))
    widget = _one(bench, TrayMapWidget)
    assert isinstance(widget, TrayMapWidget)
    assert widget.map is not None
    rect = widget.cell_rect(next(each for each in widget.map.cells if each.state is CellState.TARGET)).adjusted(-4, -4, 4, 4)
    assert widget.rect().contains(rect)
    image = widget.grab().toImage()
    middle = rect.center()
    for x, y in ((rect.left() + 1, middle.y()), (rect.right() - 1, middle.y()), (middle.x(), rect.top() + 1)):
        assert _is_dark(image, x, y), f"no frame at {x}, {y}"


def _without_heads(tray_map: TrayMap) -> TrayMap:
    """The same tray with labels that are no grid: the map begins at the widget's edge."""
    odd = {each.label: f"K{place}" for place, each in enumerate(tray_map.cells)}
    return replace(tray_map, cells=tuple(replace(each, label=odd[each.label]) for each in tray_map.cells))


def _is_dark(image: QImage, x: int, y: int) -> bool:
    return QColor(image.pixel(x, y)).lightness() < 60


def test_all_facts_have_one_size_and_none_is_cut(make_bench: MakeBench) -> None:
    bench = make_bench()
    _shown(bench, faces.all_views()["pick_long"])
    facts = _one(bench, FactsRow)
    assert isinstance(facts, FactsRow)
    assert [each.caption for row in facts.arrangement.rows for each in row] == ["Scanned", "Here now", "Left after", "Goes to"]
    assert not facts.is_clipped
    assert facts.height() == facts.height_for(facts.width())


def test_a_short_title_leaves_no_gap_before_the_item_code(make_bench: MakeBench) -> None:
    bench = make_bench()
    view = faces.all_views()["pick_scan_each"]
    face = _shown(bench, view)
    assert face.item is not None
    title, code = _label(bench, face.item.name), _label(bench, face.item.code)
    assert _place(bench, code).top() - _place(bench, title).bottom() < title.size_px // 2
    assert title.height() < 2 * title.size_px


def test_the_notes_of_item_and_line_are_both_read(make_bench: MakeBench) -> None:
    bench = make_bench()
    face = _shown(bench, faces.all_views()["pick_long"])
    assert face.item is not None
    note = _label(bench, face.item.note)
    assert face.note in note.text()
    assert note.size_px >= bench.metrics.floor_text_px
    assert not note.is_clipped


def _label(bench: Bench, beginning: str) -> FitLabel:
    found = [each for each in bench.window.findChildren(FitLabel) if each.isVisible() and each.text().startswith(beginning)]
    assert len(found) == 1, f"{beginning}: {len(found)} visible"
    return found[0]


def test_the_question_of_the_keypad_has_one_line_until_much_is_typed(make_bench: MakeBench) -> None:
    bench = make_bench()
    _shown(bench, faces.all_views()["ask_taken"])
    question = _label(bench, "How many did you take")
    assert question.height_for(question.width()) < 2 * question.size_px


@pytest.mark.parametrize("name", ["ask_taken", "ask_reason", "ask_empty", "ask_why_direct", "tray_page"])
def test_the_screen_can_be_locked_with_a_question_open(name: str, make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()[name])
    assert bench.button("action_lock").isEnabled()


def test_a_question_that_a_stop_interrupts_says_that_it_waits_and_is_left_by_the_same_key(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    for name in ("ask_taken", "ask_stopped"):
        bench.show(faces.all_views()[name])
        assert bench.window._frame is not None
        button = bench.window._frame.button_of(CANCEL_KEY)
        assert button is not None
        assert button.name == "key_cancel"
        assert bench.window._frame.row.secondary[0] == button
    assert "The question waits" in [each.text() for each in bench.window.findChildren(FitLabel) if each.isVisible()]
    assert bench.window._frame.row.primary is None


def test_one_touch_takes_a_runner_up_and_its_key_does_too(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = make_bench()
    shown = faces.all_views()["put_proposed"]
    _shown(bench, shown)
    bench.tap("runner_1")
    assert bench.sent == [do.TakeRunnerUp(shown.token, 1)]
    QTest.keyClick(bench.window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: bench.sent[1:] == [do.TakeRunnerUp(shown.token, 0)])


def test_what_the_bar_names_stands_in_the_row_where_goods_are_refused(make_bench: MakeBench) -> None:
    bench = make_bench()
    _shown(bench, faces.all_views()["put_refused"])
    bench.tap("action_elsewhere")
    assert bench.sent == [do.ElsewherePut(7)]


def test_hints_for_the_hands_are_there_only_where_there_is_something_to_say(make_bench: MakeBench) -> None:
    bench = make_bench()
    for name, is_said in (("pick_look_alike", True), ("pick", False)):
        _shown(bench, faces.all_views()[name])
        assert [each.text() for each in bench.window.findChildren(HintLine) if each.isVisible()] == (
            ["▲  Fragile  ·  Heavy: 18\N{NO-BREAK SPACE}kg"] if is_said else []
        )
