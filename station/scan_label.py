"""What a scan says of goods: which item, lot and serial, and how many. Pure.

An item is proven by its exact code, by its GTIN in whatever length it is written (EAN-13 on the item, GTIN-14 in the code), or by
the customer's item number of an automotive label. An exact code goes first: it is the site's own word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from station.codes import ean
from station.codes.decode import decode
from station.codes.decoded import STRUCTURED, Decoded, Kind
from station.codes.marks import is_marked
from station.quantity import QuantityError, from_text
from station.scan import clean
from station.scan_quantity import in_unit, quantities
from station.values import Item

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHORTER = (13, 12, 8)  # how else a GTIN is written, without its leading zeros


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What one code says; "" where it says nothing. `is_structured`: its parts say what they are; `is_marked`: so it
    says itself, else it may be anybody's text. One that is not valid says nothing."""

    gtin: str = ""
    sku: str = ""
    lot: str = field(default="", repr=False)  # any text may be somebody's badge
    serial: str = field(default="", repr=False)
    expiry: str = ""  # ISO
    quantities: tuple[tuple[str, str], ...] = ()  # by unit of measure, "" for pieces
    is_structured: bool = False
    is_marked: bool = False
    is_valid: bool = True

    @property
    def names_item(self) -> bool:
        return bool(self.gtin or self.sku)

    @property
    def last_day(self) -> date | None:
        """The last good day; None where the code names none, or only a month."""
        return date.fromisoformat(self.expiry) if _DAY.fullmatch(self.expiry) else None


NO_LABEL = Label()


def label_of(text: str) -> Label:
    """What a scan says. Of a plain text, an item's code or a lot, nothing."""
    return _of(decode(text))


def code_label(text: str, item: Item) -> Label:
    """What a scan says where a lot or serial of this item is asked. NO_LABEL: its text is the answer, for nothing marks it as a
    label, and it names the item by no word of its own. Whether such a text means another item is the store's to say."""
    label = label_of(text)
    if label.is_marked or (label.is_structured and label.names_item and is_item(item, text, label)):
        return label
    return NO_LABEL


def _of(read: Decoded) -> Label:
    if read.kind not in STRUCTURED and read.kind is not Kind.EAN:
        return NO_LABEL
    said = read.fields
    return Label(
        gtin=said.get("gtin", ""),
        sku=said.get("sku", ""),
        lot=said.get("lot", ""),
        serial=said.get("serial", ""),
        expiry=said.get("expiry", ""),
        quantities=quantities(said),
        is_structured=read.kind in STRUCTURED,
        is_marked=is_marked(read),
        is_valid=read.valid,
    )


def is_item(item: Item, text: str, label: Label) -> bool:
    """Whether a scan, and what it says, are this item. A GTIN that is another's is not made good by an item number."""
    codes, code = (item.code, *item.barcodes), clean(text)
    if code and code in codes:  # case counts, as it does on the label
        return True
    if label.gtin:
        gtins = {gtin for code in codes if (gtin := ean.gtin_of(code))}
        if gtins:
            return label.gtin in gtins
    return bool(label.sku) and label.sku in codes


def matches_item(item: Item, text: str) -> bool:
    """Whether a scan is this item."""
    return is_item(item, text, label_of(text))


def quantity_of(label: Label, item: Item) -> int | None:
    """How many of the item's stock unit the label says, scaled; None when it does not say, or not in this unit."""
    said = in_unit(dict(label.quantities), item.unit)
    if said is None:
        return None
    try:
        quantity = from_text(said, item.decimals)
    except QuantityError:  # finer than this item's stock is counted
        return None
    return quantity if quantity > 0 else None


def codes_meant(text: str) -> Iterator[str]:
    """What to look a scan up by in the store, the exact code first."""
    yield clean(text)
    label = label_of(text)
    if label.gtin:
        yield label.gtin
        yield from (label.gtin[-length:] for length in _SHORTER if not label.gtin[:-length].strip("0"))
    if label.sku:
        yield label.sku
