"""A scanner that types is told from a person, and its keys press nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station.commands.teach import ScanUnclear, TeachKeys
from station.view.teach import TeachFace
from tests.helpers import faces
from tests.unit.ui.conftest import Bench, MakeBench
from ui.wedge_timing import CUT_SILENCE_MS, LONGEST_GAP_MS, BurstCollector, LoneKey


def _type(text: str, *, step_ms: float, start_ms: float = 1000.0) -> tuple[BurstCollector, float]:
    collector, at = BurstCollector(), start_ms
    for character in text:
        collector.key(character, at)
        at += step_ms
    return collector, at


def test_a_fast_burst_is_a_scan() -> None:
    collector, at = _type("4017-0840", step_ms=8)
    assert collector.end(at) == "4017-0840"


def test_a_burst_without_an_ending_key_is_taken_after_the_silence() -> None:
    collector, _ = _type("BLB-1001", step_ms=8)
    assert collector.take() == "BLB-1001"


def test_slow_typing_is_no_scan() -> None:
    collector, at = _type("4017-0840", step_ms=45)
    assert collector.end(at) == ""


@pytest.mark.parametrize("text", ["A7", "123"])
def test_a_short_code_is_a_scan_only_when_a_key_ends_it(text: str) -> None:
    collector, at = _type(text, step_ms=8)
    assert collector.end(at) == text
    collector, _ = _type(text, step_ms=8)
    assert collector.take() == ""


@pytest.mark.parametrize(("text", "step_ms"), [("1", 8), ("A7", 45)])
def test_one_character_and_a_slow_short_code_are_no_scan(text: str, step_ms: float) -> None:
    collector, at = _type(text, step_ms=step_ms)
    assert collector.end(at) == ""


def _go_on(collector: BurstCollector, text: str, at: float) -> float:
    """The scanner types on, 8 ms a key; the time of the next key."""
    for character in text:
        collector.key(character, at)
        at += 8
    return at


@pytest.mark.parametrize(("before", "step_ms"), [("9", 8), ("99", 45)])
def test_a_key_of_a_person_before_a_burst_is_no_part_of_it(before: str, step_ms: float) -> None:
    collector, at = _type(before, step_ms=step_ms)
    assert collector.end(_go_on(collector, "4017-0840", at + 70)) == "4017-0840"


@pytest.mark.parametrize("head", ["10", "1000-", "1000-1000-"])
def test_the_rest_of_a_code_that_was_cut_is_no_code(head: str) -> None:
    collector, at = _type(head, step_ms=5)
    at = _go_on(collector, "M8", at + 70)
    assert collector.end(at) == ""
    assert collector.end(_go_on(collector, "4017-0840", at + 20)) == "4017-0840"


def test_a_code_cut_more_than_once_is_dropped_to_its_end() -> None:
    collector, at = _type("1000-", step_ms=5)
    for part in ("2000-", "M", "3000"):
        at = _go_on(collector, part, at + 150)
    assert collector.end(at + 150) == ""


def test_after_a_cut_code_without_an_end_a_silence_lets_the_next_one_begin() -> None:
    for pause_ms, expected in ((250, ""), (CUT_SILENCE_MS + 10, "4017-0840")):
        collector, at = _type("1000-", step_ms=5)
        at = _go_on(collector, "M8", at + 70)
        assert collector.take() == ""
        assert collector.end(_go_on(collector, "4017-0840", at + pause_ms)) == expected


@pytest.mark.parametrize(("head", "taken"), [("10", ""), ("1000-", "1000-")])
def test_what_follows_a_silence_at_once_is_a_late_rest(head: str, taken: str) -> None:
    collector, at = _type(head, step_ms=5)
    assert collector.take() == taken
    assert collector.end(_go_on(collector, "M8", at + 100)) == ""


def test_one_slow_key_in_a_fast_burst_is_still_a_scan() -> None:
    collector, at = _type("4017", step_ms=8)
    at += 40
    assert collector.end(_go_on(collector, "-0840", at)) == "4017-0840"


def _send(
    bench: Bench, key: Qt.Key, text: str, at_ms: int, *, control: bool = False, repeats: bool = False, to: QWidget | None = None
) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, modifiers, text, repeats)
        event.setTimestamp(at_ms)
        QCoreApplication.sendEvent(to or bench.window, event)


def _send_keys(bench: Bench, text: str, at_ms: int) -> None:
    for number, character in enumerate(text):
        _send(bench, Qt.Key(ord(character)), character, at_ms + number * 8)


def _scan(bench: Bench, text: str, *, to: QWidget | None = None) -> None:
    at = 1000
    for character in text:
        if character == "\x1d":
            _send(bench, Qt.Key.Key_BracketRight, "", at, control=True, to=to)
        elif character == " ":
            _send(bench, Qt.Key.Key_Space, " ", at, to=to)
        else:
            _send(bench, Qt.Key(ord(character.upper())), character, at, to=to)
        at += 8
    _send(bench, Qt.Key.Key_Return, "\r", at, to=to)


@pytest.mark.parametrize("name", sorted(name for name, view in faces.all_views().items() if not isinstance(view.face, TeachFace)))
def test_a_scan_with_spaces_and_return_presses_nothing_on_any_face(name: str, make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()[name])
    touchable = [each for each in bench.window.findChildren(QPushButton) if each.isVisible() and each.isEnabled()]
    for target in [bench.window, *touchable]:  # as if a button had got the focus after all
        before = bench.window._local
        _scan(bench, "AB 12 CD 34", to=target)
        assert bench.window._local == before
    qtbot.waitUntil(lambda: len(bench.scans) == 1 + len(touchable))
    assert set(bench.scans) == {("AB 12 CD 34", "wedge")}
    assert bench.sent == []


def test_while_a_scanner_is_taught_its_keys_are_sent_as_they_came(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["teach"])
    _scan(bench, "A\x1dB")
    qtbot.waitUntil(lambda: len(bench.sent) == 1)
    sent = bench.sent[0]
    assert isinstance(sent, TeachKeys)
    keys = [(stroke.text, stroke.is_control) for stroke in sent.strokes]
    assert keys == [("A", False), ("]", True), ("B", False), ("\r", False)]
    assert bench.scans == []
    _send(bench, Qt.Key.Key_F1, "", 9000)
    qtbot.waitUntil(lambda: type(bench.sent[-1]).__name__ == "ClosePage")


def test_keys_that_are_no_code_are_said(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["pick"])
    _send_keys(bench, "A4711", 1000)
    _send(bench, Qt.Key.Key_Return, "\r", 1040)
    _send_keys(bench, "B", 1044)
    assert bench.sent == [ScanUnclear()]
    assert bench.scans == []


def test_no_touch_gives_a_button_the_focus_and_none_is_a_default(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    for view in faces.all_views().values():
        bench.show(view)
    for button in bench.window.findChildren(QPushButton):
        assert button.focusPolicy() is Qt.FocusPolicy.TabFocus, button.objectName()
        assert not button.autoDefault()
        assert not button.isDefault()


def test_a_group_separator_is_kept(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["pick"])
    _scan(bench, "0104012345678901\x1d10LOT7")
    qtbot.waitUntil(lambda: bench.scans == [("0104012345678901\x1d10LOT7", "wedge")])


def test_a_scan_without_an_ending_key_is_sent_after_the_silence(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = make_bench()
    bench.window.show()
    _send_keys(bench, "4017-0840", 1000)
    qtbot.waitUntil(lambda: bench.scans == [("4017-0840", "wedge")])


def test_a_scan_has_the_time_of_its_last_key_though_it_is_told_later(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = make_bench()
    bench.window.show()
    _scan(bench, "A-4711")  # its Return comes at 1048 ms
    _send_keys(bench, "4017-0840", 2000)
    qtbot.waitUntil(lambda: len(bench.scans) == 2)
    assert bench.scanned_at_s == [1.048, 2.064]


def test_a_stall_in_the_middle_of_a_burst_does_not_cut_it_in_two(make_bench: MakeBench, qtbot: QtBot) -> None:
    """After a stall Qt finds the silence over before it has handed out the keys that came meanwhile."""
    bench = make_bench()
    bench.window.show()
    _send_keys(bench, "4017", 1000)
    bench.window._wedge._silence.timeout.emit()
    _send_keys(bench, "-0840", 1032)
    _send(bench, Qt.Key.Key_Return, "\r", 1072)
    qtbot.waitUntil(lambda: bench.scans == [("4017-0840", "wedge")])


def test_auto_repeat_is_not_a_scanner(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["pick"])
    for number in range(10):
        _send(bench, Qt.Key.Key_A, "a", 1000 + number * 8, repeats=number > 0)
    _send(bench, Qt.Key.Key_Return, "\r", 1090)
    assert bench.scans == []


def test_a_function_key_alone_is_a_persons() -> None:
    keys = LoneKey()
    assert keys.press(12, 1000) == 0
    assert keys.is_held
    assert keys.take() == 12
    assert keys.take() == 0


@pytest.mark.parametrize("gap_ms", [0, 5, LONGEST_GAP_MS])
def test_a_function_key_with_another_key_on_either_side_is_a_scanners(gap_ms: float) -> None:
    keys = LoneKey()
    assert keys.press(2, 1000) == 0
    assert keys.other(1000 + gap_ms) == 0
    assert keys.press(3, 1000 + 2 * gap_ms) == 0
    assert keys.press(4, 1000 + 3 * gap_ms) == 0
    assert not keys.is_held


def test_a_function_key_that_stood_alone_is_not_lost_when_its_time_is_not_told_before_the_next_key() -> None:
    keys = LoneKey()
    keys.press(2, 1000)
    assert keys.press(3, 1100) == 2
    assert keys.other(1200) == 3
    assert keys.take() == 0


def test_a_function_key_acts_when_no_other_key_follows(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["pick"])
    _send(bench, Qt.Key.Key_A, "A", 1000)
    _send(bench, Qt.Key.Key_F12, "", 3000)
    assert bench.sent == []
    qtbot.waitUntil(lambda: [type(each).__name__ for each in bench.sent] == ["Confirm"])


def test_function_keys_around_and_inside_a_scan_press_nothing(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["pick"])
    at = 1000
    for character in "#A-47#11\r#":
        key = {"#": Qt.Key.Key_F12, "\r": Qt.Key.Key_Return}.get(character, Qt.Key.Key_unknown)
        _send(bench, key, "" if character == "#" else character, at)
        at += 5
    qtbot.waitUntil(lambda: [text for text, _ in bench.scans] == ["A-4711"])
    assert not bench.window._wedge._alone.isActive()
    assert bench.sent == []


def test_a_stall_after_a_function_key_lets_the_scans_other_keys_come_first(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["pick"])
    _send(bench, Qt.Key.Key_F12, "", 1000)
    bench.window._wedge._alone.timeout.emit()
    _send_keys(bench, "4017-0840", 1008)
    _send(bench, Qt.Key.Key_Return, "\r", 1080)
    qtbot.waitUntil(lambda: [text for text, _ in bench.scans] == ["4017-0840"])
    assert bench.sent == []
