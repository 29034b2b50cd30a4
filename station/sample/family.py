"""A family of items: one row of the sample catalogue, which becomes an item for each of its sizes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from station.sample.pen import COLOURS, Drawing
from station.values import Item, Pack, ProofRule, RoundRule

RATIO_STEPS = 5  # pictures of one family differ in so many steps of size


class Room(Enum):
    """How much room an item needs: which trays it may lie on."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Tracking(Enum):
    """Whether the item's stock is told apart by lot or by serial."""

    NONE = ""
    LOT = "lot"
    SERIAL = "serial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """`number` starts the item codes. `name` may use {size} and {tint}. Quantities are in the stock unit, unscaled:
    `bulk` is what usually lies there, `most` the largest usual pick; `pack` is (name, quantity). Tints take turns."""

    number: int
    name: str
    sizes: tuple[str, ...]
    draw: Drawing
    zone: str
    bulk: int
    most: int
    weight_g: int
    tints: tuple[str, ...] = ("steel",)
    room: Room = Room.SMALL
    pack: tuple[str, int] | None = None
    unit: str = "pcs"
    decimals: int = 0
    proof: ProofRule = ProofRule.TOUCH
    rounding: RoundRule = RoundRule.EXACT
    tracking: Tracking = Tracking.NONE
    owner: str = "own"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueItem:
    """An item with what only the sample needs to know of it: its family and its picture's drawing."""

    item: Item
    family: Family
    ratio: float
    tint: str

    def picture_svg(self) -> str:
        return self.family.draw(self.ratio, COLOURS[self.tint])


def check_digits(number: int, position: int) -> int:
    """Two digits, 1 to 97, that make a mistyped code visible (mod 97, as in bank account numbers)."""
    return 97 - (number * 100 + position) % 97


def ean13(digits: str) -> str:
    """Twelve digits with their GS1 check digit."""
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-weighted % 10}"


def members(family: Family) -> Iterator[CatalogueItem]:
    """The family's items, smallest first."""
    last = max(len(family.sizes) - 1, 1)
    for index, size in enumerate(family.sizes):
        tint = family.tints[index % len(family.tints)]
        ratio = round(index / last * (RATIO_STEPS - 1)) / (RATIO_STEPS - 1)
        item = _item(family, index + 1, name=family.name.format(size=size, tint=tint), picture=_picture(family, ratio, tint))
        yield CatalogueItem(item=item, family=family, ratio=ratio, tint=tint)


def _picture(family: Family, ratio: float, tint: str) -> str:
    return f"{family.draw.__name__.replace('_', '-')}-{tint}-{round(ratio * (RATIO_STEPS - 1)) + 1}.svg"


def _item(family: Family, position: int, *, name: str, picture: str) -> Item:
    scale: int = 10**family.decimals
    # GS1 keeps prefix 29 for numbers inside one company, so these codes are nobody's real product.
    barcode = ean13(f"29{family.number:04d}{position:06d}")
    return Item(
        code=f"{family.number:04d}-{position:02d}{check_digits(family.number, position):02d}",
        name=name,
        unit=family.unit,
        decimals=family.decimals,
        packs=(Pack(family.pack[0], family.pack[1] * scale),) if family.pack else (),
        barcodes=(barcode,),
        picture=picture,
        proof=family.proof,
        rounding=family.rounding,
        lot_tracked=family.tracking is Tracking.LOT,
        serial_tracked=family.tracking is Tracking.SERIAL,
        weight_g=family.weight_g,
        note=family.note,
    )
