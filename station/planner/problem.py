"""What is planned: machines, operator, put places, where the items lie, orders and rules. Frozen values; times in seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Lift:
    """A vertical lift. Tray t lies at `pitch_m * (t // 2 + 1)`: front and back column of a shaft. One or two tray positions."""

    trays: int
    pitch_m: float
    bay_height_m: float
    speed_m_s: float
    acceleration_m_s2: float
    transfer_s: float
    positions: int = 1


@dataclass(frozen=True, slots=True)
class Carousel:
    """A horizontal carousel: bin columns on a loop that turns both ways, one of them at the operator. It starts at bin 0.

    `acceleration_m_s2` is 0 where only the speed counts.
    """

    trays: int
    loop_m: float
    speed_m_s: float
    acceleration_m_s2: float = 0.0

    @property
    def positions(self) -> int:
        return 1


@dataclass(frozen=True, slots=True)
class Timed:
    """A machine of which only is known how long each tray took to come and to go back; an exchange is one after the other."""

    fetch_s: tuple[float, ...]
    store_s: tuple[float, ...]
    positions: int = 1

    @property
    def trays(self) -> int:
        return len(self.fetch_s)


Machine = Lift | Carousel | Timed


@dataclass(frozen=True, slots=True)
class Operator:
    """What a visit of a tray takes a person: so long for the visit, and so long again for each line."""

    visit_s: float
    line_s: float


@dataclass(frozen=True, slots=True)
class Order:
    """A released order: a line is an item. `need_by_s` None is not due; `rank` None stands where it was released."""

    id: str
    lines: tuple[str, ...]
    released_s: float = 0.0
    need_by_s: float | None = None
    rank: float | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """`sequence`: orders leave in their ranks, and a finished one keeps its place until then.

    `max_displacement`: by how many places an order may end before or after its turn; None is unbounded.
    """

    sequence: bool = False
    max_displacement: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """All of it. `stock` has the trays of each item; trays of several machines are numbered through, machine by machine."""

    machines: tuple[Machine, ...]
    operator: Operator
    places: int
    stock: Mapping[str, tuple[int, ...]]
    orders: tuple[Order, ...]
    rules: Rules = field(default_factory=Rules)


class PolicyName(StrEnum):
    """How trays and orders are chosen; docs/planner.md says what each does."""

    FCFS = "fcfs"
    ORDER = "order"
    WAVE = "wave"
    OLDEST = "oldest"
    VOTES = "votes"
    OVERLAP = "overlap"
    PLANNER = "planner"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """One presentation of a tray: the lines taken from it, as (order, item)."""

    tray: int
    lines: tuple[tuple[str, str], ...]


class CannotPlanError(Exception):
    """The problem has no plan. `code` is the fault's (O450 to O459), `where` names the part, `why` is a word for the sentence."""

    def __init__(self, code: str, where: str = "", why: str = "") -> None:
        super().__init__(f"{code} {where} {why}".rstrip())
        self.code = code
        self.where = where
        self.why = why
