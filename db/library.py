"""Reading: `station.ports.Library` and the reports, on read-only connections. Blocking calls of a few milliseconds each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from db import layouts
from db.audit import audit
from db.audit_export import Exporter, export_events
from db.errors import classify
from db.known_heads import KnownHead
from db.projections import fold
from db.proof import verify_chain
from db.pulling import DecidePull, PullFacts
from db.queries import (
    administration,
    cases,
    counting,
    demand,
    emergency,
    events,
    figures,
    habits,
    held_lots,
    items,
    leases,
    loads,
    moves,
    orders,
    past_page,
    people,
    piece_weights,
    printing,
    search,
    sequences,
    signals,
    stock,
    stock_days,
    stretch,
    taken,
    totes,
    trace,
    travels,
    tray_use,
    trays,
    wear,
)
from db.queries.order_memory import OrderMemory
from db.rows.audit import AuditReport
from db.rows.bays import BayMemory, Elsewhere, Outage, Travel
from db.rows.counting import ItemCounted, TrayCounted
from db.rows.demand import Demand, StockChange
from db.rows.emergency import EmergencyFacts
from db.rows.events import ChainReport, EventFact, EventRow
from db.rows.figures import WorkQuarter
from db.rows.held_lots import LotHold
from db.rows.items import Item
from db.rows.leases import HeldLease
from db.rows.loads import Load
from db.rows.moves import PlannedMove
from db.rows.orders import Order, OrderState
from db.rows.people import Approval, Credential, Guarded, Member, Person, Refusal, RightsReview, StationTries
from db.rows.printing import PrintJob
from db.rows.pulled import Pulled
from db.rows.search import FoundItem
from db.rows.sequences import Gap
from db.rows.signals import PullCard, PullLoop, PullOrder, PullPosition, PullSignal, Receipt
from db.rows.stock import CountAsked, HeldAt, HeldCount, PieceWeight, Stock, ZeroCheck
from db.rows.taken import NetPick, Taken
from db.rows.totes import BoundTote
from db.rows.trace import Trace
from db.rows.tray_past import PastAsk, PastPage
from db.rows.trays import LayoutChange, Lock, Place, Tray, TrayUse
from db.rows.wear import MachineWear
from db.sync import memory
from db.sync.status import SyncException

P = ParamSpec("P")
T = TypeVar("T")

_OPEN = (OrderState.RELEASED, OrderState.STARTED, OrderState.HELD)


class Library:
    """Every answer is of one moment: a call reads in one transaction. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._readers = engine
        self._open_orders = OrderMemory()

    def close(self) -> None:
        """Close the reading connections."""
        self._readers.dispose()

    def _read(self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            with self._readers.begin() as connection:
                return query(connection, *args, **kwargs)
        except DBAPIError as error:
            raise classify(error) from error

    def ask(self, query: Callable[[Connection], T]) -> T:
        """A question of `db.sync`, which has its own queries."""
        return self._read(query)

    # --- items, trays, stock

    def item(self, code: str) -> Item | None:
        """The item with this code."""
        return self._read(items.item, code)

    def items(self) -> tuple[Item, ...]:
        """All items, by code."""
        return self._read(items.items)

    def items_named(self, codes: Iterable[str]) -> tuple[Item, ...]:
        """Those of the items with these codes that are known, in one question."""
        return self._read(items.items_named, codes)

    def items_by_scan(self, text: str) -> tuple[Item, ...]:
        """Items with this code or barcode."""
        return self._read(items.items_by_scan, text)

    def items_with_codes(self, codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The codes of the items that have each of these codes or barcodes."""
        return self._read(items.items_with_codes, codes)

    def search(self, text: str, most: int) -> tuple[FoundItem, ...]:
        """The items that this text may mean, with their stock, the nearest first."""
        return self._read(search.search, text, most)

    def found_items(self, codes: Collection[str]) -> tuple[FoundItem, ...]:
        """These items with their stock, in this order."""
        return self._read(search.found, tuple(codes))

    def pictured(self, first: int, most: int) -> tuple[FoundItem, ...]:
        """Items that have a picture, by name, from the place `first` on."""
        return self._read(search.pictured, first, most)

    def pictures(self) -> int:
        """How many items have a picture."""
        return self._read(search.pictures)

    def demand(self, *, first: date, days: int) -> Demand:
        """What was asked of items in so many days, and in which of them the station was in service."""
        return self._read(demand.demand, first=first, days=days)

    def stock_changes(self, *, days: int, today: date) -> tuple[StockChange, ...]:
        """By how much the free stock of items changed on each of the last days."""
        return self._read(stock_days.stock_changes, days=days, today=today)

    def counts_lately(self, most: int) -> tuple[tuple[int, int], ...]:
        """The newest counts as (book, counted)."""
        return self._read(demand.counts_lately, most)

    # --- pull

    def loops(self) -> tuple[PullLoop, ...]:
        """All loops, by name."""
        return self._read(signals.loops)

    def signal(self, name: str) -> PullSignal | None:
        """One signal with its steps."""
        return self._read(signals.signal, name)

    def open_signals(self, *, with_steps: bool = False) -> tuple[PullSignal, ...]:
        """What is asked for and has not come, the oldest first."""
        return self._read(signals.open_signals, with_steps=with_steps)

    def pull_orders(self) -> tuple[PullOrder, ...]:
        """The open pick orders that no signal of ours became."""
        return self._read(signals.orders)

    def measures(self, codes: Collection[str]) -> tuple[Item, ...]:
        """These items as far as a quantity of them is said: name, unit and decimals."""
        return self._read(signals.measures, codes)

    def signals_since(self, since: datetime) -> tuple[PullSignal, ...]:
        """All signals that were raised since then, or are open still, with their steps."""
        return self._read(signals.signals_since, since)

    def cards(self) -> tuple[PullCard, ...]:
        """Every kanban card that was ever seen."""
        return self._read(signals.cards)

    def positions(self, codes: Collection[str]) -> dict[str, PullPosition]:
        """What there is of these items, and what is coming and going."""
        return self._read(signals.positions, codes)

    def look_pull(self, decide: DecidePull) -> Pulled:
        """What would be decided of the signals, loops and stock as they are now; nothing is written."""
        return self._read(lambda connection: decide(PullFacts(connection)))

    def last_event(self) -> int:
        """The log's newest number."""
        return self._read(signals.last_event)

    def receipts_since(self, since: datetime) -> tuple[Receipt, ...]:
        """What was received since then, and how long it was at the receiving place."""
        return self._read(signals.receipts_since, since)

    def taken(self) -> tuple[Taken, ...]:
        """What is out of its compartment on somebody's account, what is out longest first."""
        return self._read(taken.taken)

    def net_picks(self, item: str, most: int) -> tuple[NetPick, ...]:
        """For which lines an item was taken lately and is still out, the newest first."""
        return self._read(taken.net_picks, item, most)

    def tray(self, machine: str, number: int) -> Tray | None:
        """One tray with its compartments."""
        return self._read(trays.tray, machine, number)

    def trays(self, machine: str) -> tuple[Tray, ...]:
        """All trays of a machine, by number."""
        return self._read(trays.trays, machine)

    def tray_use(self, machine: str) -> tuple[TrayUse, ...]:
        """How full each tray of a machine is, by number."""
        return self._read(tray_use.tray_use, machine)

    def layout_changes(self, machine: str, number: int) -> tuple[LayoutChange, ...]:
        """The changes of a tray that were told here, the newest first."""
        return self._read(layouts.changes, machine, number)

    def tray_numbers(self, machine: str) -> frozenset[int]:
        """The numbers of a machine's trays."""
        return self._read(trays.tray_numbers, machine)

    def machines(self) -> tuple[str, ...]:
        """The machines that have trays here."""
        return self._read(trays.machines)

    def stock_of_item(self, item: str) -> tuple[Stock, ...]:
        """All stock of an item in every status, oldest first."""
        return self._read(stock.stock, item=item)

    def stock_of_items(self, codes: Iterable[str]) -> tuple[Stock, ...]:
        """All stock of these items in every status, oldest first."""
        return self._read(stock.stock_of_items, codes)

    def lots_with_expiry(self, item: str) -> frozenset[str]:
        """The lots of an item of which somebody has said the last good day."""
        return self._read(stock.lots_with_expiry, item)

    def locks(self, machine: str) -> tuple[Lock, ...]:
        """What of a machine asks for a right, by tray."""
        return self._read(trays.locks, machine)

    def mis_scans(self, person: str) -> frozenset[tuple[str, str]]:
        """Items that a person took for another: (expected, scanned), of the newest wrong scans."""
        return self._read(habits.mis_scans, person)

    def event_count(self) -> int:
        """How many events this file has."""
        return self._read(cases.event_count)

    def site_refusals(self) -> tuple[SyncException, ...]:
        """What the site did not take over, or this station of the site's, oldest first."""
        return self._read(memory.exceptions)

    def picks_of(self, item: str) -> int:
        """How often an item was taken lately, up to a bound."""
        return self._read(habits.picks_of, item)

    def stock_on_tray(self, machine: str, tray: int) -> tuple[Stock, ...]:
        """All stock on a tray, by compartment."""
        return self._read(stock.stock, machine=machine, tray=tray)

    def stock_at(self, place: Place) -> tuple[Stock, ...]:
        """All stock in a compartment."""
        return self._read(stock.stock_at, place)

    def stock(self) -> tuple[Stock, ...]:
        """All stock of every item, by place."""
        return self._read(stock.stock)

    def zero_checks(self, machine: str) -> tuple[ZeroCheck, ...]:
        """The compartments of which nobody has said yet whether a pick left them empty."""
        return self._read(stock.zero_checks, machine)

    def counts_due(self, machine: str) -> tuple[CountAsked, ...]:
        """What is to be counted because its tray was moved without the station."""
        return self._read(stock.counts_due, machine)

    def counts_held(self, machine: str) -> tuple[HeldCount, ...]:
        """The counts that wait for a different person."""
        return self._read(stock.counts_held, machine)

    def loads(self, machine: str | None = None) -> tuple[Load, ...]:
        """The loads in a machine, or in all: what is to be taken first before what may wait."""
        return self._read(loads.loads, machine)

    def load(self, code: str) -> Load | None:
        """The load with this code, None when it is in no machine."""
        return self._read(loads.load, code)

    def planned_moves(self, machine: str) -> tuple[PlannedMove, ...]:
        """Moves of goods that are planned and not done yet, in their order."""
        return self._read(moves.planned_moves, machine)

    def outages(self, machine: str) -> tuple[Outage, ...]:
        """The machine's trays and bays that are out of service, trays first."""
        return self._read(trays.outages, machine)

    def wear(self, machine: str) -> MachineWear:
        """What the motions of the machine's trays add up to, and its last service and inspection."""
        return self._read(wear.wear, machine)

    def worn_machines(self) -> tuple[str, ...]:
        """The machines that have moved a tray, or were serviced."""
        return self._read(wear.machines)

    def piece_weight(self, item: str, lot: str) -> PieceWeight | None:
        """What one piece of this lot weighs, as it was learnt last."""
        return self._read(piece_weights.piece_weight, item, lot)

    # --- orders, people, openings

    def leases(self) -> tuple[HeldLease, ...]:
        """The orders that the site database has given to this station."""
        return self._read(leases.held)

    def is_elsewhere(self, order: str) -> bool:
        """Whether the site database has taken the order from this station."""
        return self._read(leases.is_elsewhere, order)

    def open_orders(self) -> tuple[Order, ...]:
        """Released, started and held orders, the most urgent first."""
        return self._read(orders.orders, _OPEN, self._open_orders)

    def orders(self, states: Collection[OrderState] | None = None) -> tuple[Order, ...]:
        """Orders in these states (None: all), the most urgent first."""
        return self._read(orders.orders, states)

    def totes(self, order: str | None = None) -> tuple[BoundTote, ...]:
        """The totes that stand at their places now; of one order all that it was ever bound to."""
        return self._read(totes.totes, order)

    def lot_holds(self, *, with_lifted: bool = False) -> tuple[LotHold, ...]:
        """What is blocked, by a person or a defect, here or at another station, wherever it lies and whenever it comes."""
        return self._read(held_lots.lot_holds, with_lifted=with_lifted)

    def gaps(self, sequence: str | None = None) -> tuple[Gap, ...]:
        """The positions of sequences that are empty still; of one sequence all that ever were."""
        return self._read(sequences.gaps, sequence)

    def orders_of_sequence(self, sequence: str) -> tuple[str, ...]:
        """The orders whose lines leave in this sequence."""
        return self._read(sequences.orders_of, sequence)

    def ranks(self, sequence: str) -> int:
        """The highest rank of a sequence."""
        return self._read(sequences.length, sequence)

    def dead_lamps(self) -> frozenset[str]:
        """The put places whose lamps a person found dead."""
        return self._read(totes.dead_lamps)

    def order(self, order: str) -> Order | None:
        """One order in whatever state."""
        return self._read(orders.order, order)

    def person(self, person: str) -> Person | None:
        """One person, disabled ones too."""
        return self._read(people.person, person)

    def person_by_badge(self, badge_digest: str) -> Person | None:
        """The person whose badge has this digest."""
        return self._read(people.person_by_badge, badge_digest)

    def people(self) -> tuple[Person, ...]:
        """Everybody, by name."""
        return self._read(people.people)

    def credential(self, person: str) -> Credential | None:
        """What sign-on needs to know of a person."""
        return self._read(people.credential, person)

    def members(self) -> tuple[Member, ...]:
        """Everybody, with what an administrator may know of their sign-on."""
        return self._read(administration.members)

    def refusals(self, limit: int) -> tuple[Refusal, ...]:
        """The newest sign-ons and PINs that were refused, and lock-outs that were lifted."""
        return self._read(administration.refusals, limit)

    def guarded(self) -> tuple[Guarded, ...]:
        """The rights that something asks for."""
        return self._read(administration.guarded)

    def rights_review(self) -> RightsReview:
        """The last review of who may what, and what has changed since."""
        return self._read(administration.rights_review)

    def approvals(self) -> tuple[Approval, ...]:
        """What one person did where two are asked for, and nobody has answered."""
        return self._read(administration.approvals)

    def left_before(self, moment: datetime) -> tuple[str, ...]:
        """Who was disabled before this moment, is so still, and has a name yet."""
        return self._read(people.left_before, moment)

    def station_tries(self) -> StationTries:
        """Wrong PINs at this station, whoever's."""
        return self._read(people.station_tries)

    def bay(self, machine: str, opening: str) -> BayMemory:
        """What the log says of an opening."""
        return self._read(trays.bay, machine, opening)

    def elsewhere(self, machine: str, opening: str) -> tuple[Elsewhere, ...]:
        """The trays of this machine that another bay than this one had last."""
        return self._read(trays.elsewhere, machine, opening)

    def tray_visits(self, machine: str) -> dict[int, int]:
        """The highest visit known here of every tray of a machine that was ever at a bay."""
        return self._read(trays.tray_visits, machine)

    def travels(self, machine: str, opening: str) -> tuple[Travel, ...]:
        """What the last motions of trays to and from an opening took, oldest first."""
        return self._read(travels.travels, machine, opening)

    def visit_of(self, machine: str, tray: int) -> int:
        """The highest visit of a tray known here, 0 when never seen."""
        return self._read(trays.visit_of, machine, tray)

    def open_prints(self, printer: str) -> tuple[PrintJob, ...]:
        """What waits at a printer, is on its way, or has an end that nobody knows: the oldest first."""
        return self._read(printing.open_jobs, printer)

    def past_prints(self, printer: str, limit: int) -> tuple[PrintJob, ...]:
        """What came out of it or was dropped, the newest first."""
        return self._read(printing.past_jobs, printer, limit)

    # --- what is printed for the day on which the station is dead

    def emergency(self) -> EmergencyFacts:
        """Open orders, stock and trays, for the emergency list."""
        return self._read(emergency.facts)

    def emergency_mark(self) -> str:
        """Another text as soon as the emergency list could be another one."""
        return self._read(emergency.mark)

    def emergency_changed_at(self) -> datetime | None:
        """When something was written last that may have changed the emergency list."""
        return self._read(emergency.changed_at)

    # --- the log and its proof

    def events_of_tray(
        self, machine: str, tray: int, *, before_seq: int | None = None, limit: int = 50, epoch: str = ""
    ) -> tuple[EventRow, ...]:
        """A tray's events, newest first. `before_seq` is of the newest epoch unless another one is named."""
        return self._read(
            events.events, machine=machine, tray=tray, before_seq=before_seq, epoch=epoch, limit=limit, newest_first=True
        )

    def events(
        self,
        *,
        kinds: Collection[str] | None = None,
        after_seq: int = 0,
        before_seq: int | None = None,
        epoch: str = "",
        machine: str | None = None,
        tray: int | None = None,
        order: str | None = None,
        operator: str | None = None,
        item: str | None = None,
        of_order: str | None = None,
        limit: int | None = 1000,
        newest_first: bool = False,
    ) -> tuple[EventRow, ...]:
        """Events that meet all that is given (`db.queries.events.events` says how epochs count). `limit` None: all of them."""
        selection: dict[str, Any] = {"kinds": kinds, "machine": machine, "tray": tray, "order": order, "epoch": epoch}
        selection |= {"operator": operator, "item": item, "of_order": of_order}
        return self._read(
            events.events, **selection, after_seq=after_seq, before_seq=before_seq, limit=limit, newest_first=newest_first
        )

    def facts(self, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]:
        """What the events of these kinds say, from the first moment up to the other one, oldest first."""
        return self._read(stretch.facts, kinds=kinds, first=first, until=until)

    def kind_facts(self, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]:
        """The same of kinds that are rare among very many events."""
        return self._read(figures.kind_facts, kinds=kinds, first=first, until=until)

    def items_counted(self, *, machine: str, since: Sequence[datetime]) -> tuple[ItemCounted, ...]:
        """Every item with stock in the machine, and in how many places it was not counted since each of these moments."""
        return self._read(counting.items_counted, machine=machine, since=since)

    def counts_off(self, *, first: datetime, until: datetime) -> tuple[EventFact, ...]:
        """The counts that were off the book, oldest first."""
        return self._read(counting.counts_off, first=first, until=until)

    def trays_counted(self, *, first: datetime, until: datetime) -> tuple[TrayCounted, ...]:
        """Every tray with stock, and in how many of its places nobody counted."""
        return self._read(counting.trays_counted, first=first, until=until)

    def work_quarters(self, *, first: datetime, until: datetime) -> tuple[WorkQuarter, ...]:
        """What was worked, added up by quarters of an hour and person."""
        return self._read(figures.work_quarters, first=first, until=until)

    def case_facts(self, *, first: datetime, until: datetime) -> tuple[EventFact, ...]:
        """The events that are cases for a supervisor, or bear on one, oldest first."""
        return self._read(cases.case_facts, first=first, until=until)

    def picks_of_order(self, order: str, *, first: datetime, until: datetime) -> tuple[EventFact, ...]:
        """What was picked for this order, oldest first."""
        return self._read(cases.picks_of_order, order, first=first, until=until)

    def tray_facts(
        self, machine: str, tray: int, *, kinds: Collection[str], first: datetime, until: datetime
    ) -> tuple[EventFact, ...]:
        """The events of these kinds at one tray, oldest first."""
        return self._read(cases.tray_facts, machine, tray, kinds=kinds, first=first, until=until)

    def alarm_facts(self, *, first: datetime, until: datetime) -> tuple[tuple[EventFact, datetime | None, str], ...]:
        """What the machine and the lines said of themselves, with who did something first afterwards, and when."""
        return self._read(cases.alarm_facts, first=first, until=until)

    def held_at(self, machine: str, at: datetime) -> tuple[HeldAt, ...]:
        """What lay in a machine at a moment of the past, by the record up to there."""
        return self._read(stretch.held_at, machine=machine, at=at)

    def tray_past(self, ask: PastAsk) -> PastPage:
        """A tray at any moment of its past, with its events up to there."""
        return self._read(past_page.past_page, ask)

    def traced(self, what: str, key: str) -> Trace:
        """Where goods came from, where they lie, and who got them. `what` is lot, serial, receipt or order."""
        return self._read(trace.trace, what, key)

    def head(self) -> tuple[str, int, str]:
        """Epoch, seq and hash of the newest event."""
        return self._read(events.head)

    def station(self) -> str:
        """The station whose store this is; "" when it has no event yet."""
        return self._read(events.station)

    def verify(self, *, full: bool = True) -> ChainReport:
        """Prove the chain: all of it, or the newest events."""
        return self._read(verify_chain, full=full)

    def audit(self, *, known: Collection[KnownHead] = (), trusted: Collection[str] = ()) -> AuditReport:
        """The whole proof: chain, checkpoints, receipts, and the heads that are known from elsewhere."""
        return self._read(audit, known=known, trusted=trusted)

    def export(self, exporter: Exporter) -> AuditReport:
        """Give all events to the exporter, and say what they prove: both of one moment."""
        return self._read(export_events, exporter)

    def projection_digest(self) -> str:
        """SHA-256 over the now_* tables."""
        return self._read(fold.digest)

    def stock_matches_log(self) -> bool:
        """Whether now_stock is what the events add up to."""
        return self._read(fold.stock_matches_log)

    def was_clean(self) -> bool:
        """Whether the last run of the station ended with station_stopped (True for a store without any run)."""
        return self._read(_run_state) != "started"


def _run_state(connection: Connection) -> str | None:
    found: str | None = connection.exec_driver_sql("SELECT value FROM now_meta WHERE key = 'run'").scalar()
    return found
