"""Keys of one scanner to codes, without I/O. Keys are told by their place on a US keyboard, so neither the computer's layout nor
Caps Lock changes a code.

A code ends with Enter or Tab (Ctrl+M, Ctrl+J, Ctrl+I, Ctrl+C too), or by silence, which the layer tells. Ctrl+], F8 and Alt+029
are the group separator. A code of which a key was lost or cannot be understood is dropped whole: half a code may be another's.
"""

from __future__ import annotations

from hardware import us_keyboard as keys
from hardware.devices.evdev_scanner.events import EV_KEY, EV_SYN, PRESSED, RELEASED, SYN_DROPPED, InputEvent

GROUP_SEPARATOR = "\x1d"
ENDING = frozenset("\r\n\t\x03")
BEGINNING = "\x02"
KEPT_CONTROLS = frozenset(("\x04", "\x1c", GROUP_SEPARATOR, "\x1e", "\x1f"))  # of GS1 and ISO 15434
MOST_CHARACTERS = 4096
MOST_ALT_DIGITS = 4


class KeyCollector:
    """The keys that are held, and the code as far as it was typed."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """The device is new: nothing is held, nothing was typed."""
        self._held: set[int] = set()
        self._alt_digits = ""
        self._forget()

    @property
    def is_typing(self) -> bool:
        """Whether there is something that a silence would end."""
        return bool(self._text) or self._is_spoilt

    @property
    def is_held(self) -> bool:
        """Whether a key is down."""
        return bool(self._held)

    def event(self, event: InputEvent) -> str:
        """One event; the code that it ended, "" when it ended none."""
        if event.kind == EV_SYN and event.code == SYN_DROPPED:
            self._held.clear()
            self._alt_digits, self._is_spoilt = "", True
        if event.kind != EV_KEY:
            return ""
        if event.value == RELEASED:
            return self._released(event.code)
        return self._pressed(event.code) if event.value == PRESSED else ""  # a key that repeats is a key that hangs

    def silence(self) -> str:
        """The scanner typed no more: what is there is the code."""
        return self._end()

    def _pressed(self, code: int) -> str:
        self._held.add(code)
        if code in keys.SHIFT_KEYS | keys.CONTROL_KEYS | keys.ALT_KEYS | keys.SILENT_KEYS:
            return ""
        if code in keys.END_KEYS:
            return self._end()
        if self._held & keys.ALT_KEYS:
            return self._alt(keys.keypad_digit(code))
        if self._held & keys.CONTROL_KEYS:
            return self._say(keys.control_character(code))
        if code in keys.FUNCTION_KEYS:  # a prefix or suffix, or the group separator of old scanners
            return self._say(GROUP_SEPARATOR) if code == keys.F8 and self._text else ""
        return self._say(keys.character(code, is_shifted=bool(self._held & keys.SHIFT_KEYS)))

    def _released(self, code: int) -> str:
        self._held.discard(code)
        if code not in keys.ALT_KEYS or self._held & keys.ALT_KEYS or not self._alt_digits:
            return ""
        number, self._alt_digits = int(self._alt_digits), ""
        return self._say(chr(number) if number < 256 else "")

    def _alt(self, digit: str) -> str:
        """Alt and digits of the keypad: the number of a character, said when Alt is let go."""
        if not digit or len(self._alt_digits) >= MOST_ALT_DIGITS:
            return self._say("")
        self._alt_digits += digit
        return ""

    def _say(self, sign: str) -> str:
        """One character; "" is one that we cannot tell."""
        if sign in ENDING and sign:
            return self._end()
        if sign == BEGINNING:
            self._forget()
        elif sign and (sign.isprintable() or sign in KEPT_CONTROLS) and len(self._text) < MOST_CHARACTERS:
            self._text += sign
        else:
            self._is_spoilt = True
        return ""

    def _end(self) -> str:
        text = "" if self._is_spoilt else self._text
        self._forget()
        return text

    def _forget(self) -> None:
        self._text, self._is_spoilt = "", False
