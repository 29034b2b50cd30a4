"""What lies where on the sample site: chaotic storage inside each zone, with lots, serials, owners and held stock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from station.sample.family import CatalogueItem, Tracking
from station.sample.layout import SampleTray
from station.values import Place, Stock, StockKey, StockStatus

FILL = 0.87  # the share of compartments that hold something
MOST_PLACES = 3  # of one item
HOLD_SHARE = 0.04
BLOCKED_SHARE = 0.02
STARVED = 8  # items of which nothing free is left, so that some orders wait for stock
SERIALS_MOST = 6


def starved_codes(catalogue: Sequence[CatalogueItem], seed: int) -> frozenset[str]:
    """The items of which the sample has no free stock."""
    plain = sorted(each.item.code for each in catalogue if each.family.tracking is Tracking.NONE and each.family.owner == "own")
    return frozenset(Random(f"starved/{seed}").sample(plain, STARVED))


def make_stock(
    catalogue: Sequence[CatalogueItem], trays: Sequence[SampleTray], seed: int, *, before_serials: str = ""
) -> tuple[Stock, ...]:
    """All stock rows, by tray and compartment. The same seed gives the same rows. `before_serials` stands before each serial: no
    piece lies at two places of one site."""
    starved = starved_codes(catalogue, seed)
    rows: list[Stock] = []
    for zone, room in dict.fromkeys((tray.zone, tray.room) for tray in trays):
        items = [each for each in catalogue if (each.family.zone, each.family.room) == (zone, room)]
        places = _places(
            [tray for tray in trays if (tray.zone, tray.room) == (zone, room)], Random(f"places/{seed}/{zone}/{room}")
        )
        for each, place, share in _spread(items, places):
            rng = Random(f"stock/{seed}/{each.item.code}/{place.tray}/{place.compartment}")
            rows += (
                _hold_all(_rows(each, place, share=share, rng=rng, before_serials=before_serials))
                if each.item.code in starved
                else _rows(each, place, share=share, rng=rng, before_serials=before_serials)
            )
    return tuple(sorted(rows, key=lambda row: (row.place.tray, row.place.compartment, row.key.lot, row.key.serial)))


def _places(trays: Sequence[SampleTray], rng: Random) -> list[Place]:
    found = [Place(each.tray.machine, each.tray.number, cell.label) for each in trays for cell in each.tray.compartments]
    rng.shuffle(found)
    return found[: int(len(found) * FILL)]


def _spread(items: Sequence[CatalogueItem], places: Sequence[Place]) -> Iterator[tuple[CatalogueItem, Place, float]]:
    """Give each item its first place, then further ones in turn; `share` is what part of the item's stock lies there."""
    count = min(len(places), MOST_PLACES * len(items))
    for index, place in enumerate(places[:count]):
        each = items[index % len(items)]
        own_places = len(range(index % len(items), count, len(items)))
        yield each, place, 1 / own_places


def _rows(each: CatalogueItem, place: Place, *, share: float, rng: Random, before_serials: str) -> list[Stock]:
    family = each.family
    scale: int = 10**family.decimals
    if family.tracking is Tracking.SERIAL:
        serials = [f"{before_serials}SN{rng.randrange(10**7):07d}" for _ in range(rng.randint(2, SERIALS_MOST))]
        return [_row(each, place, quantity=1, serial=serial) for serial in serials]
    quantity = max(round(family.bulk * scale * share * rng.uniform(0.5, 1.0)), scale)
    lot = (
        f"{rng.choice(('25', '26'))}{rng.randint(1, 52):02d}-{rng.randint(1, 99):02d}" if family.tracking is Tracking.LOT else ""
    )
    return [_row(each, place, quantity=quantity, lot=lot, status=_status(rng))]


def _status(rng: Random) -> StockStatus:
    drawn = rng.random()
    if drawn < BLOCKED_SHARE:
        return StockStatus.BLOCKED
    return StockStatus.QUALITY_HOLD if drawn < BLOCKED_SHARE + HOLD_SHARE else StockStatus.FREE


def _row(
    each: CatalogueItem,
    place: Place,
    *,
    quantity: int,
    lot: str = "",
    serial: str = "",
    status: StockStatus = StockStatus.FREE,
) -> Stock:
    key = StockKey(item=each.item.code, lot=lot, serial=serial, owner=each.family.owner, status=status)
    return Stock(place=place, key=key, quantity=quantity)


def _hold_all(rows: Sequence[Stock]) -> list[Stock]:
    held = StockStatus.QUALITY_HOLD
    return [
        Stock(place=row.place, key=StockKey(item=row.key.item, owner=row.key.owner, status=held), quantity=row.quantity)
        for row in rows
    ]
