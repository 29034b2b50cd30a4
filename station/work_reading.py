"""What is asked of the store for the work of orders: the tasks, and where else goods lie or can go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from station.allocation import OPEN_STATES, Allocation, Missing, allocate, next_home, other_lots, put_task
from station.bay_reading import BayReading
from station.core.effects import Allocate
from station.core.inputs import LoadPlaced, WorkAllocated
from station.count_reading import uncounted
from station.flows.lines import LineId, Progress
from station.flows.put import NO_SPACE
from station.flows.round_event import FindHomes, HomesFound
from station.flows.round_start import lacking
from station.flows.sequence_ahead import open_ranks
from station.flows.turn import FindLots, LotsFound
from station.load import load_task, propose_load_place
from station.load_plan import LoadPlan
from station.log_reading import Counted, counted_for, counted_of, said_of
from station.put_reading import as_proposed
from station.task import Mode, Task
from station.tray_order import in_rank
from station.usable_stock import Carrier
from station.values import Item, Order, OrderKind, OrderLine, Place, Stock
from station.work_list import by_item
from station.zones import in_turn


def _progress(
    orders: Sequence[Order],
    found: Allocation,
    said: Mapping[LineId, str],
    *,
    counted: Mapping[Counted, int],
    still_open: Set[LineId],
    elsewhere: Set[LineId],
) -> dict[LineId, Progress]:
    """How far each open line has come. What a person said of it before the program ended goes before what the stock says now."""
    reasons = {_line_id(each): each.reason for each in found.missing} | {_line_id(line): NO_SPACE for line in found.unplaced}
    ended = {line for line, _, _ in counted} - still_open

    def of(line: OrderLine) -> Progress:
        key = _line_id(line)
        return Progress(
            asked=line.quantity,
            done=line.done_quantity + counted_for(counted, key),
            reason=line.reason or said.get(key, "") or reasons.get(key, ""),
            is_said=key in said,
            is_counted=key in ended,
            is_elsewhere=key in elsewhere,
        )

    return {_line_id(line): of(line) for order in orders for line in order.lines if line.state in OPEN_STATES}


def _line_id(of: Task | Missing | OrderLine) -> LineId:
    return of.order, of.line


def _carriers(tasks: Iterable[Task]) -> set[Carrier]:
    return {(task.place.machine, task.place.tray) for task in tasks}


@dataclass(frozen=True, slots=True)
class WorkReading:
    """The tasks of orders, as the store is at the moment of the question."""

    bay: BayReading

    def allocate(self, question: Allocate, tray_at_bay: int | None) -> WorkAllocated:
        """The tasks of the orders, tray by tray or place by place on foot, and how far each open line has come. What of them is
        worked elsewhere is said of its line."""
        orders = [order for name in question.orders if (order := self.bay.library.order(name)) is not None]
        items = self.bay.items({line.item for order in orders for line in order.lines})
        found = self._allocated(orders, items)
        counted = counted_of(self.bay.library, [each.order for each in orders if each.kind is OrderKind.COUNT])
        tasks, others, is_walk = self.bay.walks.parted(uncounted(found.tasks, counted), question)
        elsewhere = {_line_id(each) for each in others} | {_line_id(each) for each in found.unplaced if is_walk}
        if not is_walk:
            tasks += tuple(self._proposed(orders, found.unplaced, items, tray_at_bay=tray_at_bay))
        tasks += self.bay.zero_checks(None if question.is_resumed else _carriers(tasks), is_walk=is_walk)
        tasks += self.bay.counts_due(_carriers(tasks), beside=tasks)
        said = said_of(self.bay.library, question.orders) if question.is_resumed else {}
        still_open = {_line_id(each) for each in (*tasks, *others)} | {_line_id(each) for each in found.missing}
        lines = _progress(orders, found, said, counted=counted, still_open=still_open, elsewhere=elsewhere)
        ranked = {_line_id(line) for order in orders for line in order.lines if line.rank}
        by_id = {_line_id(line): line.item for order in orders for line in order.lines}
        lacks = [by_id[line] for line in lacking(lines, tasks) if line not in ranked]
        return WorkAllocated(
            orders=question.orders,
            tasks=self._in_turn(tasks, tray_at_bay),
            lines=lines,
            planned=tuple(orders),
            lacking=() if question.single else tuple(dict.fromkeys(lacks)),
            is_resumed=question.is_resumed,
            joins=question.joins,
            is_walk=is_walk,
            released_gaps=self.bay.released_gaps(),
            ahead=open_ranks(self.bay.library.open_orders()) if ranked else (),
            totes=self.bay.library.totes(),
            loose=frozenset(order.order for order in orders if self._is_loose(order)),
            elsewhere={_line_id(each): each.place for each in reversed(others)},
            is_single=question.single is not None,
        )

    def _allocated(self, orders: Sequence[Order], items: Mapping[str, Item]) -> Allocation:
        codes = {line.item for order in orders for line in order.lines}
        stock = by_item(self.bay.reachable(self.bay.library.stock_of_items(codes)))
        out, terms = self.bay.out_of_service(), self.bay.terms()
        return allocate(orders, items=items, stock=stock, promised={}, out_of_service=out, terms=terms)

    def _in_turn(self, tasks: Sequence[Task], tray_at_bay: int | None) -> tuple[Task, ...]:
        """As they are worked: tray by tray or place by place, but in rank what has ranks."""
        trays = {carrier: tray for carrier in _carriers(tasks) if (tray := self.bay.library.tray(*carrier)) is not None}
        turn = in_turn(tasks, tray_at_bay=tray_at_bay, zones=tuple(self.bay.zones), trays=trays)
        return in_rank(self._numbered(turn))

    def _is_loose(self, order: Order) -> bool:
        """Whether goods of the order went to its destination, and it never had a tote."""
        is_begun = order.kind is OrderKind.PICK and any(line.done_quantity for line in order.lines)
        return is_begun and not self.bay.library.totes(order.order)

    def _numbered(self, tasks: Sequence[Task]) -> tuple[Task, ...]:
        """Each task of a sequence with how many ranks that has."""
        lengths = {name: self.bay.library.ranks(name) for name in {each.sequence for each in tasks} - {""}}
        return tuple(replace(each, ranks=lengths.get(each.sequence, 0)) for each in tasks)

    def homes(self, question: FindHomes) -> HomesFound:
        """Where else a line's missing quantity is, or can go. Direct work stays where it was asked for."""
        task = question.task
        if task.load is not None:
            place = self.load_place(task.load, exclude=question.exclude, tray_at_bay=task.place.tray).place
            return HomesFound(task, () if place is None else (load_task(task.load, place, task.mode),))
        if task.source is not None:
            placed = self.bay.receipts.placed(task, question.missing, exclude=set(question.exclude), tray_at_bay=task.place.tray)
            return self._with_counts(task, (placed,) if placed is not None else ())
        order = self.bay.library.order(task.order) if task.order else None
        line = next((each for each in order.lines if each.line == task.line), None) if order else None
        if order is None or line is None:
            return HomesFound(task, ())
        if task.mode is Mode.PUT:
            return self._with_counts(task, tuple(self._put_elsewhere(order, line, question)))
        stock = self.bay.reachable(self.bay.library.stock_of_item(task.item.code))
        mine = self.bay.walks.on_this_side(stock, task.place)
        tasks = self._next_home(order, line, question, mine)
        if not tasks and (others := self._next_home(order, line, question, stock)):
            return HomesFound(task, (), is_elsewhere=True, where=others[0].place)
        return self._with_counts(task, tasks)

    def _next_home(self, order: Order, line: OrderLine, question: FindHomes, stock: Sequence[Stock]) -> tuple[Task, ...]:
        return next_home(
            order,
            line,
            quantity=question.missing,
            first_number=question.task.number + 1,
            item=question.task.item,
            stock=stock,
            promised={},
            exclude=question.exclude,
            out_of_service=self.bay.out_of_service(),
            terms=self.bay.terms(),
        )

    def lots(self, question: FindLots) -> LotsFound:
        """Which other lots could serve the task's line."""
        task = question.task
        order = self.bay.library.order(task.order) if task.order else None
        if order is None:
            return LotsFound(task, ())
        stock = self.bay.reachable(self.bay.library.stock_of_item(task.item.code))
        stock = self.bay.walks.on_this_side(stock, task.place)
        out, terms = self.bay.out_of_service(), self.bay.terms()
        return LotsFound(task, other_lots(order, task, stock=stock, out_of_service=out, terms=terms))

    def _with_counts(self, task: Task, tasks: tuple[Task, ...]) -> HomesFound:
        return HomesFound(task, tasks, self.bay.counts_due(_carriers(tasks)))

    def _proposed(
        self, orders: Sequence[Order], lines: Sequence[OrderLine], items: dict[str, Item], *, tray_at_bay: int | None
    ) -> list[Task]:
        """The put lines without a place, each with the best proposal."""
        if not lines:
            return []
        of = {order.order: order for order in orders}
        return self.bay.put_places().tasks([(of[line.order], line) for line in lines], items, tray_at_bay=tray_at_bay)

    def _put_elsewhere(self, order: Order, line: OrderLine, question: FindHomes) -> list[Task]:
        task = question.task
        places, exclude = self.bay.put_places(), set(question.exclude)
        found = places.of(task.item, line, question.missing, exclude=exclude, tray_at_bay=task.place.tray)
        if not found:
            return []
        number = task.number + 1
        put = put_task(order, line, item=task.item, place=found[0].place, quantity=question.missing, number=number)
        return [as_proposed(put, found)]

    def load_place(self, plan: LoadPlan, *, exclude: Collection[Place] = (), tray_at_bay: int | None = None) -> LoadPlaced:
        """Where a load is to go: not onto a tray that is out of service."""
        out = self.bay.out_of_service()
        place = propose_load_place(
            plan.consumer,
            trays=[each for each in self.bay.library.trays(self.bay.machine) if (each.machine, each.number) not in out],
            stock=self.bay.library.stock(),
            loads=self.bay.library.loads(self.bay.machine),
            exclude=exclude,
            tray_at_bay=tray_at_bay,
        )
        return LoadPlaced(plan, place)
