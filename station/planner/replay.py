"""A stretch of the log worked again: under each policy, with one and two tray positions, with and without put places. Pure.

What comes out is of the model (docs/planner.md), what was measured stands beside it. An hour of a replay is one in which there
was work: from the release of an order to its end, as a union; what nobody had to do is no waiting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Final

from station.planner.history import Measured, Past
from station.planner.own_machine import OwnMachine
from station.planner.plan import plan
from station.planner.problem import Carousel, Order, PolicyName, Problem
from station.planner.results import Run
from station.planner.visit_log import LearntOperator
from station.planner.waiting import Stocked

USUAL_PLACES: Final = 8  # where the bay has no put places yet
ONE_BY_ONE: Final = 1  # order at a time: no put places
POLICIES: Final = (
    PolicyName.FCFS,
    PolicyName.ORDER,
    PolicyName.WAVE,
    PolicyName.OLDEST,
    PolicyName.VOTES,
    PolicyName.OVERLAP,
    PolicyName.AUTO,
)


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to work the stretch. `places` 1 is without put places."""

    policy: PolicyName
    positions: int
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What the model says of a variant. `hours` are those in which there was work."""

    variant: Variant
    lines_per_hour: float
    wait_share: float
    trays_per_line: float
    late: int
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The stretch from `first` up to `until` as it was and as it might have been. `positions` and `places` are those of today's
    bay (`has_places`), or 8 where it has none. `left_out` counts lines that were not picked at this machine; `assumed` are codes:
    those of `OwnMachine`, operator, released, usual_places."""

    station: str
    machine_name: str
    first: datetime
    until: datetime
    measured: Measured
    played: tuple[Played, ...]
    machine: OwnMachine
    operator: LearntOperator
    positions: int
    places: int
    has_places: bool
    left_out: int
    assumed: tuple[str, ...] = ()

    def of(self, policy: PolicyName, *, positions: int, places: int) -> Played | None:
        """What was played so."""
        return next((each for each in self.played if each.variant == Variant(policy, positions, places)), None)

    @property
    def gains(self) -> tuple[tuple[str, float], ...]:
        """What a second tray position, put places, and both would bring over one position without places: shares of lines an
        hour, under the policy that fits."""
        bare = self.of(PolicyName.AUTO, positions=1, places=ONE_BY_ONE)
        if bare is None or not bare.lines_per_hour:
            return ()
        ways = (("second_position", 2, ONE_BY_ONE), ("put_places", 1, self.places), ("both", 2, self.places))
        found = [(name, self.of(PolicyName.AUTO, positions=positions, places=places)) for name, positions, places in ways]
        return tuple((name, each.lines_per_hour / bare.lines_per_hour - 1) for name, each in found if each is not None)


def ways(report: Replay) -> tuple[tuple[str, int, int], ...]:
    """The bays that were compared: name, tray positions, put places."""
    all_ways = (
        ("bare", 1, ONE_BY_ONE),
        ("second_position", 2, ONE_BY_ONE),
        ("put_places", 1, report.places),
        ("both", 2, report.places),
    )
    played = {(each.variant.positions, each.variant.places) for each in report.played}
    return tuple(each for each in all_ways if each[1:] in played)


def variants(machine: OwnMachine, places: int, policies: Sequence[PolicyName] = POLICIES) -> tuple[Variant, ...]:
    """All ways, those of the bare bay first. A carousel has one position."""
    positions = (1,) if isinstance(machine.machine, Carousel) else (1, 2)
    return tuple(Variant(policy, at, many) for many, at, policy in product((ONE_BY_ONE, places), positions, policies))


def problem_of(past: Past, machine: OwnMachine, operator: LearntOperator, variant: Variant) -> Problem:
    """The stretch as the planner takes it, in worked time."""
    stocked = Stocked()
    orders = []
    for each in sorted(past.orders, key=lambda order: order.released):
        names: list[str] = []
        for line in each.lines:
            one = len(line.trays) == 1
            homes = [tuple(machine.slots[tray] for tray in line.homes if tray in machine.slots)] if one else []
            homes = homes or [(machine.slots[tray],) for tray in line.trays if tray in machine.slots]
            names += [stocked.name(line.item, home) for home in homes if home]
        if names:
            need_by_s = past.clock.at(each.need_by) if each.need_by else None
            orders.append(Order(each.order, tuple(names), max(0.0, past.clock.at(each.released)), need_by_s))
    own = machine.with_positions(variant.positions)
    return Problem((own.machine,), operator.operator, variant.places, stocked.homes, tuple(orders))


def play(past: Past, machine: OwnMachine, operator: LearntOperator, wanted: Sequence[Variant]) -> Iterator[Played]:
    """One variant after the other. The planner alone takes long: stop asking, and nothing more is worked."""
    for each in wanted:
        outcome = plan(problem_of(past, machine, operator, each), each.policy)
        yield played(outcome.run, each, outcome.figures.late)


def played(run: Run, variant: Variant, late: int) -> Played:
    """The figures of a run, in the time in which there was work."""
    lines, busy_s = sum(len(each.lines) for each in run.visits), busy_of(run)
    idle_s = max(0.0, run.took_s - busy_s)
    return Played(
        variant=variant,
        lines_per_hour=3600 * lines / busy_s if busy_s else 0.0,
        wait_share=max(0.0, run.waited_s - idle_s) / busy_s if busy_s else 0.0,
        trays_per_line=len(run.visits) / lines if lines else 0.0,
        late=late,
        hours=busy_s / 3600,
    )


def busy_of(run: Run) -> float:
    """The seconds in which some order was released and had not ended."""
    ended = dict(run.ends)
    spans = sorted((need.released_s, ended[need.turn]) for need in run.board.needs if need.turn in ended)
    total_s, until_s = 0.0, 0.0
    for begin_s, end_s in spans:
        total_s += max(0.0, end_s - max(begin_s, until_s))
        until_s = max(until_s, end_s)
    return total_s
