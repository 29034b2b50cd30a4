"""What a run leaves: visits, decisions, ends; and the figures that are made of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from station.planner.board import Board
from station.planner.decision import Admission, Decision
from station.planner.problem import PlannedVisit


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run. `waited_s` is the operator's; `ends` are the orders (by turn) as they ended, each with the end of the
    visit that ended it; `decided_s` is how long each decision was in the making."""

    board: Board
    visits: tuple[PlannedVisit, ...]
    decisions: tuple[Decision, ...]
    admissions: tuple[Admission, ...]
    ends: tuple[tuple[int, float], ...]
    took_s: float
    waited_s: float
    decided_s: tuple[float, ...]


@dataclass(slots=True)
class RunLog:
    """Gathers a run."""

    board: Board
    visits: list[PlannedVisit] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    admissions: list[Admission] = field(default_factory=list)
    ends: list[tuple[int, float]] = field(default_factory=list)
    decided_s: list[float] = field(default_factory=list)
    waited_s: float = 0.0
    _ended: list[int] = field(default_factory=list)

    def visited(self, tray: int, taken: list[tuple[int, int]], *, began_s: float, took_s: float, waited_s: float) -> None:
        orders = self.board.orders
        lines = tuple((orders[turn].id, orders[turn].lines[line]) for turn, line in taken)
        self.visits.append(PlannedVisit(tray, lines))
        self.waited_s += waited_s
        self.ends += [(turn, began_s + took_s) for turn in self._ended]
        self._ended.clear()

    def ended(self, turn: int) -> None:
        """Within the visit that is being taken."""
        self._ended.append(turn)

    def admitted(self, admission: Admission) -> None:
        self.admissions.append(admission)

    def decided(self, decision: Decision | None, took_s: float) -> None:
        self.decided_s.append(took_s)
        if decision is not None:
            self.decisions.append(decision)

    def run(self, took_s: float) -> Run:
        return Run(
            self.board,
            tuple(self.visits),
            tuple(self.decisions),
            tuple(self.admissions),
            tuple(self.ends),
            took_s,
            self.waited_s,
            tuple(self.decided_s),
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan is judged by. `late` counts orders that end after their need-by; displacement is |place at the end - turn|."""

    lines_per_hour: float
    trays_per_line: float
    wait_share: float
    late: int
    displacement_mean: float
    displacement_max: int


def figures_of(run: Run) -> Figures:
    lines = sum(len(each.lines) for each in run.visits)
    moved = [abs(place - turn) for place, (turn, _) in enumerate(run.ends)]
    needs = run.board.needs
    late = sum(1 for turn, at_s in run.ends if (due := needs[turn].need_by_s) is not None and at_s > due + 1e-6)
    return Figures(
        lines_per_hour=3600 * lines / run.took_s if run.took_s else 0.0,
        trays_per_line=len(run.visits) / lines if lines else 0.0,
        wait_share=run.waited_s / run.took_s if run.took_s else 0.0,
        late=late,
        displacement_mean=sum(moved) / len(moved) if moved else 0.0,
        displacement_max=max(moved, default=0),
    )
