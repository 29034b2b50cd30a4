"""What the station needs of the store, as protocols. `db.store.Store` implements them; tests use a fake in memory.

`Ledger` writes: every call is one durable transaction when its future is done. `Library` reads: blocking calls of a few
milliseconds, made on a reader thread, never on the event loop.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import Protocol

from db.records.record import Record
from station.values import (
    Approval,
    BayMemory,
    BoundTote,
    CountAsked,
    Credential,
    Elsewhere,
    EventFact,
    EventRow,
    FoundItem,
    Gap,
    Guarded,
    HeldCount,
    HeldLease,
    Item,
    ItemCounted,
    LayoutChange,
    Load,
    Lock,
    LotHold,
    MachineWear,
    Member,
    NetPick,
    Order,
    Outage,
    PastAsk,
    PastPage,
    Person,
    PieceWeight,
    Place,
    PlannedMove,
    PullLoop,
    PullOrder,
    PullSignal,
    Refusal,
    RightsReview,
    StationTries,
    Stock,
    SyncException,
    SyncStatus,
    Taken,
    Trace,
    Travel,
    Tray,
    TrayCounted,
    TrayUse,
    WorkQuarter,
    ZeroCheck,
)


class Ledger(Protocol):
    """The one way to write. Raises (through the future) db.errors.StoreError with a code; then nothing was written."""

    @property
    def is_read_only(self) -> bool:
        """Whether the disk was found full; bookings are refused with D401 until there is room again."""

    def append(
        self, records: Sequence[Record], *, operator: str = "", role: str = "", planned: Sequence[Order] = ()
    ) -> Future[tuple[EventRow, ...]]:
        """Append the records as events, in this order, in one transaction with the projections. The answer has no row for a
        record that says what the store holds already (`db.completion`). `planned` are the orders as the tasks of a start were
        made from; a start of one that asks something else by now is refused."""

    def store_failures(self, person: str, *, failures: int, not_before: datetime | None, is_locked: bool) -> Future[None]:
        """Store the failure counter and what follows from it. Called before a PIN is checked, never after."""

    def clear_failures(self, person: str) -> Future[None]:
        """The PIN was right: the counter is zero again."""

    def store_station_tries(self, tries: StationTries) -> Future[None]:
        """Store the wrong PINs at this station. Called before a PIN is checked, never after."""

    def unlock_person(
        self, person: str, *, verifier: str = "", pepper_id: str = "", operator: str = "", role: str = ""
    ) -> Future[None]:
        """Lift a lock-out; with a verifier it is the person's PIN from now on."""

    def choose_pin(self, person: str, verifier: str, pepper_id: str) -> Future[None]:
        """The PIN that the person has chosen himself."""


class Library(Protocol):
    """Questions of the station and its screens."""

    def item(self, code: str) -> Item | None: ...

    def items_named(self, codes: Iterable[str]) -> tuple[Item, ...]:
        """Those of the items with these codes that are known, in one question."""

    def items_by_scan(self, text: str) -> tuple[Item, ...]:
        """Items with this code or barcode (more than one is an ambiguity the station asks about)."""

    def search(self, text: str, most: int) -> tuple[FoundItem, ...]:
        """The items that this text may mean, with their stock, the nearest first."""

    def found_items(self, codes: Collection[str]) -> tuple[FoundItem, ...]:
        """These items with their stock, in this order."""

    def pictured(self, first: int, most: int) -> tuple[FoundItem, ...]:
        """Items that have a picture, by name, from the place `first` on."""

    def pictures(self) -> int:
        """How many items have a picture."""

    def taken(self) -> tuple[Taken, ...]:
        """What is out of its compartment on somebody's account, what is out longest first."""

    def net_picks(self, item: str, most: int) -> tuple[NetPick, ...]:
        """For which lines an item was taken lately and is still out, the newest first."""

    def tray(self, machine: str, number: int) -> Tray | None: ...

    def trays(self, machine: str) -> tuple[Tray, ...]: ...

    def tray_use(self, machine: str) -> tuple[TrayUse, ...]:
        """How full each tray of a machine is, by number."""

    def layout_changes(self, machine: str, number: int) -> tuple[LayoutChange, ...]:
        """The changes of a tray that were told here, the newest first."""

    def tray_numbers(self, machine: str) -> frozenset[int]: ...

    def stock_of_item(self, item: str) -> tuple[Stock, ...]:
        """All stock of an item in every status, oldest first."""

    def stock_of_items(self, codes: Iterable[str]) -> tuple[Stock, ...]:
        """All stock of these items in every status, oldest first."""

    def lots_with_expiry(self, item: str) -> frozenset[str]:
        """The lots of an item of which somebody has said the last good day."""

    def locks(self, machine: str) -> tuple[Lock, ...]:
        """What of a machine asks for a right, by tray."""

    def mis_scans(self, person: str) -> frozenset[tuple[str, str]]:
        """(expected, scanned) of a person's newest scans of a wrong item; what was scanned may be a barcode."""

    def picks_of(self, item: str) -> int:
        """How often an item was taken lately, up to a bound."""

    def stock_on_tray(self, machine: str, tray: int) -> tuple[Stock, ...]: ...

    def stock_at(self, place: Place) -> tuple[Stock, ...]: ...

    def stock(self) -> tuple[Stock, ...]:
        """All stock, of every item, for put proposals and the blocked check of the work list."""

    def zero_checks(self, machine: str) -> tuple[ZeroCheck, ...]:
        """The compartments of which nobody has said yet whether a pick left them empty."""

    def counts_due(self, machine: str) -> tuple[CountAsked, ...]:
        """What is to be counted because its tray was moved without the station."""

    def counts_held(self, machine: str) -> tuple[HeldCount, ...]:
        """The counts that wait for a different person, the oldest first."""

    def loads(self, machine: str | None = None) -> tuple[Load, ...]:
        """The loads in a machine, or in all: what is to be taken first before what may wait."""

    def load(self, code: str) -> Load | None:
        """The load with this code, None when it is in no machine."""

    def planned_moves(self, machine: str) -> tuple[PlannedMove, ...]:
        """Moves of goods that are planned and not done yet, in their order."""

    def outages(self, machine: str) -> tuple[Outage, ...]:
        """The machine's trays and bays that are out of service."""

    def wear(self, machine: str) -> MachineWear:
        """What the motions of the machine's trays add up to, and its last service and inspection."""

    def piece_weight(self, item: str, lot: str) -> PieceWeight | None:
        """What one piece of this lot weighs, as it was learnt last; None when it never was."""

    def leases(self) -> tuple[HeldLease, ...]:
        """The orders that the site database has given to this station, those that run out first before the others."""

    def is_elsewhere(self, order: str) -> bool:
        """Whether the site database has taken the order from this station."""

    def open_orders(self) -> tuple[Order, ...]:
        """Released, started and held orders with all their lines, by need-by time, then priority, then name."""

    def order(self, order: str) -> Order | None: ...

    def open_signals(self) -> tuple[PullSignal, ...]:
        """What is asked for and has not come, the oldest first."""

    def loops(self) -> tuple[PullLoop, ...]: ...

    def pull_orders(self) -> tuple[PullOrder, ...]:
        """The open pick orders that no signal of ours became."""

    def measures(self, codes: Collection[str]) -> tuple[Item, ...]:
        """These items as far as a quantity of them is said: name, unit and decimals."""

    def totes(self, order: str | None = None) -> tuple[BoundTote, ...]:
        """The totes that stand at their places now; of one order all that it was ever bound to."""

    def lot_holds(self, *, with_lifted: bool = False) -> tuple[LotHold, ...]:
        """What is blocked, by a person or a defect, here or at another station, and whenever more of it comes."""

    def gaps(self, sequence: str | None = None) -> tuple[Gap, ...]:
        """The positions of sequences that are empty still; of one sequence all that ever were."""

    def ranks(self, sequence: str) -> int:
        """The highest rank of a sequence."""

    def dead_lamps(self) -> frozenset[str]:
        """The put places whose lamps a person found dead."""

    def person(self, person: str) -> Person | None: ...

    def people(self) -> tuple[Person, ...]: ...

    def person_by_badge(self, badge_digest: str) -> Person | None: ...

    def credential(self, person: str) -> Credential | None: ...

    def station_tries(self) -> StationTries:
        """Wrong PINs at this station, whoever's."""

    def members(self) -> tuple[Member, ...]:
        """Everybody, with what an administrator may know of their sign-on."""

    def refusals(self, limit: int) -> tuple[Refusal, ...]:
        """The newest sign-ons and PINs that were refused, and lock-outs that were lifted."""

    def guarded(self) -> tuple[Guarded, ...]:
        """The rights that something asks for."""

    def rights_review(self) -> RightsReview:
        """The last review of who may what, and what has changed since."""

    def approvals(self) -> tuple[Approval, ...]:
        """What one person did where two are asked for, and nobody has answered."""

    def bay(self, machine: str, opening: str) -> BayMemory: ...

    def elsewhere(self, machine: str, opening: str) -> tuple[Elsewhere, ...]:
        """The trays of this machine that another bay than this one had last."""

    def tray_visits(self, machine: str) -> dict[int, int]:
        """The highest visit of every tray of this machine that was ever at a bay, as far as is known here."""

    def travels(self, machine: str, opening: str) -> tuple[Travel, ...]:
        """What the last motions of trays to and from this opening took, oldest first."""

    def visit_of(self, machine: str, tray: int) -> int:
        """The highest visit of this tray known here, 0 when never seen."""

    def events_of_tray(self, machine: str, tray: int, *, before_seq: int | None, limit: int) -> tuple[EventRow, ...]:
        """The tray's events, newest first."""

    def events(
        self,
        *,
        kinds: Collection[str] | None = None,
        order: str | None = None,
        item: str | None = None,
        of_order: str | None = None,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> tuple[EventRow, ...]:
        """Events of these kinds, of one order or item."""

    def case_facts(self, *, first: datetime, until: datetime) -> tuple[EventFact, ...]:
        """The events that are cases for a supervisor, or bear on one, oldest first."""

    def picks_of_order(self, order: str, *, first: datetime, until: datetime) -> tuple[EventFact, ...]: ...

    def tray_facts(
        self, machine: str, tray: int, *, kinds: Collection[str], first: datetime, until: datetime
    ) -> tuple[EventFact, ...]: ...

    def alarm_facts(self, *, first: datetime, until: datetime) -> tuple[tuple[EventFact, datetime | None, str], ...]:
        """What the machine and the lines said of themselves, with when somebody first did something afterwards, and who."""

    def facts(self, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]: ...

    def kind_facts(self, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]:
        """The same, of kinds that are rare among very many events."""

    def items_counted(self, *, machine: str, since: Sequence[datetime]) -> tuple[ItemCounted, ...]: ...

    def counts_off(self, *, first: datetime, until: datetime) -> tuple[EventFact, ...]: ...

    def trays_counted(self, *, first: datetime, until: datetime) -> tuple[TrayCounted, ...]: ...

    def work_quarters(self, *, first: datetime, until: datetime) -> tuple[WorkQuarter, ...]: ...

    def station(self) -> str: ...

    def site_refusals(self) -> tuple[SyncException, ...]: ...

    def event_count(self) -> int: ...

    def tray_past(self, ask: PastAsk) -> PastPage:
        """A tray at any moment of its past, with its events up to there."""

    def traced(self, what: str, key: str) -> Trace:
        """Where goods came from, where they lie, and who got them. `what` is lot, serial, receipt or order."""


class SyncPort(Protocol):
    """Replication with the site database, in threads of its own. None of it holds up the bay."""

    @property
    def status(self) -> SyncStatus:
        """How it does now; of any thread."""

    def start(self, told: Callable[[SyncStatus], None], changed: Callable[[], None]) -> None:
        """Begin. `told` gets every new status, `changed` is called when the site's data came down; both on another thread."""

    def wake(self) -> None:
        """Try now, whatever pause is under way. Returns at once."""

    def take_over(self, order: str, why: str) -> str:
        """Ask the site for this order, whoever has it, and wait for it to come down. "" when it is this station's now; else
        the code of why not: island (nobody to ask), order_ended. Blocks, for some seconds at most; for a reader thread."""

    def supplied(self, supplier: str) -> tuple[tuple[str, str], ...] | None:
        """What all stations of the site have received from this supplier, as item and lot; None where the site cannot be asked.
        Blocks, for some seconds at most; for a reader thread."""

    def stop(self) -> None:
        """End the threads. Blocks, for some seconds where the line is stuck; what was under way happens again after a start."""
