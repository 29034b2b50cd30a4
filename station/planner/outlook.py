"""What a search over the next orders needs, as plain numbers that travel to another process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from station.planner.scene import Scene
from station.planner.travel import Times

Orders = tuple[tuple[int, int], ...]  # (turn, trays that are still needed, as bits)


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a search goes: states kept a level, trays tried a state, visits looked ahead."""

    width: int = 10
    trays: int = 5
    visits: int = 12


@dataclass(frozen=True, slots=True)
class Weights:
    """What a state is worth beside lines and time, in s. `rest_s`: what an open order still costs, for the root of its trays;
    `begun_s`: what a line of an order is worth that has got a place (the visits that it costs on the average); `usual`: how much
    of the new trays is forgiven that an order would bring at any time; `kept_s`: what a finished order costs that keeps its
    place in a sequence."""

    rest_s: float = 6.0
    begun_s: float = 4.0
    usual: float = 0.0
    kept_s: float = 8.0


@dataclass(frozen=True, slots=True)
class Outlook:
    """The moment of a decision, seen from the one machine. Times in s from now.

    `lines_on[turn][tray]` counts lines; `waiting` are turns, lowest first. `here` is the tray in work until `here_until_s`,
    `other` the one in the other position, whose visit has ended; the lift is free at `lift_s`. `unended` counts orders that
    ended before.
    """

    works: Orders
    waiting: tuple[int, ...]
    masks: Mapping[int, int]
    lines: Mapping[int, int]
    lines_on: Mapping[int, Mapping[int, int]]
    usual: Mapping[int, float]
    here: int | None
    here_until_s: float
    other: int | None
    lift_s: float
    positions: int
    times: Times
    visit_s: float
    line_s: float
    ended: int = 0
    most: int | None = None
    in_sequence: bool = False
    kept: tuple[int, ...] = ()
    places: int = 0
    weights: Weights = field(default_factory=Weights)


def outlook_of(scene: Scene, *, pool: int, window: int, weights: Weights | None = None) -> Outlook:
    """Of a problem with one machine. `pool` of the next `window` waiting orders are looked at: the first ones and those that
    share most with what is open."""
    board, places = scene.board, scene.places
    positions = scene.bays.positions[0]
    last = scene.bays.last_used(0)
    weights = weights or Weights()
    share = weights.usual
    usual = {need.turn: share * places.usual_new(need) if share else 0.0 for need in scene.waiting[:window]}
    needs = _pool(scene, pool, window, usual)
    turns = [*((each.turn, each.lines_on) for each in scene.works)]
    lines_on: dict[int, Mapping[int, int]] = {turn: {tray: len(lines) for tray, lines in on.items()} for turn, on in turns}
    lines_on |= {turn: board.counts[turn] for turn in needs}
    rules = board.problem.rules
    return Outlook(
        works=tuple((each.turn, each.mask) for each in scene.works),
        waiting=needs,
        masks={turn: board.needs[turn].mask for turn in needs},
        lines={turn: board.needs[turn].lines for turn in needs},
        lines_on=lines_on,
        usual=usual,
        here=positions[last].tray if last >= 0 else None,
        here_until_s=max(0.0, scene.until_s - scene.now_s) if scene.here is not None else 0.0,
        other=positions[1 - last].tray if last >= 0 and len(positions) > 1 else None,
        lift_s=max(0.0, scene.bays.free_s[0] - scene.now_s),
        positions=len(positions),
        times=board.times[0],
        visit_s=board.problem.operator.visit_s,
        line_s=board.problem.operator.line_s,
        ended=places.ended,
        most=board.most,
        in_sequence=rules.sequence,
        kept=places.kept,
        places=places.size,
        weights=weights,
    )


def _pool(scene: Scene, pool: int, window: int, usual: Mapping[int, float]) -> tuple[int, ...]:
    waiting = scene.waiting[:window]
    if len(waiting) <= pool or scene.board.problem.rules.sequence:
        return tuple(each.turn for each in waiting[:pool])
    coming = scene.wanted() | scene.bound | (0 if scene.here is None else 1 << scene.here)
    first = pool // 4
    rest = sorted(waiting[first:], key=lambda need: ((need.mask & ~coming).bit_count() - usual[need.turn]) / need.lines)
    return tuple(sorted(each.turn for each in (*waiting[:first], *rest[: pool - first])))
