"""All that is proposed for one machine, with what the lift does now. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from station.storage.consolidation import cleared, together
from station.storage.lift_time import LiftTime
from station.storage.proposal import MOST, MOST_DAYS, Proposal, re_slotting, second_homes
from station.storage.shop import Shop

A_SHARE: Final = 0.8  # of the picks are of A items, the next 15 % of B items
B_SHARE: Final = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayClass:
    """A tray: what a visit costs, the class of its place by seconds (the nearest hold as many compartments as there are A items,
    the next ones as B items), how often something of it was asked, and its items by class."""

    tray: int
    visit_s: float
    place_class: str
    picks: int
    items: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageReport:
    """`lift_s_a_day`: what the lift does now for the orders of a day, worked order by order. `after_s_a_day` when all of `moves`
    are done."""

    days: float
    orders: int
    lift_s_a_day: float
    after_s_a_day: float
    moves: tuple[Proposal, ...]
    second_homes: tuple[Proposal, ...]
    together: tuple[Proposal, ...]
    cleared: tuple[Proposal, ...]
    trays: tuple[TrayClass, ...]


def report(shop: Shop, *, most: int = MOST, most_days: float = MOST_DAYS) -> StorageReport:
    """All proposals for a machine."""
    now_s = LiftTime(shop).total_s / shop.days
    moves = tuple(re_slotting(shop, most=most, most_days=most_days))
    return StorageReport(
        days=shop.days,
        orders=len(shop.baskets),
        lift_s_a_day=now_s,
        after_s_a_day=now_s - sum(each.saved_s_a_day for each in moves),
        moves=moves,
        second_homes=tuple(second_homes(shop, most=most, most_days=most_days)),
        together=together(shop),
        cleared=cleared(shop),
        trays=classes(shop),
    )


def item_classes(shop: Shop) -> Mapping[str, str]:
    """A, B or C for each item in the machine, by its share of the picks; what was never asked is C."""
    asked = sorted(((shop.picks.get(item, 0), item) for item in shop.of_item), key=lambda each: (-each[0], each[1]))
    total = sum(picks for picks, _ in asked) or 1
    before = (0, *accumulate(picks for picks, _ in asked))
    return {
        item: "C" if not picks or done >= B_SHARE * total else "B" if done >= A_SHARE * total else "A"
        for (picks, item), done in zip(asked, before, strict=False)
    }


def classes(shop: Shop) -> tuple[TrayClass, ...]:
    """Each tray with the class of its place and of what lies there, the nearest first."""
    of_item = item_classes(shop)
    wanted = {name: sum(each == name for each in of_item.values()) for name in "AB"}
    found, cells = list[TrayClass](), 0
    for tray in sorted(shop.visit_s, key=lambda each: (shop.visit_s[each], each)):
        if tray not in shop.trays:
            continue
        place_class = "A" if cells < wanted["A"] else "B" if cells < wanted["A"] + wanted["B"] else "C"
        cells += len(shop.trays[tray].compartments)
        here = [each.item for each in shop.holdings if each.place.tray == tray]
        items = {name: sum(of_item[item] == name for item in here) for name in "ABC"}
        picks = sum(shop.picks.get(item, 0) for item in here)
        found.append(TrayClass(tray=tray, visit_s=shop.visit_s[tray], place_class=place_class, picks=picks, items=items))
    return tuple(found)
