"""What the station asks of the store about counts: those that wait for a different person, and the one that is worth an offer.

Blocking calls of a few milliseconds, made on a reader thread by `station.reading`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from station.allocation import allocate
from station.count_offer import MAKES_OFFER_KINDS, Candidate, History, OfferBudget, cell_of, choose, histories, spent_s
from station.count_orders import HISTORY_EVENTS
from station.flows.round_event import FindOffer, OfferFound
from station.held_counts import HeldSeen
from station.log_reading import Counted, counted_for, counted_of
from station.ports import Library
from station.task import Mode, Task, offered_count
from station.values import HeldCount, Item, Order, OrderKind, Stock


def uncounted(tasks: Sequence[Task], counted: Collection[Counted]) -> tuple[Task, ...]:
    """The tasks without those of a count line that were counted for it already."""
    return tuple(
        each for each in tasks if each.mode is not Mode.COUNT or ((each.order, each.line), each.place, each.key) not in counted
    )


@dataclass(frozen=True, slots=True)
class CountReading:
    """Reads for one machine's station; `budget` is that of offered counts."""

    library: Library
    machine: str
    budget: OfferBudget
    zones: tuple[str, ...] = ()

    def held(self) -> tuple[HeldSeen, ...]:
        """The counts that wait for a different person, the oldest first; those of places without a lift last."""
        held = tuple(each for name in (self.machine, *self.zones) for each in self.library.counts_held(name))
        items = self._items({each.key.item for each in held})
        return tuple(self._held(each, items[each.key.item], held) for each in held if each.key.item in items)

    def _held(self, held: HeldCount, item: Item, others: Sequence[HeldCount]) -> HeldSeen:
        names = {person: found.name for person in held.counters if (found := self.library.person(person)) is not None}
        book = sum(each.quantity for each in self.library.stock_at(held.place) if each.key == held.key)
        order = self.library.order(held.order) if held.order else None
        if order is None or order.kind is not OrderKind.COUNT:
            return HeldSeen(held=held, item=item, names=names, book=book)
        line = (held.order, held.line)
        counted = counted_of(self.library, (order.order,))
        left = [(each.place, each.key) for each in self._count_tasks(order, counted) if (each.order, each.line) == line]
        waiting = {(each.place, each.key) for each in others if (each.order, each.line) == line}
        only_waits = set(left) <= waiting
        return HeldSeen(
            held=held,
            item=item,
            names=names,
            book=book,
            only_waits=only_waits,
            is_last=only_waits and len(waiting) == 1,
            counted=counted_for(counted, line),
        )

    def _count_tasks(self, order: Order, counted: Mapping[Counted, int]) -> tuple[Task, ...]:
        """What of a count order is still to be counted."""
        codes = {line.item for line in order.lines}
        stock = {code: self._reachable(self.library.stock_of_item(code)) for code in codes}
        found = allocate([order], items=self._items(codes), stock=stock, promised={})
        return uncounted(found.tasks, counted)

    def offer(self, question: FindOffer, now: datetime) -> OfferFound:
        """The count on this tray that is worth its seconds now, if any."""
        budget = self.budget
        used = spent_s(self.library.events(kinds=MAKES_OFFER_KINDS, limit=HISTORY_EVENTS, newest_first=True), budget, now)
        waiting = {each.place for each in self.library.counts_held(self.machine)}
        waiting |= {each.place for each in self.library.zero_checks(self.machine)}
        stock = [each for each in self.library.stock_on_tray(self.machine, question.tray) if each.place not in waiting]
        stock = [each for each in stock if each.place not in question.exclude]
        items = self._items({each.key.item for each in stock})
        events = self.library.events_of_tray(self.machine, question.tray, before_seq=None, limit=HISTORY_EVENTS)
        seen = histories(events)
        candidates = [
            Candidate(stock=each, item=items[each.key.item], history=seen.get(cell_of(each), History()))
            for each in stock
            if each.key.item in items
        ]
        chosen = choose(candidates, spent_s=used, budget=budget, now=now)
        return OfferFound(question.tray, None if chosen is None else offered_count(chosen.stock, chosen.item))

    def _reachable(self, stock: Sequence[Stock]) -> tuple[Stock, ...]:
        return tuple(each for each in stock if each.place.machine in (self.machine, *self.zones))

    def _items(self, codes: set[str]) -> dict[str, Item]:
        return {code: item for code in sorted(codes) if (item := self.library.item(code)) is not None}
