"""The language of the screen: a translations object that is passed in, number and time habits, and the marks for extraction.

Sentences are marked where they are written (`N_("...")`, `NN_("...", "...")`) and translated where they are shown, so the tables
in `ui/sentences/` hold literals only and Babel finds every one. The pseudo-language `en_XA` makes each word 40 % longer.
"""

from __future__ import annotations

import gettext
import re
from dataclasses import dataclass
from pathlib import Path

DOMAIN = "baylight"
LOCALE_DIRECTORY = Path(__file__).parent / "locale"
PSEUDO = "en_XA"
LANGUAGES = ("en", "de", "it", "fr", "es")
OWN_NAMES = {"en": "English", "de": "Deutsch", "it": "Italiano", "fr": "Français", "es": "Español"}  # as its people call it
GROUP_SIGNS = {"de": ".", "it": ".", "fr": "\N{NO-BREAK SPACE}", "es": "."}  # between thousands; English has a comma
UNGROUPED = 4  # digits that are read at a glance
NAMES = frozenset({"tray", "scanned_tray", "number", "rank", "ranks", "order", "line", "card"})  # numbers that only name
COMMA_LANGUAGES = frozenset({"de", "it", "fr", "es"})
_PLACEHOLDER = re.compile(r"(\{[^}]*\})")
_ACCENTED = str.maketrans("aeiouyncsAEIOUYNCS", "âéîöüýñçšÂÉÎÖÜÝÑÇŠ")


def N_(text: str) -> str:  # noqa: N802 - the name every gettext tool knows
    """Mark a literal for extraction; it is translated later, by whoever shows it."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802
    """Mark a pair of literals (one, many) for extraction."""
    return one, many


class PseudoTranslations(gettext.NullTranslations):
    """English with accents, every word 40 % longer: shows texts that were not marked and layouts that only fit English."""

    def gettext(self, message: str) -> str:
        parts = _PLACEHOLDER.split(message)
        return "".join(part if part.startswith("{") else _lengthen(part) for part in parts)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)


def _lengthen(text: str) -> str:
    return re.sub(r"[A-Za-z]{2,}", _longer_word, text)


def _longer_word(match: re.Match[str]) -> str:
    word = match.group(0)
    extra = max(1, round(len(word) * 0.4))
    return word.translate(_ACCENTED) + "~" * extra if not word.isupper() else word + "~" * extra


@dataclass(frozen=True, slots=True)
class Language:
    """A language ready to use: `code` as in LANGUAGES (or en_XA), its translations, and its signs for decimals and thousands."""

    code: str
    translations: gettext.NullTranslations
    decimal_sign: str = "."
    group_sign: str = ","

    def figure(self, text: str) -> str:
        """A decimal number as people write it: "1,048,211.5". Up to 9999 nothing stands between the thousands."""
        whole, _, part = text.partition(".")
        digits = whole.lstrip("-")
        if digits.isdecimal() and len(digits) > UNGROUPED:
            whole = f"{int(whole):,}".replace(",", self.group_sign)
        return f"{whole}{self.decimal_sign}{part}" if part else whole

    def shown(self, name: str, value: str | int) -> str | int:
        """A value of a sentence: a count is a figure, what only names something is not."""
        is_long = isinstance(value, int) and abs(value) >= 10**UNGROUPED and name not in NAMES
        return self.figure(str(value)) if is_long else value


def load_language(code: str, directory: Path = LOCALE_DIRECTORY) -> Language:
    """The language with this code. A missing catalogue gives English sentences with the language's own numbers."""
    if code == PSEUDO:
        return Language(code, PseudoTranslations())
    name = code.partition("_")[0]
    sign, group = "," if name in COMMA_LANGUAGES else ".", GROUP_SIGNS.get(name, ",")
    return Language(code, gettext.translation(DOMAIN, directory, [code], fallback=True), sign, group)


def has_catalogue(code: str, directory: Path = LOCALE_DIRECTORY) -> bool:
    """Whether there are sentences in this language."""
    return gettext.find(DOMAIN, directory, [code]) is not None


def spoken(directory: Path = LOCALE_DIRECTORY) -> tuple[str, ...]:
    """The languages that there are sentences in: English, and those with a catalogue."""
    return tuple(each for each in LANGUAGES if each == "en" or has_catalogue(each, directory))
