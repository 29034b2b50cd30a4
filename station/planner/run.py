"""A problem worked to its end under a policy: the model of the machine and the operator, event by event.

The model: one motion of a lift (or loop) at a time; a tray is exchanged when its visit has ended; the operator works one tray
at a time, in the order in which they are ready; a visit takes so long and each line so long. What an order still needs is known
when its visit begins, so the next decision counts with the visit in work as done.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from time import perf_counter

from station.planner.bays import Bays, Fetched
from station.planner.board import Board, board_of
from station.planner.places import Places
from station.planner.problem import Problem
from station.planner.results import Run, RunLog
from station.planner.scene import Policy, Scene

Timer = Callable[[], float]


def run(problem: Problem, policy: Policy, *, timer: Timer = perf_counter) -> Run:
    """Work all orders. `timer` measures what the decisions take and decides nothing."""
    return Runner(board_of(problem), policy, timer).run()


class Runner:
    """One run: the clock, the machines, the operator."""

    def __init__(self, board: Board, policy: Policy, timer: Timer = perf_counter) -> None:
        self._board, self._policy, self._timer = board, policy, timer
        bays = Bays(board)
        self._log = RunLog(board)
        self._places = Places(board, policy, self._log)
        self._scene = Scene(board, bays, self._places)
        self._bays = bays
        self._coming = sorted(board.needs, key=attrgetter("released_s"), reverse=True)
        self._at_bay: list[Fetched] = []
        self._in_work: Fetched | None = None
        self._free_s = 0.0

    def run(self) -> Run:
        now_s: float | None = 0.0
        while now_s is not None:
            self._at(now_s)
            now_s = self._next_s(now_s)
        return self._log.run(self._free_s)

    def _at(self, now_s: float) -> None:
        """Everything that happens at one moment: releases, the end of a visit, the next visit, the next motions."""
        self._scene.now_s = now_s
        while self._coming and self._coming[-1].released_s <= now_s:
            self._places.arrive(self._coming.pop())
        if self._in_work is not None and self._free_s <= now_s:
            self._end(self._in_work, now_s)
            self._in_work = None
        self._settle(now_s)

    def _settle(self, now_s: float) -> None:
        """Visits begin and machines are sent until nothing more happens at this moment. A tray that lies at the bay is taken from
        before the next one is chosen: with several homes it may have what the other was to bring."""
        again: set[int] = set()
        is_settled = False
        while not is_settled:
            self._places.refill(self._scene)
            self._begin_visit(now_s)
            self._places.refill(self._scene)
            lying = [
                tray for machine in range(len(self._board.times)) if (tray := self._decide(machine, now_s, again)) is not None
            ]
            again.update(lying)
            is_settled = not lying and (self._in_work is not None or not any(each.ready_s <= now_s for each in self._at_bay))

    def _begin_visit(self, now_s: float) -> None:
        while self._in_work is None:
            ready = [each for each in self._at_bay if each.ready_s <= now_s]
            if not ready:
                return
            visit = min(ready, key=attrgetter("ready_s"))
            self._at_bay.remove(visit)
            self._work(visit, now_s)

    def _work(self, visit: Fetched, now_s: float) -> None:
        self._scene.here, self._scene.until_s = visit.tray, now_s
        taken = self._places.take(visit.tray, self._scene)
        if not taken:  # another machine's tray had it first
            self._end(visit, now_s)
            return
        operator = self._board.problem.operator
        took_s = operator.visit_s + operator.line_s * len(taken)
        self._log.visited(visit.tray, taken, began_s=now_s, took_s=took_s, waited_s=now_s - self._free_s)
        self._in_work, self._free_s = visit, now_s + took_s
        self._scene.until_s = self._free_s

    def _end(self, visit: Fetched, now_s: float) -> None:
        self._bays.end_visit(visit, now_s)
        self._scene.here = None
        self._scene.bound &= ~(1 << visit.tray)

    def _decide(self, machine: int, now_s: float, again: set[int]) -> int | None:
        """Send a machine, or bind a tray that lies here and is needed: without a motion, once a moment. The tray that was
        bound."""
        if not self._scene.works or not self._bays.may_start(machine, now_s):
            return None
        began_s = self._timer()
        decision = self._policy.choose(self._scene, machine)
        self._log.decided(decision, self._timer() - began_s)
        if decision is None or decision.tray in again:
            return None
        lies = self._bays.lying(machine) >> decision.tray & 1
        fetched = self._bays.bind_lying(decision.tray, now_s) if lies else self._bays.fetch(decision.tray, now_s)
        self._at_bay.append(fetched)
        self._scene.bound |= 1 << decision.tray
        return decision.tray if lies else None

    def _next_s(self, now_s: float) -> float | None:
        times = [self._coming[-1].released_s] if self._coming else []
        if self._in_work is not None:
            times.append(self._free_s)
        times += [each.ready_s for each in self._at_bay]
        times += self._bays.free_s
        return min((each for each in times if each > now_s), default=None)
