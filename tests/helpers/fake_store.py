"""A store in memory for tests of the rules: the same records, folded at once, nothing durable.

`Ledger` and `Library` of `station.ports`, as far as the rules ask; a test fills the dictionaries and may hold bookings back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from db.completion import completed
from db.errors import CEILING_REACHED, ORDER_ENDED, SERIAL_TAKEN, UNDO_REFUSED, StoreError
from db.projections.signal import ENDED as STEP_ENDED
from db.projections.signal import STATES as STEP_STATES
from db.records.approvals import PENDING
from db.records.blocks import BlockLifted, StockBlocked
from db.records.files import Imported
from db.records.layout import TrayChanged
from db.records.loads import LoadPut
from db.records.orders import OrderStarted
from db.records.places import PlaceReached
from db.records.pull import SignalMoved, SignalRaised
from db.records.receipts import LotHeld, LotReleased
from db.records.record import Record
from db.records.stock import Moved, Picked, Put
from db.records.undo import BookingUndone
from station.receiving import is_receiving
from station.rules.handling import weight_g
from station.values import (
    PULL_AT_WORK,
    Approval,
    BayMemory,
    BoundTote,
    CountAsked,
    CountSaid,
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
    LineState,
    Load,
    Lock,
    LotHold,
    MachineWear,
    Member,
    NetPick,
    Order,
    OrderKind,
    OrderLine,
    OrderState,
    Outage,
    PastAsk,
    PastEvent,
    PastPage,
    Person,
    PieceWeight,
    Place,
    PlannedMove,
    Pulled,
    PullLoop,
    PullOrder,
    PullPosition,
    PullSignal,
    Refusal,
    RightsReview,
    ServiceBooked,
    StationTries,
    Stock,
    StockKey,
    StockStatus,
    SyncException,
    Taken,
    Trace,
    Travel,
    Tray,
    TrayCounted,
    TrayPast,
    TrayUse,
    WorkQuarter,
    ZeroCheck,
)

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
DISK_FULL = "D401"


@dataclass
class FakeStore:
    """`is_held` keeps bookings waiting until `let_go`; `refuses` is the code they fail with while it is not empty."""

    items: dict[str, Item] = field(default_factory=dict)
    trays_by_number: dict[int, Tray] = field(default_factory=dict)
    layouts: list[LayoutChange] = field(default_factory=list)  # the newest first
    other_trays: dict[tuple[str, int], Tray] = field(default_factory=dict)  # of what is no machine: a receiving place
    held: dict[tuple[Place, StockKey], int] = field(default_factory=dict)
    lots: dict[tuple[str, str], tuple[date | None, datetime | None]] = field(default_factory=dict)
    checks: dict[Place, StockKey] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    badges: dict[str, str] = field(default_factory=dict)
    credentials: dict[str, Credential] = field(default_factory=dict)
    tries: StationTries = field(default_factory=StationTries)
    unlocked: list[tuple[str, str, str]] = field(default_factory=list)
    memory: BayMemory | None = None
    visits: dict[int, int] = field(default_factory=dict)
    loads_by_code: dict[str, Load] = field(default_factory=dict)
    due: dict[tuple[Place, StockKey], CountAsked] = field(default_factory=dict)
    waiting_counts: dict[tuple[Place, StockKey], HeldCount] = field(default_factory=dict)
    out: dict[int | str, Outage] = field(default_factory=dict)
    others: dict[int, Elsewhere] = field(default_factory=dict)
    worn: MachineWear | None = None
    leased: tuple[HeldLease, ...] = ()
    moves: list[PlannedMove] = field(default_factory=list)
    taken_away: set[str] = field(default_factory=set)  # orders that the site gave to another station
    bound: dict[tuple[str, str], BoundTote] = field(default_factory=dict)
    gaps_by_line: dict[tuple[str, str], Gap] = field(default_factory=dict)
    dead: set[str] = field(default_factory=set)
    accounts: dict[tuple[str, str, str, StockKey], Taken] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)  # ids of bookings
    signals: dict[str, PullSignal] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)  # the open order by which the site was asked for a card
    pull_loops: dict[str, PullLoop] = field(default_factory=dict)
    pull_positions: dict[str, PullPosition] = field(default_factory=dict)
    log: list[EventRow] = field(default_factory=list)
    written: list[Record] = field(default_factory=list)
    refuses: str = ""
    is_held: bool = False
    waiting: list[tuple[Future[tuple[EventRow, ...]], tuple[Record, ...], str, Sequence[Order]]] = field(default_factory=list)

    # --- Ledger

    @property
    def is_read_only(self) -> bool:
        return self.refuses == DISK_FULL

    def append(
        self, records: Sequence[Record], *, operator: str = "", role: str = "", planned: Sequence[Order] = ()
    ) -> Future[tuple[EventRow, ...]]:
        done: Future[tuple[EventRow, ...]] = Future()
        self.waiting.append((done, tuple(records), operator, planned))
        if not self.is_held:
            self.let_go()
        return done

    def let_go(self) -> None:
        """Write what waits, in order, or refuse it."""
        waiting, self.waiting = self.waiting, []
        for done, records, operator, planned in waiting:
            refused = self.refuses or self.refusal(records, planned)
            if refused:
                done.set_exception(StoreError(refused, "refused by the test", about=self.serial_in_stock(records)))
            else:
                done.set_result(self.write(records, operator=operator))

    def refusal(self, records: Sequence[Record], planned: Sequence[Order] = ()) -> str:
        """The code with which the writer refuses these now: an ended or changed order is not started, a serial is one piece."""
        undone = next((each for each in records if isinstance(each, BookingUndone)), None)
        if undone is not None:
            return UNDO_REFUSED if undone.booking in self.undone else ""
        started = [self.orders[each.order].state for each in records if isinstance(each, OrderStarted)]
        if {OrderState.CANCELLED, OrderState.CLOSED, OrderState.HELD} & set(started):
            return ORDER_ENDED
        if started and any(self.orders[each.order].work != each.work for each in planned):
            return ORDER_ENDED
        if self._is_over_ceiling(records):
            return CEILING_REACHED
        return SERIAL_TAKEN if self.serial_in_stock(records) else ""

    def _is_over_ceiling(self, records: Sequence[Record]) -> bool:
        puts = [each for each in records if isinstance(each, LoadPut) and each.ceiling is not None and not each.over_ceiling]
        return any(sum(load.consumer == put.consumer for load in self.loads(put.machine)) >= put.ceiling for put in puts)

    def serial_in_stock(self, records: Sequence[Record]) -> str:
        """The first serial of these puts that lies somewhere already, "" when none does."""
        lying = {(key.item, key.serial) for (_, key), quantity in self.held.items() if key.serial and quantity > 0}
        lying -= {(each.item, each.serial) for each in records if isinstance(each, Picked)}
        return next((each.serial for each in records if isinstance(each, Put) and (each.item, each.serial) in lying), "")

    def append_decided(
        self,
        order: str,
        decide: Callable[[Order | None], Sequence[Record] | str],
        *,
        operator: str = "",
        role: str = "",
    ) -> Future[tuple[EventRow, ...] | str]:
        done: Future[tuple[EventRow, ...] | str] = Future()
        decided = decide(self.orders.get(order))
        done.set_result(decided if isinstance(decided, str) else self.write(decided, operator=operator))
        return done

    def append_changing(
        self, order: str, decide: Callable[..., Any], *, operator: str = "", role: str = ""
    ) -> Future[tuple[EventRow, ...] | str]:
        done: Future[tuple[EventRow, ...] | str] = Future()
        decided = decide(self.orders.get(order))
        if isinstance(decided, str):
            done.set_result(decided)
            return done
        rows = self.write(decided[0], operator=operator)
        if known := self.orders.get(order):
            lines = tuple(replace(each, quantity=decided[1].get(each.line, each.quantity)) for each in known.lines)
            self.orders[order] = replace(known, lines=lines)
        done.set_result(rows)
        return done

    def append_releasing(
        self, order: str, decide: Callable[..., Any], *, operator: str = "", role: str = ""
    ) -> Future[tuple[EventRow, ...] | str]:
        done: Future[tuple[EventRow, ...] | str] = Future()
        if self.refuses:
            done.set_exception(StoreError(self.refuses, "refused by the test"))
            return done
        decided = decide(self.orders.get(order), self.orders.__contains__)
        if isinstance(decided, str):
            done.set_result(decided)
            return done
        rows = self.write(decided[0], operator=operator)
        self.orders |= {each.order: each for each in decided[1]}
        done.set_result(rows)
        return done

    # --- pull: the signals and loops that a test puts in; what comes of its records a test of the real store shows

    def open_signals(self) -> tuple[PullSignal, ...]:
        return tuple(each for each in self.signals.values() if each.is_open)

    def waiting_signals(self) -> tuple[PullSignal, ...]:
        return tuple(each for each in self.open_signals() if each.state == "signalled" and not each.supplier)

    def order_of_card(self, card: str) -> str:
        return self.called.get(card, "")

    def at_work(self, consumer: str) -> int:
        return sum(each.consumer == consumer and each.state in PULL_AT_WORK for each in self.open_signals())

    def pull_orders(self) -> tuple[PullOrder, ...]:
        mine = {each.order for each in self.signals.values()}
        picks = [each for each in self.open_orders() if each.kind is OrderKind.PICK and each.order not in mine]
        return tuple(_pull_order(each) for each in picks if _open_lines(each))

    def measures(self, codes: Collection[str]) -> tuple[Item, ...]:
        return tuple(each for code, each in self.items.items() if code in codes)

    def append_pull(self, decide: Callable[[Any], Pulled], *, operator: str = "", role: str = "") -> Future[Pulled]:
        done: Future[Pulled] = Future()
        if self.refuses:
            done.set_exception(StoreError(self.refuses, "refused by the test"))
            return done
        decided = decide(self)
        self.orders |= {each.order: each for each in decided.orders}
        self.write(decided.records, operator=operator)
        self._fold_pull(decided)
        done.set_result(decided)
        return done

    def _fold_pull(self, decided: Pulled) -> None:
        for record in decided.records:
            if isinstance(record, SignalRaised):
                need_by = datetime.fromisoformat(record.need_by) if record.need_by else None
                names = ("item", "quantity", "consumer", "origin", "loop", "card", "supplier", "rest_of")
                told = {name: getattr(record, name) for name in names}
                made = PullSignal(signal=record.signal, raised_at=NOON, need_by=need_by, **told)
                self.signals[record.signal] = replace(made, steps=(("signalled", NOON),))
            elif isinstance(record, SignalMoved):
                before, state = self.signals[record.signal], STEP_STATES[record.step]
                moved = replace(before, state=state, order=record.order or before.order, is_open=state not in STEP_ENDED)
                self.signals[record.signal] = replace(moved, steps=(*before.steps, (state, NOON)))

    def loops(self) -> tuple[PullLoop, ...]:
        return tuple(self.pull_loops.values())

    def loop(self, name: str) -> PullLoop | None:
        return self.pull_loops.get(name)

    def signal(self, name: str) -> PullSignal | None:
        return self.signals.get(name)

    def signal_of_card(self, card: str) -> PullSignal | None:
        mine = [each for each in self.signals.values() if each.card == card]
        return next((each for each in mine if each.is_open), mine[-1] if mine else None)

    def raised_by(self, name: str) -> int:
        return sum(each.card == name or (each.loop == name and not each.card) for each in self.signals.values())

    def with_rest(self) -> tuple[PullSignal, ...]:
        return tuple(each for each in self.signals.values() if each.rest)

    def positions(self, items: Collection[str]) -> dict[str, PullPosition]:
        return {each: self.pull_positions.get(each, PullPosition()) for each in items}

    def is_order(self, name: str) -> bool:
        return name in self.orders

    def is_taken(self, name: str) -> bool:
        return name in self.signals or name in self.orders

    def is_elsewhere(self, order: str) -> bool:
        return order in self.taken_away

    def import_orders(self, orders: Sequence[Order], imported: Imported, *, operator: str = "") -> Future[tuple[str, ...]]:
        done: Future[tuple[str, ...]] = Future()
        self.orders |= {each.order: each for each in orders}
        self.write((imported,), operator=operator)
        done.set_result(())
        return done

    def import_trays(
        self, trays: Sequence[Tray], imported: Imported, *, operator: str = "", since: object = None
    ) -> Future[tuple[str, ...]]:
        done: Future[tuple[str, ...]] = Future()
        self.other_trays |= {(each.machine, each.number): each for each in trays}
        self.write((imported,), operator=operator)
        done.set_result(())
        return done

    def change_layout(
        self,
        before: Tray,
        after: Tray,
        *,
        why: str,
        undoes: str = "",
        records: Sequence[Record] = (),
        labels: Sequence[str] = (),
        emptied: Sequence[str] = (),
        operator: str = "",
        role: str = "",
    ) -> Future[str]:
        done: Future[str] = Future()
        lying = {each.place.compartment for each in self.stock_on_tray(before.machine, before.number) if each.quantity}
        loads = {each.place.compartment for each in self.loads_by_code.values() if each.place.tray == before.number}
        gone = {each.label for each in before.compartments} - {each.label for each in after.compartments}
        if self.refuses:
            done.set_exception(StoreError(self.refuses, "refused by the test"))
        elif self.trays_by_number.get(before.number) != before:
            done.set_result("changed")
        elif lying & (gone | set(emptied)) or loads & set(labels):
            done.set_result("occupied")
        else:
            self.trays_by_number[after.number] = after
            told = TrayChanged(machine=after.machine, tray=after.number, why=why, before="-", after="-", undoes=undoes)
            self.write((told, *records), operator=operator)
            self.layouts.insert(0, self._change(before, after, why, undoes, operator))
            done.set_result("")
        return done

    def _change(self, before: Tray, after: Tray, why: str, undoes: str, operator: str) -> LayoutChange:
        n = len(self.layouts) + 1
        return LayoutChange(
            event=f"e-{n}", n=n, at="", since="", why=why, person=operator, before=before, after=after, undoes=undoes
        )

    def divide(
        self, before: Tray, after: Tray, records: Sequence[Record], *, label: str, operator: str = "", role: str = ""
    ) -> Future[str]:
        done: Future[str] = Future()
        place = Place(before.machine, before.number, label)
        if self.refuses:
            done.set_exception(StoreError(self.refuses, "refused by the test"))
        elif self.trays_by_number.get(before.number) != before:
            done.set_result("changed")
        elif any(each.place == place for each in self.loads_by_code.values()):
            done.set_result("occupied")
        else:
            self.trays_by_number[after.number] = after
            self.write(records, operator=operator)
            done.set_result("")
        return done

    def write(self, records: Sequence[Record], *, operator: str = "") -> tuple[EventRow, ...]:
        """One transaction: every record is in the log and in what is read, or none is."""
        return tuple(row for row in [self._write(record, operator) for record in records] if row is not None)

    def _write(self, said: Record, operator: str) -> EventRow | None:
        record = completed(said, self._book_of)
        if record is None:
            return None
        self._fold(record)
        row = self._row(record, operator, len(self.log) + 1)
        self.log.append(row)
        self.written.append(record)
        return row

    def _book_of(self, moved: Moved) -> int:
        data = asdict(moved)
        return self.held.get((_place_of(data), _key_of(data)), 0)

    def store_failures(self, person: str, *, failures: int, not_before: datetime | None, is_locked: bool) -> Future[None]:
        done: Future[None] = Future()
        if self.refuses:
            done.set_exception(StoreError(self.refuses, "refused by the test"))
            return done
        counted = {"failures": failures, "not_before": not_before, "is_locked": is_locked}
        self.credentials[person] = replace(self.credentials[person], **counted)
        done.set_result(None)
        return done

    def store_station_tries(self, tries: StationTries) -> Future[None]:
        done: Future[None] = Future()
        if self.refuses:
            done.set_exception(StoreError(self.refuses, "refused by the test"))
            return done
        self.tries = tries
        done.set_result(None)
        return done

    def unlock_person(
        self, person: str, *, verifier: str = "", pepper_id: str = "", operator: str = "", role: str = ""
    ) -> Future[None]:
        if verifier:
            self.credentials[person] = replace(self.credentials[person], verifier=verifier, pepper_id=pepper_id)
        self.unlocked.append((person, operator, role))
        return self.store_failures(person, failures=0, not_before=None, is_locked=False)

    def station_tries(self) -> StationTries:
        return self.tries

    def choose_pin(self, person: str, verifier: str, pepper_id: str) -> Future[None]:
        self.credentials[person] = replace(self.credentials[person], verifier=verifier, pepper_id=pepper_id)
        done: Future[None] = Future()
        done.set_result(None)
        return done

    def members(self) -> tuple[Member, ...]:
        told = {"has_badge": True, "pin": "set", "pin_until": None, "is_locked": False}
        return tuple(Member(person=each, **told, failures=0, heard_at=None, offline_days=0) for each in self.people())

    def refusals(self, limit: int) -> tuple[Refusal, ...]:
        return ()

    def guarded(self) -> tuple[Guarded, ...]:
        rights = sorted({each.access for each in self.items.values()} - {""})
        return tuple(Guarded(right=each, items=1) for each in rights)

    def rights_review(self) -> RightsReview:
        return RightsReview()

    def approvals(self) -> tuple[Approval, ...]:
        """From the log alone, as the store's projection has them."""
        found: dict[tuple[str, int], Approval] = {}
        for row in self.log:
            data = json.loads(row.body)["data"]
            if row.kind in ("approval_given", "approval_refused"):
                found.pop((data["epoch"], data["seq"]), None)
            elif row.kind == "emergency_released" or data.get("second") == PENDING:
                why = "emergency" if row.kind == "emergency_released" else "pending"
                names = ("machine", "tray", "compartment", "item", "lot", "serial", "quantity", "order", "line", "reason")
                about = {name: data[name] for name in names}
                found[row.epoch, row.seq] = Approval(
                    epoch=row.epoch, seq=row.seq, why=why, kind=row.kind, person=row.operator, since=row.at, **about
                )
        return tuple(found.values())

    def clear_failures(self, person: str) -> Future[None]:
        return self.store_failures(person, failures=0, not_before=None, is_locked=False)

    # --- Library

    def item(self, code: str) -> Item | None:
        return self.items.get(code)

    def items_named(self, codes: Iterable[str]) -> tuple[Item, ...]:
        return tuple(self.items[code] for code in sorted(set(codes)) if code in self.items)

    def stock_of_items(self, codes: Iterable[str]) -> tuple[Stock, ...]:
        wanted = set(codes)
        return tuple(each for each in self.stock() if each.key.item in wanted)

    def lots_with_expiry(self, item: str) -> frozenset[str]:
        return frozenset(lot for (of, lot), (expiry, _) in self.lots.items() if of == item and expiry)

    def locks(self, machine: str) -> tuple[Lock, ...]:
        found = {Lock(each.number, each.access, "tray") for each in self.trays(machine) if each.access}
        for tray in self.trays(machine):
            found |= {Lock(tray.number, each.access, "compartment") for each in tray.compartments if each.access}
        for (place, key), quantity in self.held.items():
            is_here = self._is_other(place.machine) == self._is_other(machine)
            if is_here and quantity > 0 and key.item in self.items and self.items[key.item].access:
                found.add(Lock(place.tray, self.items[key.item].access, "item"))
        return tuple(sorted(found, key=lambda each: (each.tray, each.right, each.what)))

    def mis_scans(self, person: str) -> frozenset[tuple[str, str]]:
        wrong = [json.loads(row.body)["data"] for row in self.log if (row.kind, row.operator) == ("scan_refused", person)]
        return frozenset((each["expected"], each["scanned"]) for each in wrong if each["what"] == "item")

    def picks_of(self, item: str) -> int:
        return sum(row.kind == "picked" and json.loads(row.body)["data"]["item"] == item for row in self.log)

    def items_by_scan(self, text: str) -> tuple[Item, ...]:
        return tuple(each for each in self.items.values() if text == each.code or text in each.barcodes)

    def search(self, text: str, most: int) -> tuple[FoundItem, ...]:
        said = text.casefold()
        found = [each.code for each in self.items.values() if said in f"{each.code} {each.name} {each.barcodes}".casefold()]
        return self.found_items(sorted(found)[:most])

    def found_items(self, codes: Collection[str]) -> tuple[FoundItem, ...]:
        counts = {line.item for each in self.open_orders() if each.kind is OrderKind.COUNT for line in each.lines}
        return tuple(
            FoundItem(item=self.items[code], stock=self.stock_of_item(code), is_counted=code in counts)
            for code in codes
            if code in self.items
        )

    def pictured(self, first: int, most: int) -> tuple[FoundItem, ...]:
        codes = [each.code for each in sorted(self.items.values(), key=lambda each: each.name) if each.picture]
        return self.found_items(codes[first : first + most])

    def pictures(self) -> int:
        return sum(bool(each.picture) for each in self.items.values())

    def taken(self) -> tuple[Taken, ...]:
        return tuple(self.accounts.values())

    def net_picks(self, item: str, most: int) -> tuple[NetPick, ...]:
        out: dict[tuple[str, str, StockKey], int] = {}
        gone = {id for each in self.written for id in getattr(each, "undoes", ())}
        for row, record in zip(self.log, self.written, strict=True):
            if row.id in gone:
                continue
            if isinstance(record, Picked) and record.order and record.item == item:
                key = record.order, record.line, replace(_key_of(asdict(record)), status=StockStatus.FREE)
                out[key] = out.get(key, 0) + record.quantity
            if isinstance(record, Put) and getattr(record, "of_order", "") and record.item == item:
                data = asdict(record)
                key = data["of_order"], data["of_line"], replace(_key_of(data), status=StockStatus.FREE)
                out[key] = out.get(key, 0) - record.quantity
        found = (NetPick(order=key[0], line=key[1], key=key[2], quantity=left, at=NOON) for key, left in out.items())
        return tuple(each for each in found if each.quantity > 0)[:most]

    def tray(self, machine: str, number: int) -> Tray | None:
        return self.other_trays.get((machine, number)) if self._is_other(machine) else self.trays_by_number.get(number)

    def trays(self, machine: str) -> tuple[Tray, ...]:
        if self._is_other(machine):
            return tuple(each for (of, _), each in self.other_trays.items() if of == machine)
        return tuple(self.trays_by_number.values())

    def tray_use(self, machine: str) -> tuple[TrayUse, ...]:
        return tuple(self._use(each) for each in sorted(self.trays(machine), key=lambda each: each.number))

    def _use(self, tray: Tray) -> TrayUse:
        lying = [each for each in self.stock_on_tray(tray.machine, tray.number) if each.quantity]
        grams = sum(weight_g(self.items[each.key.item], each.quantity) for each in lying if each.key.item in self.items)
        used = len({each.place.compartment for each in lying})
        size = (tray.width_mm, tray.depth_mm, tray.pitch_mm, tray.max_weight_g)
        return TrayUse(tray.number, tray.name, *size, len(tray.compartments), used, grams)

    def layout_changes(self, machine: str, number: int) -> tuple[LayoutChange, ...]:
        return tuple(each for each in self.layouts if each.after is not None and each.after.number == number)

    def tray_numbers(self, machine: str) -> frozenset[int]:
        return frozenset(each.number for each in self.trays(machine))

    def _is_other(self, machine: str) -> bool:
        """Whether it is no machine: a receiving place, or a zone."""
        return is_receiving(machine) or any(of == machine for of, _ in self.other_trays)

    def stock(self) -> tuple[Stock, ...]:
        return tuple(self._stock(place, key, quantity) for (place, key), quantity in self.held.items())

    def _stock(self, place: Place, key: StockKey, quantity: int) -> Stock:
        expiry, received_at = self.lots.get((key.item, key.lot), (None, None))
        return Stock(place=place, key=key, quantity=quantity, expiry=expiry, received_at=received_at)

    def stock_of_item(self, item: str) -> tuple[Stock, ...]:
        return tuple(each for each in self.stock() if each.key.item == item)

    def case_facts(self, *, first: datetime, until: datetime) -> tuple[EventFact, ...]:
        return tuple(_fact(row) for row in self.log)

    def picks_of_order(self, order: str, *, first: datetime, until: datetime) -> tuple[EventFact, ...]:
        return tuple(fact for fact in map(_fact, self.log) if fact.kind == "picked" and fact.data["order"] == order)

    def tray_facts(
        self, machine: str, tray: int, *, kinds: Collection[str], first: datetime, until: datetime
    ) -> tuple[EventFact, ...]:
        mine = (fact for fact in map(_fact, self.log) if fact.data.get("tray") == tray)
        return tuple(fact for fact in mine if fact.kind in kinds)

    def facts(self, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]:
        return tuple(fact for fact in map(_fact, self.log) if fact.kind in kinds)

    def station(self) -> str:
        return "S1"

    def kind_facts(self, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]:
        return self.facts(kinds=kinds, first=first, until=until)

    def items_counted(self, *, machine: str, since: Sequence[datetime]) -> tuple[ItemCounted, ...]:
        lying = [each for each in self.stock() if each.place.machine == machine]
        codes = sorted({each.key.item for each in lying})
        of = {code: sum(each.key.item == code for each in lying) for code in codes}
        return tuple(ItemCounted(item=code, places=of[code], value=0, due=(of[code],) * len(since)) for code in codes)

    def counts_off(self, *, first: datetime, until: datetime) -> tuple[EventFact, ...]:
        counts = self.facts(kinds=("counted",), first=first, until=until)
        return tuple(each for each in counts if each.data["counted"] != each.data["book"])

    def trays_counted(self, *, first: datetime, until: datetime) -> tuple[TrayCounted, ...]:
        found = sorted({(each.place.machine, each.place.tray) for each in self.stock()})
        return tuple(TrayCounted(machine=machine, tray=tray, places=1, missing=1) for machine, tray in found)

    def work_quarters(self, *, first: datetime, until: datetime) -> tuple[WorkQuarter, ...]:
        closed = [fact for fact in map(_fact, self.log) if fact.kind == "line_closed"]
        return tuple(WorkQuarter(at=each.at, operator=each.operator, closed=1, lines=1) for each in closed)

    def alarm_facts(self, *, first: datetime, until: datetime) -> tuple[tuple[EventFact, datetime | None, str], ...]:
        return tuple((fact, None, "") for fact in map(_fact, self.log) if fact.kind in ("link", "safety"))

    def site_refusals(self) -> tuple[SyncException, ...]:
        return ()

    def event_count(self) -> int:
        return len(self.log)

    def stock_on_tray(self, machine: str, tray: int) -> tuple[Stock, ...]:
        return tuple(each for each in self.stock() if (each.place.machine, each.place.tray) == (machine, tray))

    def stock_at(self, place: Place) -> tuple[Stock, ...]:
        return tuple(each for each in self.stock() if each.place == place)

    def zero_checks(self, machine: str) -> tuple[ZeroCheck, ...]:
        return tuple(ZeroCheck(place=place, key=key) for place, key in self.checks.items() if place.machine == machine)

    def machines(self) -> tuple[str, ...]:
        zones = (machine for machine, _ in self.other_trays if not is_receiving(machine))
        return tuple(dict.fromkeys((*(each.machine for each in self.trays_by_number.values()), *zones)))

    def counts_due(self, machine: str) -> tuple[CountAsked, ...]:
        return tuple(each for each in self.due.values() if each.place.machine == machine)

    def counts_held(self, machine: str) -> tuple[HeldCount, ...]:
        return tuple(each for each in self.waiting_counts.values() if each.place.machine == machine)

    def loads(self, machine: str | None = None) -> tuple[Load, ...]:
        return tuple(each for each in self.loads_by_code.values() if machine in (None, each.place.machine))

    def load(self, code: str) -> Load | None:
        return self.loads_by_code.get(code)

    def elsewhere(self, machine: str, opening: str) -> tuple[Elsewhere, ...]:
        return tuple(each for each in self.others.values() if each.opening != opening)

    def tray_visits(self, machine: str) -> dict[int, int]:
        return dict(self.visits)

    def travels(self, machine: str, opening: str) -> tuple[Travel, ...]:
        return ()

    def planned_moves(self, machine: str) -> tuple[PlannedMove, ...]:
        return tuple(each for each in self.moves if each.from_place.machine == machine)

    def outages(self, machine: str) -> tuple[Outage, ...]:
        return tuple(each for each in self.out.values() if each.machine == machine)

    def leases(self) -> tuple[HeldLease, ...]:
        return self.leased

    def wear(self, machine: str) -> MachineWear:
        return self.worn or MachineWear(machine=machine)

    def piece_weight(self, item: str, lot: str) -> PieceWeight | None:
        learnt = [json.loads(row.body)["data"] for row in self.log if row.kind == "piece_weight_learnt"]
        mine = [each for each in learnt if (each["item"], each["lot"]) == (item, lot)]
        names = ("item", "lot", "piece_ug", "uncertainty_ug", "sample")
        return PieceWeight(**{name: mine[-1][name] for name in names}, at=NOON) if mine else None

    def open_orders(self) -> tuple[Order, ...]:
        return tuple(
            each for each in self.orders.values() if each.state in (OrderState.RELEASED, OrderState.STARTED, OrderState.HELD)
        )

    def order(self, order: str) -> Order | None:
        return self.orders.get(order)

    def people(self) -> tuple[Person, ...]:
        return tuple(sorted(self.persons.values(), key=lambda each: each.name))

    def person(self, person: str) -> Person | None:
        return self.persons.get(person)

    def person_by_badge(self, badge_digest: str) -> Person | None:
        return self.persons.get(self.badges.get(badge_digest, ""))

    def credential(self, person: str) -> Credential | None:
        return self.credentials.get(person)

    def bay(self, machine: str, opening: str) -> BayMemory:
        empty = BayMemory(
            machine=machine, opening=opening, is_known=True, tray=None, visit=0, open_motion=None, last_command_id=0
        )
        return self.memory or empty

    def visit_of(self, machine: str, tray: int) -> int:
        if self._is_other(machine):
            reached = (each for each in self.written if isinstance(each, PlaceReached))
            return max((each.visit for each in reached if (each.machine, each.tray) == (machine, tray)), default=0)
        return self.visits.get(tray, 0)

    def tray_past(self, ask: PastAsk) -> PastPage:
        """The tray with its events up to the one that is meant, in the order they came here; no contents."""
        rows = self.events_of_tray(ask.machine, ask.tray, before_seq=None, limit=1000)[::-1]
        end = rows[-1].seq if rows else 0
        n = ask.n if ask.n is not None else end if ask.index is None else rows[ask.index - 1].seq if ask.index else 0
        if ask.step:
            after = [row.seq for row in rows if (row.seq > n if ask.step > 0 else row.seq < n)]
            n, is_end = (after[0 if ask.step > 0 else -1], False) if after else (n, True)
        else:
            is_end = False
        events = tuple(PastEvent(row.seq, row) for row in reversed(rows) if row.seq <= n)
        past = TrayPast(
            machine=ask.machine,
            number=ask.tray,
            n=n,
            at=NOON,
            index=len(events),
            total=len(rows),
            tray=self.tray(ask.machine, ask.tray),
            stock=(),
            event=events[0] if events else None,
            changed=(),
        )
        names = {each.person: each.name for each in self.people()}
        return PastPage(past=past, events=events, has_older=False, custody=(), stops=(), items={}, names=names, is_end=is_end)

    def traced(self, what: str, key: str) -> Trace:
        return Trace(what=what, key=key)

    def events_of_tray(self, machine: str, tray: int, *, before_seq: int | None, limit: int) -> tuple[EventRow, ...]:
        mine = [row for row in reversed(self.log) if json.loads(row.body)["data"].get("tray") == tray]
        return tuple(row for row in mine if before_seq is None or row.seq < before_seq)[:limit]

    def events(
        self,
        *,
        kinds: Collection[str] | None = None,
        order: str | None = None,
        machine: str | None = None,
        tray: int | None = None,
        item: str | None = None,
        of_order: str | None = None,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> tuple[EventRow, ...]:
        rows = [row for row in self.log if kinds is None or row.kind in kinds]
        for name, value in (("order", order), ("machine", machine), ("tray", tray), ("item", item), ("of_order", of_order)):
            rows = [row for row in rows if value is None or json.loads(row.body)["data"].get(name) == value]
        return tuple(rows[::-1] if newest_first else rows)[:limit]

    def totes(self, order: str | None = None) -> tuple[BoundTote, ...]:
        return tuple(each for each in self.bound.values() if (each.is_open if order is None else each.order == order))

    def lot_holds(self, *, with_lifted: bool = False) -> tuple[LotHold, ...]:
        found: dict[tuple[str, str, str], LotHold] = {}
        for each in self.written:
            if isinstance(each, LotHeld) and each.lot:
                known = LotHold(item=each.item, lot=each.lot, owner=each.owner, reason=each.reason, since=NOON)
                found[each.item, each.lot, each.owner] = known
            elif isinstance(each, StockBlocked):
                told = {"reason": each.reason, "supplier": each.supplier, "block": "e-1"}
                block = LotHold(item=each.item, lot=each.lot, owner=each.owner, since=NOON, **told)
                found[each.item, each.lot, each.owner] = block
            elif isinstance(each, LotReleased | BlockLifted):
                found.pop((each.item, each.lot, each.owner), None)
        return tuple(found[key] for key in sorted(found))

    def gaps(self, sequence: str | None = None) -> tuple[Gap, ...]:
        found = sorted(self.gaps_by_line.values(), key=lambda each: each.rank)
        return tuple(each for each in found if (each.filled_at is None if sequence is None else each.sequence == sequence))

    def orders_of_sequence(self, sequence: str) -> tuple[str, ...]:
        return tuple(sorted(each.order for each in self.orders.values() if each.sequence == sequence))

    def ranks(self, sequence: str) -> int:
        mine = [order for order in self.orders.values() if order.sequence == sequence]
        return max((line.rank for order in mine for line in order.lines), default=0)

    def dead_lamps(self) -> frozenset[str]:
        return frozenset(self.dead)

    # --- the fold

    def _row(self, record: Record, operator: str, seq: int) -> EventRow:
        body = json.dumps({"data": asdict(record)})
        return EventRow(
            id=f"e{seq}",
            station="S1",
            epoch="1",
            seq=seq,
            kind=record.kind,
            at=NOON,
            operator=operator,
            body=body,
            prev="",
            hash="",
        )

    def _fold(self, record: Record) -> None:
        data = asdict(record)
        match record.kind:
            case "picked" | "put" | "corrected" | "counted":
                self._fold_stock(record.kind, data)
            case "booking_undone":
                self.undone.add(data["booking"])
            case "zero_check_asked" | "zero_check_ended":
                self._fold_check(record.kind, data)
            case "tray_out_of_service" | "bay_out_of_service":
                which, why = _carrier_of(data), data["reason"]
                tray, opening = data.get("tray"), data.get("opening", "")
                self.out[which] = Outage(machine=data["machine"], tray=tray, opening=opening, reason=why, since=NOON)
            case "count_due":
                for each in self.stock_on_tray(data["machine"], data["tray"]):
                    self.due[each.place, each.key] = CountAsked(place=each.place, key=each.key, why=data["why"], since=NOON)
            case "compartment_due":
                for each in self.stock_at(_place_of(data)):
                    self.due[each.place, each.key] = CountAsked(place=each.place, key=each.key, why=data["why"], since=NOON)
            case "count_held" | "count_recount":
                self._fold_held(record.kind, data)
            case "tray_in_service" | "bay_in_service":
                self.out.pop(_carrier_of(data), None)
            case "load_put":
                self.loads_by_code[data["load"]] = _load_of(data)
            case "load_taken" | "load_missed":
                self.loads_by_code.pop(data["load"], None)
            case "service_done":
                self._fold_service(data)
            case "gap_opened":
                names = ("order", "line", "sequence", "rank", "reason")
                gap = Gap(**{name: data[name] for name in names}, released_by="", since=NOON)
                self.gaps_by_line.setdefault((gap.order, gap.line), gap)
            case "gap_released":
                key = data["order"], data["line"]
                self.gaps_by_line[key] = replace(self.gaps_by_line[key], released_by=data["released_by"])
            case "tote_bound":
                names = ("order", "tote", "position")
                self.bound[data["order"], data["tote"]] = BoundTote(**{name: data[name] for name in names})
            case "tote_closed":
                self.bound[data["order"], data["tote"]] = replace(self.bound[data["order"], data["tote"]], is_open=False)
            case "lamp_marked":
                (self.dead.add if data["is_dead"] else self.dead.discard)(data["position"])
            case "line_closed":
                closed = {"state": LineState(data["outcome"]), "done_quantity": data["done_quantity"]}
                self._line(data, **closed)
                if data["outcome"] == "confirmed" and (key := (data["order"], data["line"])) in self.gaps_by_line:
                    self.gaps_by_line[key] = replace(self.gaps_by_line[key], filled_at=NOON)
            case "line_skipped":
                self._line(data, state=LineState.SKIPPED)
            case "order_left" if self.orders[data["order"]].state is not OrderState.STARTED:
                pass
            case "order_started" | "order_left" | "order_closed" | "order_cancelled" | "order_held" | "order_resumed":
                states = {
                    "order_started": OrderState.STARTED,
                    "order_left": OrderState.RELEASED,
                    "order_closed": OrderState.CLOSED,
                    "order_cancelled": OrderState.CANCELLED,
                    "order_held": OrderState.HELD,
                    "order_resumed": OrderState.RELEASED,
                }
                order = self.orders[data["order"]]
                self.orders[order.order] = replace(order, state=states[record.kind])
                if record.kind in ("order_closed", "order_cancelled"):
                    mine = [key for key in self.bound if key[0] == order.order]
                    self.bound |= {key: replace(self.bound[key], is_open=False) for key in mine}

    def _fold_stock(self, kind: str, data: dict) -> None:
        place, key = _place_of(data), _key_of(data)
        before = self.held.get((place, key), 0)
        quantity = data.get("quantity", 0)
        after = {
            "picked": before - quantity,
            "put": before + quantity,
            "corrected": before + data.get("delta", 0),
            "counted": data.get("counted", 0),
        }
        self.held[place, key] = after[kind]
        if data.get("account"):
            self._fold_account(kind, data, key)
        if kind == "put" and key.lot:
            expiry, received_at = self.lots.get((key.item, key.lot), (None, NOON))
            said = date.fromisoformat(data["expiry"]) if data["expiry"] else expiry
            self.lots[key.item, key.lot] = (said, received_at)
        if kind == "counted":
            self.due.pop((place, key), None)
            self.waiting_counts.pop((place, key), None)
        elif kind != "corrected" and (waiting := self.waiting_counts.get((place, key))) is not None:
            said = tuple(CountSaid(each.person, tuple(x + after[kind] - before for x in each.figures)) for each in waiting.said)
            self.waiting_counts[place, key] = replace(waiting, said=said)
        if kind != "picked":
            self.checks.pop(place, None)
        if kind in ("picked", "put") and data["order"]:
            self._line(data, more=quantity)

    def _fold_account(self, kind: str, data: dict, key: StockKey) -> None:
        """What left a compartment is on the account from the same event on, and what is put down off it."""
        if "was_lot" in data:
            key = replace(key, lot=data["was_lot"], serial=data["was_serial"], status=StockStatus(data["was_status"]))
        who = data["account"], data["holder"], data["job"]
        before = self.accounts[(*who, key)].quantity if (*who, key) in self.accounts else 0
        quantity = before + (data["quantity"] if kind == "picked" else -data["quantity"])
        due = data.get("due_at", "")
        names = dict(zip(("account", "holder", "job"), who, strict=True))
        moment = datetime.fromisoformat(due) if due else None
        taken = Taken(**names, key=key, machine=data["machine"], quantity=quantity, since=NOON, due_at=moment)
        self.accounts[(*who, key)] = taken
        if quantity <= 0:
            del self.accounts[(*who, key)]

    def _fold_held(self, kind: str, data: dict) -> None:
        place, key = _place_of(data), _key_of(data)
        new = HeldCount(place=place, key=key, order=data["order"], line=data["line"], said=(), since=NOON)
        held = self.waiting_counts.get((place, key), new)
        said = (*held.said, CountSaid(data["person"], tuple(data["figures"]))) if kind == "count_held" else ()
        self.waiting_counts[place, key] = replace(held, said=said)
        self.checks.pop(place, None)

    def _fold_check(self, kind: str, data: dict) -> None:
        self.checks.pop(_place_of(data), None)
        if kind == "zero_check_asked":
            self.checks[_place_of(data)] = _key_of(data)

    def _fold_service(self, data: dict) -> None:
        following = date.fromisoformat(data["next_inspection"]) if data["next_inspection"] else None
        booked = ServiceBooked(at=NOON, person=data["person"], note=data["note"], next_inspection=following)
        worn = self.wear(data["machine"])
        if data["what"] == "inspection":
            self.worn = replace(worn, inspection=booked)
        else:
            self.worn = replace(worn, service=booked, since_service=())

    def _line(self, data: dict, *, more: int = 0, **changes: object) -> None:
        order = self.orders[data["order"]]
        lines = tuple(_changed(line, more, changes) if line.line == data["line"] else line for line in order.lines)
        self.orders[order.order] = replace(order, lines=lines)


def _carrier_of(data: dict) -> int | str:
    return data["tray"] if "tray" in data else data["opening"]


def _open_lines(order: Order) -> list[OrderLine]:
    return [each for each in order.lines if each.state in (LineState.OPEN, LineState.SKIPPED)]


def _pull_order(order: Order) -> PullOrder:
    lines = _open_lines(order)
    alone = lines[0] if len(lines) == 1 else None
    return PullOrder(
        order=order.order,
        consumer=order.destination,
        need_by=order.need_by,
        state=order.state.value,
        sequence=order.sequence,
        reference=order.reference,
        lines=len(lines),
        item=alone.item if alone else "",
        quantity=max(0, alone.quantity - alone.done_quantity) if alone else 0,
    )


def _place_of(data: dict) -> Place:
    return Place(data["machine"], data["tray"], data["compartment"])


def _key_of(data: dict) -> StockKey:
    names = ("item", "lot", "serial", "owner")
    return StockKey(**{name: data[name] for name in names}, status=StockStatus(data["status"]))


def _changed(line: OrderLine, more: int, changes: dict) -> OrderLine:
    return replace(line, **{"done_quantity": line.done_quantity + more, **changes})


def _load_of(data: dict[str, Any]) -> Load:
    return Load(
        load=data["load"],
        place=Place(data["machine"], data["tray"], data["compartment"]),
        production_order=data["production_order"],
        operation=data["operation"],
        consumer=data["consumer"],
        put_at=datetime.fromisoformat(data["put_at"]) if data.get("put_at") else NOON,
        take_at=datetime.fromisoformat(data["take_at"]) if data["take_at"] else None,
    )


def _fact(row: EventRow) -> EventFact:
    return EventFact(row.at, row.kind, row.operator, json.loads(row.body)["data"], row.id)
