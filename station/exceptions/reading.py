"""The cases of a stretch of the record, with what the library says of their lines, items and people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from station.exceptions.case import Case
from station.exceptions.double_picks import with_doubles
from station.exceptions.from_record import RECORDS, cases_of
from station.exceptions.losses import REACHED, Reach, in_reach
from station.values import EventFact, Item, Order, Person


class CaseStore(Protocol):
    """What is asked of the store."""

    def facts(self, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]: ...

    def items_named(self, codes: Iterable[str]) -> tuple[Item, ...]: ...

    def order(self, order: str) -> Order | None: ...

    def people(self) -> tuple[Person, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """The cases of a stretch, newest first, with the items and the names that they speak of. `reach` is of the losses among them,
    empty unless it was asked for."""

    cases: tuple[Case, ...]
    items: dict[str, Item]
    names: dict[str, str]
    reach: tuple[Reach, ...] = ()


def read_cases(store: CaseStore, *, first: datetime, until: datetime, with_reach: bool = False) -> Cases:
    """All cases from the first moment up to the other one. Blocks; belongs on a thread that may."""
    kinds = {*RECORDS, *REACHED} if with_reach else set(RECORDS)
    facts = store.facts(kinds=kinds, first=first, until=until)
    cases = _with_items(with_doubles(cases_of(facts), facts), store)
    items = {each.code: each for each in store.items_named({case.item for case in cases if case.item})}
    valued = tuple(replace(case, value=_value(case, items.get(case.item))) for case in cases)
    reach = in_reach(valued, facts) if with_reach else ()
    names = {each.person: each.name for each in store.people()}
    return Cases(cases=tuple(reversed(valued)), items=items, names=names, reach=reach)


def _with_items(cases: tuple[Case, ...], store: CaseStore) -> tuple[Case, ...]:
    """A line's end does not name its item: the order does, as long as it is kept."""
    asked = {case.order for case in cases if case.order and not case.item}
    orders = [order for name in sorted(asked) if (order := store.order(name)) is not None]
    of_line = {(order.order, line.line): line.item for order in orders for line in order.lines}
    return tuple(case if case.item else replace(case, item=of_line.get((case.order, case.line), "")) for case in cases)


def _value(case: Case, item: Item | None) -> int:
    return round(case.quantity * item.unit_value / 10**item.decimals) if item is not None else 0
