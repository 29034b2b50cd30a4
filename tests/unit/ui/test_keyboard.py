"""Every control of every face is reached by Tab and by assistive technology, and pressed by a person's lone key alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from station.view.teach import TeachFace
from tests.helpers import faces
from tests.helpers.sync_faces import site_states
from tests.unit.ui.conftest import Bench, MakeBench
from ui.steering import Steer
from ui.view_models.frame import Page
from ui.widgets.focus_ring import controls_in_order, place_of
from ui.widgets.touch_button import TouchButton

EVERY = {**faces.all_views(), **dict(site_states())}
KEYS = {
    Qt.Key.Key_Tab: "\t",
    Qt.Key.Key_Return: "\r",
    Qt.Key.Key_Space: " ",
    Qt.Key.Key_Escape: "",
    Qt.Key.Key_Right: "",
}


class Hands:
    """A person at the keyboard: every key a second after the one before."""

    def __init__(self, bench: Bench) -> None:
        self._bench, self._at_ms = bench, 10_000

    def press(self, *keys: Qt.Key, shift: bool = False) -> None:
        for key in keys:
            self._at_ms += 1000
            held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, held, KEYS.get(key, ""))
                event.setTimestamp(self._at_ms)
                QCoreApplication.sendEvent(self._bench.window, event)
            wedge = self._bench.window._wedge
            wedge._alone_steering.stop()
            wedge._emit_steer(wedge._steering.take())  # as if its time were over
            QCoreApplication.processEvents()


def _shown(make_bench: MakeBench, name: str, *, hand: str = "right") -> Bench:
    bench = make_bench(hand=hand)
    bench.window.show()
    bench.show(EVERY[name])
    return bench


def _usable(bench: Bench) -> list[QAbstractButton]:
    return [each for each in bench.window.findChildren(QAbstractButton) if each.isVisible() and each.isEnabled()]


def test_every_control_is_reached_by_tab_has_a_name_and_can_be_pressed(make_bench: MakeBench) -> None:
    bench = _shown(make_bench, "pick")
    for name, view in EVERY.items():
        bench.show(view)
        bench.window._ring.lift()
        usable = _usable(bench)
        reached = []
        for _ in usable:
            bench.window._on_steered(Steer.NEXT)
            reached.append(bench.window._ring.at)
        assert set(reached) == set(usable), name
        assert reached == controls_in_order(bench.window), name
        for control in usable:
            told = QAccessible.queryAccessibleInterface(control)
            assert control.focusPolicy() is Qt.FocusPolicy.TabFocus
            assert told.text(QAccessible.Text.Name).strip(), f"{name}: {control.objectName()}"
            assert told.role() is QAccessible.Role.Button, f"{name}: {control.objectName()}"
            assert told.state().focusable
            assert "Press" in told.actionInterface().actionNames(), f"{name}: {control.objectName()}"


@pytest.mark.slow
@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_the_key_presses_what_the_ring_is_around_and_nothing_else(
    key: Qt.Key, make_bench: MakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = _shown(make_bench, "pick")
    pressed: list[str] = []
    monkeypatch.setattr(bench.window, "_on_tapped", pressed.append)  # nothing changes: every control stays where it is
    hands = Hands(bench)
    for name, view in EVERY.items():
        if isinstance(view.face, TeachFace):  # its keys are looked at one by one
            continue
        bench.show(view)
        bench.window._ring.lift()
        pressed.clear()
        hands.press(key)
        assert pressed == [], name
        for control in controls_in_order(bench.window):
            hands.press(Qt.Key.Key_Tab, key)
            assert bench.window._ring.at is control, name
        assert len(pressed) == len(set(pressed)) == len(controls_in_order(bench.window)), name


def test_a_pick_is_confirmed_by_tab_and_return(make_bench: MakeBench) -> None:
    bench = _shown(make_bench, "pick")
    hands = Hands(bench)
    hands.press(Qt.Key.Key_Tab, shift=True)
    assert bench.window._ring.at is bench.button("action_confirm")
    assert bench.window.focusWidget() is bench.button("action_confirm")
    assert bench.sent == []
    hands.press(Qt.Key.Key_Return)
    assert [type(each).__name__ for each in bench.sent] == ["Confirm"]


def test_the_ring_is_seen_and_a_touch_takes_it_away(make_bench: MakeBench) -> None:
    bench = _shown(make_bench, "ask_taken")
    ring = bench.window._ring
    assert not ring.isVisible()
    Hands(bench).press(Qt.Key.Key_Tab)
    assert ring.isVisible()
    assert ring.geometry() == place_of(ring.at, bench.window)
    bench.tap("key_1")
    assert not ring.isVisible()
    assert ring.at is None


def test_the_ring_goes_when_its_control_goes(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = _shown(make_bench, "ask_taken")
    bench.window._ring._put(bench.button("key_5"))
    bench.show(EVERY["pick"])
    qtbot.waitUntil(lambda: not bench.window._ring.isVisible())
    Hands(bench).press(Qt.Key.Key_Return)
    assert bench.sent == []


def test_arrows_walk_over_a_keypad(make_bench: MakeBench) -> None:
    bench = _shown(make_bench, "ask_taken")
    ring = bench.window._ring
    ring._put(bench.button("key_5"))
    for steer, expected in ((Steer.UP, "key_8"), (Steer.RIGHT, "key_9"), (Steer.DOWN, "key_6"), (Steer.LEFT, "key_5")):
        ring.steer(steer)
        assert ring.at is bench.button(expected)


def test_a_digit_is_typed_by_space_and_the_ring_stays(make_bench: MakeBench) -> None:
    bench = _shown(make_bench, "ask_taken")
    bench.window._ring._put(bench.button("key_5"))
    Hands(bench).press(Qt.Key.Key_Space)
    assert bench.window._local.entry == "5"
    assert bench.window._ring.at is bench.button("key_5")


@pytest.mark.parametrize(("opens", "page"), [("action_more", Page.MORE), ("picture_open", Page.PICTURE)])
def test_escape_closes_what_lies_over_the_task(opens: str, page: Page, make_bench: MakeBench) -> None:
    bench = _shown(make_bench, "pick")
    bench.tap(opens)
    assert bench.window._frame.page is page
    Hands(bench).press(Qt.Key.Key_Escape)
    assert bench.window._frame.page is Page.TASK
    assert bench.sent == []


def test_escape_leaves_a_question(make_bench: MakeBench) -> None:
    bench = _shown(make_bench, "ask_taken")
    Hands(bench).press(Qt.Key.Key_Escape)
    assert [type(each).__name__ for each in bench.sent] == ["Back"]


def test_escape_on_a_task_does_nothing(make_bench: MakeBench) -> None:
    bench = _shown(make_bench, "pick")
    Hands(bench).press(Qt.Key.Key_Escape)
    assert bench.sent == []


@pytest.mark.parametrize("key", KEYS)
def test_a_key_that_gets_to_a_button_after_all_presses_nothing(key: Qt.Key, make_bench: MakeBench) -> None:
    """As if the filter that keeps keys away were not there."""
    bench = _shown(make_bench, "pick")
    QCoreApplication.instance().removeEventFilter(bench.window._wedge)
    for control in _usable(bench):
        control.setFocus(Qt.FocusReason.TabFocusReason)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(control, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, KEYS[key]))
    assert bench.sent == []
    assert not any(bench.window._local.cover)


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_scan_presses_nothing_where_the_ring_stands(end: Qt.Key, make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = _shown(make_bench, "pick")
    hands = Hands(bench)
    hands.press(Qt.Key.Key_Tab, shift=True)
    at_ms = 100_000
    for sign in (" ", *"A7 12", " ", ""):
        key = {" ": Qt.Key.Key_Space, "": end}.get(sign) or Qt.Key(ord(sign))
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, sign or KEYS[end])
        event.setTimestamp(at_ms)
        QCoreApplication.sendEvent(bench.window, event)
        at_ms += 8
    qtbot.waitUntil(lambda: bool(bench.scans))
    assert bench.window._wedge._steering.take() is None
    assert bench.window._ring.at is bench.button("action_confirm")
    assert bench.sent == []


def test_for_the_left_hand_tab_goes_from_left_to_right_too(make_bench: MakeBench) -> None:
    bench = _shown(make_bench, "pick", hand="left")
    row = [each for each in controls_in_order(bench.window) if isinstance(each, TouchButton) and each.model.f_key]
    row = [each for each in row if each.parentWidget() is bench.window._actions]
    assert row[0] is bench.button("action_confirm")
    assert [each.model.f_key for each in row] == [12, 1, 2, 3, 4]
    assert [each.x() for each in row] == sorted(each.x() for each in row)
