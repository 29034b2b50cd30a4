"""The rolling rules: a free place is filled at once, and a visit takes every open line of its tray.

`Oldest` works for the oldest order, `Votes` for the orders that are nearest to their end; both may choose orders by overlap.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from station.planner.board import bits
from station.planner.decision import Admission, Decision, Why
from station.planner.scene import Scene

ChooseOrder = Callable[[Scene], Admission | None]


def first_in_turn(scene: Scene) -> Admission | None:
    return Admission(scene.waiting[0].turn, Why.FIRST)


def by_overlap(window: int, *, counts_here: bool = True) -> ChooseOrder:
    """Of the next `window` orders the one with the fewest trays a line that no open order needs. `counts_here`: the tray in work
    is none of them, for its lines can be taken at once; the rule as it was published does not see that."""

    def choose(scene: Scene) -> Admission | None:
        coming = scene.bound if counts_here else 0
        for work in scene.works:
            coming |= work.mask
        if counts_here and scene.here is not None:
            coming |= 1 << scene.here
        best, least = scene.waiting[0], float("inf")
        for need in scene.places.admissible(window):
            new = (need.mask & ~coming).bit_count() / need.lines
            if new < least:
                best, least = need, new
        return Admission(best.turn, Why.OVERLAP, least)

    return choose


class Rolling(ABC):
    """What both rules share."""

    most_places: int | None = None
    is_line_by_line = False

    def __init__(self, admission: ChooseOrder = first_in_turn) -> None:
        self._admission = admission

    def admit(self, scene: Scene) -> Admission | None:
        return self._admission(scene)

    def choose(self, scene: Scene, machine: int) -> Decision | None:
        """What lies at the bay costs no motion: first."""
        lying = scene.wanted() & scene.bays.lying(machine)
        if lying:
            tray = bits(lying)[0]
            if any(each.mask >> tray & 1 for each in scene.usable):
                return Decision(tray, Why.LYING_HERE, 0.0)
        return self._fetch(scene, machine)

    @abstractmethod
    def _fetch(self, scene: Scene, machine: int) -> Decision | None:
        """The tray that the rule would have brought; None where none of this machine is wanted."""


class Oldest(Rolling):
    """The tray of the oldest open order from which most lines can be taken."""

    def _fetch(self, scene: Scene, machine: int) -> Decision | None:
        mine = scene.board.trays_of[machine] & ~scene.bound
        for work in scene.usable:
            trays = work.mask & mine
            if trays:
                return self._of(scene, trays, scene.board.orders[work.turn].id)
        return None

    def _of(self, scene: Scene, trays: int, order: str) -> Decision:
        lines = {tray: sum(len(each.lines_on.get(tray, ())) for each in scene.works) for tray in bits(trays)}
        tray = min(lines, key=lambda each: (-lines[each], scene.bays.cost_s(each)))
        return Decision(tray, Why.OLDEST, float(lines[tray]), {"lines": lines[tray]}, order)


class Votes(Rolling):
    """Each open order votes for its trays with 1/r², r = how many it still needs; ties: most lines, then the shortest way."""

    def _fetch(self, scene: Scene, machine: int) -> Decision | None:
        mine = scene.board.trays_of[machine] & ~scene.bound
        votes: dict[int, float] = {}
        for work in scene.usable:
            trays = work.mask & mine
            if trays:
                vote = 1.0 / work.mask.bit_count() ** 2
                for tray in bits(trays):
                    votes[tray] = votes.get(tray, 0.0) + vote
        return self._best(scene, votes) if votes else None

    def _best(self, scene: Scene, votes: dict[int, float]) -> Decision:
        most = max(votes.values()) - 1e-9
        best = [tray for tray, vote in votes.items() if vote >= most]
        lines = {tray: sum(len(each.lines_on.get(tray, ())) for each in scene.works) for tray in best}
        tray = min(best, key=lambda each: (-lines[each], scene.bays.cost_s(each)))
        why = Why.VOTES if len(votes) > 1 else Why.ONLY
        return Decision(tray, why, votes[tray], {"lines": lines[tray], "orders": _askers(scene, tray)})


def _askers(scene: Scene, tray: int) -> int:
    return sum(each.mask >> tray & 1 for each in scene.works)
