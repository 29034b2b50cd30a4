"""What GS1 elements mean to a booking. biip reads what has a form of its own: dates, and numbers with a decimal point.

Every value was found valid before (`gs1_elements`), so that biip's laxer reading decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from station.codes.decoded import Element, Fault

if TYPE_CHECKING:
    from biip.gs1_element_strings import GS1ElementString

_TEXTS = {
    "00": "sscc",
    "01": "gtin",
    "02": "gtin",  # of what is inside; 01 and 02 exclude each other
    "03": "gtin",
    "10": "lot",
    "21": "serial",
    "22": "variant",
    "240": "additional_id",
    "241": "sku",  # the customer's part number: the site is the customer
    "250": "secondary_serial",
    "400": "purchase_order",
    "402": "shipment",
    "410": "ship_to",
    "412": "supplier",
    "414": "gln",
}
_COUNTS = {"30": "quantity", "37": "quantity"}
_DATES = {
    "11": "production_date",
    "12": "due_date",
    "13": "packaging_date",
    "15": "best_before",
    "16": "sell_by",
    "17": "expiry",
    "7003": "expiry",
}
_MEASURES = {
    "310": "net_weight_kg",
    "311": "length_m",
    "312": "width_m",
    "313": "height_m",
    "314": "area_m2",
    "315": "net_volume_l",
    "316": "net_volume_m3",
    "320": "net_weight_lb",
    "330": "gross_weight_kg",
    "340": "gross_weight_lb",
}


def fields_of(elements: Sequence[Element]) -> dict[str, str]:
    """The fields by name; an element that has no name here is "ai_" and its identifier. Dates are ISO, numbers decimal."""
    return dict(_field(each) for each in elements)


def together_fault(elements: Sequence[Element]) -> Fault | None:
    """Two identifiers that stand for one field say the same: GS1 allows (17) beside (7003), but goods are over on one day."""
    values: dict[str, str] = {}
    for each in elements:
        name, value = _field(each)
        if values.setdefault(name, value) != value:
            return Fault("two_values", each.at, len(each.value), each.identifier)
    return None


def _field(element: Element) -> tuple[str, str]:
    ai, value = element.identifier, element.value
    if name := _TEXTS.get(ai):
        return name, value
    if name := _COUNTS.get(ai):
        return name, str(int(value))
    read = _read(ai, value) if ai in _DATES or ai[:3] in _MEASURES else None
    if read and read.date is not None and ai in _DATES:
        return _DATES[ai], read.date.isoformat()
    if read and read.decimal is not None:
        return _MEASURES[ai[:3]], str(read.decimal)
    return f"ai_{ai}", value


def _read(ai: str, value: str) -> GS1ElementString | None:
    from biip import ParseError  # its lists take as long to load as a whole screen to build: not at the start of the window
    from biip.gs1_element_strings import GS1ElementString

    try:
        return GS1ElementString.parse(ai + value)
    except ParseError:  # an identifier that is newer than biip's list
        return None
