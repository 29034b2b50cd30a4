"""MH10.8.2 data identifiers as the automotive labels use them (AIAG B-10, Odette, VDA 4994 global transport label).

An identifier is up to three digits and a letter; what follows is its value. The table names those that say something to a bay;
any other is kept under its own name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from station.codes.decoded import Element, Fault

_IDENTIFIER = re.compile(r"[0-9]{0,3}[A-Z]")
_PRINTABLE = re.compile(r"[\x20-\x7e]+")
_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,3})?"
_DAY = r"[0-9]{8}"

NAMES = {
    "P": "sku",  # the customer's item number: the site is the customer
    "1P": "supplier_item",
    "2P": "engineering_level",
    "30P": "supplier_item_first_level",
    "Q": "quantity",
    "7Q": "quantity",
    "3Q": "unit",
    "S": "serial",
    "1S": "supplier_serial",
    "25S": "unique_serial",
    "3S": "package",
    "4S": "master_label",
    "5S": "mixed_label",
    "1J": "licence_plate",
    "2J": "licence_plate",
    "3J": "licence_plate",
    "4J": "licence_plate",
    "5J": "licence_plate",
    "6J": "licence_plate",
    "1T": "lot",
    "T": "lot",
    "30T": "lot_first_level",
    "K": "purchase_order",
    "4K": "purchase_order_line",
    "2K": "shipment",
    "16K": "delivery_note",
    "V": "supplier",
    "12V": "supplier_duns",
    "2L": "ship_from",
    "4L": "origin",
    "9D": "date",
    "10D": "production_week",
    "14D": "expiry",
    "16D": "production_date",
}
_FORMS = {
    "Q": re.compile(_NUMBER),
    "7Q": re.compile(rf"({_NUMBER})([A-Z][A-Z0-9]{{0,2}})"),
    "3Q": re.compile(r"[A-Z0-9]{1,3}"),
    "12V": re.compile(r"[0-9]{9}"),
    "4L": re.compile(r"[A-Z]{2}"),
    "10D": re.compile(r"[0-9]{2}(?:0[1-9]|[1-4][0-9]|5[0-3])"),
    "14D": re.compile(_DAY),
    "16D": re.compile(_DAY),
} | {f"{number}J": re.compile(r"[A-Z0-9]{4,35}") for number in range(1, 7)}
_DAYS = frozenset({"14D", "16D"})
_LONGEST = 50
_FALLBACKS = {"T": "traceability"}  # the customer's own, where the supplier's lot is there too


def element(text: str, at: int) -> tuple[Element | None, Fault | None]:
    """An identifier with its value; `at` is where the text begins in the scan."""
    found = _IDENTIFIER.match(text)
    if found is None:
        return None, Fault("no_data_identifier", at, min(4, len(text)))
    identifier, value = found[0], text[found.end() :]
    at += found.end()
    if not value:
        return None, Fault("value_is_empty", at, 0, identifier)
    if len(value) > _LONGEST:
        return None, Fault("value_is_too_long", at, len(value), identifier)
    if not _PRINTABLE.fullmatch(value):
        return None, Fault("value_has_illegal_character", at, len(value), identifier)
    form = _FORMS.get(identifier)
    if form is not None and not form.fullmatch(value):
        return None, Fault("value_has_wrong_form", at, len(value), identifier)
    if identifier in _DAYS and _day(value) is None:
        return None, Fault("illegal_date", at, len(value), identifier)
    return Element(identifier, value, at), None


def _day(text: str) -> str | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
    except ValueError:
        return None


def together_fault(elements: Sequence[Element]) -> Fault | None:
    """Nothing is said twice with two values: neither an identifier, nor a field that two identifiers stand for."""
    values: dict[str, str] = {}
    for each in elements:
        name = _name(each.identifier, elements)
        if values.setdefault(name, _value(each)) != _value(each):
            return Fault("two_values", each.at, len(each.value), each.identifier)
    return None


def fields_of(elements: Sequence[Element]) -> dict[str, str]:
    """The fields by name; an identifier that has no name here is "di_" and itself."""
    fields = {_name(each.identifier, elements): _value(each) for each in elements}
    for each in elements:
        if each.identifier == "7Q" and (found := _FORMS["7Q"].fullmatch(each.value)):
            fields["unit"] = found[2]
    return fields


def _name(identifier: str, elements: Sequence[Element]) -> str:
    if identifier in _FALLBACKS and any(each.identifier == f"1{identifier}" for each in elements):
        return _FALLBACKS[identifier]
    return NAMES.get(identifier, f"di_{identifier}")


def _value(each: Element) -> str:
    """Numbers without needless zeros, days as ISO."""
    if each.identifier in _DAYS:
        return _day(each.value) or each.value
    if each.identifier in ("Q", "7Q"):
        found = re.match(_NUMBER, each.value)
        return number(found[0]) if found else each.value
    return each.value


def number(text: str) -> str:
    """A decimal number without needless zeros."""
    whole, point, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    return (whole.lstrip("0") or "0") + (point + decimals if decimals else "")
