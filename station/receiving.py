"""The receiving place: where goods lie, in the book, between their receipt and their order or compartment. Pure.

It belongs to one station and to no machine, so that no order is ever offered what lies there and no tray is called for it. What a
program that ended has left there is still there: nothing of a receipt is lost, and nothing is booked twice.
"""

from __future__ import annotations

from typing import Final

from db.rows.trays import RECEIVING
from station.values import Compartment, Place, Tray

BAY: Final = "BAY"
PUT_AWAY: Final = "put_away"  # the reason of both movements by which goods leave it for a compartment
UNANNOUNCED: Final = "receipt"  # the reason of what came in and no order had announced
REJECTED: Final = "rejected"
LOT_HELD: Final = "lot_held"  # the reason of both movements by which goods get another status where they lie
LOT_RELEASED: Final = "lot_released"
_SIDE_MM: Final = 1000


def receiving_place(station: str) -> Place:
    """Where goods lie that came in at this station."""
    return Place(RECEIVING + station, 1, BAY)


def quarantine_place(station: str, name: str) -> Place:
    """The named place for what was rejected and is still on the site."""
    return Place(RECEIVING + station, 1, name)


def is_receiving(machine: str) -> bool:
    """Whether this is no machine, but a place at a bay."""
    return machine.startswith(RECEIVING)


def receiving_tray(station: str, quarantine: str) -> Tray:
    """The places of a station as a tray has them: the site wants to know a place before goods lie there."""
    labels = (BAY, quarantine) if quarantine else (BAY,)
    cells = tuple(
        Compartment(label=label, x_mm=_SIDE_MM * number, y_mm=0, width_mm=_SIDE_MM, depth_mm=_SIDE_MM)
        for number, label in enumerate(labels)
    )
    width_mm = _SIDE_MM * len(labels)
    return Tray(machine=RECEIVING + station, number=1, name="Receiving", width_mm=width_mm, depth_mm=_SIDE_MM, compartments=cells)


def is_only_booked(machine: str, reason: str) -> bool:
    """Whether a movement is one of the book alone: nothing went into or out of a tray by it."""
    return is_receiving(machine) or reason in (LOT_HELD, LOT_RELEASED)
