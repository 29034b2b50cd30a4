"""The symbology identifier that a scanner may say before a code (ISO/IEC 15424): "]C1", "]d2", and what it promises."""

from __future__ import annotations

from dataclasses import dataclass

_CHARACTERS = {
    "A": "code_39",
    "B": "telepen",
    "C": "code_128",
    "D": "code_one",
    "E": "ean_13",
    "F": "codabar",
    "G": "code_93",
    "H": "code_11",
    "I": "itf",
    "J": "dotcode",
    "K": "code_16k",
    "L": "pdf417",
    "M": "msi",
    "N": "anker",
    "O": "codablock",
    "P": "plessey",
    "Q": "qr",
    "R": "straight_2_of_5",
    "S": "straight_2_of_5",
    "T": "code_49",
    "U": "maxicode",
    "V": "grid_matrix",
    "X": "other",  # a code that the standard does not list
    "Z": "no_code",  # keys, a magnetic stripe: no barcode at all
    "c": "channel_code",
    "d": "data_matrix",
    "e": "databar",
    "h": "han_xin",
    "o": "ocr",
    "p": "posicode",
    "s": "supercode",
    "z": "aztec",
}
_GS1 = {"C1": "gs1_128", "e0": "databar", "d2": "gs1_data_matrix", "Q3": "gs1_qr", "J1": "gs1_dotcode", "z1": "gs1_aztec"}
_EAN = {"E0": "ean_13", "E1": "ean_addon_2", "E2": "ean_addon_5", "E3": "ean_13_addon", "E4": "ean_8"}
# What follows a symbol separator or an escape in the part above a DataBar is a message of its own, and no element string.
_COMPOSITE = frozenset({"e1", "e2", "e3"})
_MODIFIERS = frozenset("0123456789ABCDEF")

LENGTH = 3


@dataclass(frozen=True, slots=True)
class Symbology:
    """What the identifier says. `name` is "" where it is none that we know."""

    name: str
    is_gs1: bool = False
    is_ean: bool = False


def symbology(text: str) -> Symbology | None:
    """The symbology of a text that begins with "]"; None for every other text."""
    if not text.startswith("]"):
        return None
    said = text[1:LENGTH]
    if said in _GS1:
        return Symbology(_GS1[said], is_gs1=True)
    if said in _EAN:
        return Symbology(_EAN[said], is_ean=True)
    if said in _COMPOSITE:
        return Symbology("composite")
    if len(said) == 2 and said[0] in _CHARACTERS and said[0] not in "Ee" and said[1] in _MODIFIERS:
        return Symbology(_CHARACTERS[said[0]])
    return Symbology("")
