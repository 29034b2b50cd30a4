"""What a scan is: the symbology identifier first, where the scanner says it, else the form of the text.

An exact code of the site (an item's own code, one of its barcodes) goes before all this: only the store knows it, and whoever
has the store asks it first.
"""

from __future__ import annotations

import re

from station.codes import aim, data_identifiers, digital_link, ean, gs1_elements, gs1_fields, gs1_pairs, iso15434, own
from station.codes.decoded import Decoded, Element, Fault, Kind
from station.codes.gs1_numbers import DIGITS, check_digit

FNC1 = gs1_elements.FNC1
_ENDS = " \r\n\t"  # not str.strip's: to it separators are white space
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")
_PRINTED = re.compile(r"\([0-9()]*")
_UNMARKED = {"00": 20, "01": 16, "02": 16}  # a key that begins a string without any mark, and how long the two are at least
_COMPOSITE = "|]e0"  # what the scanner puts before the two-dimensional part above an EAN


def decode(raw: str, *, with_identifiers: bool = False) -> Decoded:
    """Read a scan. `with_identifiers`: a text that begins with a data identifier (Odette's and AIAG's linear bars) is one; else
    it is a text, for "S123" may be anybody's item."""
    text = raw.strip(_ENDS)
    if len(text) > gs1_elements.MOST_CHARACTERS:
        return Decoded(raw=raw, errors=(Fault("data_too_long", 0, len(text)),))
    at = raw.find(text)
    said = aim.symbology(text)
    if not text:  # behind a symbology identifier there may be nothing
        return Decoded(raw=raw, errors=(Fault("no_data"),))
    if said is None:
        return _bare(text, raw, at, with_identifiers=with_identifiers)
    body, at = text[aim.LENGTH :], at + aim.LENGTH
    if not said.name:
        return Decoded(raw=raw, errors=(Fault("unsupported_symbology_identifier", at - aim.LENGTH, aim.LENGTH),))
    if said.is_gs1 and not body.startswith(own.PREFIXES):
        return _gs1(body, raw, at, symbology=said.name)
    if said.is_ean:
        return _ean(body, raw, at, symbology=said.name)
    return _plain(body, raw, at, symbology=said.name, with_identifiers=with_identifiers)


def _bare(text: str, raw: str, at: int, *, with_identifiers: bool) -> Decoded:
    """A scanner that says no identifier: FNC1 is a group separator, a caret, or nothing before a key."""
    if text.startswith((FNC1, "^")):
        mark = text[0]
        body = text[1:] if mark == FNC1 else text[1:].replace("^", FNC1)
        return _gs1(body, raw, at + 1)
    if _PRINTED.match(text):
        return _printed(text, raw, at)
    is_key = len(text) >= _UNMARKED.get(text[:2], len(text) + 1) and set(text[: _UNMARKED.get(text[:2], 0)]) <= DIGITS
    if is_key or (FNC1 in text and not text.startswith(iso15434.HEADER) and text[:2].isdecimal()):
        return _gs1(text, raw, at)
    if ean.is_number(text):
        return ean.decode(text, raw, at=at)
    return _plain(text, raw, at, with_identifiers=with_identifiers)


def _plain(text: str, raw: str, at: int, *, with_identifiers: bool, symbology: str = "") -> Decoded:
    """What every symbology may carry."""
    if text.startswith(own.PREFIXES):
        return own.decode(text, raw, at=at, symbology=symbology)
    if text.startswith(iso15434.HEADER):
        return iso15434.decode(text, raw, at=at, symbology=symbology)
    if text.startswith(iso15434.DOUBLED):
        return iso15434.decode(text[1:], raw, at=at + 1, symbology=symbology)
    if _URI.match(text):
        return _link(text, raw, at, symbology=symbology)
    if len(text) > 8 and ean.gtin_of(text):
        return ean.decode(text, raw, at=at, symbology=symbology)
    if with_identifiers and (found := data_identifiers.element(text, at)[0]):
        fields = data_identifiers.fields_of([found])
        return Decoded(raw=raw, symbology=symbology, kind=Kind.IDENTIFIER, fields=fields, elements=(found,))
    return Decoded(raw=raw, symbology=symbology, fields={"text": text} if text else {})


def _gs1(body: str, raw: str, at: int, *, symbology: str = "") -> Decoded:
    elements, wrong = gs1_elements.split(body, at)
    return _of_elements(Kind.GS1, raw, symbology, elements=elements, wrong=wrong or gs1_pairs.pair_fault(elements))


def _printed(text: str, raw: str, at: int) -> Decoded:
    elements, wrong = gs1_elements.split_printed(text, at)
    return _of_elements(Kind.GS1, raw, "", elements=elements, wrong=wrong or gs1_pairs.pair_fault(elements))


def _link(text: str, raw: str, at: int, *, symbology: str) -> Decoded:
    elements, wrong = digital_link.parse(text, at)
    return _of_elements(Kind.DIGITAL_LINK, raw, symbology, elements=elements, wrong=wrong or gs1_pairs.pair_fault(elements))


def _of_elements(kind: Kind, raw: str, symbology: str, *, elements: tuple[Element, ...], wrong: Fault | None) -> Decoded:
    if wrong := wrong or gs1_fields.together_fault(elements):
        return Decoded(raw=raw, symbology=symbology, kind=kind, errors=(wrong,), elements=elements)
    return Decoded(raw=raw, symbology=symbology, kind=kind, fields=gs1_fields.fields_of(elements), elements=elements)


def _ean(body: str, raw: str, at: int, *, symbology: str) -> Decoded:
    """After an identifier of the EAN family there are thirteen digits (a UPC filled up by the scanner), or eight; then perhaps
    the code above it, a message of its own."""
    length = 8 if symbology == "ean_8" else 13
    number, rest = body[:length], body[length:]
    if symbology in ("ean_addon_2", "ean_addon_5"):
        return Decoded(raw=raw, symbology=symbology, kind=Kind.EAN, errors=(Fault("add_on_alone", at, len(body)),))
    if len(number) < length:
        return _no_ean("primary_scan_data_is_too_short", raw, symbology, at=at, length=len(body))
    if not set(number) <= DIGITS:
        return _no_ean("primary_message_may_only_contain_digits", raw, symbology, at=at, length=length)
    is_composite = rest.startswith(_COMPOSITE)
    if symbology == "ean_13_addon" and len(rest) in (2, 5) and set(rest) <= DIGITS:
        rest = ""
    if rest and not is_composite:
        return _no_ean("primary_message_is_too_long", raw, symbology, at=at + length, length=len(rest))
    found = _number(number, raw, at, symbology=symbology)
    if not is_composite or not found.valid:
        return found
    return _composite(Element("01", found.fields["gtin"], at), rest.removeprefix(_COMPOSITE), raw, symbology=symbology)


def _composite(number: Element, above: str, raw: str, *, symbology: str) -> Decoded:
    """The number and the message above it are of one thing: their elements must go together as if they were one message's."""
    elements, wrong = gs1_elements.split(above, number.at + raw[number.at :].index(_COMPOSITE) + len(_COMPOSITE))
    elements = (number, *elements)
    return _of_elements(Kind.EAN, raw, symbology, elements=elements, wrong=wrong or gs1_pairs.pair_fault(elements))


def _number(number: str, raw: str, at: int, *, symbology: str) -> Decoded:
    """The scanner has said which of the two an eight-digit number is."""
    wrong = check_digit(number)
    if wrong:
        return _no_ean(wrong.code, raw, symbology, at=at + wrong.at, length=1)
    return Decoded(raw=raw, symbology=symbology, kind=Kind.EAN, fields={"gtin": number.zfill(ean.GTIN)})


def _no_ean(code: str, raw: str, symbology: str, *, at: int, length: int) -> Decoded:
    return Decoded(raw=raw, symbology=symbology, kind=Kind.EAN, errors=(Fault(code, at, length),))
