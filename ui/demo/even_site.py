"""The import files of a site for measuring: forty trays, items of one proof, orders of picks alone, and stock for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from station.sample.files import write_csv
from station.sample_site import SAMPLE_MACHINE

TRAYS, CELLS = 40, 6
ITEMS = TRAYS * CELLS
CELL_MM = 200
STOCK = 100_000
MEAN_LINES = 3.0


def write_site(folder: Path, orders: Path | None, *, seed: int) -> Path:
    """Items, trays and stock at random places; `orders` is the first file of orders."""
    folder.mkdir(parents=True, exist_ok=True)
    items = [{"item": code, "name": f"Part {code}", "unit": "pcs", "decimals": 0, "proof": "touch"} for code in _codes()]
    cells = [(tray, f"A{number}") for tray in range(1, TRAYS + 1) for number in range(1, CELLS + 1)]
    write_csv(folder / "items.csv", items)
    write_csv(folder / "trays.csv", [_cell(tray, label) for tray, label in cells])
    Random(seed).shuffle(cells)
    places = zip(_codes(), cells, strict=True)
    write_csv(folder / "stock.csv", [_stock(item, tray, label) for item, (tray, label) in places])
    if orders is not None:
        (folder / "orders.csv").write_bytes(orders.read_bytes())
    return folder


def write_picks(path: Path, prefix: str, count: int, *, seed: int) -> Path:
    """`count` orders of picks; items are asked for as often as words are used."""
    random, codes = Random(f"{prefix} {seed}"), _codes()
    weights = [1 / (number + 2) for number in range(ITEMS)]
    rows: list[dict[str, object]] = []
    for number in range(1, count + 1):
        size = min(12, 1 + int(random.expovariate(1 / (MEAN_LINES - 0.5))))
        rows += _order(f"{prefix}{number:04}", dict.fromkeys(random.choices(codes, weights, k=size)))
    write_csv(path, rows)
    return path


def _codes() -> Sequence[str]:
    return [f"P{number:03}" for number in range(ITEMS)]


def _order(name: str, items: Iterable[str]) -> list[dict[str, object]]:
    return [
        {"order": name, "kind": "pick", "line": str(line), "item": item, "quantity": 1}
        for line, item in enumerate(items, start=1)
    ]


def _cell(tray: int, label: str) -> dict[str, object]:
    return {
        "machine": SAMPLE_MACHINE,
        "tray": tray,
        "width_mm": CELLS * CELL_MM,
        "depth_mm": 800,
        "compartment": label,
        "x_mm": CELL_MM * (int(label[1:]) - 1),
        "y_mm": 0,
        "compartment_width_mm": CELL_MM,
        "compartment_depth_mm": 800,
    }


def _stock(item: str, tray: int, label: str) -> dict[str, object]:
    return {"machine": SAMPLE_MACHINE, "tray": tray, "compartment": label, "item": item, "quantity": STOCK}
