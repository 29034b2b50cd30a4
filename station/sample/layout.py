"""The sample machine's trays: 40 of them, each with its own dividers, and which items may lie on which."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase

from station.sample.family import Room
from station.sample.rules import TRAY_HEIGHT_MM, ZONE_CLASSES
from station.values import Compartment, Tray

MACHINE = "VLM1"
OPENING = "SH1-1"
TRAY_WIDTH_MM = 2450
TRAY_DEPTH_MM = 864
TRAY_MAX_WEIGHT_G = 400_000


@dataclass(frozen=True, slots=True)
class Division:
    """How a tray is divided: strips from the front to the back, each (depth in mm, number of compartments)."""

    room: Room
    strips: tuple[tuple[int, int], ...]


FINE = Division(Room.SMALL, ((216, 10), (216, 10), (216, 10), (216, 10)))
FINE_MIXED = Division(Room.SMALL, ((216, 8), (216, 8), (144, 12), (144, 12), (144, 12)))
FINE_DEEP = Division(Room.SMALL, ((288, 9), (288, 9), (288, 9)))
MIDDLE = Division(Room.MEDIUM, ((288, 8), (288, 8), (288, 8)))
MIDDLE_MIXED = Division(Room.MEDIUM, ((432, 5), (216, 9), (216, 9)))
MIDDLE_WIDE = Division(Room.MEDIUM, ((288, 6), (288, 8), (288, 6)))
COARSE = Division(Room.LARGE, ((432, 5), (432, 4)))
COARSE_MIXED = Division(Room.LARGE, ((576, 4), (288, 6)))
WHOLE = Division(Room.LARGE, ((864, 4),))

PLAN: tuple[tuple[str, tuple[Division, ...]], ...] = (
    ("Fasteners", (FINE, FINE_MIXED, FINE, FINE_DEEP, FINE_MIXED, FINE, FINE_DEEP, FINE_MIXED)),
    ("Bearings and seals", (MIDDLE, MIDDLE_MIXED, MIDDLE_WIDE, MIDDLE, MIDDLE_MIXED, MIDDLE)),
    ("Drives", (MIDDLE, MIDDLE_MIXED, MIDDLE_WIDE, COARSE, COARSE_MIXED, WHOLE)),
    ("Electrical", (FINE, FINE_MIXED, MIDDLE, MIDDLE_WIDE, MIDDLE_MIXED, COARSE, COARSE_MIXED)),
    ("Cables", (COARSE, COARSE_MIXED, COARSE, COARSE_MIXED)),
    ("Pneumatics", (MIDDLE, MIDDLE_WIDE, MIDDLE_MIXED)),
    ("Adhesives and oils", (MIDDLE_WIDE, MIDDLE, MIDDLE_MIXED)),
    ("Tools and labels", (MIDDLE, MIDDLE_MIXED, MIDDLE_WIDE)),
)


@dataclass(frozen=True, slots=True)
class SampleTray:
    """A tray with what the sample knows of it: its zone and how much room its compartments give."""

    tray: Tray
    zone: str
    room: Room


def compartments(division: Division) -> tuple[Compartment, ...]:
    """The cells, labelled as on the screen: rows are letters from the front (A), columns are numbers from the left."""
    found: list[Compartment] = []
    y_mm = 0
    for strip, (depth_mm, count) in enumerate(division.strips):
        row = ascii_uppercase[strip]
        edges = [round(TRAY_WIDTH_MM * column / count) for column in range(count + 1)]
        for column in range(count):
            left_mm, width_mm = edges[column], edges[column + 1] - edges[column]
            found.append(Compartment(label=f"{row}{column + 1}", x_mm=left_mm, y_mm=y_mm, width_mm=width_mm, depth_mm=depth_mm))
        y_mm += depth_mm
    return tuple(found)


def make_trays(machine: str = MACHINE) -> tuple[SampleTray, ...]:
    """All trays of the machine of this name, numbered from 1."""
    planned = [(zone, index + 1, division) for zone, divisions in PLAN for index, division in enumerate(divisions)]
    return tuple(
        SampleTray(_tray(machine, number, name=f"{zone} {index}", division=division, zone=zone), zone, division.room)
        for number, (zone, index, division) in enumerate(planned, start=1)
    )


def _tray(machine: str, number: int, *, name: str, division: Division, zone: str) -> Tray:
    return Tray(
        machine=machine,
        number=number,
        name=name,
        width_mm=TRAY_WIDTH_MM,
        depth_mm=TRAY_DEPTH_MM,
        max_weight_g=TRAY_MAX_WEIGHT_G,
        max_height_mm=TRAY_HEIGHT_MM,
        storage_class=ZONE_CLASSES.get(zone, ()),
        compartments=compartments(division),
    )
