"""The sample site: a made-up assembly shop with one simulated lift, for the demo, the tours and the tests.

Everything is drawn from a seed: the same seed gives the same items, stock and orders (need-by times follow `now`). Nothing here
is read from a real site, and nothing outside the demo may use these people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from station.sample.catalogue import read_catalogue
from station.sample.family import CatalogueItem
from station.sample.files import item_row, order_rows, stock_row, tray_rows, write_csv, write_pictures
from station.sample.layout import MACHINE, OPENING, make_trays
from station.sample.ordering import OrderBook, kinds_in_turn
from station.sample.people import SAMPLE_PEOPLE as SAMPLE_PEOPLE
from station.sample.people import SAMPLE_PINS as SAMPLE_PINS
from station.sample.people import SamplePerson as SamplePerson
from station.sample.rules import with_expiry
from station.sample.stocking import make_stock
from station.values import Item, Order, OrderKind, Stock, Tray

SAMPLE_MACHINE = MACHINE
SAMPLE_OPENING = OPENING

WAITING_KINDS = (OrderKind.PICK,) * 27 + (OrderKind.PUT,) * 8 + (OrderKind.COUNT,) * 5
STARVED_ORDERS = 4  # of the waiting picks: they wait for stock, so that the work list shows what a blocked order looks like


@dataclass(frozen=True, slots=True)
class SampleNames:
    """What tells the names of one sample site from those of another at the same site database: the machine's own name, and what
    stands before orders, host keys and serials. The catalogue is the same everywhere."""

    machine: str = MACHINE
    before: str = ""


PLAIN_NAMES = SampleNames()


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSite:
    """The whole site as values."""

    catalogue: tuple[CatalogueItem, ...]
    trays: tuple[Tray, ...]
    stock: tuple[Stock, ...]
    waiting: tuple[Order, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(each.item for each in self.catalogue)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFiles:
    """Where the import files were written. `in_order` is the order in which they can be imported."""

    items: Path
    trays: Path
    stock: Path
    orders: Path
    pictures: Path

    @property
    def in_order(self) -> tuple[Path, ...]:
        return self.items, self.trays, self.stock, self.orders


def make_sample_site(seed: int, *, now: datetime, names: SampleNames = PLAIN_NAMES) -> SampleSite:
    """The site with its 40 waiting orders; `now` is aware."""
    catalogue = read_catalogue()
    trays = make_trays(names.machine)
    stock = make_stock(catalogue, trays, seed, before_serials=names.before)
    by_code = {each.item.code: each.item for each in catalogue}
    stock = with_expiry(stock, by_code, seed, today=now.date())
    waiting = _waiting(OrderBook(catalogue, stock, seed, now=now), names.before)
    return SampleSite(catalogue=catalogue, trays=tuple(each.tray for each in trays), stock=stock, waiting=waiting)


def make_orders(
    count: int, seed: int, *, now: datetime, prefix: str = "D", names: SampleNames = PLAIN_NAMES
) -> tuple[Order, ...]:
    """`count` more orders, mostly picks, named by prefix and number. They depend on (seed, prefix, number) only."""
    catalogue = read_catalogue()
    prefix = names.before + prefix
    stock = make_stock(catalogue, make_trays(names.machine), seed, before_serials=names.before)
    book = OrderBook(catalogue, stock, seed, now=now)
    kinds = kinds_in_turn(count, seed, prefix=prefix)
    return tuple(book.order(f"{prefix}{number:04d}", kind) for number, kind in enumerate(kinds, start=1))


def write_sample_site(directory: Path, seed: int, *, now: datetime, names: SampleNames = PLAIN_NAMES) -> SampleFiles:
    """Write the site as import files and pictures; existing files of the same names are replaced."""
    directory.mkdir(parents=True, exist_ok=True)
    site = make_sample_site(seed, now=now, names=names)
    decimals = {item.code: item.decimals for item in site.items}
    return SampleFiles(
        items=write_csv(directory / "item.csv", [item_row(item) for item in site.items]),
        trays=write_csv(directory / "tray.csv", [row for tray in site.trays for row in tray_rows(tray)]),
        stock=write_csv(directory / "stock.csv", [stock_row(row, decimals[row.key.item]) for row in site.stock]),
        orders=write_orders(directory / "order.csv", site.waiting, site.items),
        pictures=write_pictures(directory / "pictures", site.catalogue),
    )


def write_orders(path: Path, orders: Sequence[Order], items: Sequence[Item]) -> Path:
    """Write orders as an import file."""
    decimals = {item.code: item.decimals for item in items}
    return write_csv(path, [row for order in orders for row in order_rows(order, decimals)])


def _waiting(book: OrderBook, before: str) -> tuple[Order, ...]:
    """The orders that wait when the demo opens: the first picks ask for what is not there."""
    orders = []
    for number, kind in enumerate(WAITING_KINDS):
        name = f"{before}WO-48{200 + number * 7 % len(WAITING_KINDS)}"
        orders.append(book.order(name, kind, is_starved=number < STARVED_ORDERS))
    return tuple(sorted(orders, key=lambda order: order.order))
