"""Need-by before everything else: an order whose time is running out gets a place and its trays first."""

from __future__ import annotations

from station.planner.board import bits
from station.planner.decision import Admission, Decision, Why
from station.planner.rolling import Oldest
from station.planner.scene import Policy, Scene

GUARD = 2.0  # so much of the expected time to its end is left when an order becomes urgent


class Guarded:
    """A policy under the guard of need-by times. Without any it decides alone."""

    is_line_by_line = False

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self.most_places = policy.most_places

    def admit(self, scene: Scene) -> Admission | None:
        urgent = (
            [
                (need.need_by_s, need.turn)
                for need in scene.places.admissible(len(scene.waiting))
                if need.need_by_s is not None and _is_urgent(scene, need.need_by_s, len(need.lines_on))
            ]
            if scene.places.has_need_by
            else []
        )
        if urgent:
            due_s, turn = min(urgent)
            return Admission(turn, Why.URGENT, due_s - scene.now_s)
        return self._policy.admit(scene)

    def choose(self, scene: Scene, machine: int) -> Decision | None:
        urgent = [
            (work.need.need_by_s, work.turn, work)
            for work in (scene.usable if scene.places.has_need_by else ())
            if work.need.need_by_s is not None and _is_urgent(scene, work.need.need_by_s, work.mask.bit_count())
        ]
        mine = scene.board.trays_of[machine] & ~scene.bound
        for due_s, turn, work in sorted(urgent, key=lambda each: each[:2]):
            trays = bits(work.mask & mine)
            if trays:
                lines = {tray: sum(len(each.lines_on.get(tray, ())) for each in scene.works) for tray in trays}
                tray = min(trays, key=lambda each: (-lines[each], scene.bays.cost_s(each)))
                slack_s = due_s - scene.now_s
                return Decision(tray, Why.URGENT, slack_s, {"slack_s": round(slack_s)}, scene.board.orders[turn].id)
        return self._policy.choose(scene, machine)


class Unhurried:
    """Oldest first while no backlog stands before orders that are due: then there is time enough, and nobody is to wait for the
    sake of lines an hour. With a backlog the policy decides."""

    is_line_by_line = False

    def __init__(self, policy: Policy) -> None:
        self._policy, self._oldest = policy, Oldest()
        self.most_places = policy.most_places

    def admit(self, scene: Scene) -> Admission | None:
        return (self._oldest if _has_time(scene) else self._policy).admit(scene)

    def choose(self, scene: Scene, machine: int) -> Decision | None:
        return (self._oldest if _has_time(scene) else self._policy).choose(scene, machine)


def _has_time(scene: Scene) -> bool:
    return scene.places.has_need_by and len(scene.waiting) < scene.places.size


def _is_urgent(scene: Scene, need_by_s: float, trays: int) -> bool:
    """Late orders are urgent, too."""
    return need_by_s - scene.now_s < GUARD * trays * scene.board.visit_s
