"""One decision from how things stand: for a running station, which asks at every confirm, short, arrival, cancel or fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from station.planner.bays import Bays
from station.planner.board import board_of
from station.planner.decision import Admission, Decision
from station.planner.outlook import Extent, outlook_of
from station.planner.places import Places
from station.planner.planned import ADOPTED, POOL
from station.planner.policies import POLICIES, WIDEST_WINDOW
from station.planner.problem import PolicyName, Problem
from station.planner.results import RunLog
from station.planner.rolling import Votes, by_overlap
from station.planner.scene import Policy, Scene
from station.planner.search import search
from station.planner.urgency import Guarded

RULES = (PolicyName.OLDEST, PolicyName.VOTES, PolicyName.OVERLAP)  # that know of no need-by times by themselves


@dataclass(frozen=True, slots=True)
class AtBay:
    """A position of a machine: its tray, and whether that is in work, or comes or waits for a visit that is decided."""

    tray: int | None = None
    is_bound: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """`problem` has what is open now: of an order that has begun, the lines that are left. `on_places`: orders that have a place.

    `positions` of each machine, by its number (none given: all empty); `last_used` the position that was used last. `here` is the
    tray in work, of which the lines count as done, until `until_s`; `lift_s`: when each machine is still again. Times from now.
    """

    problem: Problem
    on_places: tuple[str, ...] = ()
    positions: Mapping[int, tuple[AtBay, ...]] = field(default_factory=dict)
    last_used: Mapping[int, int] = field(default_factory=dict)
    here: int | None = None
    until_s: float = 0.0
    lift_s: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Advice:
    """Orders that get a place now, by id, and the tray that each machine brings next (None: it stands, or moves already)."""

    admitted: tuple[tuple[str, Admission], ...]
    trays: Mapping[int, Decision | None]


def advise(situation: Situation, policy: PolicyName) -> Advice:
    """What to do now. What moves or is bound stays as it is."""
    chosen = _guarded(policy, situation.problem)
    scene, log = _scene_of(situation, chosen)
    trays: dict[int, Decision | None] = {}
    for machine in range(len(scene.board.times)):
        is_free = bool(scene.works) and scene.bays.may_start(machine, 0.0)
        decision = chosen.choose(scene, machine) if is_free else None
        trays[machine] = decision
        scene.bound |= 0 if decision is None else 1 << decision.tray
    return Advice(tuple((scene.board.orders[each.turn].id, each) for each in log.admissions), trays)


def foresee(situation: Situation) -> tuple[int, ...]:
    """The trays of the next visits at one machine by the beam, as many as are adopted; none where nothing is needed. It takes its
    time: not for a loop that has other things to do."""
    scene, _ = _scene_of(situation, Votes(by_overlap(WIDEST_WINDOW)))
    if not scene.works:
        return ()
    plan = search(outlook_of(scene, pool=POOL, window=WIDEST_WINDOW), Extent())
    return tuple(step.tray for step in plan.steps[:ADOPTED])


def _scene_of(situation: Situation, chosen: Policy) -> tuple[Scene, RunLog]:
    """How things stand, with the free places filled."""
    board = board_of(situation.problem)
    log = RunLog(board)
    places = Places(board, chosen, log)
    turns = {order.id: turn for turn, order in enumerate(board.orders)}
    for need in board.needs:
        if need.released_s <= 0:
            places.arrive(need)
    for order in situation.on_places:
        places.give_place(turns[order])
    scene = Scene(board, _bays(situation, Bays(board)), places, here=situation.here, until_s=situation.until_s)
    bound = (each.tray for positions in situation.positions.values() for each in positions if each.is_bound)
    for tray in bound:
        scene.bound |= 0 if tray is None else 1 << tray
    places.refill(scene)
    return scene, log


def _guarded(policy: PolicyName, problem: Problem) -> Policy:
    """A running station has need-by times: they come before every rule."""
    chosen = POLICIES[policy](problem)
    return Guarded(chosen) if policy in RULES else chosen


def _bays(situation: Situation, bays: Bays) -> Bays:
    for machine, positions in situation.positions.items():
        for at, each in enumerate(positions):
            bays.put(machine, at, each.tray, is_bound=each.is_bound)
    for machine, at in situation.last_used.items():
        bays.used(machine, at)
    for machine, free_s in situation.lift_s.items():
        bays.free_s[machine] = free_s
    return bays
