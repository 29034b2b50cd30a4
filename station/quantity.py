"""Quantities: scaled integers inside, decimal strings at the edges, packs beside them.

A quantity is a count of 10^-decimals of the item's stock unit: with 3 decimals, 1500 is "1.500". Nothing here is a float.
"""

from __future__ import annotations

import re

from station.values import Item, Pack, RoundRule

MAX_QUANTITY = 999_999_999_999  # twelve digits: exact in every JSON reader and far from SQLite's limit even when summed
MAX_DECIMALS = 3

_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?")

PackCounts = tuple[tuple[Pack, int], ...]


class QuantityError(ValueError):
    """A text is no quantity of this item. `code`: empty, garbage, decimal_comma, too_many_decimals, negative, too_large."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text!r}")
        self.code = code
        self.text = text


def to_text(quantity: int, decimals: int) -> str:
    """The quantity as a decimal string with exactly `decimals` places, whatever its sign: (1500, 3) -> "1.500"."""
    if not decimals:
        return str(quantity)
    sign = "-" if quantity < 0 else ""
    whole, part = divmod(abs(quantity), 10**decimals)
    return f"{sign}{whole}.{part:0{decimals}d}"


def from_text(text: str, decimals: int) -> int:
    """The scaled integer that a decimal string means. Zeros beyond the item's decimals are no loss and are accepted.

    Raises QuantityError. A comma is refused, not read: "1,000" is a thousand to one host and one to the next.
    """
    stripped = text.strip()
    if not stripped:
        raise QuantityError("empty", text)
    if "," in stripped:
        raise QuantityError("decimal_comma", text)
    match = _DECIMAL.fullmatch(stripped)
    if match is None or not (match[2] or match[3]):
        raise QuantityError("garbage", text)
    places = (match[3] or "").rstrip("0")
    if len(places) > decimals:
        raise QuantityError("too_many_decimals", text)
    return _bounded(match[1], match[2].lstrip("0") + places.ljust(decimals, "0"), text=text)


def _bounded(sign: str, digits: str, *, text: str) -> int:
    # Counted before converting: Python refuses to convert some thousand digits with an error of its own.
    if len(digits.lstrip("0")) > len(str(MAX_QUANTITY)):
        raise QuantityError("too_large", text)
    quantity = int(digits or "0")
    if sign == "-" and quantity:
        raise QuantityError("negative", text)
    return quantity


def in_packs(item: Item, quantity: int) -> tuple[PackCounts, int]:
    """The quantity in whole packs, largest pack first, and the rest in the stock unit: 160 -> ((box of 50, 3),), 10."""
    counts: list[tuple[Pack, int]] = []
    rest = quantity
    for pack in sorted(item.packs, key=lambda each: each.quantity, reverse=True):
        count = rest // pack.quantity if pack.quantity > 0 and rest > 0 else 0
        if count:
            counts.append((pack, count))
            rest -= count * pack.quantity
    return tuple(counts), rest


def largest_pack(item: Item) -> Pack | None:
    """The pack that holds most, or None when the item has no packs."""
    return max(item.packs, key=lambda each: each.quantity, default=None)


def round_up(item: Item, quantity: int) -> int:
    """What leaves when this much is asked: the same, or with RoundRule.FULL_PACK the least quantity in whole packs of one
    kind that covers it. Never less than asked."""
    sizes = [pack.quantity for pack in item.packs if pack.quantity > 0]
    if item.rounding is RoundRule.EXACT or not sizes or quantity <= 0:
        return quantity
    return min(-(-quantity // size) * size for size in sizes)
