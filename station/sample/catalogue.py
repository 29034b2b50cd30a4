"""The sample catalogue: reads catalogue.csv, one row a family, and makes its items. Sizes are real series, products are not."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib import resources
from types import ModuleType

from station.sample import draw_drives, draw_electric, draw_fasteners, draw_supplies, draw_switchgear
from station.sample.family import CatalogueItem, Family, Room, Tracking, members
from station.sample.pen import Drawing
from station.sample.rules import with_rules
from station.values import ProofRule, RoundRule

DRAWING_MODULES: tuple[ModuleType, ...] = (draw_fasteners, draw_drives, draw_electric, draw_switchgear, draw_supplies)


def read_families() -> tuple[Family, ...]:
    """The families in the file's order."""
    text = resources.files("station.sample").joinpath("catalogue.csv").read_text(encoding="utf-8")
    drawings = dict(_drawings())
    return tuple(_family(row, drawings) for row in csv.DictReader(text.splitlines()))


def read_catalogue() -> tuple[CatalogueItem, ...]:
    """Every item of the sample, in the file's order."""
    return tuple(with_rules(item) for family in read_families() for item in members(family))


def _drawings() -> Iterator[tuple[str, Drawing]]:
    for module in DRAWING_MODULES:
        for name, value in vars(module).items():
            if getattr(value, "__module__", "") == module.__name__:
                yield name, value


def _family(row: dict[str, str], drawings: dict[str, Drawing]) -> Family:
    return Family(
        number=int(row["number"]),
        name=row["name"],
        sizes=tuple(row["sizes"].split("|")),
        draw=drawings[row["drawing"]],
        tints=tuple(row["tints"].split("|")),
        zone=row["zone"],
        room=Room(row["room"]),
        unit=row["unit"],
        decimals=int(row["decimals"]),
        bulk=int(row["bulk"]),
        most=int(row["most"]),
        weight_g=int(row["weight_g"]),
        pack=(row["pack"], int(row["pack_quantity"])) if row["pack"] else None,
        proof=ProofRule(row["proof"]),
        rounding=RoundRule(row["rounding"]),
        tracking=Tracking(row["tracked"]),
        owner=row["owner"],
        note=row["note"],
    )
