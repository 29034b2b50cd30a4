"""The rules that are known: line by line, order by order, waves of orders. What the planner is measured against."""

from __future__ import annotations

from station.planner.board import bits
from station.planner.decision import Admission, Decision, Why
from station.planner.problem import Carousel
from station.planner.rotation import best_rotation
from station.planner.scene import Scene


class LineByLine:
    """Orders in turn, lines as ordered; neighbours on one tray share its visit."""

    most_places: int | None = 1
    is_line_by_line = True

    def admit(self, scene: Scene) -> Admission | None:
        return Admission(scene.waiting[0].turn, Why.FIRST)

    def choose(self, scene: Scene, machine: int) -> Decision | None:
        if not scene.works or scene.bound & scene.wanted():
            return None
        lines_on = scene.works[0].lines_on
        tray = min(lines_on, key=lambda each: lines_on[each][0])
        is_mine = scene.board.machine_of[tray] == machine and not scene.bound >> tray & 1
        return Decision(tray, Why.NEXT_LINE, 0.0, order=scene.board.orders[scene.works[0].turn].id) if is_mine else None


class Swept:
    """Orders in turn, `size` at a time, and the next ones when all have ended; their trays from the lowest upwards. What is
    fetched for the next ones may come while the last visit is in work, but that visit takes nothing for them, batch by batch:
    unless their sweep begins with this very tray."""

    is_line_by_line = False

    def __init__(self, size: int) -> None:
        self.most_places: int | None = size
        self._size = size
        self._is_filling = True
        self._last = -1

    def admit(self, scene: Scene) -> Admission | None:
        if not scene.works:
            self._is_filling = not scene.is_taking or self._begins_here(scene)
            self._last = -1
        if not self._is_filling:
            return None
        self._is_filling = scene.places.free > 1
        return Admission(scene.waiting[0].turn, Why.FIRST)

    def _begins_here(self, scene: Scene) -> bool:
        batch = 0
        for need in scene.waiting[: self._size]:
            batch |= need.mask
        return scene.here is not None and batch & -batch == 1 << scene.here

    def choose(self, scene: Scene, machine: int) -> Decision | None:
        wanted = 0
        for work in scene.usable:
            wanted |= work.mask
        trays = bits(wanted & ~scene.bound & scene.board.trays_of[machine])
        if not trays:
            return None
        tray = self._next(scene, machine, trays)
        self._last = tray
        return Decision(tray, Why.SWEEP, float(tray))

    def _next(self, scene: Scene, machine: int, trays: list[int]) -> int:
        """Upwards from the last one; a carousel turns by the shortest way past all of them."""
        if not isinstance(scene.board.problem.machines[machine], Carousel):
            return next((each for each in trays if each > self._last), trays[0])
        start, here = scene.board.first_tray[machine], scene.bays.positions[machine][0].tray
        size = scene.board.problem.machines[machine].trays
        return start + best_rotation(0 if here is None else here - start, [each - start for each in trays], size)[0]
