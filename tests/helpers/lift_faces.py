"""Hand-made Views of several lifts before one person: where the work is, and what the strip says of the others."""

from __future__ import annotations

from dataclasses import replace

from station.view.lifts import LiftState, LiftTag
from station.view.view import View
from tests.helpers import faces


def lift_views() -> dict[str, View]:
    """By name; the number in it is how many lifts there are."""
    plain = faces.all_views()
    pick, waiting, stopped, work = (plain[name] for name in ("pick", "pick_waiting", "pick_stopped", "work"))
    return {
        "lifts_2_left": replace(pick, lifts=_tags(1, (LiftState.HERE, 17), (LiftState.COMING, 29))),
        "lifts_2_right": replace(pick, bay="BAY2", lifts=_tags(2, (LiftState.LEAVING, 12), (LiftState.HERE, 29))),
        "lifts_2_stopped_beside": replace(pick, lifts=_tags(1, (LiftState.HERE, 17), (LiftState.STOPPED, 29))),
        "lifts_2_stopped_here": replace(stopped, bay="BAY2", lifts=_tags(2, (LiftState.LOST, 0), (LiftState.STOPPED, 29))),
        "lifts_2_idle": replace(work, lifts=_tags(1, (LiftState.EMPTY, 0), (LiftState.EMPTY, 0))),
        "lifts_3_middle": replace(
            waiting, bay="BAY2", lifts=_tags(2, (LiftState.HERE, 9), (LiftState.COMING, 21), (LiftState.CHECKING, 0))
        ),
        "lifts_3_right": replace(
            pick, bay="BAY3", lifts=_tags(3, (LiftState.TOUCH, 0), (LiftState.UNKNOWN, 0), (LiftState.HERE, 38))
        ),
        "lifts_3_left": replace(pick, lifts=_tags(1, (LiftState.HERE, 9), (LiftState.OUT, 0), (LiftState.STOPPED, 38))),
    }


def count_of(name: str) -> int:
    """How many lifts this view has."""
    return int(name.split("_")[1])


def _tags(faced: int, *lifts: tuple[LiftState, int]) -> tuple[LiftTag, ...]:
    return tuple(
        LiftTag(number=number, count=len(lifts), is_faced=number == faced, state=state, tray=tray)
        for number, (state, tray) in enumerate(lifts, start=1)
    )
