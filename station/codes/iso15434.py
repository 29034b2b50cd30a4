"""ISO/IEC 15434 envelopes: "[)>" RS, then formats, each ended by RS, then EOT. Formats 05 (GS1) and 06 (MH10.8.2) are read.

Scanners and their cables lose control characters. What can be lost without a doubt about the content may be: the EOT, the last
RS with it, and the RS after the header. A group separator may not: without it nobody knows where a value ends.
"""

from __future__ import annotations

from collections.abc import Callable

from station.codes import data_identifiers, gs1_elements, gs1_fields, gs1_pairs
from station.codes.decoded import Decoded, Element, Fault, Kind

HEADER = "[)>"
DOUBLED = ">" + HEADER  # as Mouser's labels begin
GS, RS, EOT = "\x1d", "\x1e", "\x04"


def decode(text: str, raw: str, *, at: int = 0, symbology: str = "") -> Decoded:
    """An envelope that begins with its header."""
    fields, wrong = _read(text, at)
    errors = (wrong,) if wrong else ()
    return Decoded(raw=raw, symbology=symbology, kind=Kind.ISO15434, fields={} if wrong else fields, errors=errors)


def _read(text: str, at: int) -> tuple[dict[str, str], Fault | None]:
    body, wrong = _without_trailer(text, at)
    if wrong:
        return {}, wrong
    start = len(HEADER) + body.startswith(RS, len(HEADER))
    fields: dict[str, str] = {}
    for envelope in body[start:].split(RS):
        found, wrong = _format(envelope, at + start)
        if wrong is None and (twice := next((name for name in found if fields.get(name, found[name]) != found[name]), "")):
            wrong = Fault("two_values", at + start, len(envelope), twice)
        if wrong:
            return {}, wrong
        fields |= found
        start += len(envelope) + 1
    return fields, None


def _without_trailer(text: str, at: int) -> tuple[str, Fault | None]:
    """The header and the formats."""
    end = text.find(EOT)
    if 0 <= end < len(text) - 1:
        return "", Fault("data_after_end", at + end + 1, len(text) - end - 1)
    if end >= 0 and text[end - 1] != RS:
        return "", Fault("record_separator_missing", at + end)
    return text.removesuffix(EOT).removesuffix(RS), None


def _format(envelope: str, at: int) -> tuple[dict[str, str], Fault | None]:
    indicator, separator, data = envelope[:2], envelope[2:3], envelope[3:]
    reader = _READERS.get(indicator)
    if reader is None:
        return {}, Fault("format_is_not_read" if indicator.isdecimal() else "format_is_missing", at, len(indicator))
    if separator != GS:
        return {}, Fault("group_separator_missing", at + 2)
    if not data:
        return {}, Fault("value_is_empty", at + 3)
    return reader(data, at + 3)


def _gs1(data: str, at: int) -> tuple[dict[str, str], Fault | None]:
    elements, wrong = gs1_elements.split(data, at)
    wrong = wrong or gs1_pairs.pair_fault(elements) or gs1_fields.together_fault(elements)
    return ({} if wrong else gs1_fields.fields_of(elements)), wrong


def _identified(data: str, at: int) -> tuple[dict[str, str], Fault | None]:
    found: list[Element] = []
    for part in data.split(GS):
        element, wrong = data_identifiers.element(part, at)
        if element is not None:
            found.append(element)
        elif wrong is None or wrong.code != "value_is_empty":  # a form prints an identifier also where it has no value for it
            return {}, wrong
        at += len(part) + 1
    wrong = data_identifiers.together_fault(found) if found else wrong
    return ({} if wrong else data_identifiers.fields_of(found)), wrong


_READERS: dict[str, Callable[[str, int], tuple[dict[str, str], Fault | None]]] = {"05": _gs1, "06": _identified}
