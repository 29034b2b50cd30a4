"""Read the cases of a stretch out of the store, with what is needed to say them. Blocks; belongs on a thread that may."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from station.exceptions.case import LOSSES, Case, Kind
from station.exceptions.double_picks import with_doubles
from station.exceptions.from_record import cases_of
from station.exceptions.losses import REACHED, Reach, in_reach
from station.values import EventFact, Item, Order, Person, SyncException


class CaseStore(Protocol):
    """What is asked of the store."""

    def case_facts(self, *, first: datetime, until: datetime) -> tuple[EventFact, ...]: ...

    def picks_of_order(self, order: str, *, first: datetime, until: datetime) -> tuple[EventFact, ...]: ...

    def tray_facts(
        self, machine: str, tray: int, *, kinds: Collection[str], first: datetime, until: datetime
    ) -> tuple[EventFact, ...]: ...

    def site_refusals(self) -> tuple[SyncException, ...]: ...

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
    """All cases from the first moment up to the other one."""
    found = cases_of(store.case_facts(first=first, until=until))
    over = sorted({case.order for case in found if case.kind is Kind.OVERPICK})
    picks = [pick for order in over for pick in store.picks_of_order(order, first=first, until=until)]
    site = (_of_site(each) for each in store.site_refusals() if first <= each.at < until)
    cases = _with_items(sorted((*with_doubles(found, picks), *site), key=lambda case: case.at), store)
    items = {each.code: each for each in store.items_named({case.item for case in cases if case.item})}
    valued = tuple(replace(case, value=_value(case, items.get(case.item))) for case in cases)
    reach = in_reach(valued, _reached(store, valued, first, until)) if with_reach else ()
    names = {each.person: each.name for each in store.people()}
    return Cases(cases=tuple(reversed(valued)), items=items, names=names, reach=reach)


def _reached(store: CaseStore, cases: Iterable[Case], first: datetime, until: datetime) -> list[EventFact]:
    """Who had the trays of which something was lost."""
    trays = sorted({(case.machine, case.tray) for case in cases if case.kind in LOSSES and case.tray is not None})
    return [
        fact for machine, tray in trays for fact in store.tray_facts(machine, tray or 0, kinds=REACHED, first=first, until=until)
    ]


def _of_site(refused: SyncException) -> Case:
    return Case(kind=Kind.SITE, at=refused.at, order=refused.key if refused.kind == "order" else "", reason=refused.why)


def _with_items(cases: Iterable[Case], store: CaseStore) -> tuple[Case, ...]:
    """A line's end does not name its item: the order does, as long as it is kept."""
    known = tuple(cases)
    asked = {case.order for case in known if case.order and not case.item}
    orders = [order for name in sorted(asked) if (order := store.order(name)) is not None]
    of_line = {(order.order, line.line): line.item for order in orders for line in order.lines}
    return tuple(case if case.item else replace(case, item=of_line.get((case.order, case.line), "")) for case in known)


def _value(case: Case, item: Item | None) -> int:
    return round(case.quantity * item.unit_value / 10**item.decimals) if item is not None else 0
