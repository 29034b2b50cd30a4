"""What the station asks of the store: each question as one blocking call that returns the input to feed back.

`station.readers` makes these calls on a reader thread; nothing here touches the state.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from station.allocation import OPEN_STATES, OutOfService, allocate, next_home, put_task
from station.core.effects import Allocate, ReadOrders, ReadOutageWork, ReadPage
from station.core.inputs import OrdersRead, OutageWorkRead, PageRead, PictureRead, PieceWeightRead, WorkAllocated
from station.count_due import trays_to_count
from station.elsewhere import OTHER_BAY, OtherBays
from station.flows.lines import LineId, Progress
from station.flows.round import lacking
from station.flows.round_event import BookRead, FindHomes, HomesFound
from station.flows.sign_on import PersonRead
from station.flows.tray_call import ItemsFound, TrayRead
from station.log_reading import done_by, outages_seen, said_of, who_started, who_was_asked
from station.outage_work import work_of_bay, work_of_tray
from station.ports import Library
from station.put_proposal import propose
from station.scan import clean
from station.task import Mode, Task, count_due_task, zero_check_task
from station.tray_order import in_rank, sort_by_tray
from station.values import EventRow, Item, Order, OrderLine, OrderState, Outage, Place, Stock, StockKey
from station.wear import Intervals, WearReport, assess
from station.work_list import by_item, tags

PAGE_EVENTS = 40


def item_of(event: EventRow) -> str:
    """The item an event is about, "" for none."""
    return str(json.loads(event.body)["data"].get("item", ""))


def _out(outages: Sequence[Outage]) -> OutOfService:
    """The trays that get no work now, and why."""
    return {(each.machine, each.tray): each.reason for each in outages if each.tray is not None}


def _progress(line: OrderLine, reasons: Mapping[LineId, str], said: Mapping[LineId, str]) -> Progress:
    """How far a line has come. What a person said of it before the program ended goes before what the stock says now."""
    key = (line.order, line.line)
    reason = line.reason or said.get(key, "") or reasons.get(key, "")
    return Progress(asked=line.quantity, done=line.done_quantity, reason=reason, is_said=key in said)


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads for one machine's station. `is_site_away`: it has a site database and does not reach it now."""

    library: Library
    machine: str
    intervals: Intervals = field(default_factory=Intervals)
    opening: str = ""
    is_site_away: Callable[[], bool] = lambda: False

    def orders(self, question: ReadOrders, now: datetime) -> OrdersRead:
        """The work list, and what was open when the station stopped."""
        orders = self.library.open_orders()
        items = self._items({line.item for order in orders for line in order.lines})
        outages = self.library.outages(self.machine)
        stock = by_item(self._reachable(self.library.stock()))
        gaps = frozenset((each.order, each.line) for each in self.library.gaps())
        found = tags(orders, items=items, stock=stock, now=now, out_of_service=self._out_of_service(), gaps=gaps)
        trays, seen, due = self.library.tray_numbers(self.machine), outages_seen(self.library, outages), self.wear(now).due
        others, to_count = self.other_bays(), trays_to_count(self.library.counts_due(self.machine))
        known = OrdersRead(found, trays=trays, dead_lamps=self.library.dead_lamps(), released_gaps=self._released_gaps())
        known = replace(known, held=frozenset(each.order for each in orders if each.state is OrderState.HELD))
        if not question.with_started:
            return replace(known, outages=seen, due=due, counts_due=to_count, other_bays=others)
        started = tuple(order.order for order in orders if order.state is OrderState.STARTED)
        checks = self.library.zero_checks(self.machine)
        owner = who_started(self.library, started) or who_was_asked(self.library, checks)
        known = replace(known, started=started, started_by=owner, outages=seen, due=due, other_bays=others, counts_due=to_count)
        return replace(known, has_checks=bool(checks), with_started=True)

    def other_bays(self) -> OtherBays:
        """What is known of the machine's other bays."""
        trays = {each.tray: each for each in self.library.elsewhere(self.machine, self.opening)}
        return OtherBays(trays=trays, visits=self.library.tray_visits(self.machine), is_site_away=self.is_site_away())

    def outage_work(self, question: ReadOutageWork) -> OutageWorkRead:
        """What becomes of the open work when this tray, or this bay, goes out of service."""
        orders = self.library.open_orders()
        items = self._items({line.item for order in orders for line in order.lines})
        stock, out = by_item(self._reachable(self.library.stock())), self._out_of_service()
        if question.tray is None:
            return OutageWorkRead(None, work_of_bay(orders, items=items, stock=stock, out_of_service=out))
        work = work_of_tray(orders, items=items, stock=stock, out_of_service=out, machine=self.machine, tray=question.tray)
        return OutageWorkRead(question.tray, work)

    def allocate(self, question: Allocate, tray_at_bay: int | None) -> WorkAllocated:
        """The tasks of the orders, tray by tray, and how far each open line has come."""
        orders = [order for name in question.orders if (order := self.library.order(name)) is not None]
        codes = {line.item for order in orders for line in order.lines}
        items = self._items(codes)
        stock = {code: self._reachable(self.library.stock_of_item(code)) for code in codes}
        found = allocate(orders, items=items, stock=stock, promised={}, out_of_service=self._out_of_service())
        tasks = found.tasks + tuple(self._proposed(orders, found.unplaced, items, tray_at_bay=tray_at_bay))
        tasks += self._zero_checks(None if question.is_resumed else {task.place.tray for task in tasks})
        tasks += self._counts_due({task.place.tray for task in tasks}, beside=tasks)
        reasons = {(each.order, each.line): each.reason for each in found.missing}
        reasons |= {(line.order, line.line): "no_space" for line in found.unplaced}
        said = said_of(self.library, question.orders) if question.is_resumed else {}
        lines = {
            (order.order, line.line): _progress(line, reasons, said)
            for order in orders
            for line in order.lines
            if line.state in OPEN_STATES
        }
        ranked = {(line.order, line.line) for order in orders for line in order.lines if line.rank}
        by_id = {(line.order, line.line): line.item for order in orders for line in order.lines}
        trays = {(tray.machine, tray.number): tray for tray in self.library.trays(self.machine)}
        return WorkAllocated(
            orders=question.orders,
            tasks=in_rank(self._numbered(sort_by_tray(tasks, tray_at_bay, trays=trays))),
            lines=lines,
            planned=tuple(orders),
            lacking=tuple(dict.fromkeys(by_id[line] for line in lacking(lines, tasks) if line not in ranked)),
            is_resumed=question.is_resumed,
            joins=question.joins,
            released_gaps=self._released_gaps(),
            totes=self.library.totes(),
        )

    def _released_gaps(self) -> frozenset[LineId]:
        """The lines whose empty positions hold up nobody any more."""
        return frozenset((each.order, each.line) for each in self.library.gaps() if each.released_by)

    def _numbered(self, tasks: Sequence[Task]) -> tuple[Task, ...]:
        """Each task of a sequence with how many ranks that has."""
        lengths = {name: self.library.ranks(name) for name in {each.sequence for each in tasks} - {""}}
        return tuple(replace(each, ranks=lengths.get(each.sequence, 0)) for each in tasks)

    def book(self, task: Task) -> tuple[PictureRead, BookRead]:
        """What the store holds for a task, and the picture of its tray."""
        at_place = self.library.stock_at(task.place)
        book = sum(each.quantity for each in at_place if each.key == task.key)
        has_beside = any(each.key != task.key and each.quantity > 0 for each in at_place)
        shared, serials = self._shared(task.item), self._serials(task)
        return self.picture(task.place.tray), BookRead(task, book, has_beside, shared, serials)

    def _serials(self, task: Task) -> dict[str, Place]:
        """Where the serials of an item lie of which more is put."""
        if task.mode is not Mode.PUT or not task.item.serial_tracked:
            return {}
        stock = self.library.stock_of_item(task.item.code)
        return {each.key.serial: each.place for each in stock if each.key.serial and each.quantity > 0}

    def picture(self, tray: int) -> PictureRead:
        """The tray's map and contents."""
        return PictureRead(
            number=tray,
            picture=self.library.tray(self.machine, tray),
            contents=self.library.stock_on_tray(self.machine, tray),
        )

    def homes(self, question: FindHomes) -> HomesFound:
        """Where else a line's missing quantity is, or can go. Direct work stays where it was asked for."""
        task = question.task
        order = self.library.order(task.order) if task.order else None
        line = next((each for each in order.lines if each.line == task.line), None) if order else None
        if order is None or line is None:
            return HomesFound(task, ())
        if task.mode is Mode.PUT:
            return self._with_counts(task, tuple(self._put_elsewhere(order, line, question)))
        tasks = next_home(
            order,
            line,
            quantity=question.missing,
            first_number=task.number + 1,
            item=task.item,
            stock=self._reachable(self.library.stock_of_item(task.item.code)),
            promised={},
            exclude=question.exclude,
            out_of_service=self._out_of_service(),
        )
        return self._with_counts(task, tasks)

    def _with_counts(self, task: Task, tasks: tuple[Task, ...]) -> HomesFound:
        return HomesFound(task, tasks, self._counts_due({each.place.tray for each in tasks}))

    def tray(self, number: int) -> tuple[TrayRead, dict[str, Item]]:
        """A tray to be called, with the items on it."""
        contents = self.library.stock_on_tray(self.machine, number)
        items = self._items({each.key.item for each in contents})
        return TrayRead(number, self.library.tray(self.machine, number), contents, self._counts_due({number})), items

    def find_item(self, text: str) -> ItemsFound:
        """The items that a code means."""
        return ItemsFound(text, self.library.items_by_scan(clean(text)))

    def person(self, person: str) -> PersonRead:
        """Whether this person may still work here."""
        found = self.library.person(person)
        return PersonRead(person, is_active=found is not None and found.is_active)

    def piece_weight(self, item: str, lot: str, *, is_new: bool = False) -> PieceWeightRead:
        """What one piece of a lot weighs."""
        return PieceWeightRead(item, lot, self.library.piece_weight(item, lot), is_new)

    def page(self, question: ReadPage) -> PageRead:
        """A part of a tray's events, newest first, with the names and items that are needed to show them."""
        before = question.before_seq
        events = self.library.events_of_tray(self.machine, question.tray, before_seq=before, limit=PAGE_EVENTS + 1)
        contents = self.library.stock_on_tray(self.machine, question.tray)
        shown = events[:PAGE_EVENTS]
        codes = {each.key.item for each in contents} | {item_of(each) for each in shown}
        people = {each.operator for each in shown if each.operator} | {done_by(each) for each in shown} - {""}
        return PageRead(
            number=question.tray,
            picture=self.library.tray(self.machine, question.tray),
            contents=contents,
            events=shown,
            has_older=len(events) > PAGE_EVENTS,
            items=self._items(codes),
            names={person: found.name for person in people if (found := self.library.person(person)) is not None},
            is_continued=before is not None,
        )

    def wear(self, now: datetime) -> WearReport:
        """How worn the machine is, against its intervals."""
        return assess(self.library.wear(self.machine), self.intervals, now)

    def visits(self) -> dict[int, int]:
        """The highest visit of every tray of this machine."""
        trays = self.library.trays(self.machine)
        return {tray.number: self.library.visit_of(self.machine, tray.number) for tray in trays}

    def _shared(self, item: Item) -> frozenset[str]:
        """The codes of the item that another item has too. An import refuses such codes; an older store may hold them."""
        return frozenset(code for code in (item.code, *item.barcodes) if len(self.library.items_by_scan(code)) > 1)

    def _out_of_service(self) -> OutOfService:
        """The trays that get no work now: out of service, or another bay's while nobody knows what it did with them."""
        out = _out(self.library.outages(self.machine))
        if not self.is_site_away():
            return out
        others = self.library.elsewhere(self.machine, self.opening)
        return {**{(self.machine, each.tray): OTHER_BAY for each in others}, **out}

    def _reachable(self, stock: Sequence[Stock]) -> tuple[Stock, ...]:
        """The stock in this machine; another machine's trays never come to this bay."""
        return tuple(each for each in stock if each.place.machine == self.machine)

    def _items(self, codes: set[str]) -> dict[str, Item]:
        return {code: item for code in sorted(codes) if (item := self.library.item(code)) is not None}

    def _zero_checks(self, trays: set[int] | None) -> tuple[Task, ...]:
        """The questions that nobody has answered: those on the trays that come anyway, or all of them (None)."""
        checks = self.library.zero_checks(self.machine)
        out = self._out_of_service()
        wanted = [each for each in checks if trays is None or each.place.tray in trays]
        wanted = [each for each in wanted if (each.place.machine, each.place.tray) not in out]
        items = self._items({each.key.item for each in wanted})
        return tuple(zero_check_task(each, items[each.key.item]) for each in wanted if each.key.item in items)

    def _counts_due(self, trays: set[int], *, beside: Sequence[Task] = ()) -> tuple[Task, ...]:
        """What is to be counted on these trays; not what is counted, or looked into, there anyway (`beside`)."""
        counted = {(task.place, task.key) for task in beside if task.mode is Mode.COUNT}
        due = [each for each in self.library.counts_due(self.machine) if each.place.tray in trays]
        due = [each for each in due if (each.place, each.key) not in counted]
        items = self._items({each.key.item for each in due})
        return tuple(count_due_task(each, items[each.key.item]) for each in due if each.key.item in items)

    def _proposed(
        self, orders: Sequence[Order], lines: Sequence[OrderLine], items: dict[str, Item], *, tray_at_bay: int | None
    ) -> list[Task]:
        """Put lines without a place get the best proposal; two lines never get the same empty compartment."""
        tasks: list[Task] = []
        taken: set[Place] = set()
        for line in lines:
            order = next(each for each in orders if each.order == line.order)
            found = self._propose(items[line.item], line, line.quantity, exclude=taken, tray_at_bay=tray_at_bay)
            if found is not None:
                taken.add(found)
                tasks.append(put_task(order, line, item=items[line.item], place=found))
        return tasks

    def _propose(
        self, item: Item, line: OrderLine, quantity: int, *, exclude: set[Place], tray_at_bay: int | None
    ) -> Place | None:
        stock, out = self.library.stock(), self._out_of_service()
        found = propose(
            item,
            StockKey(item=line.item, lot=line.lot, owner=line.owner),
            quantity,
            trays=[each for each in self.library.trays(self.machine) if (each.machine, each.number) not in out],
            stock=stock,
            items=self._items({each.key.item for each in stock}),
            exclude=exclude,
            tray_at_bay=tray_at_bay,
            limit=1,
        )
        return found[0].place if found else None

    def _put_elsewhere(self, order: Order, line: OrderLine, question: FindHomes) -> list[Task]:
        task = question.task
        place = self._propose(task.item, line, question.missing, exclude=set(question.exclude), tray_at_bay=task.place.tray)
        if place is None:
            return []
        return [put_task(order, line, item=task.item, place=place, quantity=question.missing, number=task.number + 1)]
