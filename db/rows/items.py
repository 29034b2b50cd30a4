"""Items: unit, packs, and what proof and rounding they need.

A quantity is an integer count of 10^-decimals of the item's stock unit (`Item.decimals`, 0 to 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProofRule(StrEnum):
    """What proof an item needs before a quantity is believed (a setting of the item)."""

    TOUCH = "touch"  # a touch is enough; a scan is checked when it is made
    SCAN = "scan"  # the item or compartment must be scanned once; quantity 1 needs no touch then
    SCAN_EACH = "scan_each"  # one scan for each piece


class IssueRule(StrEnum):
    """Which stock of an item leaves first: what came first, what expires first, or what came last."""

    FIFO = "fifo"
    FEFO = "fefo"
    LIFO = "lifo"


class Inspect(StrEnum):
    """How goods are looked at when they come in: not at all, counted, or counted and judged."""

    NONE = "none"
    QUANTITY = "quantity"
    CONDITION = "condition"


class RoundRule(StrEnum):
    """What happens when more must leave than was asked: nothing, or the next full pack."""

    EXACT = "exact"
    FULL_PACK = "full_pack"


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack unit: `quantity` of the stock unit (scaled like every quantity) in one `name` ("box")."""

    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Component:
    """What one kit holds of an item: `quantity` of that item's stock unit, scaled."""

    item: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item (SKU). `barcodes` are further codes on its labels; the code itself always counts as one.

    `mixing`: lots and owners of it may lie together in one compartment. `storage_class`: what a place must be fit for, sorted.
    `shelf_life_days` counts from the receipt of a lot of which nobody said an expiry, 0: it has none; every order asks at least
    `min_remaining_days`. `access`: the right that a person needs, "" for none. `two_person`: a second person confirms.
    `components`: what it is made of, where it is a kit (bill of material).
    `inspect`: how it is looked at when it comes in.
    `is_tool`: it is lent and comes back. `unit_value`: what one stock unit is worth, in minor units of money; 0: not known.
    """

    code: str
    name: str
    unit: str = "pcs"
    decimals: int = 0
    packs: tuple[Pack, ...] = ()
    barcodes: tuple[str, ...] = ()
    picture: str = ""
    proof: ProofRule = ProofRule.TOUCH
    rounding: RoundRule = RoundRule.EXACT
    lot_tracked: bool = False
    serial_tracked: bool = False
    weight_g: int = 0
    note: str = ""
    issue_rule: IssueRule = IssueRule.FIFO
    mixing: bool = False
    storage_class: tuple[str, ...] = ()
    fragile: bool = False
    height_mm: int = 0
    shelf_life_days: int = 0
    min_remaining_days: int = 0
    access: str = ""
    two_person: bool = False
    components: tuple[Component, ...] = ()
    inspect: Inspect = Inspect.NONE
    is_tool: bool = False
    unit_value: int = 0
    width_mm: int = 0
    depth_mm: int = 0
