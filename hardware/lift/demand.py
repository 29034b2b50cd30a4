"""What a command asks of the metal, in three words."""

from __future__ import annotations

from enum import Enum

from hardware.values import FetchTray, LiftRequest, PointTray, StoreTray


class Demand(Enum):
    """What a command asks of the metal."""

    FETCH = "fetch"
    STORE = "store"
    POINT = "point"


def demand_of(request: LiftRequest) -> Demand:
    """By the type of the request; a pointing light counts as a demand of its own, though no tray moves."""
    match request:
        case FetchTray():
            return Demand.FETCH
        case StoreTray():
            return Demand.STORE
        case PointTray():
            return Demand.POINT
