"""Which rules bind the sample site's items and trays: adhesives expire, sprays are dangerous goods, components fear static."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from station.sample.family import CatalogueItem, Room
from station.values import IssueRule, Item, Stock

EXPIRES: Final = frozenset({9110, 9120, 9140})  # threadlocker, sealant, grease
SPRAYS, REELS, INSERTS = 9130, 9170, 9240
LEAST_DAYS: Final = 14  # that what leaves must be good for
HEIGHTS_MM: Final[Mapping[Room, int]] = {Room.SMALL: 60, Room.MEDIUM: 140, Room.LARGE: 280}
TRAY_HEIGHT_MM: Final = 300
ZONE_CLASSES: Final[Mapping[str, tuple[str, ...]]] = {
    "Adhesives and oils": ("dangerous", "esd", "moisture"),
    "Electrical": ("esd",),
}


def with_rules(each: CatalogueItem) -> CatalogueItem:
    """The item with what binds it."""
    return replace(each, item=replace(each.item, height_mm=HEIGHTS_MM[each.family.room], **_rules_of(each.family.number)))


def _rules_of(family: int) -> dict[str, Any]:
    if family in EXPIRES:
        return {"issue_rule": IssueRule.FEFO, "min_remaining_days": LEAST_DAYS}
    found: dict[int, dict[str, Any]] = {
        SPRAYS: {"storage_class": ("dangerous",)},
        REELS: {"storage_class": ("esd", "moisture")},
        INSERTS: {"fragile": True},
    }
    return found.get(family, {})


def with_expiry(stock: Sequence[Stock], items: Mapping[str, Item], seed: int, *, today: date) -> tuple[Stock, ...]:
    """The stock with the last good day of each lot that expires: the same seed gives the same days from today."""
    return tuple(
        replace(each, expiry=today + timedelta(days=_days_of(each, seed))) if _expires(items[each.key.item]) else each
        for each in stock
    )


def _expires(item: Item) -> bool:
    return item.issue_rule is IssueRule.FEFO


def _days_of(stock: Stock, seed: int) -> int:
    return Random(f"expiry/{seed}/{stock.key.item}/{stock.key.lot}").randint(2 * LEAST_DAYS, 700)
