"""EAN-13, EAN-8, UPC-A, UPC-E and ITF-14: a number with a check digit, as the GTIN of fourteen digits that it stands for."""

from __future__ import annotations

from station.codes.decoded import Decoded, Fault, Kind
from station.codes.gs1_numbers import DIGITS, check_digit

GTIN = 14
_NAMES = {8: "ean_8", 12: "upc_a", 13: "ean_13", 14: "itf_14"}
LENGTHS = frozenset(_NAMES)


def is_number(text: str) -> bool:
    """Whether a text has the form of such a number."""
    return len(text) in LENGTHS and set(text) <= DIGITS


def gtin_of(text: str) -> str:
    """The GTIN of fourteen digits that a number stands for; "" where it is none, or where it could be two."""
    if not is_number(text):
        return ""
    if len(text) == 8:
        found = {gtin for gtin in (_filled(text), _expanded(text)) if gtin}
        return found.pop() if len(found) == 1 else ""
    return _filled(text)


def _filled(text: str) -> str:
    return "" if check_digit(text) else text.zfill(GTIN)


def _expanded(text: str) -> str:
    """Of a UPC-E with its number system and check digit."""
    if text[0] not in "01":
        return ""
    from biip import ParseError  # its lists take as long to load as a whole screen to build: not at the start of the window
    from biip.upc import Upc

    try:
        return Upc.parse(text).as_upc_a().zfill(GTIN)
    except ParseError:
        return ""


def decode(text: str, raw: str, *, at: int = 0, symbology: str = "") -> Decoded:
    """A number that `is_number`. Eight digits that are an EAN-8 and a UPC-E are two things, and so none."""
    gtin = gtin_of(text)
    name = symbology or _NAMES[len(text)]
    if gtin:
        is_upc_e = len(text) == 8 and gtin != text.zfill(GTIN)
        return Decoded(raw=raw, symbology="upc_e" if is_upc_e else name, kind=Kind.EAN, fields={"gtin": gtin})
    wrong = check_digit(text)
    fault = Fault(wrong.code, at + wrong.at, wrong.length) if wrong else Fault("two_meanings", at, len(text))
    return Decoded(raw=raw, symbology=name, kind=Kind.EAN, errors=(fault,))
