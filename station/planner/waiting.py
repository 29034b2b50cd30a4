"""What waits in the store as a problem of the planner: open pick lines at the trays that may serve them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from station.allocation import OPEN_STATES, OutOfService, StockByItem, allocate
from station.planner.own_machine import OwnMachine
from station.planner.problem import Operator, PlannedVisit, Problem, Rules
from station.planner.problem import Order as PlannedOrder
from station.rules.issue import batch_of
from station.task import Task
from station.usable_stock import Terms, usable
from station.values import Item, Order, OrderKind, OrderLine, OrderState


@dataclass(slots=True)
class Stocked:
    """Names for what lines want: an item, with a number where it lies on other trays for another line."""

    homes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)
    _names: dict[tuple[str, tuple[int, ...]], str] = field(default_factory=dict)

    def name(self, item: str, homes: tuple[int, ...]) -> str:
        found = self._names.get((item, homes))
        if found is None:
            found = item if item not in self.homes else f"{item} ({sum(each == item for each in self.items.values()) + 1})"
            self._names[item, homes], self.homes[found], self.items[found] = found, homes, item
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """`items` has the item behind each name of the problem. `left_out`: lines that cannot be picked here now, as (order, line,
    why)."""

    problem: Problem
    items: Mapping[str, str]
    left_out: tuple[tuple[str, str, str], ...]

    def real(self, visits: Sequence[PlannedVisit], machine: OwnMachine) -> tuple[PlannedVisit, ...]:
        """The visits with the trays' own numbers and the items' codes."""
        return tuple(
            PlannedVisit(machine.trays[each.tray], tuple((order, self.items[name]) for order, name in each.lines))
            for each in visits
        )


def waiting(
    orders: Sequence[Order],
    *,
    items: Mapping[str, Item],
    stock: StockByItem,
    machine: OwnMachine,
    own: str,
    operator: Operator,
    places: int,
    out_of_service: OutOfService,
    now: datetime,
) -> Waiting:
    """The problem of these orders at the machine `own`. The rules of issue are kept: another home counts only where the same
    batch lies there, with enough for the line."""
    picks = [each for each in orders if each.kind is OrderKind.PICK and each.state is not OrderState.HELD]
    terms = Terms(today=now.date(), machine=own)
    found = allocate(picks, items=items, stock=stock, promised={}, out_of_service=out_of_service, terms=terms)
    tasks: dict[tuple[str, str], list[Task]] = {}
    for task in found.tasks:
        tasks.setdefault((task.order, task.line), []).append(task)
    stocked, planned = Stocked(), list[PlannedOrder]()
    left_out = [(each.order, each.line, each.reason) for each in found.missing]
    for order in picks:
        names: list[str] = []
        for line in (each for each in order.lines if each.state in OPEN_STATES):
            mine = tasks.get((order.order, line.line), [])
            here = [each for each in mine if each.place.machine == own and each.place.tray in machine.slots]
            left_out += [(order.order, line.line, "other_machine")] * (len(here) < len(mine))
            for homes in _homes(order, line, here, items, stock, machine, own=own, terms=terms, out=out_of_service):
                names.append(stocked.name(line.item, homes))
        if names:
            planned.append(_planned(order, names, now))
    rules = Rules(sequence=bool(planned) and all(each.sequence for each in picks))
    problem = Problem((machine.machine,), operator, places, stocked.homes, tuple(planned), rules)
    return Waiting(problem=problem, items=stocked.items, left_out=tuple(dict.fromkeys(left_out)))


def _planned(order: Order, names: Sequence[str], now: datetime) -> PlannedOrder:
    rank = min((line.rank for line in order.lines if line.rank), default=None)
    need_by_s = (order.need_by - now).total_seconds() if order.need_by else None
    return PlannedOrder(order.order, tuple(names), 0.0, need_by_s, rank)


def _homes(
    order: Order,
    line: OrderLine,
    tasks: Sequence[Task],
    items: Mapping[str, Item],
    stock: StockByItem,
    machine: OwnMachine,
    *,
    own: str,
    terms: Terms,
    out: OutOfService,
) -> list[tuple[int, ...]]:
    """The slots that may serve the line: one visit for each tray it is taken from; where one is enough, others of the same batch
    that have enough, too."""
    trays = dict.fromkeys(each.place.tray for each in tasks)
    if len(trays) != 1:
        return [(machine.slots[tray],) for tray in trays]
    asked = sum(each.quantity for each in tasks)
    fitting = usable(order, line, items[line.item], stock.get(line.item, ()), taken={}, terms=terms)
    chosen = next((each for each, _ in fitting if (each.place, each.key) == (tasks[0].place, tasks[0].key)), None)
    same = [
        each.place.tray
        for each, left in fitting
        if chosen is not None
        and left >= asked
        and each.place.machine == own
        and (own, each.place.tray) not in out
        and batch_of(each) == batch_of(chosen)
    ]
    return [tuple(machine.slots[tray] for tray in dict.fromkeys((*trays, *same)) if tray in machine.slots)]
