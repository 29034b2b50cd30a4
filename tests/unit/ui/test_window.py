"""What touches do on the real window."""

from __future__ import annotations

import gc
import sys
import weakref
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station import commands as do
from station.view.message import Level, Message
from station.view.task import TaskFace
from station.view.wait import Wait
from tests.helpers import faces
from tests.unit.ui.conftest import SMALL, Bench, MakeBench
from ui.view_models.bars import BarModel
from ui.view_models.task import TaskModel
from ui.widgets.touch_button import TouchButton


def test_confirm_is_sent_with_the_token_of_the_view(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["pick"])
    bench.tap("action_confirm")
    assert bench.sent == [do.Confirm(7)]


def test_the_second_tap_of_a_double_tap_does_nothing(make_bench: MakeBench) -> None:
    bench = make_bench(tap_lock_s=30.0)
    bench.window.show()
    bench.show(faces.all_views()["pick"])
    bench.tap("action_confirm")
    bench.tap("action_confirm")
    assert bench.sent == [do.Confirm(7)]


def test_a_tap_right_after_the_next_line_came_does_nothing(make_bench: MakeBench) -> None:
    bench = make_bench(tap_lock_s=30.0)
    bench.window.show()
    view = faces.all_views()["pick"]
    bench.show(view)
    assert bench.window.tap_lock_remaining_s == 0
    assert isinstance(view.face, TaskFace)
    bench.show(replace(view, token=8, face=replace(view.face, line_no=4)))
    bench.tap("action_confirm")
    assert bench.sent == []
    assert bench.window.tap_lock_remaining_s > 0


def test_a_new_token_with_the_same_meaning_does_not_lock(make_bench: MakeBench) -> None:
    bench = make_bench(tap_lock_s=30.0)
    bench.window.show()
    bench.show(faces.all_views()["pick_waiting"])
    bench.show(replace(faces.all_views()["pick"], token=8))
    bench.tap("action_confirm")
    assert bench.sent == [do.Confirm(8)]


def test_a_wrong_scan_locks_confirm_and_says_why_on_it(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["pick_wrong_scan"])
    confirm = bench.button("action_confirm")
    assert isinstance(confirm, TouchButton)
    assert not confirm.isEnabled()
    assert confirm.model.reason == "Scan the right item first"
    bench.tap("action_confirm")
    assert bench.sent == []
    assert bench.button("action_unreadable").isEnabled()


def test_the_keypad_starts_empty_and_its_button_says_the_result(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["ask_taken"])
    assert not bench.button("key_enter").isEnabled()
    bench.tap("key_1")
    bench.tap("key_8")
    assert bench.button("key_enter").accessibleName() == "Book 18\N{NO-BREAK SPACE}pcs, report 6 missing"
    bench.tap("key_enter")
    assert bench.sent == [do.EnterNumber(7, 18)]


def test_more_than_possible_is_refused_with_the_reason(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["ask_taken"])
    bench.tap("key_9")
    bench.tap("key_9")
    enter = bench.button("key_enter")
    assert not enter.isEnabled()
    assert enter.accessibleDescription() == "More than possible"


def test_the_pin_is_typed_on_the_pad_and_never_shown(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["sign_on_pin"])
    for digit in "2580":
        bench.tap(f"pin_{digit}")
    bench.tap("pin_enter")
    assert bench.sent == [do.EnterPin("2580")]
    assert "2580" not in repr(bench.window._local)


def test_a_row_of_the_sample_people_counts_as_a_badge_scan(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["sign_on"])
    bench.tap("person_BLB-2001")
    assert bench.scans == [("BLB-2001", "sample_list")]


def test_chosen_orders_start_together_and_none_chosen_starts_the_first(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["work"])
    bench.tap("action_start")
    bench.tap("order_SO-48215")
    bench.tap("order_SO-48214")
    bench.tap("action_start")
    assert bench.sent == [do.StartOrders(("SO-48213",)), do.StartOrders(("SO-48215", "SO-48214"))]


def test_a_blocked_order_cannot_be_chosen_and_says_why(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["work"])
    row = bench.button("order_SO-48216")
    assert "no stock" in row.accessibleDescription()
    bench.tap("order_SO-48216")
    said = bar_of(bench)
    assert (said.text, said.level) == ("SO-48216 cannot start: LOC-243-50: no stock, 4\N{NO-BREAK SPACE}pcs missing", Level.ACT)
    bench.tap("action_start")
    assert bench.sent == [do.StartOrders(("SO-48213",))]
    bench.tap("order_SO-48214")
    assert bar_of(bench).level is Level.NOTE, "the answer stays no longer than the question"


def bar_of(bench: Bench) -> BarModel:
    frame = bench.window._frame
    assert frame is not None
    return frame.bar


WRONG = Message("wrong_item", Level.ACT, {"scanned": "4017-0830", "item": "4017-0840", "compartment": "C7"}, error="O301")


def test_a_scan_brings_the_work_back_that_more_hides(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["pick"])
    bench.tap("action_more")
    assert "Confirm" not in bar_of(bench).text, "the bar speaks of a button that is not there"
    bench.window._wedge.scanned.emit("4017-0840", 1.0)
    assert [text for text, _ in bench.scans] == ["4017-0840"]
    assert bench.button("action_confirm").isVisible()


COUNTED = Message("booked_count", params={"compartment": "C7"})


@pytest.mark.parametrize("change", [{"bar": WRONG}, {"flash": 1, "flashed": COUNTED}])
def test_what_another_scanner_read_brings_the_work_back_too(change: dict[str, object], make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    view = faces.all_views()["pick"]
    bench.show(view)
    bench.tap("action_more")
    bench.show(replace(view, lights=()))
    assert bench.button("action_less").isVisible(), "a light that changes is no reason to go back"
    bench.show(replace(view, token=8, **change))
    assert bench.button("action_not_enough").isVisible()


def test_a_stop_is_said_behind_more_as_well(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["pick_stopped"])
    bench.tap("action_more")
    assert bar_of(bench).text.startswith("STOP")


@pytest.mark.parametrize("then", [WRONG, Message("answer_question")])
def test_a_flash_ends_when_something_else_is_said(then: Message, make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    view = faces.all_views()["pick"]
    bench.show(view)
    done = Message("booked_pick", params={"item": "4017-0840", "compartment": "C7"})
    bench.show(replace(view, token=8, flash=1, flashed=done, bar=Message("booking")))
    bench.show(replace(view, token=9, flash=1, flashed=done))
    assert bar_of(bench).flash, "the next instruction stands beside it"
    bench.show(replace(view, token=9, flash=1, flashed=done, bar=then))
    assert bar_of(bench).flash == ""
    bench.show(replace(view, token=10, flash=1, flashed=done))
    assert bar_of(bench).flash == "", "and does not come back"


def test_work_without_an_order_has_no_line_to_skip(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    view = faces.all_views()["pick"]
    assert isinstance(view.face, TaskFace)
    bench.show(replace(view, face=replace(view.face, order="", reason="sample")))
    assert bench.button("action_skip").accessibleName() == "Leave undone"
    counted = faces.all_views()["count"]
    assert isinstance(counted.face, TaskFace)
    bench.show(replace(counted, token=8, face=replace(counted.face, order="", reason="on_the_spot")))
    assert bench.button("action_skip").accessibleName() == "Leave undone", "with the question open too"


def test_asked_whether_it_is_empty_nothing_is_to_be_taken(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    view = faces.all_views()["ask_empty"]
    bench.show(view)
    frame = bench.window._frame
    assert frame is not None
    assert isinstance(frame.content, TaskModel)
    assert (frame.content.verb, frame.content.number, frame.content.unit) == ("", "", "")
    assert [(each.caption, each.value) for each in frame.content.facts][:1] == [("Here now", "−2\N{NO-BREAK SPACE}pcs")]
    assert "Left after" not in [each.caption for each in frame.content.facts]


def test_pages_turn(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["work"])
    assert not bench.button("page_up").isEnabled()
    bench.tap("page_down")
    assert bench.button("order_SO-48218").isVisible()
    assert not bench.window.findChildren(QPushButton, "order_SO-48213")


def test_painted_tells_the_token_once_it_is_on_the_screen(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = make_bench()
    bench.window.show()
    qtbot.waitExposed(bench.window)
    with qtbot.waitSignal(bench.window.painted, check_params_cb=lambda token: token == 7, timeout=2000):
        bench.window.show_view(faces.all_views()["pick"])


def test_each_view_is_told_painted_once_and_after_its_own_paint(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = make_bench()
    told: list[int] = []
    bench.window.painted.connect(told.append)
    bench.window.show()
    bench.show(faces.all_views()["pick"])
    bench.show(replace(faces.all_views()["work"], token=8))
    bench.window.show_view(replace(faces.all_views()["pick"], token=9))
    QCoreApplication.sendPostedEvents(bench.window, QEvent.Type.MetaCall)
    assert told == [7, 8]
    qtbot.waitUntil(lambda: told == [7, 8, 9])


def test_a_booking_of_some_milliseconds_does_not_swap_the_buttons(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    view = faces.all_views()["pick"]
    bench.show(view)
    assert isinstance(view.face, TaskFace)
    bench.show(replace(view, token=8, face=replace(view.face, wait=Wait("booking"), offers=())))
    assert bench.button("action_not_enough").isVisible()
    bench.tap("action_confirm")
    assert bench.sent == []


def test_a_booking_flashes_and_a_stop_is_never_covered(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    view = faces.all_views()["pick"]
    bench.show(view)
    done = Message("booked_pick", params={"item": "4017-0840", "compartment": "C7"})
    bench.show(replace(view, token=8, flash=1, flashed=done))
    assert bench.window._frame is not None
    assert bench.window._frame.bar.flash == "4017-0840 taken from C7"
    bench.show(replace(view, token=9, flash=1, flashed=done, bar=Message("machine_stopped", Level.STOP, error="A-213")))
    assert bench.window._frame.bar.flash == ""


def test_showing_the_same_view_again_paints_nothing(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    view = faces.all_views()["pick"]
    bench.show(view)
    before = bench.window._frame
    bench.window.show_view(view)
    assert bench.window._frame is before


def test_turning_through_all_faces_makes_no_new_widgets(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    for view in faces.all_views().values():
        bench.show(view)
    count = len(bench.window.findChildren(QWidget))
    for _ in range(5):
        for view in faces.all_views().values():
            bench.window.show_view(view)
    assert len(bench.window.findChildren(QWidget)) == count


def test_a_window_that_was_closed_is_freed(qapp: QApplication) -> None:
    alive = []
    for _ in range(3):
        bench = Bench(SMALL, "en", 0.0)
        bench.window.show()
        bench.show(faces.all_views()["pick"])
        alive.append(weakref.ref(bench.window))
        bench.window.close()
        del bench
    gc.collect()
    assert [each() for each in alive] == [None, None, None]


class _Emitter(QObject):
    fired = Signal(bool)


@pytest.mark.parametrize("constant", [None, True, False])
def test_the_pinned_binding_loses_no_references(constant: object, qapp: object) -> None:
    """PySide6 6.12.0 loses one reference to None a call on Python 3.11 and aborts after some thousand."""
    emitter, button = _Emitter(), QPushButton()
    gc.collect()
    before = sys.getrefcount(constant)
    for _ in range(50):
        emitter.fired.emit(True)
        button.setEnabled(True)
        button.update()
    assert sys.getrefcount(constant) - before > -25
    button.deleteLater()
    QTest.qWait(0)
