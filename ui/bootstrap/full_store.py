"""The sample site's store as it is after years in a big plant: a million events, fifty thousand compartments beside its own.

What is added is another machine's and other items': the sample orders are worked as before, in a store that is full.
"""

from __future__ import annotations

from pathlib import Path

from db.records.files import ResultExported
from db.store import Store
from ui.bootstrap.long_log import Plant, make_long_store, raw

CELLS_A_TRAY = 100
CELL_MM = 40
_ITEM = """
INSERT INTO site_item (code, name, unit, decimals, picture, proof, rounding, lot_tracked, serial_tracked, weight_g, note)
VALUES (?, ?, 'pcs', 0, '', 'touch', 'exact', 0, 0, 10, '')
"""
_TRAY = "INSERT INTO site_tray (machine, number, name, width_mm, depth_mm, max_weight_g) VALUES (?, ?, '', 4000, 860, 400000)"
_CELL = """
INSERT INTO site_compartment (machine, tray, label, position, x_mm, y_mm, width_mm, depth_mm) VALUES (?, ?, ?, ?, ?, 0, 40, 860)
"""


def fill_store(directory: Path, *, station: str, events: int, compartments: int) -> None:
    """Add this many events and compartments to the store that is there; its results of the past have gone out."""
    plant = Plant("VLM9", 1001, compartments // CELLS_A_TRAY, CELLS_A_TRAY, compartments * 2 // 5)
    with raw(directory) as connection:
        items = ((f"I{n}", f"Part {n} of the past") for n in range(plant.items))
        connection.executemany(_ITEM, items)
        trays = range(plant.first_tray, plant.first_tray + plant.trays)
        connection.executemany(_TRAY, ((plant.machine, tray) for tray in trays))
        cells = ((plant.machine, tray, f"C{n}", n, n * CELL_MM) for tray in trays for n in range(plant.compartments))
        connection.executemany(_CELL, cells)
    make_long_store(directory, events, station=station, plant=plant)
    store = Store.open(directory, station=station, ballast_bytes=0)
    epoch, seq, _ = store.head()
    store.append([ResultExported(file="past.json", rows=0, from_seq=1, through_seq=seq, epoch=epoch)]).result()
    store.close()
