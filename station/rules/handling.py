"""What the hands and the lift should know before: fragile, heavy, how much the tray weighs and how high it is loaded. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from station.values import Item, Stock, Tray

HEAVY_G = 15_000  # what one person lifts now and then without help (EN 1005-2 asks 15 kg of a mixed workforce)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What lies on a tray by the book, as far as items have a weight and a height; `max_g` 0: not known."""

    weight_g: int
    height_mm: int
    max_g: int = 0


def weight_g(item: Item, quantity: int) -> int:
    """What so much of an item weighs, rounded up to whole grams; an item without a weight weighs nothing here."""
    scale: int = 10**item.decimals
    return -(-item.weight_g * quantity // scale)


def is_heavy(item: Item, quantity: int) -> bool:
    """Whether what moves now weighs so much that a person should know before he lifts."""
    return weight_g(item, quantity) >= HEAVY_G


def load_of(tray: Tray, contents: Iterable[Stock], items: Mapping[str, Item]) -> Load:
    """The tray's load. What the book has below zero weighs nothing."""
    lying = [(items[each.key.item], each.quantity) for each in contents if each.quantity > 0 and each.key.item in items]
    total_g = sum(weight_g(item, quantity) for item, quantity in lying)
    return Load(weight_g=total_g, height_mm=max((item.height_mm for item, _ in lying), default=0), max_g=tray.max_weight_g)
