"""The road to just-in-time: gates that are measured, and a staircase down which stock is lowered one step at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

STEP = 0.20  # of the stock above the target, each step of the staircase
CYCLES = 3  # replenishment cycles with green gates before the next step opens


class Gate(StrEnum):
    ACCURACY = "accuracy"  # of the inventory, by physical audit
    DEMAND = "demand"  # analysed, with enough history
    SUPPLIERS = "suppliers"  # aligned: on time and in full
    INTERNAL = "internal"  # lead times: receive, store, locate, transport
    CAPACITY = "capacity"  # transactions of bay and store at the planned frequency


class Light(StrEnum):
    GREEN = "green"
    RED = "red"
    UNKNOWN = "unknown"  # nobody has measured it; as good as red


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A gate with its figure (None: not measured), its limit, and which items keep it from green."""

    gate: Gate
    figure: float | None
    limit: float
    is_at_least: bool  # green at the limit or above it; else at the limit or below
    items: tuple[str, ...] = ()

    @property
    def light(self) -> Light:
        if self.figure is None:
            return Light.UNKNOWN
        is_met = self.figure >= self.limit if self.is_at_least else self.figure <= self.limit
        return Light.GREEN if is_met else Light.RED


def accuracy(counted: Iterable[tuple[int, int]], *, tolerance: float = 0.0) -> float | None:
    """Counted places within tolerance by counted places, of (book, counted); None without a count. Zero counts belong in.

    Source: Piasecki 2003, Inventory Accuracy; the KPI as docs/jit.md prints it.
    """
    found = [abs(count - book) <= tolerance * abs(book) for book, count in counted]
    return sum(found) / len(found) if found else None


def accuracy_by_value(counted: Iterable[tuple[int, int, float]]) -> float | None:
    """1 - sum |difference| / sum of the book, in money, of (book, counted, value of one); None without a book value."""
    rows = tuple(counted)
    book = sum(abs(each[0]) * each[2] for each in rows)
    return 1 - sum(abs(each[1] - each[0]) * each[2] for each in rows) / book if book else None


def load(*, per_day: float, seconds_each: float, open_hours: float) -> float:
    """The share of its open time that a bay works for so many transactions a day; above 1 it cannot."""
    return per_day * seconds_each / (open_hours * 3600)


def is_open(gates: Sequence[Measured]) -> bool:
    """Whether stock may be lowered: every gate was measured and is green."""
    return bool(gates) and all(each.light is Light.GREEN for each in gates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stair:
    """An item on the staircase. `levels`: its stock step by step, the highest first; `step` 0 is today's. `green_cycles`: cycles
    in a row since the last step with green gates and no line stop."""

    item: str
    levels: tuple[int, ...]
    step: int = 0
    green_cycles: int = 0

    @property
    def level(self) -> int:
        return self.levels[self.step]


class Move(StrEnum):
    """What is proposed after a cycle; a person applies it."""

    STAY = "stay"
    DOWN = "down"
    BACK = "back"
    DONE = "done"


def staircase(item: str, *, today: int, target: int, step: float = STEP) -> Stair:
    """The steps from today's stock to the target, each a share of the way; nothing to lower is one step."""
    way = today - target
    if way <= 0:
        return Stair(item=item, levels=(today,))
    count = round(1 / step)
    levels = [today - way * number // count for number in range(count)]
    return Stair(item=item, levels=(*dict.fromkeys(levels), target))


def after_cycle(stair: Stair, *, gates: Sequence[Measured], line_stops: int, cycles: int = CYCLES) -> tuple[Stair, Move]:
    """The stair after one replenishment cycle, and the move that is proposed: down after so many cycles in a row with green gates
    and no line stop, back at a red gate or a stop."""
    if line_stops or not is_open(gates):
        return replace(stair, green_cycles=0), (Move.BACK if stair.step else Move.STAY)
    counted = replace(stair, green_cycles=stair.green_cycles + 1)
    if counted.step == len(counted.levels) - 1:
        return counted, Move.DONE
    return counted, (Move.DOWN if counted.green_cycles >= cycles else Move.STAY)


def moved(stair: Stair, move: Move) -> Stair:
    """The stair once a person has applied the move."""
    if move is Move.DOWN:
        return replace(stair, step=min(stair.step + 1, len(stair.levels) - 1), green_cycles=0)
    return replace(stair, step=max(0, stair.step - 1), green_cycles=0) if move is Move.BACK else stair
