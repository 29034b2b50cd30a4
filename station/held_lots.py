"""Lots on quality hold: which stock of the machine a defect holds, and what is written when it is held or released. Pure.

Nothing is moved by it: the goods lie where they lay, and only the book has them under another status. So it takes no tray at
the bay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from db.records.blocks import BlockLifted
from db.records.receipts import LotHeld, LotReleased
from db.records.record import Record
from db.records.stock import Picked, Put
from station.receiving import LOT_HELD, LOT_RELEASED, is_receiving
from station.values import Item, LotHold, Place, Stock, StockKey, StockStatus
from station.where import where_of

RELEASE_REASONS = ("tested_good", "sorted_out", "held_by_mistake")


@dataclass(frozen=True, slots=True)
class LotPlace:
    """What of a lot lies in one place. `visit` is the highest one known of its tray."""

    place: Place
    key: StockKey
    quantity: int
    visit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLot:
    """What of a lot is on quality hold in this machine."""

    item: Item
    lot: str
    owner: str
    places: tuple[LotPlace, ...]
    blocks: tuple[LotHold, ...] = ()  # by which it is held here and at all other stations

    @property
    def quantity(self) -> int:
        return sum(each.quantity for each in self.places)


def is_of_lot(key: StockKey, of: StockKey) -> bool:
    """Whether this is stock of the same lot, whatever its serial."""
    return (key.item, key.lot, key.owner) == (of.item, of.lot, of.owner)


def to_hold(stock: Iterable[Stock], of: StockKey, at: Place) -> tuple[Stock, ...]:
    """The free stock that a defect holds: all of the lot, wherever it lies; of goods without a lot what lies in this
    compartment."""
    free = (each for each in stock if each.key.status is StockStatus.FREE and each.quantity > 0 and is_of_lot(each.key, of))
    return tuple(each for each in free if of.lot or (each.place, each.key) == (at, of))


def held_lots(
    stock: Iterable[Stock], items: Sequence[Item], visits: dict[int, int], holds: Iterable[LotHold] = ()
) -> tuple[HeldLot, ...]:
    """What is on quality hold, by item and lot; also what is blocked and of which nothing lies here now."""
    holds = tuple(holds)
    by_code = {each.code: each for each in items}
    found: dict[tuple[str, str, str], list[LotPlace]] = {
        (each.item, each.lot, each.owner): [] for each in holds if each.item in by_code
    }
    for each in stock:
        if each.key.status is not StockStatus.QUALITY_HOLD or each.quantity <= 0 or each.key.item not in by_code:
            continue
        visit = 0 if is_receiving(each.place.machine) else visits.get(each.place.tray, 0)
        lot = (each.key.item, each.key.lot, each.key.owner)
        found.setdefault(lot, []).append(LotPlace(each.place, each.key, each.quantity, visit))
    return tuple(
        HeldLot(item=by_code[item], lot=lot, owner=owner, places=tuple(places), blocks=_of_lot(holds, (item, lot, owner)))
        for (item, lot, owner), places in sorted(found.items())
    )


def _of_lot(holds: Iterable[LotHold], lot: tuple[str, str, str]) -> tuple[LotHold, ...]:
    return tuple(each for each in holds if (each.item, each.lot, each.owner) == lot)


def hold(places: Sequence[LotPlace], of: StockKey, *, machine: str, reason: str) -> tuple[Record, ...]:
    """These go on quality hold, in one transaction."""
    kept = [each for each in places if each.quantity > 0]
    moved = [record for each in kept for record in _turned(each, StockStatus.QUALITY_HOLD, LOT_HELD)]
    total = sum(each.quantity for each in kept)
    told = LotHeld(machine=machine, item=of.item, lot=of.lot, owner=of.owner, quantity=total, reason=reason, places=len(kept))
    return (*moved, told)


def release(held: HeldLot, *, machine: str, reason: str) -> tuple[Record, ...]:
    """All of it may be used again, here and at all other stations, in one transaction."""
    moved = [record for each in held.places for record in _turned(each, StockStatus.FREE, LOT_RELEASED)]
    told = LotReleased(
        machine=machine,
        item=held.item.code,
        lot=held.lot,
        owner=held.owner,
        quantity=held.quantity,
        reason=reason,
        places=len(held.places),
    )
    return (*moved, told, *(lifted(each, why=reason) for each in held.blocks))


def lifted(block: LotHold, *, why: str) -> BlockLifted:
    """A block is over, at whatever station it began."""
    return BlockLifted(
        block=block.block,
        item=block.item,
        lot=block.lot,
        owner=block.owner,
        supplier=block.supplier,
        reason=block.reason,
        why=why,
    )


def _turned(each: LotPlace, status: StockStatus, reason: str) -> tuple[Picked, Put]:
    before = where_of(each.place, each.key, visit=each.visit)
    after = where_of(each.place, replace(each.key, status=status), visit=each.visit)
    return Picked(**before, quantity=each.quantity, reason=reason), Put(**after, quantity=each.quantity, reason=reason)
