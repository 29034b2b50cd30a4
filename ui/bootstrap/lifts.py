"""Lifts side by side by the settings: which trays are whose, where each stands, and a driver for each."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from ui.bootstrap.devices import lift_of

if TYPE_CHECKING:
    from hardware.ports import Lift
    from station.runner.parts import LiftBeside
    from station.settings import LiftSettings, Settings
    from station.side_by_side import LiftPlace, Lifts

MOST_BESIDE = 2


def places_of(settings: Settings) -> Lifts:
    """The lifts from left to right; none where there is one. Raises ConfigError."""
    from station.side_by_side import LiftPlace

    if not settings.lift:
        return ()
    _check(settings)
    home = LiftPlace(number=0, opening=settings.machine.opening, is_home=True)
    left = [_place(each) for each in settings.lift if each.side == "left"]
    right = [_place(each) for each in settings.lift if each.side == "right"]
    return tuple(replace(each, number=number) for number, each in enumerate((*left, home, *right), start=1))


def beside_of(settings: Settings) -> tuple[LiftBeside, ...]:
    """The drivers of the lifts beside [machine], not opened yet. Raises ConfigError."""
    from hardware.lift.numbered import NumberedLift
    from station.runner.parts import LiftBeside

    found = []
    for each in settings.lift:
        first, last = _trays(each)
        machine = replace(settings.machine, name=f"{settings.machine.name}-{each.bay}", url=each.url, opening=each.opening)
        lift: Lift = lift_of(replace(machine, other_openings=""))
        numbered = NumberedLift(lift, first=first, last=last, own_first=each.own_first, opening=each.opening)
        found.append(LiftBeside(each.bay, numbered))
    return tuple(found)


def _check(settings: Settings) -> None:
    """What does not go together is refused at the start, before anything moves. Raises ConfigError."""
    from hardware.config import ConfigError

    machine, lifts = settings.machine, settings.lift
    bays = [machine.opening, *(each.bay for each in lifts)]
    spans = sorted(_trays(each) for each in lifts)
    if len(lifts) > MOST_BESIDE:
        raise ConfigError("lift", str(len(lifts)), f"at most {MOST_BESIDE}")
    if len(set(bays)) < len(bays):
        raise ConfigError("lift.bay", ", ".join(bays[1:]), "another name for each lift, and none of machine.opening")
    is_twice = any(before[1] >= after[0] for before, after in itertools.pairwise(spans))
    if is_twice or any(first > last for first, last in spans):
        raise ConfigError("lift.trays", ", ".join(each.trays for each in lifts), "from the lower to the higher, no tray twice")
    if any(not each.url for each in lifts):
        raise ConfigError("lift.url", "", "the address of each lift")
    alone = {
        "machine.pod": machine.pod,
        "machine.prefetch": machine.prefetch if machine.prefetch == "on" else "",
        "pointer.url": settings.pointer.url,
    }
    for key, value in alone.items():
        if value:
            raise ConfigError(key, value, "nothing, because [[lift]] is set")


def _place(lift: LiftSettings) -> LiftPlace:
    from station.side_by_side import LiftPlace

    first, last = _trays(lift)
    return LiftPlace(number=0, opening=lift.bay, first_tray=first, last_tray=last)


def _trays(lift: LiftSettings) -> tuple[int, int]:
    first, last = lift.trays.split("-")
    return int(first), int(last)
