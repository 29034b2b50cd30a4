"""One-step rollout of the rule with overlap admission: the best rule known before the planner, kept as its yardstick.

Each tray that an open order needs is tried: the rule goes on from there for some visits, and the tray whose course has most
lines in the time wins.
"""

from __future__ import annotations

from station.planner.course import State, built, likely_trays, root_of, weighed
from station.planner.decision import Decision, Why
from station.planner.outlook import Outlook, outlook_of
from station.planner.rolling import Votes, by_overlap
from station.planner.scene import Scene

WINDOW = 32
VISITS = 30
ALL = 1 << 10


class Rollout(Votes):
    """Of one machine, where no rule binds the orders. `trays`: so many with most votes are tried."""

    def __init__(self, window: int = WINDOW, visits: int = VISITS, trays: int = ALL) -> None:
        super().__init__(by_overlap(window))
        self._window, self._visits, self._trays = window, visits, trays

    def choose(self, scene: Scene, machine: int) -> Decision | None:
        outlook = outlook_of(scene, pool=self._window, window=self._window)
        root = root_of(outlook)
        worth = {
            bit.bit_length() - 1: _followed(built(root, bit, weighed(root, bit, outlook), outlook), outlook, self._visits)
            for bit in likely_trays(root, self._trays)
        }
        if not worth:
            return None
        tray = max(worth, key=worth.__getitem__)
        return Decision(tray, Why.PLANNED, worth[tray])


def _followed(state: State, outlook: Outlook, visits: int) -> float:
    for _ in range(visits):
        bits = likely_trays(state, 1)
        if not bits:
            break
        state = built(state, bits[0], weighed(state, bits[0], outlook), outlook)
    return state.lines / state.clock[2]
