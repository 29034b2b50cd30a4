"""A plan to the end of everything, made before the work begins: where all orders are known, that is better than looking ahead.

The whole course is searched with one wide beam, once for each set of weights. The best of them is mended: from some moment on it
is searched anew with other weights, at times with orders that get their places a little otherwise than by overlap alone, and the
new end is kept where it comes sooner. All is measured in visits weighed, never in time: the same problem has the same plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import exp, log
from random import Random

from station.planner.bays import Bays
from station.planner.board import Board, board_of
from station.planner.course import State, root_of
from station.planner.decision import Admission, Decision, Why
from station.planner.outlook import Extent, Outlook, Weights, outlook_of
from station.planner.places import Places
from station.planner.problem import Problem
from station.planner.results import RunLog
from station.planner.rolling import Votes, by_overlap
from station.planner.scene import Scene
from station.planner.search import some_ahead

MOST_ORDERS = 400  # more are not planned to their end
WEIGHED = 1_200_000  # visits in all, at the most
WEIGHED_EACH, WEIGHED_LEAST = 3_000, 150_000  # for each visit that is expected: a short course is soon as good as it gets
WEIGHED_IN_RULES = 120_000  # each of them takes three times as long
WIDEST, NARROWEST = 100, 4
TRAYS = 5
START_SHARE, ROUND_SHARE = 0.1, 0.02  # of all
START_SHARE_IN_RULES, ROUND_SHARE_IN_RULES = 0.12, 0.03
ROUNDS = 200  # at the most
LEAST_LEFT = 0.05  # of the course: later there is little to mend
GONE = 4
FREE = (
    Weights(),
    Weights(rest_s=4.0, begun_s=3.0),
    Weights(rest_s=8.0),
    Weights(rest_s=6.0, begun_s=6.0),
    Weights(rest_s=8.0, begun_s=6.0),
    Weights(rest_s=5.0, begun_s=3.0),
    Weights(rest_s=2.0, begun_s=1.0),  # where orders are so large that each tray serves many
)
IN_SEQUENCE = tuple(replace(each, kept_s=kept_s) for kept_s in (8.0, 15.0, 3.0) for each in FREE[:2])
STARTS, ROLLED = (0, 1, -1), 2  # sets of weights: with one wide beam, and rolled
SHAKEN = (0.0, 0.3, 1.0)  # trays by which an order's new ones are taken for more or fewer


class Foreseen(Votes):
    """Follows a plan: orders get places as it says, trays come as it says. Where it does not fit (it does not know that a line
    may be taken from a second home), its next fitting part is taken, and the rule beside it when nothing is left. `ends_s` is
    when all is to have ended."""

    def __init__(self, turns: Sequence[int], trays: Sequence[int], window: int, *, ends_s: float) -> None:
        super().__init__(by_overlap(window))
        self.ends_s = ends_s
        self._turns, self._trays = list(reversed(turns)), list(reversed(trays))
        self._visits = len(trays)

    def admit(self, scene: Scene) -> Admission | None:
        while self._turns:
            turn = self._turns[-1]
            if any(each.turn == turn for each in scene.places.admissible(len(scene.waiting))):
                return Admission(self._turns.pop(), Why.PLANNED)
            if any(each.turn == turn for each in scene.waiting):
                break
            self._turns.pop()
        return super().admit(scene)

    def choose(self, scene: Scene, machine: int) -> Decision | None:
        wanted = scene.wanted()
        while self._trays:
            tray = self._trays.pop()
            if wanted >> tray & 1 and any(each.reaches(tray) for each in scene.usable):
                return Decision(tray, Why.PLANNED, float(self._visits), {"visits": self._visits, "ahead_s": 0.0})
        return super().choose(scene, machine)


def foreseen(problem: Problem, window: int) -> Foreseen | None:
    """The best plan found; None where there is more than one machine, or too much, or something that is still to come."""
    are_here = all(order.released_s <= 0 for order in problem.orders)
    if len(problem.machines) > 1 or not are_here or not 0 < len(problem.orders) <= MOST_ORDERS:
        return None
    board = board_of(problem)
    log = RunLog(board)
    scene = _scene(board, window, log)
    best = _best(scene, _Effort(board))
    if best is None:
        return None
    steps = list(_steps(best))
    turns = [*(each.turn for each in log.admissions), *(turn for _, admitted in steps for turn in admitted)]
    return Foreseen(turns, [tray for tray, _ in steps], window, ends_s=best.clock[2])


def _scene(board: Board, window: int, log: RunLog) -> Scene:
    """The moment before the first visit."""
    places = Places(board, Votes(by_overlap(window)), log)
    scene = Scene(board, Bays(board), places)
    for need in board.needs:
        places.arrive(need)
    places.refill(scene)
    return scene


class _Effort:
    """How much may be searched in all, and how wide a beam may be over so many visits."""

    def __init__(self, board: Board) -> None:
        rules = board.problem.rules
        is_bound = rules.sequence or rules.max_displacement is not None
        self.visits = max(1, sum(need.mask.bit_count() for need in board.needs) // 2)
        free = min(WEIGHED, max(WEIGHED_LEAST, WEIGHED_EACH * self.visits))
        self.left = WEIGHED_IN_RULES if is_bound else free
        self.a_start = self.left * (START_SHARE_IN_RULES if is_bound else START_SHARE)
        self.a_round = self.left * (ROUND_SHARE_IN_RULES if is_bound else ROUND_SHARE)

    def extent(self, weighed: float, visits: int) -> Extent:
        return Extent(min(WIDEST, max(NARROWEST, int(weighed / (TRAYS * visits)))), TRAYS, 1 << 20)


def _best(scene: Scene, effort: _Effort) -> State | None:
    """The course that ends first."""
    board = scene.board
    weights = IN_SEQUENCE if board.problem.rules.sequence else FREE
    outlooks = [outlook_of(scene, pool=MOST_ORDERS, window=MOST_ORDERS, weights=each) for each in weights]
    rolled = [each for each in (_rolled(outlook, effort) for outlook in outlooks[:ROLLED]) if each is not None]
    best = min(rolled, key=lambda each: each.clock[2], default=None)
    for outlook in (outlooks[each] for each in STARTS):
        best = _sooner(best, None, outlook, effort, effort.extent(effort.a_start, effort.visits))
    draw = Random(1)
    for _ in range(ROUNDS):
        if best is None or effort.left <= 0:
            return best
        moments = _moments(best)
        left = max(1, int(len(moments) * exp(draw.uniform(log(LEAST_LEFT), 0.0))))
        outlook = draw.choice(outlooks) if board.most is not None else _shaken(draw.choice(outlooks), draw)
        start = _revalued(moments[-left], outlook)
        best = _sooner(best, start, outlook, effort, effort.extent(effort.a_round, left))
    return best


def _shaken(outlook: Outlook, draw: Random) -> Outlook:
    """Who gets a place follows overlap alone, which is not always best: the same with the count a little off."""
    off = draw.choice(SHAKEN)
    return replace(outlook, usual={turn: draw.gauss(0.0, off) for turn in outlook.masks}) if off else outlook


def _rolled(outlook: Outlook, effort: _Effort) -> State | None:
    """The course of one who looks some visits ahead, goes some of them, and looks again."""
    state = root_of(outlook)
    while state.works:
        found, weighed = some_ahead(outlook, Extent(), state)
        effort.left -= weighed
        if found is None:
            return None
        ahead = [*_moments(found), found]
        at = next(at for at, each in enumerate(ahead) if each is state)
        state = ahead[min(at + GONE, len(ahead) - 1)]
    return state


def _sooner(best: State | None, start: State | None, outlook: Outlook, effort: _Effort, extent: Extent) -> State | None:
    """The better one of this course and the one that is found from `start`."""
    found, weighed = some_ahead(outlook, extent, start)
    effort.left -= weighed
    if found is None or found.works or found.waiting or (best is not None and best.clock[2] <= found.clock[2] + 1e-9):
        return best
    return found


def _moments(state: State) -> list[State]:
    """The states of a course but for its end, the first one first."""
    found = []
    while state.path is not None:
        state = state.path[0]
        found.append(state)
    return found[::-1]


def _revalued(state: State, outlook: Outlook) -> State:
    """The same moment as other weights see it."""
    weights = outlook.weights
    value = outlook.line_s * state.lines + weights.begun_s * state.begun - state.clock[2]
    return replace(state, value=value - weights.rest_s * state.rest - weights.kept_s * len(state.kept), queue=None)


def _steps(state: State) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Trays of a course and the orders that get a place with each."""
    after = [*_moments(state)[1:], state]
    for each in after:
        if each.path is not None:
            yield each.path[1], each.path[2]
