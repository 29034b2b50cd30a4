"""A scanner that types on some computer, as the keys that arrive at the window. Knows nothing of how they are read."""

from __future__ import annotations

from dataclasses import dataclass

from hardware import us_keyboard
from station.key_layouts import Layout, swap_case, typed
from station.scan_form import GROUP_SEPARATOR, Stroke

GS_FORMS = ("ctrl", "F8", "alt", "|", "~", "^", "{GS}")
_KEYS = {
    us_keyboard.character(place, is_shifted=shift): (place, shift)
    for shift in (True, False)
    for place in range(2, 58)
    if us_keyboard.character(place, is_shifted=shift)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypingScanner:
    """`layout` is the computer's keyboard; `gs` what the scanner sends for a group separator, "" for nothing."""

    layout: Layout = Layout.HOST
    gs: str = "ctrl"
    prefix: str = ""
    suffix: str = ""
    ends: str = "\r"
    has_caps: bool = False
    has_aim_id: bool = True
    tells_places: bool = False
    by_numbers: bool = False
    gap_ms: float = 8.0

    def scan(self, code: str, *, aim_id: str = "]C1", start_ms: float = 1000.0) -> tuple[Stroke, ...]:
        """The keys of one scan."""
        said = f"{self.prefix}{aim_id if self.has_aim_id else ''}{code}{self.suffix}"
        keys = [key for sign in said for key in self._keys(sign)]
        keys += [Stroke(text=end) for end in self.ends]
        return tuple(self._at(key, start_ms + number * self.gap_ms) for number, key in enumerate(keys))

    def _keys(self, sign: str) -> list[Stroke]:
        if sign != GROUP_SEPARATOR:
            return [self._key(sign)]
        if self.gs == "ctrl":
            return [self._key("]", is_control=True)]
        if self.gs == "F8":
            return [Stroke(function=8)]
        if self.gs == "alt":
            return [Stroke(text=GROUP_SEPARATOR, is_numbered=True)]
        return [self._key(each) for each in self.gs]

    def _key(self, sign: str, *, is_control: bool = False) -> Stroke:
        if self.by_numbers:
            return Stroke(text=GROUP_SEPARATOR if is_control else sign, is_numbered=True)
        place, is_shifted = _KEYS[sign]
        text = typed(sign, self.layout)
        return Stroke(
            text=swap_case(text) if self.has_caps else text,
            place=place if self.tells_places else 0,
            is_shifted=is_shifted,
            is_control=is_control,
        )

    @staticmethod
    def _at(key: Stroke, at_ms: float) -> Stroke:
        return Stroke(key.text, at_ms, key.place, key.is_shifted, key.is_control, key.is_numbered, key.function)
