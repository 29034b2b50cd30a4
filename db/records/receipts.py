"""Goods that come in at the bay, what becomes of them there, and lots that are put on hold.

The stock itself is in `put` and `picked` of the same transaction: what comes in is put to the receiving place, and leaves it
for an order, a compartment or the way back. These records say what no movement can.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(Record):
    """Goods were received. `expected` is what the receipt's line still lacked (0: nothing was announced), `difference` why the
    quantity is another one. `verdict`: release | hold | reject, with its `reason`; what is rejected became no stock, or lies at
    the quarantine place. `photo` is the file in the station's data, named by its sha256; "" for none."""

    kind: ClassVar[str] = "received"
    order: str = ""
    line: str = ""
    supplier: str = ""
    reference: str = ""
    item: str
    lot: str = ""
    serial: str = ""
    owner: str = "own"
    expiry: str = ""
    quantity: int
    expected: int = 0
    difference: str = ""
    verdict: str = "release"
    reason: str = ""
    note: str = ""
    photo: str = ""
    photo_sha256: str = ""
    place: str = ""  # where it lies now: the receiving or the quarantine place; "" nowhere here
    proof: str = "scan"  # scan | typed
    scanner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsPassed(Record):
    """Received goods went straight to an order that was waiting for them, without a place between. `dwell_s` is the time from
    their receipt to this hand-over. `proof`: scan (of the order's or its tote's label) | touch."""

    kind: ClassVar[str] = "goods_passed"
    order: str
    line: str
    item: str
    lot: str = ""
    serial: str = ""
    owner: str = "own"
    quantity: int
    dwell_s: int
    proof: str = "touch"


@dataclass(frozen=True, slots=True, kw_only=True)
class LotHeld(Record):
    """So much of a lot in this machine was put on quality hold, because a person found a defect. `places` are where it lies. The
    book's change is in `picked` and `put` of the same transaction."""

    kind: ClassVar[str] = "lot_held"
    machine: str
    item: str
    lot: str
    owner: str = "own"
    quantity: int
    reason: str
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LotReleased(Record):
    """A supervisor lets so much of a held lot be used again."""

    kind: ClassVar[str] = "lot_released"
    machine: str
    item: str
    lot: str
    owner: str = "own"
    quantity: int
    reason: str
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompartmentDivided(Record):
    """A divider was put into a compartment at the bay: the part with the goods keeps its label and is `width_mm` wide now; the
    free part is the compartment `new`, `new_width_mm` wide. The layout itself is the tray's, in the same transaction."""

    kind: ClassVar[str] = "compartment_divided"
    machine: str
    tray: int
    compartment: str
    visit: int
    new: str
    width_mm: int
    new_width_mm: int
