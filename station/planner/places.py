"""The put places in a run: which orders have one, which wait, what a visit takes, which order has ended."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from operator import attrgetter

from station.planner.board import Board, Need, bits
from station.planner.limits import may_admit, may_end
from station.planner.results import RunLog
from station.planner.scene import Policy, Scene
from station.planner.work import Work

Taken = list[tuple[int, int]]
_TURN = attrgetter("turn")


class Places:
    """`works` and `waiting` stand by turn. A finished order of a sequence keeps its place while an older one is on a place: one
    that is released when all places are taken has come too late for its turn, and must not stop everything."""

    def __init__(self, board: Board, policy: Policy, log: RunLog) -> None:
        self._board, self._policy, self._log = board, policy, log
        problem = board.problem
        self._rules = problem.rules
        self.size = min(problem.places, policy.most_places or problem.places)
        self.has_need_by = any(need.need_by_s is not None for need in board.needs)
        self.works: list[Work] = []
        self.waiting: list[Need] = []
        self.ended = 0
        self.arrived = 0
        self._unended: list[int] = []
        self._kept: set[int] = set()
        self._asked: Counter[int] = Counter()

    def usual_new(self, need: Need) -> float:
        """How many trays of an order would be new to a bay full of other waiting orders, as they are asked for."""
        orders = len(self.waiting) + 1
        return sum((1.0 - min(1.0, self._asked[tray] / orders)) ** (self.size - 1) for tray in need.lines_on)

    def arrive(self, need: Need) -> None:
        """An order is released."""
        self.arrived += 1
        insort(self.waiting, need, key=_TURN)
        insort(self._unended, need.turn)
        self._asked.update(bits(need.mask))

    @property
    def is_free_of_turns(self) -> bool:
        """Whether orders may end as they like."""
        return self._board.most is None

    @property
    def kept(self) -> tuple[int, ...]:
        """Finished orders of a sequence that wait for older ones, by turn."""
        return tuple(sorted(self._kept))

    @property
    def free(self) -> int:
        return self.size - len(self.works) - len(self._kept)

    def refill(self, scene: Scene) -> None:
        """Give free places to waiting orders, as the policy chooses within the rules."""
        while self.waiting and self.free > 0:
            admission = self._policy.admit(scene)
            if admission is None:
                return
            self.give_place(admission.turn, wanted=scene.wanted())
            self._log.admitted(admission)

    def give_place(self, turn: int, *, wanted: int = 0) -> None:
        """A waiting order gets a place; `wanted` are trays that come anyway, as bits."""
        need = self.waiting.pop(bisect_left(self.waiting, turn, key=_TURN))
        self._asked.subtract(bits(need.mask))
        insort(self.works, Work(need, wanted=wanted, asked=self._asked), key=_TURN)

    def admissible(self, window: int) -> list[Need]:
        """The next waiting orders of which each may get a place now; the first of all may always."""
        if self._rules.sequence:
            return self.waiting[:1]
        most = self._board.most
        if most is None:
            return self.waiting[:window]
        turns = [each.turn for each in self.waiting[: max(window, most + self.size)]]
        return [
            need
            for need in self.waiting[:window]
            if may_admit(need.turn, turns, open_orders=len(self.works), ended=self.ended, most=most)
        ]

    def is_blocked(self, work: Work) -> bool:
        """Whether nothing of this order may be taken now: its last line would end it before its turn."""
        if self._board.most is None or sum(map(len, work.lines_on.values())) > 1:
            return False
        return not may_end(work.turn, self.ended, self._unended, self._board.most)

    def take(self, tray: int, scene: Scene) -> Taken:
        """Every open line on this tray, also of orders that get a place meanwhile."""
        if self._policy.is_line_by_line:
            return self._take_in_turn(tray, scene)
        taken: Taken = []
        while True:
            found = [line for work in list(self.works) for line in self._take_of(work, tray)]
            taken += found
            if not found:
                return taken
            self.refill(scene)

    def _take_of(self, work: Work, tray: int) -> Taken:
        if not work.reaches(tray):
            return []
        if self._would_end(work, tray) and not may_end(work.turn, self.ended, self._unended, self._board.most):
            lines = work.lines_on.get(tray, ())[:-1]
            for line in lines:
                work.take_line(tray, line)
        else:
            lines = work.take(tray)
        self._end_if_done(work)
        return [(work.turn, line) for line in lines]

    def _would_end(self, work: Work, tray: int) -> bool:
        if self._board.most is None:
            return False
        if work.need.is_single:
            return work.mask == 1 << tray
        return all(tray in work.need.homes[line] for lines in work.lines_on.values() for line in lines)

    def _take_in_turn(self, tray: int, scene: Scene) -> Taken:
        taken: Taken = []
        while self.works:
            work = self.works[0]
            line = min((lines[0], on) for on, lines in work.lines_on.items())
            if line[1] != tray:
                break
            work.take_line(tray, line[0])
            taken.append((work.turn, line[0]))
            self._end_if_done(work)
            self.refill(scene)
        return taken

    def _end_if_done(self, work: Work) -> None:
        if work.mask:
            return
        self.works.remove(work)
        self._unended.remove(work.turn)
        self.ended += 1
        self._kept.add(work.turn)
        if not self._rules.sequence or not self.works:
            self._kept.clear()
        else:
            first = self.works[0].turn
            self._kept = {turn for turn in self._kept if turn > first}
        self._log.ended(work.turn)
