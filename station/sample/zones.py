"""Places without a lift beside the sample's lift: a shelf for what is too heavy or too long for a tray, and a quarantine.

Fixed and not drawn: nothing of the sample that comes from a seed depends on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from station.sample.files import item_row, order_rows, stock_row, tray_rows, write_csv
from station.values import Compartment, Item, Order, OrderKind, OrderLine, Place, Stock, StockKey, StockStatus, Tray
from station.zone_settings import ZoneSettings

SHELF: Final = "SHELF1"
QUARANTINE: Final = "QUAR1"
SAMPLE_ZONES: Final = (
    ZoneSettings(name=SHELF, kind="shelf", title="Heavy goods by the gate"),
    ZoneSettings(name=QUARANTINE, kind="quarantine", title="Quarantine"),
)
_WIDTH_MM, _DEPTH_MM, _LEVEL_MM = 3600, 1600, 800

MOTOR = Item(code="90001-55", name="Three-phase motor 5.5 kW, foot mounted", weight_g=38_000, height_mm=480)
GEARBOX = Item(code="90002-40", name="Worm gearbox size 40", weight_g=21_500, height_mm=390)
PROFILE = Item(code="90003-30", name="Aluminium profile 40 × 40, 3 m", weight_g=4_900, height_mm=3000)
FRAME = Item(code="90004-12", name="Welded frame 1200 × 600", weight_g=26_000, height_mm=1200)
DRUM = Item(code="90005-60", name="Hydraulic oil, drum of 60 l", weight_g=55_000, height_mm=620, lot_tracked=True)
CABLE_DRUM = Item(code="90006-05", name="Cable drum 5 × 2.5 mm², 500 m", weight_g=92_000, height_mm=700)
ITEMS: Final = (MOTOR, GEARBOX, PROFILE, FRAME, DRUM, CABLE_DRUM)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFiles:
    """Where the import files were written, in the order in which they can be imported."""

    items: Path
    trays: Path
    stock: Path
    orders: Path

    @property
    def in_order(self) -> tuple[Path, ...]:
        return self.items, self.trays, self.stock, self.orders


def zone_trays() -> tuple[Tray, ...]:
    """Two sections of six places on the shelf, and one of four in quarantine."""
    shelf = tuple(_section(SHELF, number, columns=3, name=f"Heavy goods {number}") for number in (1, 2))
    return (*shelf, _section(QUARANTINE, 1, columns=2, name="Quarantine"))


def zone_stock() -> tuple[Stock, ...]:
    """What lies there."""
    lying = (
        (1, "A1", MOTOR, 4, ""),
        (1, "A2", MOTOR, 2, ""),
        (1, "B1", GEARBOX, 9, ""),
        (1, "B3", FRAME, 6, ""),
        (2, "A1", PROFILE, 48, ""),
        (2, "A3", DRUM, 3, "26114"),
        (2, "B1", DRUM, 4, "26131"),
        (2, "B2", CABLE_DRUM, 2, ""),
    )
    shelf = tuple(
        Stock(place=Place(SHELF, section, label), key=StockKey(item=item.code, lot=lot), quantity=many)
        for section, label, item, many, lot in lying
    )
    held = StockKey(item=GEARBOX.code, status=StockStatus.QUALITY_HOLD)
    return (*shelf, Stock(place=Place(QUARANTINE, 1, "A1"), key=held, quantity=1))


def zone_orders(now: datetime, *, beside: Sequence[tuple[str, int]] = (), before: str = "") -> tuple[Order, ...]:
    """A pick that is all on the shelf, one of the shelf and (`beside`: item and quantity) the lift, and goods to put there."""
    motors = _order(f"{before}WO-49001", now, ((MOTOR.code, 5), (GEARBOX.code, 2)), destination="Assembly 2")
    mixed = _order(f"{before}WO-49002", now, ((DRUM.code, 1), *beside), destination="Test bench")
    return motors, mixed, _order(f"{before}PO-49003", now, ((PROFILE.code, 12),), kind=OrderKind.PUT, place=Place(SHELF, 2, "A1"))


def write_zone_files(directory: Path, now: datetime, *, beside: Sequence[tuple[str, int]] = (), before: str = "") -> ZoneFiles:
    """Write the zones as import files; existing files of the same names are replaced. Items of `beside` are counted whole."""
    directory.mkdir(parents=True, exist_ok=True)
    decimals = {**{code: 0 for code, _ in beside}, **{each.code: each.decimals for each in ITEMS}}
    orders = [row for order in zone_orders(now, beside=beside, before=before) for row in order_rows(order, decimals)]
    return ZoneFiles(
        items=write_csv(directory / "item-zones.csv", [item_row(each) for each in ITEMS]),
        trays=write_csv(directory / "tray-zones.csv", [row for each in zone_trays() for row in tray_rows(each)]),
        stock=write_csv(directory / "stock-zones.csv", [stock_row(each, decimals[each.key.item]) for each in zone_stock()]),
        orders=write_csv(directory / "order-zones.csv", orders),
    )


def _section(zone: str, number: int, *, columns: int, name: str) -> Tray:
    """Two levels: A is the lower one."""
    width_mm = _WIDTH_MM // columns
    cells = tuple(
        Compartment(
            label=f"{level}{column + 1}", x_mm=width_mm * column, y_mm=_LEVEL_MM * row, width_mm=width_mm, depth_mm=_LEVEL_MM
        )
        for row, level in enumerate("AB")
        for column in range(columns)
    )
    return Tray(machine=zone, number=number, name=name, width_mm=_WIDTH_MM, depth_mm=_DEPTH_MM, compartments=cells)


def _order(
    name: str,
    now: datetime,
    asked: Sequence[tuple[str, int]],
    *,
    kind: OrderKind = OrderKind.PICK,
    destination: str = "",
    place: Place | None = None,
) -> Order:
    lines = tuple(
        OrderLine(order=name, line=str(number), item=item, quantity=quantity, host_key=f"H-{name}-{number}", place=place)
        for number, (item, quantity) in enumerate(asked, start=1)
    )
    need_by = now.replace(second=0, microsecond=0) + timedelta(hours=2)
    return Order(order=name, kind=kind, destination=destination, need_by=need_by, priority=5, lines=lines)
