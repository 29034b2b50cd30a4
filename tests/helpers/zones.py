"""A world with places without a lift beside the machine: a shelf of two sections, and a quarantine."""

from __future__ import annotations

from dataclasses import replace

from station.scan import place_label, tray_label
from station.values import Compartment, Item, Order, OrderKind, OrderLine, Place, StockKey, Tray
from station.zones import Zone, ZoneKind
from tests.helpers.sample import BOLT, FUSE, MARA, NUT, place
from tests.helpers.world import World

SHELF = Zone("SHELF1", ZoneKind.SHELF, "Heavy shelf")
QUARANTINE = Zone("QUAR1", ZoneKind.QUARANTINE, "Quarantine")
C1, C2, C10 = (Place("SHELF1", 1, each) for each in ("C1", "C2", "C10"))
D1 = Place("SHELF1", 2, "D1")
Q1 = Place("QUAR1", 1, "Q1")
CROWBAR = Item(code="CROWBAR", name="Crowbar 1.2 m", weight_g=4000, height_mm=1200)


def section(zone: str, number: int, *labels: str) -> Tray:
    cells = tuple(Compartment(label=each, x_mm=300 * at, y_mm=0, width_mm=300, depth_mm=400) for at, each in enumerate(labels))
    return Tray(machine=zone, number=number, width_mm=1200, depth_mm=400, compartments=cells)


def line(order: str, number: str, item: Item, quantity: int) -> OrderLine:
    return OrderLine(order=order, line=number, item=item.code, quantity=quantity)


def zone_world(**how: object) -> World:
    """Z1: crowbars of two places on the shelf; Z2: bolts of the lift, nuts of the shelf; Z3: fuses, which lie in both."""
    world = World(zones=(SHELF, QUARANTINE), **how)  # type: ignore[arg-type]
    store = world.store
    store.items[CROWBAR.code] = CROWBAR
    sections = (section("SHELF1", 1, "C1", "C2", "C10"), section("SHELF1", 2, "D1"), section("QUAR1", 1, "Q1"))
    store.other_trays |= {(each.machine, each.number): each for each in sections}
    store.held |= {
        (C10, StockKey(item=CROWBAR.code)): 2,
        (C2, StockKey(item=CROWBAR.code)): 3,
        (D1, StockKey(item=NUT.code)): 9,
        (C1, StockKey(item=FUSE.code)): 4,
        (Q1, StockKey(item=CROWBAR.code)): 50,
    }
    store.held.pop((place(4, "C8"), StockKey(item=NUT.code)))
    orders = (
        Order(order="Z1", kind=OrderKind.PICK, lines=(line("Z1", "1", CROWBAR, 5),)),
        Order(order="Z2", kind=OrderKind.PICK, lines=(line("Z2", "1", BOLT, 2), line("Z2", "2", NUT, 4))),
        Order(order="Z3", kind=OrderKind.PICK, lines=(line("Z3", "1", FUSE, 6),)),
    )
    store.orders = {each.order: each for each in orders}
    world.sign_on(MARA.person)
    world.settle()
    return world


def label(at: Place) -> str:
    return place_label(at)


def section_label(at: Place) -> str:
    return tray_label(at.machine, at.tray)


def only(world: World, *orders: str) -> World:
    """The same with these orders alone."""
    world.store.orders = {name: replace(world.store.orders[name]) for name in orders}
    return world
