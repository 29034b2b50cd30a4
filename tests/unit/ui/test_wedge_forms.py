"""A typing scanner whose way of saying codes was taught, keyboards of other countries, and two scanners that type at once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from station.key_layouts import Layout
from station.scan_form import GROUP_SEPARATOR, ScanForm, Stroke
from station.teach_scanner import LABEL, teach_keys
from tests.helpers.typing_scanner import GS_FORMS, TypingScanner
from ui.wedge import WedgeFilter
from ui.wedge_keys import AltNumber, stroke_of
from ui.wedge_timing import LONGEST_GAP_MS, HeldEnd

CODE = "0109520123456788-yZ/+#\x1d21a7Q;,m"
CONTROL, ALT, KEYPAD = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.KeypadModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Listener:
    """A filter with a form, and what it said. Time passes by `rest`."""

    def __init__(self, form: ScanForm | None = None) -> None:
        self.codes: list[str] = []
        self.unclear = 0
        self._form = form or ScanForm()
        self._filter = WedgeFilter(lambda: True, form=lambda: self._form)
        self._filter.scanned.connect(lambda text, at_s: self.codes.append(text))
        self._filter.unclear.connect(self._count)

    def _count(self) -> None:
        self.unclear += 1

    def type(self, strokes: Sequence[Stroke]) -> list[str]:
        for stroke in strokes:
            self._filter._on_stroke(stroke)
        return self.rest()

    def rest(self) -> list[str]:
        """Nothing is typed for a while."""
        self._filter._on_silence()
        self._filter._emit_scan(self._filter._held.take())
        for timer in (self._filter._silence, self._filter._hold, self._filter._alone):
            timer.stop()
        return self.codes


@pytest.mark.parametrize("layout", [Layout.HOST, Layout.DE, Layout.FR])
@pytest.mark.parametrize("gs", GS_FORMS)
def test_a_taught_scanner_is_read_right_in_the_window(qapp: QApplication, layout: Layout, gs: str) -> None:
    scanner = TypingScanner(layout=layout, gs=gs, prefix="S1", suffix="!", has_caps=True, ends="\r\r")
    listener = Listener(teach_keys(scanner.scan(LABEL)).form)
    assert listener.type(scanner.scan(CODE)) == ["]C1" + CODE]
    assert listener.unclear == 0


def test_a_german_computer_spoils_the_codes_of_a_scanner_that_was_not_taught(qapp: QApplication) -> None:
    assert Listener().type(TypingScanner(layout=Layout.DE).scan("A-y")) == ["+C1Aßz"]


def test_f8_inside_a_code_is_a_separator_also_where_nothing_was_taught(qapp: QApplication) -> None:
    assert Listener().type(TypingScanner(gs="F8", has_aim_id=False).scan("10AB\x1d217")) == ["10AB\x1d217"]


def test_a_code_without_the_end_that_was_taught_is_none(qapp: QApplication) -> None:
    form = ScanForm(suffix="\r")
    assert Listener(form).type(TypingScanner(ends="", has_aim_id=False).scan("4017-0840")) == []
    assert Listener(form).type(TypingScanner(has_aim_id=False).scan("4017-0840")) == ["4017-0840"]


# --- two scanners at once ---------------------------------------------------------------------------------------------

CODES = st.text("ABC0123456789-", min_size=2, max_size=20)


def _merged(one: Sequence[Stroke], other: Sequence[Stroke]) -> list[Stroke]:
    return sorted((*one, *other), key=lambda stroke: stroke.at_ms)


@given(one=CODES, other=CODES, start_ms=st.floats(0, 200), paces_ms=st.tuples(st.floats(1, 16), st.floats(1, 16)))
def test_two_scanners_at_once_are_two_codes_or_none_and_never_a_mixed_one(
    qapp: QApplication, one: str, other: str, start_ms: float, paces_ms: tuple[float, float]
) -> None:
    first = TypingScanner(has_aim_id=False, gap_ms=paces_ms[0]).scan(one)
    second = TypingScanner(has_aim_id=False, gap_ms=paces_ms[1]).scan(other, start_ms=1000 + start_ms)
    listener = Listener()
    assert set(listener.type(_merged(first, second))) <= {one, other}
    last_ms = max(first[-1].at_ms, second[-1].at_ms)
    listener.codes.clear()
    later = TypingScanner(has_aim_id=False).scan("4017-0840", start_ms=last_ms + LONGEST_GAP_MS + 1)
    assert listener.type(later) == ["4017-0840"]


def test_two_scanners_in_step_give_no_code_and_that_is_said_once(qapp: QApplication) -> None:
    first = TypingScanner(has_aim_id=False).scan("A-4711")
    second = TypingScanner(has_aim_id=False).scan("B-4712", start_ms=1004)
    listener = Listener()
    assert listener.type(_merged(first, second)) == []
    assert listener.unclear == 1


def test_two_ends_are_one_scanner_only_where_that_was_taught() -> None:
    for further, sure in ((0, ""), (1, "A-4711")):
        held = HeldEnd()
        held.end("A-4711", 1000, hold_ms=20, further_ends=further)
        assert held.key(1008, is_end=True) == ("", True)
        assert held.take() == sure


def test_a_code_is_sure_when_the_next_key_comes_late_enough() -> None:
    held = HeldEnd()
    held.end("A-4711", 1000, hold_ms=20, further_ends=0)
    assert held.key(1021, is_end=False) == ("A-4711", False)
    assert held.take() == ""


# --- Qt's keys --------------------------------------------------------------------------------------------------------


def _event(key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = PLAIN, scan_code: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan_code, 0, 0, text)


@pytest.mark.parametrize(
    ("key", "text", "modifiers", "said"),
    [
        (Qt.Key.Key_A, "A", PLAIN, "A"),
        (Qt.Key.Key_Return, "\r", PLAIN, "\r"),
        (Qt.Key.Key_Enter, "\r", KEYPAD, "\r"),
        (Qt.Key.Key_Tab, "\t", PLAIN, "\t"),
        (Qt.Key.Key_BracketRight, "\x1d", CONTROL, "\x1d"),
        (Qt.Key.Key_BracketRight, "", CONTROL, "]"),
        (Qt.Key.Key_Plus, "", CONTROL, "+"),
        (Qt.Key.Key_Dead_Grave, "", PLAIN, "`"),
        (Qt.Key.Key_Shift, "", PLAIN, ""),
        (Qt.Key.Key_Escape, "\x1b", PLAIN, ""),
    ],
)
def test_a_key_of_qt_is_a_stroke(key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier, said: str) -> None:
    stroke = stroke_of(_event(key, text, modifiers, scan_code=38))
    assert (stroke.text, stroke.is_control) == (said, modifiers == CONTROL)


def test_the_place_of_a_key_is_told_where_the_window_system_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [stroke_of(_event(Qt.Key.Key_Y, "y", scan_code=code)).place for code in (0, 52, 300)] == [0, 44, 0]
    monkeypatch.setattr("sys.platform", "win32")
    assert stroke_of(_event(Qt.Key.Key_Y, "y", scan_code=44)).place == 44


def test_alt_and_a_number_is_a_character(qapp: QApplication) -> None:
    number = AltNumber()
    assert number.press(_event(Qt.Key.Key_Alt, "", ALT))
    assert all(number.press(_event(Qt.Key(ord(digit)), digit, ALT | KEYPAD)) for digit in "029")
    assert not number.press(_event(Qt.Key.Key_2, "2", KEYPAD))
    stroke = number.release(_event(Qt.Key.Key_Alt))
    assert stroke is not None
    assert (stroke.text, stroke.is_numbered) == (GROUP_SEPARATOR, True)
    assert number.release(_event(Qt.Key.Key_Alt)) is None
