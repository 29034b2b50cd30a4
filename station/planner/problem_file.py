"""A problem out of JSON (docs/planner.md): every value is looked at before anything is planned."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from typing import Any, TypeVar

from station.planner.problem import CannotPlanError, Carousel, Lift, Machine, Operator, Order, Problem, Rules

NO_JSON = "O450"
WRONG_VALUE = "O451"
NO_HOME = "O452"
NO_TRAY = "O453"
TWICE = "O454"

MOST_TRAYS = 1024  # of all machines together
MOST_MACHINES = 3
MOST_PLACES = 256

T = TypeVar("T")


def problem_from(text: str) -> Problem:
    """Read and prove it. Raises CannotPlanError: O450 no JSON, O451 a wrong or missing value, O452 an item without a tray,
    O453 a tray that no machine has, O454 an order twice."""
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise CannotPlanError(NO_JSON, why=str(error)) from error
    root = _Part(value, "")
    machines = root.part("machines").each(_machine) if root.has("machines") else (_machine(root.part("machine")),)
    if not 1 <= len(machines) <= MOST_MACHINES:
        raise CannotPlanError(WRONG_VALUE, "machines", "range")
    trays = sum(each.trays for each in machines)
    if trays > MOST_TRAYS:
        raise CannotPlanError(WRONG_VALUE, "machine.trays", "range")
    operator = root.part("operator")
    problem = Problem(
        machines=tuple(machines),
        operator=Operator(operator.number("visit_s"), operator.number("line_s", above=0.0)),
        places=root.whole("places", 1, MOST_PLACES),
        stock=_stock(root.part("stock"), trays),
        orders=tuple(root.part("orders").each(_order)),
        rules=_rules(root.part("rules")) if root.has("rules") else Rules(),
    )
    _prove_orders(problem)
    return problem


def _machine(part: _Part) -> Machine:
    trays = part.whole("trays", 1, MOST_TRAYS)
    if part.has("loop_m"):
        acceleration = part.number("acceleration_m_s2") if part.has("acceleration_m_s2") else 0.0
        return Carousel(trays, part.number("loop_m", above=0.0), part.number("speed_m_s", above=0.0), acceleration)
    return Lift(
        trays=trays,
        pitch_m=part.number("pitch_m"),
        bay_height_m=part.number("bay_height_m"),
        speed_m_s=part.number("speed_m_s", above=0.0),
        acceleration_m_s2=part.number("acceleration_m_s2", above=0.0),
        transfer_s=part.number("transfer_s"),
        positions=part.whole("positions", 1, 2),
    )


def _stock(part: _Part, trays: int) -> Mapping[str, tuple[int, ...]]:
    stock = {}
    for item, homes in part.mapping().items():
        where = f"stock.{item}"
        if not isinstance(homes, list) or not all(type(each) is int for each in homes):
            raise CannotPlanError(WRONG_VALUE, where, "trays")
        if not all(0 <= each < trays for each in homes):
            raise CannotPlanError(NO_TRAY, where)
        stock[item] = tuple(dict.fromkeys(homes))
    return stock


def _order(part: _Part) -> Order:
    lines = part.part("lines")
    items = lines.each(lambda each: each.text())
    if not items:
        raise CannotPlanError(WRONG_VALUE, lines.where, "empty")
    return Order(
        id=part.part("id").text(),
        lines=tuple(items),
        released_s=part.number("released_s") if part.has("released_s") else 0.0,
        need_by_s=part.number("need_by_s", least=None) if part.has("need_by_s") else None,
        rank=part.number("rank", least=None) if part.has("rank") else None,
    )


def _rules(part: _Part) -> Rules:
    sequence = part.value("sequence") if part.has("sequence") else False
    if not isinstance(sequence, bool):
        raise CannotPlanError(WRONG_VALUE, "rules.sequence", "truth")
    return Rules(sequence, part.whole("max_displacement", 0, 1 << 30) if part.has("max_displacement") else None)


def _prove_orders(problem: Problem) -> None:
    seen = set()
    for order in problem.orders:
        if order.id in seen:
            raise CannotPlanError(TWICE, order.id)
        seen.add(order.id)
        missing = next((item for item in order.lines if not problem.stock.get(item)), None)
        if missing is not None:
            raise CannotPlanError(NO_HOME, missing, order.id)


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


class _Part:
    """A value of the file and where it stands."""

    def __init__(self, value: Any, where: str) -> None:
        self._value, self.where = value, where

    def has(self, name: str) -> bool:
        return self.mapping().get(name) is not None

    def part(self, name: str) -> _Part:
        if not self.has(name):
            raise CannotPlanError(WRONG_VALUE, self._path(name), "missing")
        return _Part(self.mapping()[name], self._path(name))

    def value(self, name: str) -> Any:
        """What stands there as it is, None where nothing does."""
        return self.mapping().get(name)

    def mapping(self) -> Mapping[str, Any]:
        if not isinstance(self._value, dict):
            raise CannotPlanError(WRONG_VALUE, self.where, "object")
        return self._value

    def each(self, read: Callable[[_Part], T]) -> Sequence[T]:
        if not isinstance(self._value, list):
            raise CannotPlanError(WRONG_VALUE, self.where, "list")
        return [read(_Part(each, f"{self.where}[{at}]")) for at, each in enumerate(self._value)]

    def text(self) -> str:
        if not isinstance(self._value, str) or not self._value:
            raise CannotPlanError(WRONG_VALUE, self.where, "text")
        return self._value

    def number(self, name: str, *, least: float | None = 0.0, above: float | None = None) -> float:
        self.part(name)
        found = self.value(name)
        if type(found) not in (int, float) or not isfinite(found):
            raise CannotPlanError(WRONG_VALUE, self._path(name), "number")
        if (above is not None and found <= above) or (least is not None and found < least):
            raise CannotPlanError(WRONG_VALUE, self._path(name), "range")
        return float(found)

    def whole(self, name: str, least: int, most: int) -> int:
        self.part(name)
        found = self.value(name)
        if type(found) is not int:
            raise CannotPlanError(WRONG_VALUE, self._path(name), "whole")
        if not least <= found <= most:
            raise CannotPlanError(WRONG_VALUE, self._path(name), "range")
        return found

    def _path(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name
