"""What became of a line that asked for kits, from how its parts ended. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from station.quantity import to_text
from station.values import Item, KitPart, Order, OrderLine

MOVED = "moved"


@dataclass(frozen=True, slots=True)
class KitDone:
    """`complete` kits of those asked; `outcome` as of a line; `reason` names each part that lacks, how much of it, and why."""

    complete: int
    outcome: str
    reason: str


def parts_of_line(order: Order, kit: KitPart) -> tuple[OrderLine, ...]:
    """The lines of the order that are parts of the same kits."""
    return tuple(each for each in order.lines if each.kit is not None and each.kit.name == kit.name)


def is_last(order: Order, kit: KitPart, closed: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the last of these endings is the one with which all parts of the kits have ended. What was moved into another order
    ends there."""
    names = {each.line for each in parts_of_line(order, kit)}
    seen = [each["line"] for each in closed if each["line"] in names]
    return set(seen) == names and len(seen) == seen.index(closed[-1]["line"]) + 1 if seen else False


def done_of(order: Order, kit: KitPart, closed: Sequence[Mapping[str, Any]], items: Mapping[str, Item]) -> KitDone:
    """How many whole kits came of it: ready-made ones, and as many as the part allows of which least is there."""
    ends = {each["line"]: each for each in closed}
    parts = parts_of_line(order, kit)
    ready = sum(ends[each.line]["done_quantity"] for each in parts if each.kit and not each.kit.each)
    built = [ends[each.line]["done_quantity"] // each.kit.each for each in parts if each.kit and each.kit.each]
    complete = min(kit.asked, ready + min(built, default=0))
    lacking = [each for each in parts if ends[each.line]["done_quantity"] < each.quantity]
    reason = "|".join(_lack(each, ends[each.line], items[each.item]) for each in lacking)
    if complete == kit.asked:
        return KitDone(complete, "confirmed", reason)
    is_cancelled = all(ends[each.line]["outcome"] == "cancelled" for each in lacking)
    return KitDone(complete, "cancelled" if is_cancelled else "short", reason)


def _lack(line: OrderLine, end: Mapping[str, Any], item: Item) -> str:
    missing = to_text(line.quantity - end["done_quantity"], item.decimals)
    return f"{line.item}={missing} {end['reason']}".strip()
