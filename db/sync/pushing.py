"""The log goes up: bounded batches over all epochs in the order of the log, from where the site says that it stands."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from db.queries.chains import Chain, chains, hash_at
from db.sync import memory
from db.sync.batch import BatchSize
from db.sync.local import Local
from db.sync.site import Site, SiteError, Trouble
from db.sync.values import Position, PushStatus, Receipt, Told

log = logging.getLogger(__name__)

_EVENTS = "SELECT epoch, seq, id, body, hash FROM event WHERE n >= ? AND n <= ? ORDER BY n"


SLICE_S = 2.0  # of one round: how a long backlog gets on is told between them, and the heartbeat goes on


class ForkedError(Exception):
    """Both sides have other events under one number: they are to be compared anew."""


class Pusher:
    """Gives the events up. `acked` is what the site holds, from its own mouth; `is_held`: it does not read this
    program's events."""

    def __init__(self, local: Local, size: BatchSize, *, monotonic: Callable[[], float], may_go_on: Callable[[], bool]) -> None:
        self._local = local
        self._size = size
        self._monotonic = monotonic
        self._may_go_on = may_go_on
        self.acked: dict[str, Position] = {}
        self.is_held = False

    def begin(self, acked: Mapping[str, int]) -> None:
        """The two sides were compared: go on from there."""
        hashes = self._local.read(lambda connection: {epoch: hash_at(connection, epoch, seq) for epoch, seq in acked.items()})
        self.acked = {epoch: Position(epoch, seq, hashes[epoch]) for epoch, seq in acked.items()}
        self._local.write(lambda connection: memory.put_acked(connection, self.acked))

    def _seq(self, epoch: str) -> int:
        return self.acked[epoch].seq if epoch in self.acked else 0

    def push(self, site: Site, now: Callable[[], datetime]) -> bool:
        """Until nothing waits, the site holds, or the program ends; False: the time for one round was over before. Raises
        SiteError, ForkedError."""
        self.is_held = False
        ends = self._monotonic() + SLICE_S
        for chain in self._local.read(chains):
            while self._seq(chain.epoch) < chain.limit and not self.is_held and self._may_go_on():
                if self._monotonic() >= ends:
                    return False
                self._push_batch(site, chain, now)
            if self._seq(chain.epoch) < chain.limit:
                break
        return True

    def _push_batch(self, site: Site, chain: Chain, now: Callable[[], datetime]) -> None:
        first = self._seq(chain.epoch) + 1
        last = min(chain.limit, first + self._size.size - 1)
        events = self._events(chain, first, last)
        begun = self._monotonic()
        try:
            receipt = site.push(events)
        except SiteError as error:
            self._size.failed(len(events))
            if error.trouble is not Trouble.DATA:
                raise
            if len(events) > 1:
                return  # with half of them, until it is known which one it is
            receipt = self._push_unread(site, events[0], error.code, now)
        if receipt.status is PushStatus.FORK and self._is_damaged(receipt, events[0]):
            receipt, events = self._push_unread(site, events[0], "fork", now), events[:1]
        self._size.answered(len(events), self._monotonic() - begun)
        self._take(chain, receipt, events, now)

    def _is_damaged(self, receipt: Receipt, first: Told) -> bool:
        """Both sides hold the same before this event, and it does not follow from that: not its place is wrong, but it."""
        acked = receipt.acked
        own = self._local.read(lambda connection: hash_at(connection, acked.epoch, acked.seq))
        return acked.seq == first.seq - 1 and acked.hash == own

    def _push_unread(self, site: Site, event: Told, code: str, now: Callable[[], datetime]) -> Receipt:
        """One event that the site cannot read never blocks those behind it."""
        receipt = site.push_unread(event)
        log.error("the site could not read event %d of epoch %s: %s", event.seq, event.epoch, code)
        key = f"{event.epoch}/{event.seq}"
        self._local.write(lambda connection: memory.put_exception(connection, "event", key, "unread", at=now()))
        return receipt

    def _events(self, chain: Chain, first: int, last: int) -> Sequence[Told]:
        span = (chain.first_n + first - 1, chain.first_n + last - 1)
        rows = self._local.read(lambda connection: connection.exec_driver_sql(_EVENTS, span).all())
        return tuple(Told(row[0], row[1], row[2], row[3], row[4].hex()) for row in rows)

    def _take(self, chain: Chain, receipt: Receipt, events: Sequence[Told], now: Callable[[], datetime]) -> None:
        match receipt.status:
            case PushStatus.OK:
                if receipt.acked.seq < events[-1].seq:
                    raise ForkedError
                self._acknowledge(chain, receipt, now())
            case PushStatus.GAP if receipt.want != events[0].seq:
                self._stand(chain, receipt.want - 1)
            case PushStatus.HOLD:
                if receipt.acked.seq >= events[0].seq:
                    self._acknowledge(chain, receipt, now())
                self.is_held = True
            case _:
                raise ForkedError

    def _stand(self, chain: Chain, seq: int) -> None:
        """The site stands elsewhere, as far as this log reaches."""
        if not 0 <= seq <= chain.limit:
            raise ForkedError
        self.acked[chain.epoch] = Position(chain.epoch, seq)

    def _acknowledge(self, chain: Chain, receipt: Receipt, now: datetime) -> None:
        acked = receipt.acked
        if acked.seq > chain.limit:
            raise ForkedError
        if acked.hash != self._local.read(lambda connection: hash_at(connection, acked.epoch, acked.seq)):
            raise ForkedError
        self.acked[chain.epoch] = acked

        def work(connection: Connection) -> None:
            memory.put_receipt(connection, replace(receipt, received_at=receipt.received_at or now), now)
            memory.put_acked(connection, self.acked)

        self._local.write(work)
