"""The clock of each machine in a run: which tray lies in which position, and when the lift or the loop is free again."""

from __future__ import annotations

from dataclasses import dataclass

from station.planner.board import Board


@dataclass(slots=True)
class Position:
    """A place for a tray at the bay. `is_bound`: its tray waits for the operator or is in work; `free_s`: since its visit
    ended."""

    tray: int | None = None
    free_s: float = 0.0
    is_bound: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """A tray that is or comes to the bay for a visit."""

    tray: int
    machine: int
    position: int
    ready_s: float


class Bays:
    """All machines of a problem. One lift or loop each: one motion at a time."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self.positions = [[Position() for _ in range(machine.positions)] for machine in board.problem.machines]
        self.free_s = [0.0] * len(self.positions)
        self._last = [-1] * len(self.positions)

    def lying(self, machine: int) -> int:
        """Trays at the bay that no visit is bound to, as bits."""
        mask = 0
        for position in self.positions[machine]:
            if position.tray is not None and not position.is_bound:
                mask |= 1 << position.tray
        return mask

    def put(self, machine: int, at: int, tray: int | None, *, is_bound: bool) -> None:
        """A position as it is found."""
        self.positions[machine][at] = Position(tray, is_bound=is_bound)

    def used(self, machine: int, at: int) -> None:
        """This position was used last."""
        self._last[machine] = at

    def last_used(self, machine: int) -> int:
        """The position that was used last; -1 is none."""
        return self._last[machine]

    def may_start(self, machine: int, now_s: float) -> bool:
        """Whether the lift is still and a position is not bound."""
        return self.free_s[machine] <= now_s and any(not each.is_bound for each in self.positions[machine])

    def bind_lying(self, tray: int, now_s: float) -> Fetched:
        """A further visit of a tray that lies at the bay: no motion."""
        machine = self._board.machine_of[tray]
        at = next(at for at, each in enumerate(self.positions[machine]) if each.tray == tray)
        self.positions[machine][at].is_bound = True
        self._last[machine] = at
        return Fetched(tray, machine, at, now_s)

    def cost_s(self, tray: int) -> float:
        """How long the lift would need for this tray now."""
        machine = self._board.machine_of[tray]
        return self._cost_s(machine, self.positions[machine][self._free_position(machine)].tray, tray)

    def fetch(self, tray: int, now_s: float) -> Fetched:
        """Bring a tray into a position that is not bound, the one that was not used last."""
        machine = self._board.machine_of[tray]
        at = self._free_position(machine)
        position = self.positions[machine][at]
        ready_s = now_s + self._cost_s(machine, position.tray, tray)
        position.tray, position.is_bound = tray, True
        self.free_s[machine] = ready_s
        self._last[machine] = at
        return Fetched(tray, machine, at, ready_s)

    def end_visit(self, visit: Fetched, now_s: float) -> None:
        position = self.positions[visit.machine][visit.position]
        position.is_bound, position.free_s = False, now_s

    def _free_position(self, machine: int) -> int:
        free = [at for at, each in enumerate(self.positions[machine]) if not each.is_bound]
        return next((at for at in free if at != self._last[machine]), free[0])

    def _cost_s(self, machine: int, away: int | None, here: int) -> float:
        times, start = self._board.times[machine], self._board.first_tray[machine]
        return times.first[here - start] if away is None else times.exchange[away - start][here - start]
