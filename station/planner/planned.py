"""The planner as a policy: it adopts the first visits of a plan while they are still right, and plans anew when they are not."""

from __future__ import annotations

from station.planner.decision import Admission, Decision, Why
from station.planner.outlook import Extent, Weights, outlook_of
from station.planner.rolling import ChooseOrder, Votes, by_overlap
from station.planner.scene import Scene
from station.planner.search import Plan, Step, search

POOL = 64
ADOPTED = 4
LAST_ORDERS = 20  # so few are planned to their end at once
TO_THE_END = Extent(width=24, trays=6, visits=400)


class Planned:
    """A beam over the next visits of one machine; where there are several machines, or nothing is found, the rule beside it."""

    most_places: int | None = None
    is_line_by_line = False

    def __init__(
        self,
        *,
        window: int,
        extent: Extent | None = None,
        weights: Weights | None = None,
        adopted: int = ADOPTED,
        pool: int = POOL,
    ) -> None:
        self._weights = weights
        self._extent, self._adopted, self._pool, self._window = extent or Extent(), adopted, pool, window
        self._overlap: ChooseOrder = by_overlap(window)
        self._rule = Votes(self._overlap)
        self._steps: list[Step] = []
        self._admitted: list[int] = []
        self._seen = -1
        self._plan = Plan()

    def admit(self, scene: Scene) -> Admission | None:
        while self._admitted:
            turn = self._admitted.pop(0)
            if any(each.turn == turn for each in scene.places.admissible(self._window)):
                return Admission(turn, Why.PLANNED, self._plan.value)
            self._steps.clear()
        return self._overlap(scene)

    def choose(self, scene: Scene, machine: int) -> Decision | None:
        on_way = scene.bound if scene.here is None else scene.bound & ~(1 << scene.here)
        if len(scene.board.times) > 1 or on_way:
            return self._rule.choose(scene, machine)
        if not self._is_right(scene):
            self._renew(scene)
        self._seen = scene.places.arrived
        if not self._steps or self._steps[0].tray == scene.here:
            self._steps.clear()
            return self._rule.choose(scene, machine)
        step = self._steps.pop(0)
        self._admitted = list(step.admitted)
        figures = {"visits": len(self._plan.steps), "ahead_s": round(self._plan.ahead_s, 1)}
        return Decision(step.tray, Why.PLANNED, self._plan.value, figures)

    def _renew(self, scene: Scene) -> None:
        """A new plan. The last orders are planned to their end, but not while more of them keep coming."""
        outlook = outlook_of(scene, pool=self._pool, window=self._window, weights=self._weights)
        is_last = len(outlook.works) + len(outlook.waiting) <= LAST_ORDERS and self._seen in (-1, scene.places.arrived)
        self._plan = search(outlook, TO_THE_END if is_last else self._extent)
        self._steps = list(self._plan.steps if is_last else self._plan.steps[: self._adopted])

    def _is_right(self, scene: Scene) -> bool:
        """Whether the next visit of the plan still fits: no order has come, and the tray is needed."""
        return bool(self._steps) and scene.places.arrived == self._seen and bool(scene.wanted() >> self._steps[0].tray & 1)
