"""How one scanner says a code: what it puts around it, what stands for the group separator, whose keyboard it thinks it is.

Pure. A form is taught (`station.teach_scanner`) or set; an empty one takes what comes as it comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hardware import us_keyboard
from station.key_layouts import Layout, meant, swap_case

GROUP_SEPARATOR = "\x1d"
F8 = "F8"  # as a form's `gs`: the key, not a text
ENDS = "\r\t"  # as characters: Return or Enter, Tab
CONTROLS = frozenset({"\x1c", GROUP_SEPARATOR, "\x1e", "\x1f", "\x04"})  # separators of GS1 and ISO 15434


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key of a scanner that types. `text` is what the computer made of it ("\\r" and "\\t" for the keys that end a code), of
    a key with Ctrl the key's own sign; `place` is Linux's number of the key, 0 where nobody tells it; `is_numbered`: typed as Alt
    and a number, which no layout changes; `function` is the number of an F-key. Times are the keyboard's own."""

    text: str = field(default="", repr=False)  # of a badge, perhaps
    at_ms: float = 0.0
    place: int = field(default=0, repr=False)
    is_shifted: bool = False
    is_control: bool = False
    is_numbered: bool = False
    function: int = 0

    @property
    def is_end(self) -> bool:
        return bool(self.text) and self.text in ENDS


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanForm:
    """`prefix` and `suffix` stand around each code; a suffix ends with the keys that end it, as characters. `gs` is what comes
    for a group separator: itself, F8, a text such as "|" or "{GS}", or "" where that was not taught."""

    prefix: str = ""
    suffix: str = ""
    gs: str = ""
    layout: Layout = Layout.HOST
    is_caps_inverted: bool = False
    has_aim_id: bool = False

    @property
    def ends(self) -> str:
        """The keys that end a code, as far as the suffix tells."""
        return self.suffix[len(self.suffix.rstrip(ENDS)) :]

    def sign(self, stroke: Stroke) -> str:
        """The character that the scanner meant with a key, "" for none."""
        if stroke.function:
            return GROUP_SEPARATOR if stroke.function == 8 and self.gs in ("", F8) else ""
        if stroke.is_numbered or stroke.is_end:
            return stroke.text
        if self.layout is Layout.KEYS and stroke.place:
            if stroke.is_control:
                return us_keyboard.control_character(stroke.place)
            return us_keyboard.character(stroke.place, is_shifted=stroke.is_shifted)
        text = meant(swap_case(stroke.text) if self.is_caps_inverted else stroke.text, self.layout)
        return _with_control(text) if stroke.is_control else text

    def typed(self, strokes: Sequence[Stroke]) -> str:
        """All that was typed, before anything is taken off."""
        return "".join(map(self.sign, strokes))

    def bare(self, text: str) -> str:
        """The code in what was typed or said; what is not around it is not taken off."""
        code = text.removeprefix(self.prefix).removesuffix(self.suffix.rstrip(ENDS))
        return code.replace(self.gs, GROUP_SEPARATOR) if self.gs not in ("", F8, GROUP_SEPARATOR) else code

    def read(self, text: str) -> str:
        """The code in what a scanner on a line of its own said."""
        return self.bare(meant(swap_case(text) if self.is_caps_inverted else text, self.layout))


def _with_control(text: str) -> str:
    """The control character that Ctrl and this sign stand for, where codes have such; the sign's own where it is one already."""
    if text in CONTROLS:
        return text
    sign = {"]": GROUP_SEPARATOR, "\\": "\x1c", "6": "\x1e", "^": "\x1e", "-": "\x1f", "_": "\x1f", "d": "\x04", "D": "\x04"}
    return sign.get(text, "")
