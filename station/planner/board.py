"""A problem in whole numbers: each order as a mask of trays and a count of lines on each, each item's homes as tray numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from station.planner.problem import Order, Problem
from station.planner.travel import Times, times_of


@dataclass(frozen=True, slots=True)
class Need:
    """An order by numbers. `homes` has the trays of each line; `lines_on` which lines come from which tray when one home is
    chosen for each; `mask` has these trays as bits. `turn` is its place among all orders (0 is the first), `slack_from` its due
    time."""

    turn: int
    homes: tuple[tuple[int, ...], ...]
    lines_on: Mapping[int, tuple[int, ...]]
    mask: int
    released_s: float
    need_by_s: float | None
    is_single: bool

    @property
    def lines(self) -> int:
        return len(self.homes)


@dataclass(frozen=True)
class Board:
    """The whole problem, orders by their turn."""

    problem: Problem
    orders: tuple[Order, ...]
    needs: tuple[Need, ...]

    @cached_property
    def times(self) -> tuple[Times, ...]:
        return tuple(times_of(each) for each in self.problem.machines)

    @cached_property
    def most(self) -> int | None:
        """The bound on displacement. None also where an order may be released after one of a later turn (in a sequence): what is
        released would have to wait for what nobody knows yet."""
        is_in_turn = all(a.released_s <= b.released_s for a, b in pairwise(self.orders))
        return self.problem.rules.max_displacement if is_in_turn else None

    @cached_property
    def visit_s(self) -> float:
        """What a visit takes on the average: the longer one of the operator's (with one line) and the machines' exchange."""
        machines = [sum(map(sum, times.exchange)) / len(times.first) ** 2 for times in self.times]
        operator = self.problem.operator
        return max(operator.visit_s + operator.line_s, sum(machines) / len(machines) ** 2)

    @cached_property
    def counts(self) -> tuple[Mapping[int, int], ...]:
        """How many lines each order has on each tray."""
        return tuple({tray: len(lines) for tray, lines in need.lines_on.items()} for need in self.needs)

    @cached_property
    def machine_of(self) -> tuple[int, ...]:
        return tuple(number for number, machine in enumerate(self.problem.machines) for _ in range(machine.trays))

    @cached_property
    def first_tray(self) -> tuple[int, ...]:
        """The number of each machine's tray 0."""
        starts, at = [], 0
        for machine in self.problem.machines:
            starts.append(at)
            at += machine.trays
        return tuple(starts)

    @cached_property
    def trays_of(self) -> tuple[int, ...]:
        """The trays of each machine, as bits."""
        pairs = zip(self.first_tray, self.problem.machines, strict=True)
        return tuple(((1 << machine.trays) - 1) << start for start, machine in pairs)


def board_of(problem: Problem) -> Board:
    """Orders stand by release, then as given; in a sequence by rank first. Every item must have a home (`problem_file` sees to
    that)."""

    def turn(at: int) -> tuple[float, float, int]:
        order = problem.orders[at]
        ranked = problem.rules.sequence and order.rank is not None
        return (order.rank if ranked and order.rank is not None else 0.0, order.released_s, at)

    orders = tuple(problem.orders[at] for at in sorted(range(len(problem.orders)), key=turn))
    asked = Counter(tray for order in orders for item in order.lines for tray in set(problem.stock[item]))
    return Board(problem, orders, tuple(_need(at, order, problem, asked) for at, order in enumerate(orders)))


def _need(turn: int, order: Order, problem: Problem, asked: Mapping[int, int]) -> Need:
    homes = tuple(tuple(dict.fromkeys(problem.stock[item])) for item in order.lines)
    lines_on = cover(homes, range(len(homes)), 0, asked)
    mask = mask_of(lines_on)
    is_single = all(len(each) == 1 for each in homes)
    return Need(turn, homes, lines_on, mask, order.released_s, order.need_by_s, is_single)


def cover(
    homes: Sequence[Sequence[int]], lines: Iterable[int], wanted: int, asked: Mapping[int, int]
) -> Mapping[int, tuple[int, ...]]:
    """One tray for each line, few trays in all (greedy set cover): the tray with most lines first; then one that is `wanted`
    anyway (bits), then the most asked one, then the lowest number. Trays of lines with one home are taken from the start."""
    left = set(lines)
    chosen: dict[int, tuple[int, ...]] = {}
    for tray in sorted({homes[line][0] for line in left if len(homes[line]) == 1}):
        _take(tray, homes, left, chosen)
    while left:
        counts = Counter(tray for line in left for tray in homes[line])
        best = min(counts, key=lambda tray: (-counts[tray], not wanted >> tray & 1, -asked.get(tray, 0), tray))
        _take(best, homes, left, chosen)
    return chosen


def _take(tray: int, homes: Sequence[Sequence[int]], left: set[int], chosen: dict[int, tuple[int, ...]]) -> None:
    taken = tuple(sorted(line for line in left if tray in homes[line]))
    if taken:
        chosen[tray] = taken
        left.difference_update(taken)


def mask_of(trays: Iterable[int]) -> int:
    mask = 0
    for tray in trays:
        mask |= 1 << tray
    return mask


def bits(mask: int) -> list[int]:
    """The trays of a mask, lowest first."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
