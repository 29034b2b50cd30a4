"""Real data as import files: grocery baskets and the AdventureWorks inventory. Deterministic; reads and writes files only.

The source folder is not a part of the repository: tests that use it skip, and say so, where it is absent.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path

DATA = Path(__file__).parents[3] / "shared" / "data"

FIRST_NEED = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
GRID_COLUMNS, GRID_ROWS = 8, 2
TRAY_MM = {"width_mm": 2400, "depth_mm": 800}
GRAMS = {"LB": Decimal("453.59237"), "G": Decimal(1)}

# Columns of the files without header rows, from the data's README.
PRODUCT = {"id": 0, "name": 1, "number": 2, "weight_unit": 12, "weight": 13}


def convert_groceries(target: Path, *, orders: int = 200, machine: str = "M1") -> tuple[Path, ...]:
    """One basket is one order. Stock covers all of them, the frequent items from two compartments. Returns the files in order."""
    baskets = list(islice(_baskets(DATA / "groceries.csv"), orders))
    names = sorted({name for basket in baskets for name in basket})
    codes = {name: f"GR-{no:03d}" for no, name in enumerate(names, start=1)}
    lines = [
        (no, line, codes[name], 1 + (no + line) % 3)
        for no, basket in enumerate(baskets, 1)
        for line, name in enumerate(basket, 1)
    ]
    demand = Counter[str]()
    for _, _, code, quantity in lines:
        demand[code] += quantity
    homes = _homes(sorted(codes.values()), demand)
    return (
        _write(target / "items.csv", [_grocery(codes[name], name) for name in names]),
        _write(target / "trays.csv", [_grid(machine, no) for no in range(1, -(-len(homes) // (GRID_COLUMNS * GRID_ROWS)) + 1)]),
        _write(target / "stock.csv", [_stock(machine, no, code, quantity) for no, (code, quantity) in enumerate(homes)]),
        _write(target / "orders.csv", [_order_line(*line) for line in lines]),
    )


def _baskets(source: Path) -> Iterable[list[str]]:
    with source.open(newline="", encoding="utf-8") as file:
        for row in csv.reader(file):
            yield list(dict.fromkeys(cell.strip() for cell in row if cell.strip()))


def _grocery(code: str, name: str) -> dict[str, object]:
    return {"item": code, "name": name.capitalize(), "unit": "pcs", "packs": "case=12", "weight_g": 250 + 7 * len(name)}


def _homes(codes: Sequence[str], demand: Counter[str]) -> list[tuple[str, int]]:
    """What lies in each compartment, in their order. Items with much demand have a second home at the end."""
    whole = [(code, demand[code] + 10) for code in codes if demand[code] <= 60]
    halves = [(code, demand[code] // 2 + 5) for code in codes if demand[code] > 60]
    rests = [(code, demand[code] - demand[code] // 2 + 5) for code in codes if demand[code] > 60]
    return sorted(whole + halves) + rests


def _grid(machine: str, number: int) -> dict[str, object]:
    return {"machine": machine, "tray": number, **TRAY_MM, "max_weight_g": 0, "columns": GRID_COLUMNS, "rows": GRID_ROWS}


def _stock(machine: str, no: int, code: str, quantity: int) -> dict[str, object]:
    tray, cell = divmod(no, GRID_COLUMNS * GRID_ROWS)
    label = f"{'AB'[cell // GRID_COLUMNS]}{cell % GRID_COLUMNS + 1}"
    return {"machine": machine, "tray": tray + 1, "compartment": label, "item": code, "quantity": quantity}


def _order_line(no: int, line: int, code: str, quantity: int) -> dict[str, object]:
    return {
        "order": f"G{no:05d}",
        "kind": "pick",
        "need_by": (FIRST_NEED + timedelta(minutes=3 * no)).isoformat(),
        "priority": 3 + no % 3,
        "destination": f"Basket {no}",
        "line": line,
        "item": code,
        "quantity": quantity,
        "host_key": f"groceries/{no}/{line}",
    }


def convert_adventureworks(target: Path, *, machine: str = "M1") -> tuple[Path, ...]:
    """Products as items, each shelf of a location as a tray, its bins as compartments side by side. Returns the files."""
    products = {row[PRODUCT["id"]]: row for row in _table(DATA / "adventureworks" / "Product.csv")}
    inventory = list(_table(DATA / "adventureworks" / "ProductInventory.csv"))
    shelves = sorted({(int(location), shelf) for _, location, shelf, *_ in inventory})
    trays = {shelf: no for no, shelf in enumerate(shelves, start=1)}
    bins = {shelf: sorted({int(row[3]) for row in inventory if (int(row[1]), row[2]) == shelf}) for shelf in shelves}
    cells = [_bin(machine, trays[shelf], shelf, number, bins[shelf]) for shelf in shelves for number in bins[shelf]]
    stock = [
        {
            "machine": machine,
            "tray": trays[int(location), shelf],
            "compartment": f"B{number}",
            "item": products[product][PRODUCT["number"]],
            "quantity": quantity,
        }
        for product, location, shelf, number, quantity, *_ in inventory
    ]
    return (
        _write(target / "items.csv", [_product(row) for row in products.values()]),
        _write(target / "trays.csv", cells),
        _write(target / "stock.csv", stock),
    )


def _table(source: Path) -> Iterable[list[str]]:
    with source.open(newline="", encoding="utf-8-sig") as file:
        yield from (line.rstrip("\r\n").split("\t") for line in file if line.strip())


def _product(row: Sequence[str]) -> dict[str, object]:
    weight = Decimal(row[PRODUCT["weight"]] or 0) * GRAMS.get(row[PRODUCT["weight_unit"]].strip(), Decimal(0))
    return {"item": row[PRODUCT["number"]], "name": row[PRODUCT["name"]], "weight_g": int(weight.to_integral_value())}


def _bin(machine: str, tray: int, shelf: tuple[int, str], number: int, bins: Sequence[int]) -> dict[str, object]:
    width_mm = TRAY_MM["width_mm"] // len(bins)
    return {
        "machine": machine,
        "tray": tray,
        "name": f"Location {shelf[0]} shelf {shelf[1]}",
        **TRAY_MM,
        "compartment": f"B{number}",
        "x_mm": bins.index(number) * width_mm,
        "y_mm": 0,
        "compartment_width_mm": width_mm,
        "compartment_depth_mm": TRAY_MM["depth_mm"],
    }


def _write(target: Path, rows: Sequence[dict[str, object]]) -> Path:
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return target
