"""A site without PostgreSQL: the same answers as `db.upstream`, in memory (`simulated_world`), to one station at a time.

`tests/integration/upstream/test_model_agrees.py` compares it with the real one.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from db.sync.site import SiteError, Trouble
from db.sync.values import (
    Checksum,
    Cursor,
    Document,
    DocumentKind,
    Feed,
    Hello,
    Lease,
    LeaseState,
    Position,
    Published,
    PushStatus,
    Receipt,
    SiteStock,
    StockKey,
    Told,
    TrayCustody,
    Welcome,
    row_mark,
)

from .simulated_fold import ChainRow, DocumentRow, can_serve, give_lease, reserve_again
from .simulated_world import LEASE, SiteWorld

ZERO = bytes(32).hex()


@dataclass(frozen=True)
class Counted:
    """A row as a checksum has it."""

    key: str
    version: int
    xid: int
    is_live: bool


class SimulatedSite:
    """One station's connection."""

    def __init__(self, world: SiteWorld, station: str) -> None:
        self._world = world
        self._me = station

    def _chains(self) -> dict[str, ChainRow]:
        return self._world.state.chains.setdefault(self._me, {})

    def hello(self, hello: Hello) -> Welcome:
        world, state = self._world, self._world.state
        world.begin()
        now = world.clock()
        for (order, station), lease in state.leases.items():
            if station == self._me and lease.state == "held" and lease.until < now + LEASE / 2:
                lease.until = state.orders[order].until = now + LEASE
                state.touch(lease)
        return Welcome(
            station=self._me,
            server_epoch=state.server_epoch,
            chains=tuple(
                Position(epoch, len(chain.events), chain.events[-1].hash)
                for epoch, chain in self._chains().items()
                if chain.events
            ),
            body_version=world.body_version,
            now=now,
        )

    def _receipt(self, status: PushStatus, epoch: str, want: int = 0) -> Receipt:
        events = self._chains()[epoch].events
        acked = Position(epoch, len(events), events[-1].hash if events else "")
        epoch_now = self._world.state.server_epoch
        return Receipt(status=status, acked=acked, want=want, received_at=self._world.clock(), server_epoch=epoch_now)

    def _chain(self, epoch: str) -> ChainRow:
        chains = self._chains()
        return chains.setdefault(epoch, ChainRow(number=len(chains) + 1))

    def push(self, events: Sequence[Told]) -> Receipt:
        self._world.begin()
        epoch = events[0].epoch
        chain = self._chain(epoch)
        for each in events:
            if each.seq <= len(chain.events) and chain.events[each.seq - 1] != each:
                return self._receipt(PushStatus.FORK, epoch, each.seq)
        fresh = [each for each in events if each.seq > len(chain.events)]
        if fresh and fresh[0].seq != len(chain.events) + 1:
            return self._receipt(PushStatus.GAP, epoch, len(chain.events) + 1)
        for each in fresh:
            if self._world.poison and self._world.poison in each.body:
                raise SiteError(Trouble.DATA, "U303", "this event cannot be read")
        before = chain.events[-1].hash if chain.events else ZERO
        for number, each in enumerate(fresh):
            if hashlib.sha256(bytes.fromhex(before) + each.body.encode()).hexdigest() != each.hash:
                if number == 0 and chain.events:
                    return self._receipt(PushStatus.FORK, epoch, each.seq - 1)
                raise SiteError(Trouble.DATA, "U302", "the hash does not fit")
            before = each.hash
        for each in fresh:
            if json.loads(each.body)["v"] > self._world.body_version:
                return self._receipt(PushStatus.HOLD, epoch, each.seq)
            self._keep(chain, each)
        if self._world.folds_at_once:
            self._world.fold()
        return self._receipt(PushStatus.OK, epoch)

    def _keep(self, chain: ChainRow, event: Told) -> None:
        self._world.state.arrived += 1
        chain.events.append(event)
        chain.arrived.append(self._world.state.arrived)

    def push_unread(self, event: Told) -> Receipt:
        self._world.begin()
        chain = self._chain(event.epoch)
        if event.seq <= len(chain.events):
            is_same = chain.events[event.seq - 1] == event
            return self._receipt(PushStatus.OK if is_same else PushStatus.FORK, event.epoch, 0 if is_same else event.seq)
        if event.seq != len(chain.events) + 1:
            return self._receipt(PushStatus.GAP, event.epoch, len(chain.events) + 1)
        self._keep(chain, event)
        self._world.state.exceptions.append(("unreadable", f"{self._me}/{event.epoch}/{event.seq}"))
        return self._receipt(PushStatus.OK, event.epoch)

    def tail(self, after: Position, limit: int) -> tuple[Told, ...]:
        chain = self._chains().get(after.epoch)
        return () if chain is None else tuple(chain.events[after.seq : after.seq + limit])

    def publish(self, documents: Sequence[Document]) -> Published:
        self._world.begin()
        versions: dict[tuple[DocumentKind, str], int] = {}
        refused: dict[tuple[DocumentKind, str], str] = {}
        for each in documents:
            row = self._world.state.documents.get((each.kind.value, each.key))
            is_same = row is not None and row.body == each.body
            why = self._refusal(each, row, is_same=is_same)
            if why:
                refused[each.kind, each.key] = why
                continue
            same_at = row.version if row is not None and is_same else None
            versions[each.kind, each.key] = same_at or self._world.keep(each.kind, each.key, each.body)
            if each.kind is DocumentKind.ORDER and each.body:
                self._lease_goes_with(each.key, is_same=is_same)
        return Published(versions=versions, refused=refused)

    def _refusal(self, document: Document, row: DocumentRow | None, *, is_same: bool) -> str:
        if row is not None and not is_same and row.version != document.version:
            return "changed_elsewhere"
        book = self._world.state.orders.get(document.key)
        if document.kind is not DocumentKind.ORDER or book is None:
            return ""
        if book.station not in (None, self._me):
            return "held_elsewhere"
        if book.state in ("closed", "cancelled") and self._me not in book.ended_by:
            return "worked_on"
        return "worked_on" if book.is_touched and row is not None and not is_same else ""

    def _lease_goes_with(self, order: str, *, is_same: bool) -> None:
        """An open order is whose it comes from."""
        state = self._world.state
        book = state.orders[order]
        if book.state in ("closed", "cancelled"):
            return
        if book.station != self._me:
            give_lease(state, order, self._me, self._world.clock() + LEASE)
        elif not is_same:
            reserve_again(state, order, self._me)

    def pull(self, cursor: Cursor) -> Feed:
        world, state = self._world, self._world.state
        if world.folds_at_once:
            world.fold()
        lo, hi = cursor.watermark, world.watermark
        here = Cursor(server_epoch=state.server_epoch, watermark=hi)
        if lo and (cursor.server_epoch != state.server_epoch or hi < lo or lo <= state.purged):
            return Feed(cursor=Cursor(server_epoch=state.server_epoch), must_refetch=True)
        return Feed(
            cursor=here,
            included=tuple(
                Position(epoch, chain.folded, chain.events[chain.folded - 1].hash)
                for epoch, chain in self._chains().items()
                if chain.folded
            ),
            documents=tuple(self._documents(lo)),
            stock=tuple(self._stock(lo)),
            leases=tuple(
                self._lease(order, station)
                for (order, station), lease in state.leases.items()
                if station == self._me and lease.xid >= lo and not (lo == 0 and lease.state == "ended")
            ),
            custody=tuple(
                TrayCustody(
                    machine=machine,
                    tray=tray,
                    opening=row.opening,
                    station=row.station,
                    visit=row.visit,
                    is_out=row.is_out,
                    version=row.version,
                )
                for (machine, tray), row in state.custody.items()
                if row.xid >= lo and row.station
            ),
            data_as_of=world.as_of(),
        )

    def _documents(self, lo: int) -> list[Document]:
        state, found = self._world.state, []
        for (kind, key), row in state.documents.items():
            lease = state.leases.get((key, self._me)) if kind == "order" else None
            if kind == "order" and (lease is None or lease.state != "held"):
                continue
            if max(row.xid, lease.xid if lease else 0) >= lo and not (lo == 0 and row.body is None):
                body = copy.deepcopy(row.body)
                found.append(Document(kind=DocumentKind(kind), key=key, version=row.version, body=body))
        return found

    def _stock(self, lo: int) -> list[SiteStock]:
        state, found = self._world.state, []
        for cell, row in state.stock.items():
            if row.xid < lo:
                continue
            held = sum(
                quantity for key, (station, quantity) in state.reservations.items() if key[2] == cell and station != self._me
            )
            tray = state.custody.get((cell[0], cell[1]))
            found.append(
                SiteStock(
                    key=StockKey(*cell),
                    quantity=row.quantity,
                    version=row.version,
                    since=row.since,
                    counted_at=row.counted_at,
                    visit=tray.visit if tray else 0,
                    held=held,
                )
            )
        return found

    def _lease(self, order: str, station: str) -> Lease:
        row = self._world.state.leases[order, station]
        return Lease(order=order, fence=row.fence, until=row.until, state=LeaseState(row.state), version=row.version)

    def checksums(self, cursor: Cursor) -> tuple[Checksum, ...]:
        found = []
        for kind, rows in self._counted().items():
            there = [(each.key, each.version) for each in rows if each.is_live]
            if max((each.xid for each in rows), default=0) < cursor.watermark:
                found.append(Checksum(kind, len(there), sum(row_mark(key, version) for key, version in there)))
        return tuple(found)

    def _counted(self) -> dict[str, list[Counted]]:
        """All rows of each kind that this station should have or may have had, also where that is none."""
        state = self._world.state
        rows: dict[str, list[Counted]] = {kind: [] for kind in (*DocumentKind, "stock", "lease", "custody")}
        for (kind, key), row in state.documents.items():
            if kind != "order":
                rows[kind].append(Counted(key, row.version, row.xid, is_live=row.body is not None))
        for (order, station), lease in state.leases.items():
            if station != self._me:
                continue
            is_held = lease.state == "held"
            rows["lease"].append(Counted(order, lease.version, lease.xid, is_live=is_held))
            document = state.documents.get(("order", order))
            if document is not None:
                xid, is_live = max(document.xid, lease.xid), is_held and document.body is not None
                rows["order"].append(Counted(order, document.version, xid, is_live=is_live))
        for cell, stock in state.stock.items():
            rows["stock"].append(Counted("|".join(map(str, cell)), stock.version, stock.xid, is_live=stock.quantity != 0))
        for (machine, tray), custody in state.custody.items():
            is_known = bool(custody.station)
            rows["custody"].append(Counted(f"{machine}/{tray}", custody.version, custody.xid, is_live=is_known))
        return rows

    def claim(self, limit: int) -> tuple[Lease, ...]:
        self._world.begin()
        state, now = self._world.state, self._world.clock()
        offered = [
            order
            for order, book in sorted(state.orders.items())
            if book.is_released and not book.is_touched and book.state == "released" and book.kind
            if book.station is None
        ]
        taken: list[str] = []
        for order in offered:
            if len(taken) < limit and can_serve(state, state.orders[order]):
                give_lease(state, order, self._me, now + LEASE)
                taken.append(order)
        return tuple(self._lease(order, self._me) for order in taken)

    def take_over(self, order: str, why: str) -> Lease:
        self._world.begin()
        state = self._world.state
        if order not in state.orders or state.orders[order].state not in ("released", "started"):
            raise SiteError(Trouble.DATA, "U305", f"no open order {order}")
        if state.orders[order].station != self._me:
            give_lease(state, order, self._me, self._world.clock() + LEASE)
        return self._lease(order, self._me)

    def supplied(self, supplier: str) -> tuple[tuple[str, str], ...]:
        self._world.begin()
        return ()

    def close(self) -> None:
        """Nothing is open."""
