"""Qt's key events as strokes of a scanner. The only place that knows what Qt and the window systems make of keys."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from station.scan_form import CONTROLS, Stroke

_X11_OFFSET: Final = 8  # X11 and Wayland number the keys 8 higher than Linux does
_MOST_PLACE: Final = 0x59  # beyond, the numbers of Windows are others than those of Linux
_ENDS: Final = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Enter: "\r", Qt.Key.Key_Tab: "\t"}
_DEAD: Final = {  # waits for a letter to put its accent on; a scanner's next key is none
    Qt.Key.Key_Dead_Grave: "`",
    Qt.Key.Key_Dead_Acute: "´",
    Qt.Key.Key_Dead_Circumflex: "^",
    Qt.Key.Key_Dead_Diaeresis: "¨",
    Qt.Key.Key_Dead_Tilde: "~",
}
_LATIN: Final = range(0x20, 0x100)  # the Qt keys that are the number of their sign


def stroke_of(event: QKeyEvent) -> Stroke:
    """A key that was pressed; with an empty text where it types nothing."""
    key, modifiers = event.key(), event.modifiers()
    is_control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    return Stroke(
        text=_text(event, is_control=is_control),
        at_ms=float(event.timestamp()),
        place=_place(event.nativeScanCode()),
        is_shifted=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
        is_control=is_control,
        function=key - Qt.Key.Key_F1 + 1 if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12 else 0,
    )


def _text(event: QKeyEvent, *, is_control: bool) -> str:
    key = Qt.Key(event.key()) if event.key() else Qt.Key.Key_unknown
    if key in _ENDS:
        return _ENDS[key]
    if key in _DEAD:
        return _DEAD[key]
    if is_control and event.text() not in CONTROLS:  # some systems leave the text of Ctrl+] empty, some do not
        return chr(event.key()).lower() if event.key() in _LATIN else ""
    return "".join(sign for sign in event.text() if sign.isprintable() or sign in CONTROLS)


def _place(scan_code: int) -> int:
    place = scan_code if sys.platform == "win32" else scan_code - _X11_OFFSET
    return place if 0 < place < _MOST_PLACE else 0


class AltNumber:
    """Alt held and digits of the keypad: a character by its number, said when Alt is let go. Windows does so by itself."""

    def __init__(self) -> None:
        self._digits = ""

    def press(self, event: QKeyEvent) -> bool:
        """Whether this key is a part of it."""
        held = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier
        is_digit = event.modifiers() & held == held and Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9
        if is_digit and sys.platform != "win32":
            self._digits = (self._digits + chr(event.key()))[-4:]
            return True
        return event.key() == Qt.Key.Key_Alt

    def release(self, event: QKeyEvent) -> Stroke | None:
        """The character, when this lets go of Alt after digits."""
        if event.key() != Qt.Key.Key_Alt or not self._digits:
            return None
        number, self._digits = int(self._digits), ""
        text = chr(number) if number < 256 else ""
        return Stroke(text=text, at_ms=float(event.timestamp()), is_numbered=True)
