"""How long a tray takes to come and to go back: learnt from the motions that were done, tray by tray. Pure.

A tray far up takes longer than one beside the opening, and one that the machine has made ready less: so the median of its own
last motions says more than any mean. A tray without any takes that of the trays with the numbers around it, which most often lie
around it too, and where there are none the mean of the machine's trays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import Final

from station.custody import Verb
from station.values import Travel

KEPT: Final = 9  # of each tray and way
NEAR: Final = 5  # numbers on each side
NEIGHBOURS: Final = 3  # of them, the nearest

Way = tuple[str, int]  # fetch or store, and the tray


@dataclass(frozen=True, slots=True)
class TravelTimes:
    """Seconds of the last motions by way, oldest first."""

    by_way: Mapping[Way, tuple[float, ...]] = field(default_factory=dict)

    def learned(self, verb: str, tray: int, seconds: float) -> TravelTimes:
        """The same with a motion that was done, without the time that a person took."""
        before = self.by_way.get((verb, tray), ())
        return TravelTimes({**self.by_way, (verb, tray): (*before, seconds)[-KEPT:]})

    def expected_s(self, verb: str, tray: int) -> float:
        """Seconds that this will take, 0 when nothing of the kind was ever seen."""
        own = self.by_way.get((verb, tray))
        if own:
            return median(own)
        known = {number: median(times) for (way, number), times in self.by_way.items() if way == verb}
        near = sorted((number for number in known if abs(number - tray) <= NEAR), key=lambda number: (abs(number - tray), number))
        if near:
            return median(known[number] for number in near[:NEIGHBOURS])
        return fmean(known.values()) if known else 0.0


def learnt_from(travels: Iterable[Travel]) -> TravelTimes:
    """What the log has, oldest first."""
    by_way: dict[Way, list[float]] = {}
    for each in travels:
        if each.verb in (Verb.FETCH, Verb.STORE):
            by_way.setdefault((each.verb, each.tray), []).append(each.seconds)
    return TravelTimes({way: tuple(times[-KEPT:]) for way, times in by_way.items()})
