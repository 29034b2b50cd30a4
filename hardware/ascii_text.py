"""Texts for devices that know ASCII alone."""

from __future__ import annotations

import unicodedata

_FOLDED = str.maketrans(
    {"Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "×": "x", "–": "-", "—": "-", "−": "-",
     "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "Ø": "O", "ø": "o", "Æ": "Ae", "æ": "ae", "Œ": "Oe", "œ": "oe",
     "€": "EUR", "µ": "u", "μ": "u", "°": " "}
)  # fmt: skip


def fold(text: str) -> str:
    """The text in printable ASCII, which every national character set of these displays shares."""
    plain = unicodedata.normalize("NFKD", text.translate(_FOLDED))
    letters = (letter for letter in plain if not unicodedata.combining(letter))
    return "".join(letter if " " <= letter <= "~" else " " if letter.isspace() else "?" for letter in letters)
