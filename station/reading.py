"""What the station asks of the store: each question as one blocking call that returns the input to feed back.

`station.readers` makes these calls on a reader thread; nothing here touches the state.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from station.allocation import OPEN_STATES, OutOfService, Terms, allocate, next_home, other_lots, put_task
from station.core.effects import Allocate, ReadOrders, ReadOutageWork, ReadPage
from station.core.inputs import (
    LoadPlaced,
    LoadRead,
    OrdersRead,
    OutageWorkRead,
    PageRead,
    PictureRead,
    PieceWeightRead,
    WorkAllocated,
)
from station.count_due import trays_to_count
from station.count_offer import OfferBudget
from station.count_reading import CountReading, uncounted
from station.drift import told_of
from station.elsewhere import OTHER_BAY, OtherBays
from station.flows.lines import COUNT_HELD, LineId, Progress
from station.flows.other_work import CheckPlace, FindPlaces, LookInto, OtherAnswer
from station.flows.round_event import BookRead, FindHomes, FindOffer, HomesFound, OfferFound
from station.flows.round_start import lacking
from station.flows.sequence_ahead import open_ranks
from station.flows.sign_on import PersonRead
from station.flows.tray_call import ItemsFound, TrayRead
from station.flows.turn import FindLots, LotsFound
from station.host_changes import held_by_host
from station.load import load_task, loads_of, propose_load_place
from station.load_plan import LoadPlan
from station.log_reading import counted_for, counted_of, done_by, outages_seen, said_of, who_started, who_was_asked
from station.look_reading import look_alike_of
from station.other_reading import answer as other_answer
from station.outage_work import work_of_bay, work_of_tray
from station.ports import Library
from station.put_reading import PutPlaces, as_proposed, places_now, why_unfit
from station.receipt_reading import ReceiptReading, without_receipts
from station.rules.handling import load_of
from station.rules.rights import by_tray, closed_trays
from station.rules.shelf_life import asks_expiry, is_expired
from station.scan_name import items_meant
from station.tag_memory import TagMemory
from station.taken_seen import taken_seen
from station.task import Mode, Task, count_due_task, zero_check_task
from station.tray_order import in_rank
from station.usable_stock import Carrier
from station.values import (
    Elsewhere,
    EventRow,
    HeldCount,
    Item,
    Order,
    OrderKind,
    OrderLine,
    OrderState,
    Outage,
    Person,
    Place,
    Stock,
)
from station.view.message import Message
from station.view.work import OrderTag
from station.walk_reading import WalkReading
from station.wear import Intervals, WearReport, assess
from station.work_list import Circumstances, by_item
from station.zones import ZoneKind, Zones, in_turn, of_kind, place_text

PAGE_EVENTS = 40


def item_of(event: EventRow) -> str:
    """The item an event is about, "" for none."""
    return str(json.loads(event.body)["data"].get("item", ""))


def _out(outages: Sequence[Outage]) -> OutOfService:
    """The trays that get no work now, and why."""
    return {(each.machine, each.tray): each.reason for each in outages if each.tray is not None}


def _progress(
    line: OrderLine,
    reasons: Mapping[LineId, str],
    said: Mapping[LineId, str],
    *,
    ended: Collection[LineId],
    counted: int,
    is_elsewhere: bool = False,
) -> Progress:
    """How far a line has come. What a person said of it before the program ended goes before what the stock says now."""
    key = (line.order, line.line)
    reason = line.reason or said.get(key, "") or reasons.get(key, "")
    done = line.done_quantity + counted
    known = Progress(asked=line.quantity, done=done, reason=reason, is_said=key in said, is_counted=key in ended)
    return replace(known, is_elsewhere=is_elsewhere)


def _carriers(tasks: Iterable[Task]) -> set[Carrier]:
    return {(task.place.machine, task.place.tray) for task in tasks}


def _with_held(tags: Sequence[OrderTag], held: Sequence[HeldCount], zones: Zones) -> tuple[OrderTag, ...]:
    """The orders' rows, which say what of them waits for a different person. It keeps nobody from the rest."""
    said: dict[str, list[Message]] = {}
    for each in held:
        said.setdefault(each.order, []).append(Message(_held_code(each.place, zones), params=_held_params(each.place)))
    return tuple(replace(each, blocked=(*each.blocked, *said[each.order])) if each.order in said else each for each in tags)


def _held_code(place: Place, zones: Zones) -> str:
    return f"missing_{COUNT_HELD}_zone" if place.machine in zones else f"missing_{COUNT_HELD}"


def _held_params(place: Place) -> dict[str, str | int]:
    return {"compartment": place.compartment, "tray": place.tray, "place": place_text(place)}


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads for one machine's station. `is_site_away`: it has a site database and does not reach it now. `who` is the person
    who works here at the moment of a question."""

    library: Library
    machine: str
    intervals: Intervals = field(default_factory=Intervals)
    opening: str = ""
    is_site_away: Callable[[], bool] = lambda: False
    offers: OfferBudget = field(default_factory=OfferBudget)
    who: Callable[[], Person | None] = lambda: None
    utc: Callable[[], datetime] = lambda: datetime.now(UTC)
    has_site: bool = False
    station: str = ""
    zones: Zones = field(default_factory=dict)  # places without a lift
    beside: tuple[str, ...] = ()  # openings of this station's further lifts
    tags: TagMemory = field(default_factory=TagMemory)

    @property
    def _machines(self) -> tuple[str, ...]:
        """The machine, and what stands beside it without a lift."""
        return (self.machine, *self.zones)

    @property
    def receipts(self) -> ReceiptReading:
        """What is asked of the store for goods that come in."""
        return ReceiptReading(self.library, self.machine, self.station, self._put_places, self._terms, tuple(self.zones))

    def orders(self, question: ReadOrders, now: datetime) -> OrdersRead:
        """The work list, and what was open when the station stopped."""
        orders = without_receipts(self.library.open_orders())
        codes = {line.item for order in orders for line in order.lines}
        items = self._items(codes)
        outages, locks = self.library.outages(self.machine), by_tray(self.library.locks(self.machine))
        stock = by_item(self._reachable(self.library.stock_of_items(codes)))
        gaps = frozenset((each.order, each.line) for each in self.library.gaps())
        out, terms = self._out_of_service(), self._terms()
        given = Circumstances(out_of_service=out, terms=terms, gaps=gaps, zones=frozenset(self.zones))
        found = self.tags.tags(orders, given, items=items, stock=stock, now=now)
        held = tuple(each for name in self._machines for each in self.library.counts_held(name))
        found = _with_held(found, held, self.zones)
        trays, seen, due = self.library.tray_numbers(self.machine), outages_seen(self.library, outages), self.wear(now).due
        others, to_count = self.other_bays(), trays_to_count(self.library.counts_due(self.machine))
        known = OrdersRead(found, trays=trays, dead_lamps=self.library.dead_lamps(), released_gaps=self._released_gaps())
        known = replace(
            known, ahead=open_ranks(orders), approvals=self.library.approvals(), drift=told_of(self.library, self.machine)
        )
        held_orders = [each.order for each in orders if each.state is OrderState.HELD]
        known = replace(known, blocks=terms.held)
        known = replace(known, held=frozenset(held_orders), host_changes=held_by_host(self.library, held_orders))
        known = replace(known, taken=taken_seen(self.library, *self._machines), moves=self.library.planned_moves(self.machine))
        if self.zones:
            waits = self._walks.waiting(orders, items, stock, out, terms)
            known = replace(known, zone_tasks=waits, zone_locks=self._walks.locks())
        if not question.with_started:
            known = replace(known, outages=seen, due=due, counts_due=to_count, other_bays=others)
            return replace(known, counts_held=self._counts().held(), locks=locks)
        started = tuple(order.order for order in orders if order.state is OrderState.STARTED)
        checks = tuple(each for name in self._machines for each in self.library.zero_checks(name))
        owner = who_started(self.library, started) or who_was_asked(self.library, checks)
        known = replace(known, started=started, started_by=owner, outages=seen, due=due, other_bays=others, counts_due=to_count)
        return replace(known, has_checks=bool(checks), with_started=True, counts_held=self._counts().held(), locks=locks)

    def _counts(self) -> CountReading:
        return CountReading(self.library, self.machine, self.offers, tuple(self.zones))

    @property
    def _walks(self) -> WalkReading:
        return WalkReading(self.library, self.zones, self.machine)

    def offer(self, question: FindOffer, now: datetime) -> OfferFound:
        """The count on this tray that is worth its seconds now, if any."""
        return self._counts().offer(question, now)

    def is_island(self) -> bool:
        """Whether there is no site database to be asked now."""
        return not self.has_site or self.is_site_away()

    def other_bays(self) -> OtherBays:
        """What is known of the machine's other bays."""
        trays = {each.tray: each for each in self._elsewhere()}
        return OtherBays(trays=trays, visits=self.library.tray_visits(self.machine), is_site_away=self.is_site_away())

    def outage_work(self, question: ReadOutageWork) -> OutageWorkRead:
        """What becomes of the open work when this tray, or this bay, goes out of service."""
        orders = without_receipts(self.library.open_orders())
        items = self._items({line.item for order in orders for line in order.lines})
        stock = by_item(self._reachable(self.library.stock_of_items(items)))
        out = self._out_of_service()
        if question.tray is None:
            mine = {code: [each for each in lying if each.place.machine == self.machine] for code, lying in stock.items()}
            return OutageWorkRead(None, work_of_bay(orders, items=items, stock=mine, out_of_service=out))
        work = work_of_tray(orders, items=items, stock=stock, out_of_service=out, machine=self.machine, tray=question.tray)
        return OutageWorkRead(question.tray, work)

    def allocate(self, question: Allocate, tray_at_bay: int | None) -> WorkAllocated:
        """The tasks of the orders, tray by tray or place by place on foot, and how far each open line has come. What of them is
        worked elsewhere is said of its line."""
        orders = [order for name in question.orders if (order := self.library.order(name)) is not None]
        codes = {line.item for order in orders for line in order.lines}
        items = self._items(codes)
        stock = by_item(self._reachable(self.library.stock_of_items(codes)))
        out, terms = self._out_of_service(), self._terms()
        found = allocate(orders, items=items, stock=stock, promised={}, out_of_service=out, terms=terms)
        counts = [order.order for order in orders if order.kind is OrderKind.COUNT]
        counted = counted_of(self.library, counts)
        tasks = uncounted(found.tasks, counted)
        tasks, others, is_walk = self._walks.parted(tasks, question)
        elsewhere = {(each.order, each.line) for each in others}
        if is_walk:
            elsewhere |= {(each.order, each.line) for each in found.unplaced}
        else:
            tasks += tuple(self._proposed(orders, found.unplaced, items, tray_at_bay=tray_at_bay))
        tasks += self._zero_checks(None if question.is_resumed else _carriers(tasks), is_walk=is_walk)
        tasks += self._counts_due(_carriers(tasks), beside=tasks)
        reasons = {(each.order, each.line): each.reason for each in found.missing}
        reasons |= {(line.order, line.line): "no_space" for line in found.unplaced}
        said = said_of(self.library, question.orders) if question.is_resumed else {}
        open_lines = {(each.order, each.line) for each in (*tasks, *others)} | {(each.order, each.line) for each in found.missing}
        done = {line for line, _, _ in counted} - open_lines
        lines = {
            (order.order, line.line): _progress(
                line,
                reasons,
                said,
                ended=done,
                counted=counted_for(counted, (order.order, line.line)),
                is_elsewhere=(order.order, line.line) in elsewhere,
            )
            for order in orders
            for line in order.lines
            if line.state in OPEN_STATES
        }
        ranked = {(line.order, line.line) for order in orders for line in order.lines if line.rank}
        by_id = {(line.order, line.line): line.item for order in orders for line in order.lines}
        trays = {carrier: tray for carrier in _carriers(tasks) if (tray := self.library.tray(*carrier)) is not None}
        return WorkAllocated(
            orders=question.orders,
            tasks=in_rank(self._numbered(in_turn(tasks, tray_at_bay=tray_at_bay, zones=tuple(self.zones), trays=trays))),
            lines=lines,
            planned=tuple(orders),
            lacking=()
            if question.single
            else tuple(dict.fromkeys(by_id[line] for line in lacking(lines, tasks) if line not in ranked)),
            is_resumed=question.is_resumed,
            joins=question.joins,
            is_walk=is_walk,
            released_gaps=self._released_gaps(),
            ahead=open_ranks(self.library.open_orders()) if ranked else (),
            totes=self.library.totes(),
            loose=frozenset(order.order for order in orders if self._is_loose(order)),
            elsewhere={(each.order, each.line): each.place for each in reversed(others)},
            is_single=question.single is not None,
        )

    def _is_loose(self, order: Order) -> bool:
        """Whether goods of the order went to its destination, and it never had a tote."""
        is_begun = order.kind is OrderKind.PICK and any(line.done_quantity for line in order.lines)
        return is_begun and not self.library.totes(order.order)

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
        book = 1 if task.load is not None else sum(each.quantity for each in at_place if each.key == task.key)
        has_beside = any(each.key != task.key and each.quantity > 0 for each in at_place)
        waiting = self.library.counts_held(task.place.machine)
        held = next((each for each in waiting if (each.place, each.key) == (task.place, task.key)), None)
        read = BookRead(task, book, has_beside, self._shared(task), self._serials(task), held)
        if task.place.machine in self.zones:
            read = replace(read, visit=self.library.visit_of(task.place.machine, task.place.tray))
        picture = self.picture(task.place.tray, task.place.machine)
        if task.load is not None:
            return picture, read
        look_alike = look_alike_of(self.library, task, self.who())
        if task.mode is not Mode.PUT:
            return picture, replace(read, look_alike=look_alike)
        lying = tuple(each.key for each in at_place if each.quantity > 0)
        known = self.library.lots_with_expiry(task.item.code) if asks_expiry(task.item) else frozenset()
        unfit, picture = why_unfit(self.library, task.item, task.place), picture
        spare_g = picture.load.max_g - picture.load.weight_g if picture.load is not None and picture.load.max_g else None
        read = replace(read, look_alike=look_alike, lying=lying, unfit=unfit, dated_lots=known)
        return picture, replace(read, spare_g=spare_g)

    def _serials(self, task: Task) -> dict[str, Place]:
        """Where the serials of an item lie of which more is put."""
        if task.mode is not Mode.PUT or not task.item.serial_tracked:
            return {}
        stock = self.library.stock_of_item(task.item.code)
        lying = (each for each in stock if each.key.serial and each.quantity > 0 and each.place != task.source)
        return {each.key.serial: each.place for each in lying}

    def picture(self, tray: int, machine: str = "") -> PictureRead:
        """The map and contents of a tray, or of a zone's section."""
        of = machine or self.machine
        picture, contents = self.library.tray(of, tray), self.library.stock_on_tray(of, tray)
        items = self._items({each.key.item for each in contents})
        load = load_of(picture, contents, items) if picture else None
        return PictureRead(number=tray, picture=picture, contents=contents, load=load, machine=of)

    def homes(self, question: FindHomes) -> HomesFound:
        """Where else a line's missing quantity is, or can go. Direct work stays where it was asked for."""
        task = question.task
        if task.load is not None:
            place = self.load_place(task.load, exclude=question.exclude, tray_at_bay=task.place.tray).place
            return HomesFound(task, () if place is None else (load_task(task.load, place, task.mode),))
        if task.source is not None:
            placed = self.receipts.placed(task, question.missing, exclude=set(question.exclude), tray_at_bay=task.place.tray)
            return self._with_counts(task, (placed,) if placed is not None else ())
        order = self.library.order(task.order) if task.order else None
        line = next((each for each in order.lines if each.line == task.line), None) if order else None
        if order is None or line is None:
            return HomesFound(task, ())
        if task.mode is Mode.PUT:
            return self._with_counts(task, tuple(self._put_elsewhere(order, line, question)))
        stock = self._reachable(self.library.stock_of_item(task.item.code))
        mine = self._walks.on_this_side(stock, task.place)
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
            out_of_service=self._out_of_service(),
            terms=self._terms(),
        )

    def lots(self, question: FindLots) -> LotsFound:
        """Which other lots could serve the task's line."""
        task = question.task
        order = self.library.order(task.order) if task.order else None
        if order is None:
            return LotsFound(task, ())
        stock = self._reachable(self.library.stock_of_item(task.item.code))
        stock = self._walks.on_this_side(stock, task.place)
        out, terms = self._out_of_service(), self._terms()
        return LotsFound(task, other_lots(order, task, stock=stock, out_of_service=out, terms=terms))

    def _with_counts(self, task: Task, tasks: tuple[Task, ...]) -> HomesFound:
        return HomesFound(task, tasks, self._counts_due(_carriers(tasks)))

    def tray(self, number: int) -> tuple[TrayRead, dict[str, Item]]:
        """A tray to be called, with the items on it."""
        contents, today = self.library.stock_on_tray(self.machine, number), self.utc().date()
        items = self._items({each.key.item for each in contents})
        picture, counts = self.library.tray(self.machine, number), self._counts_due({(self.machine, number)})
        load = load_of(picture, contents, items) if picture else None
        spoilt = {each.key for each in contents if each.key.item in items and is_expired(items[each.key.item], each, today)}
        mixable = frozenset(each.code for each in items.values() if each.mixing)
        return TrayRead(number, picture, contents, counts, load=load, expired=frozenset(spoilt), mixable=mixable), items

    def find_item(self, text: str) -> ItemsFound:
        """The items that a code means."""
        return ItemsFound(text, items_meant(text, self.library))

    def load(self, code: str) -> LoadRead:
        """The load of this code, wherever it lies; else the loads here of the production order that it names."""
        found = self.library.load(code)
        return LoadRead(code, found, () if found else loads_of(code, self.library.loads(self.machine)))

    def load_place(self, plan: LoadPlan, *, exclude: Collection[Place] = (), tray_at_bay: int | None = None) -> LoadPlaced:
        """Where a load is to go: not onto a tray that is out of service."""
        out = self._out_of_service()
        place = propose_load_place(
            plan.consumer,
            trays=[each for each in self.library.trays(self.machine) if (each.machine, each.number) not in out],
            stock=self.library.stock(),
            loads=self.library.loads(self.machine),
            exclude=exclude,
            tray_at_bay=tray_at_bay,
        )
        return LoadPlaced(plan, place)

    def other(self, question: LookInto | FindPlaces | CheckPlace, tray_at_bay: int | None) -> OtherAnswer:
        """What other work asks: an item and what is known of it, places for goods, whether there is a place."""
        places = self._put_places() if isinstance(question, FindPlaces) else None
        today = self.utc().date()
        return other_answer(
            self.library, self._machines, question, who=self.who(), today=today, places=places, tray_at_bay=tray_at_bay
        )

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

    def _shared(self, task: Task) -> frozenset[str]:
        """What would prove the task and means another item, too: codes of both, or the serial. An import refuses codes of two
        items; an older store may hold them."""
        codes = (task.item.code, *task.item.barcodes, *filter(None, (task.key.serial,)))
        return frozenset(code for code in codes if {each.code for each in items_meant(code, self.library)} - {task.item.code})

    def _out_of_service(self) -> OutOfService:
        """The trays that get no work now: out of service, or another bay's while nobody knows what it did with them."""
        out = _out(self.library.outages(self.machine))
        if not self.is_site_away():
            return out
        others = self._elsewhere()
        return {**{(self.machine, each.tray): OTHER_BAY for each in others}, **out}

    def _elsewhere(self) -> tuple[Elsewhere, ...]:
        """The trays that another station's bay had last."""
        found = self.library.elsewhere(self.machine, self.opening)
        return tuple(each for each in found if each.opening not in self.beside)

    def _reachable(self, stock: Sequence[Stock]) -> tuple[Stock, ...]:
        """The stock in this machine and beside it; another machine's trays never come to this bay."""
        machines = self._machines
        return tuple(each for each in stock if each.place.machine in machines)

    def _items(self, codes: Iterable[str]) -> dict[str, Item]:
        return {each.code: each for each in self.library.items_named(codes)}

    def _terms(self) -> Terms:
        """When and for whom it is read."""
        person, today = self.who(), self.utc().date()
        quarantine = frozenset(of_kind(self.zones, ZoneKind.QUARANTINE))
        held = self.library.lot_holds()
        anybody = Terms(today=today, machine=self.machine, zones=frozenset(self.zones), quarantine=quarantine, held=held)
        if person is None:
            return anybody
        locked = closed_trays(self.library.locks(self.machine), person.rights)
        by_carrier = {(self.machine, tray): lock.right for tray, lock in locked.items()}
        by_carrier |= self._walks.closed(person.rights)
        return replace(anybody, rights=frozenset(person.rights), locked=by_carrier)

    def _zero_checks(self, carriers: Set[Carrier] | None, *, is_walk: bool) -> tuple[Task, ...]:
        """The questions that nobody has answered: those where work is done anyway, or all of the bay or of the walk (None)."""
        checks = [each for name in (self.zones if is_walk else (self.machine,)) for each in self.library.zero_checks(name)]
        out = self._out_of_service()
        wanted = [each for each in checks if carriers is None or (each.place.machine, each.place.tray) in carriers]
        wanted = [each for each in wanted if (each.place.machine, each.place.tray) not in out]
        items = self._items({each.key.item for each in wanted})
        return tuple(zero_check_task(each, items[each.key.item]) for each in wanted if each.key.item in items)

    def _counts_due(self, carriers: Set[Carrier], *, beside: Sequence[Task] = ()) -> tuple[Task, ...]:
        """What is to be counted on these trays; not what is counted, or looked into, there anyway (`beside`)."""
        counted = {(task.place, task.key) for task in beside if task.mode is Mode.COUNT}
        asked = [each for name in {machine for machine, _ in carriers} for each in self.library.counts_due(name)]
        due = [each for each in asked if (each.place.machine, each.place.tray) in carriers]
        due = [each for each in due if (each.place, each.key) not in counted]
        items = self._items({each.key.item for each in due})
        return tuple(count_due_task(each, items[each.key.item]) for each in due if each.key.item in items)

    def _proposed(
        self, orders: Sequence[Order], lines: Sequence[OrderLine], items: dict[str, Item], *, tray_at_bay: int | None
    ) -> list[Task]:
        """The put lines without a place, each with the best proposal."""
        if not lines:
            return []
        of = {order.order: order for order in orders}
        return self._put_places().tasks([(of[line.order], line) for line in lines], items, tray_at_bay=tray_at_bay)

    def _put_places(self) -> PutPlaces:
        out, terms = self._out_of_service(), self._terms()
        return places_now(self.library, self.machine, out_of_service=out, terms=terms, zones=self.zones)

    def _put_elsewhere(self, order: Order, line: OrderLine, question: FindHomes) -> list[Task]:
        task = question.task
        places, exclude = self._put_places(), set(question.exclude)
        found = places.of(task.item, line, question.missing, exclude=exclude, tray_at_bay=task.place.tray)
        if not found:
            return []
        number = task.number + 1
        put = put_task(order, line, item=task.item, place=found[0].place, quantity=question.missing, number=number)
        return [as_proposed(put, found)]
