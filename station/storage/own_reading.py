"""A store's own machine as the proposals see it. Blocking: a command calls it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Protocol

from station.planner.own_reading import MachineStore, own_machine_of
from station.settings import MachineSettings
from station.storage.shop import Shop, visit_times
from station.values import EventFact, Item, Load, Outage, Place, Stock, Tray


class ShopStore(MachineStore, Protocol):
    """What is needed of the store."""

    def trays(self, machine: str) -> tuple[Tray, ...]: ...

    def items(self) -> tuple[Item, ...]: ...

    def stock(self) -> tuple[Stock, ...]: ...

    def loads(self, machine: str | None = None) -> tuple[Load, ...]: ...

    def outages(self, machine: str) -> tuple[Outage, ...]: ...

    def facts(self, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]: ...


def shop_of(store: ShopStore, settings: MachineSettings, *, days: int, now: datetime) -> Shop:
    """The machine with its stock, and what orders took of it in the last days. Only days on which something was picked count."""
    own = settings.name
    facts = store.facts(kinds=("picked",), first=now - timedelta(days=days), until=now)
    mine = [each for each in facts if each.data["machine"] == own and each.data.get("order")]
    baskets: dict[str, set[str]] = {}
    for each in mine:
        baskets.setdefault(each.data["order"], set()).add(each.data["item"])
    trays = {each.number: each for each in store.trays(own)}
    out = {each.tray for each in store.outages(own) if each.tray is not None}
    loads = {each.place for each in store.loads(own)}
    shut = {Place(own, tray.number, cell.label) for tray in trays.values() if tray.number in out for cell in tray.compartments}
    return Shop(
        trays=trays,
        items={each.code: each for each in store.items()},
        stock=tuple(each for each in store.stock() if each.place.machine == own),
        baskets=tuple(frozenset(each) for each in baskets.values()),
        days=float(max(1, len({each.at.date() for each in mine}))),
        visit_s=visit_times(own_machine_of(store, settings)),
        shut=frozenset(shut | loads),
    )
