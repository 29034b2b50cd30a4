"""Qt's key events as strokes of a scanner. The only place that knows what Qt and the window systems make of keys."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from station.scan_form import CONTROLS, Stroke
from ui.steering import Steer

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
_SHIFTS: Final = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)
_MODIFIERS: Final = frozenset({*_SHIFTS, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock})
_STEERS: Final = {
    Qt.Key.Key_Tab: Steer.NEXT,
    Qt.Key.Key_Backtab: Steer.BEFORE,
    Qt.Key.Key_Left: Steer.LEFT,
    Qt.Key.Key_Right: Steer.RIGHT,
    Qt.Key.Key_Up: Steer.UP,
    Qt.Key.Key_Down: Steer.DOWN,
    Qt.Key.Key_Space: Steer.PRESS,
    Qt.Key.Key_Return: Steer.PRESS,
    Qt.Key.Key_Enter: Steer.PRESS,
    Qt.Key.Key_Escape: Steer.LEAVE,
}
STEERING_TEXTS: Final = frozenset({"\t", "\r", " "})  # what those of them write that write something
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


def steer_of(event: QKeyEvent) -> Steer | None:
    """What a person asks for with this key, if it stands alone."""
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    if event.modifiers() & held:
        return None
    step = _STEERS.get(Qt.Key(event.key())) if event.key() else None
    is_back = step is Steer.NEXT and bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return Steer.BEFORE if is_back else step


def is_modifier(event: QKeyEvent) -> bool:
    """Whether the key only changes what others mean."""
    return event.key() in _MODIFIERS


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
