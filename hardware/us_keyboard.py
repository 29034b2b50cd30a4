"""Keys of a US keyboard by the place they sit at: what a scanner means that is set to the country "US", whatever the computer's
own keyboard is. Numbers are those of Linux (linux/input-event-codes.h); in a window of X11 or Wayland they are 8 higher.
"""

from __future__ import annotations

from typing import Final

ENTER, KEYPAD_ENTER, TAB = 28, 96, 15
END_KEYS: Final = frozenset((ENTER, KEYPAD_ENTER, TAB))
SHIFT_KEYS: Final = frozenset((42, 54))
CONTROL_KEYS: Final = frozenset((29, 97))
ALT_KEYS: Final = frozenset((56, 100))
SILENT_KEYS: Final = frozenset((58, 69, 70, 125, 126))  # Caps, Num and Scroll Lock, the two logo keys: they say nothing here
F8: Final = 66
FUNCTION_KEYS: Final = frozenset((*range(59, 69), 87, 88))

_ROWS: Final = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
)
_KEYPAD: Final = {71: "7", 72: "8", 73: "9", 75: "4", 76: "5", 77: "6", 79: "1", 80: "2", 81: "3", 82: "0"}
_KEYPAD_SIGNS: Final = {55: "*", 74: "-", 78: "+", 83: ".", 98: "/"}

_PLAIN: Final = {first + place: sign for first, plain, _ in _ROWS for place, sign in enumerate(plain)}
_SHIFTED: Final = {first + place: sign for first, _, shifted in _ROWS for place, sign in enumerate(shifted)}
_EVERYWHERE: Final = {**_KEYPAD, **_KEYPAD_SIGNS}


def character(key: int, *, is_shifted: bool) -> str:
    """What this key types; "" for a key that types nothing."""
    return _EVERYWHERE.get(key) or (_SHIFTED if is_shifted else _PLAIN).get(key, "")


def keypad_digit(key: int) -> str:
    """The digit of a key of the keypad, "" for others."""
    return _KEYPAD.get(key, "")


def control_character(key: int) -> str:
    """What this key is together with Ctrl: Ctrl+] is the group separator. "" where that is nothing."""
    sign = _PLAIN.get(key, "")
    if sign.isalpha() or sign in ("[", "\\", "]"):
        return chr(ord(sign.upper()) & 0x1F)
    return {"6": "\x1e", "-": "\x1f", "2": "\x00"}.get(sign, "")
