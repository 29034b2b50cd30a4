"""What stands on the printed commands: the words of their buttons."""

from __future__ import annotations

from typing import Final

from station.core import printed
from ui.texts import Texts

_NUMBERED: Final = {"ROW": "row", "CHOICE": "choice", "OTHER": "other", "TAB": "tab"}
_DIGIT: Final = {word: str(number) for number, word in enumerate(printed.DIGITS)}


def button_words(word: str, texts: Texts) -> str:
    """The same words as on the screen, so that nobody has to learn others; digits as digits."""
    if word in _DIGIT:
        return _DIGIT[word]
    kind, _, rest = word.partition("_")
    if kind in _NUMBERED and rest in _DIGIT:
        return texts.printed(_NUMBERED[kind], number=_DIGIT[rest])
    if word in (*printed.KEYS, *printed.TURNS, *printed.SHOWN):
        return texts.printed(f"key_{word.lower()}")
    return texts.action(word.lower())
