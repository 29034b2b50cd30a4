"""One round of replication after the other: what is due, in an order in which nothing waits for what may fail.

The events first, then what this bay changed, then what the site has. No thread and no clock of its own: whoever calls `round`
says when, and is told when to come again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import Connection

from db.envelope import BODY_VERSION, app_version
from db.queries import events, trays
from db.sync import checking, memory, pulling, supply
from db.sync.backoff import Backoff
from db.sync.batch import BatchSize
from db.sync.listen import Hint
from db.sync.local import Local
from db.sync.publishing import publish
from db.sync.pushing import ForkedError, Pusher
from db.sync.recovering import Recovery
from db.sync.site import Site, SiteError, Trouble
from db.sync.status import Problem
from db.sync.telling import Teller
from db.sync.values import Hello, Position, Welcome

log = logging.getLogger(__name__)

HEARTBEAT_S = 30.0
POLL_S = 15.0
CLAIM_S = 30.0
CLAIM_PAUSE_S = 120.0  # after the site went back: each bay says first which orders it had
CHECK_S = 3600.0
CONFIRM_S = 60.0  # a difference counts when it is there twice
OTHER_LOGIN = "U202"
WENT_BACK = "went_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is set for this station. `peppers`: those that it can check PINs with; None: nobody looks."""

    prefetch_h: float = 2.0
    peppers: Collection[str] | None = None
    clock_state: Callable[[], str] = str


class Engine:
    """Replication of one store with one site, connection after connection. Used by one thread."""

    def __init__(
        self,
        local: Local,
        connect: Callable[[], Site],
        *,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        random: Random,
        options: Options,
        may_go_on: Callable[[], bool] = lambda: True,
    ) -> None:
        self._local = local
        self._connect = connect
        self._clock = clock
        self._monotonic = monotonic
        self._options = options
        self._may_go_on = may_go_on
        self._backoff = Backoff(random)
        self._pusher = Pusher(local, BatchSize(), monotonic=monotonic, may_go_on=may_go_on)
        self._site: Site | None = None
        self._due = dict.fromkeys(("hello", "pull", "claim", "check"), 0.0)
        self._retry_at = 0.0
        self._claims_from = 0.0
        self._machines: tuple[str, ...] = ()  # as the site was told
        self._differed: frozenset[str] = frozenset()
        self._is_more_on_offer = False  # the site gave all that was asked: what is done here makes room for the next at once
        self._app = app_version()
        self.teller = Teller(local, self._pusher, clock=clock, peppers=options.peppers)

    # --- for the thread

    def wake(self, hint: Hint = Hint.OFFER) -> None:
        """Somebody says that there is something at the site, or that it is there again: do not wait any longer."""
        self._backoff.reset()
        self._retry_at = 0.0
        self._due["pull"] = 0.0
        if hint is Hint.OFFER:
            self._due["claim"] = 0.0

    def round(self) -> float:
        """Do what is due. Returns after how many seconds something will be due again."""
        if self._monotonic() < self._retry_at:
            return self._retry_at - self._monotonic()
        try:
            is_through = self._work()
        except SiteError as error:
            return self._failed(error)
        self._backoff.reset()
        self.teller.worked()
        if not is_through:
            return 0.0
        return max(0.0, min(self._due.values()) - self._monotonic())

    def close(self) -> None:
        """End the connection."""
        if self._site is not None:
            self._site.close()
            self._site = None

    def fault(self) -> None:
        """This program failed in the middle of something: the connection is not used again."""
        self.close()
        self._pusher.acked = {}
        self.teller.fault()

    def _failed(self, error: SiteError) -> float:
        """The connection is not used again: nobody knows what it is in the middle of."""
        log.info("the site does not answer as it should: %s", error)
        self.close()
        self.teller.failed(error)
        wait_s = self._backoff.next_s()
        self._retry_at = self._monotonic() + wait_s
        return wait_s

    # --- one round

    def _work(self) -> bool:
        """False: there were more events than go up in one round, and nothing else was looked at."""
        if self._site is None or self._is_due("hello"):
            self._hello(self._site or self._open())
        site = self._site
        if site is None:
            return True
        if not self._push(site):
            return False
        while self._may_go_on() and publish(self._local, site, self._clock()):
            self._due["pull"] = 0.0
        if self._is_due("claim") or self._is_more_on_offer:
            self._claim(site)
        if self._is_due("pull"):
            self._pull(site)
        if self._is_due("check"):
            self._check(site)
        return True

    def _open(self) -> Site:
        self._site = self._connect()
        self._due.update(pull=0.0, claim=0.0)
        return self._site

    def _hello(self, site: Site) -> None:
        """The first word compares both sides; later ones are the heartbeat, and compare only where something moved."""
        said = self._local.read(self._said)
        welcome = site.hello(said)
        if said.machines != self._machines:
            self._machines = said.machines
            self._due["claim"] = 0.0
        self._after("hello", HEARTBEAT_S)
        self._refuse_other(welcome.station)
        self.teller.durable = welcome.durable
        if self._went_back(welcome):
            self._begin_anew_after(welcome.server_epoch)
        if not self._stands_as_known(welcome):
            standing = Recovery(self._local, site, welcome.chains).run(self._clock())
            self._pusher.begin(standing.acked)
        self._pusher.is_held = welcome.body_version < BODY_VERSION
        if welcome.now is not None:
            now = welcome.now
            if self._local.read(pulling.asks_when):
                self._local.write(lambda connection: pulling.end_known(connection, now))
        self._look_at_epoch(welcome.server_epoch)

    def _refuse_other(self, named: str) -> None:
        """A login that is another station's: this log would go up as that station's, event by event, as what nobody can read."""
        own = self._local.read(events.station)
        if named != own:
            raise SiteError(Trouble.RIGHT, OTHER_LOGIN, f"this is station {own}, and its login is that of {named}")

    def _said(self, connection: Connection) -> Hello:
        own = self.teller.own(connection)
        return Hello(
            chains=tuple(Position(each.epoch, each.seq, each.hash) for each in own.chains),
            body_version=BODY_VERSION,
            app=self._app,
            depth=own.depth,
            oldest_at=own.oldest_at,
            machines=_served(connection),
            clock_state=self._options.clock_state(),
        )

    def _went_back(self, welcome: Welcome) -> bool:
        """Whether the site has less than it acknowledged, within one server epoch: nobody declared that it was restored."""
        known, acked = self._local.read(lambda connection: (memory.get(connection, "server_epoch"), memory.acked(connection)))
        there = {each.epoch: each.seq for each in welcome.chains}
        less = any(there.get(epoch, 0) < each.seq for epoch, each in acked.items())
        if less and known == welcome.server_epoch:
            log.error("the site has less than it acknowledged: it was restored, and nobody said so")
        return less and bool(known == welcome.server_epoch)

    def _begin_anew_after(self, server_epoch: str) -> None:
        """Everything is compared; but only the person who restored the site can say that no fence may be given twice."""
        now = self._clock()
        self._claims_from = self._monotonic() + CLAIM_PAUSE_S

        def work(connection: Connection) -> None:
            pulling.begin_anew(connection, is_new_epoch=True)
            memory.put_exception(connection, "event", server_epoch, WENT_BACK, at=now)

        self._local.write(work)

    def _stands_as_known(self, welcome: Welcome) -> bool:
        there = {each.epoch: each for each in welcome.chains if each.seq}
        known = {epoch: each for epoch, each in self._pusher.acked.items() if each.seq}
        return bool(self._pusher.acked) and there == known

    def _look_at_epoch(self, server_epoch: str) -> None:
        """A site that went back to a copy counts from another beginning: all of it is read anew, and nothing of the own."""
        cursor = self._local.read(memory.cursor)
        known = self._local.read(lambda connection: memory.get(connection, "server_epoch"))
        self.teller.server_epoch = server_epoch
        now = self._clock()
        if known == server_epoch:
            return
        if known is not None:
            self._claims_from = self._monotonic() + CLAIM_PAUSE_S

        def work(connection: Connection) -> None:
            if known is not None or cursor.watermark:
                pulling.begin_anew(connection, is_new_epoch=True)
            memory.put(connection, "server_epoch", server_epoch)
            if known is not None:
                memory.put_exception(connection, "event", known, "", at=now)  # it was declared after all

        self._local.write(work)
        self._due["pull"] = 0.0

    def _push(self, site: Site) -> bool:
        if self._pusher.is_held:
            return True
        try:
            return self._pusher.push(site, self._clock)
        except ForkedError:
            log.warning("the site stands elsewhere than it said: both sides are compared again")
            self._pusher.acked = {}
            self._hello(site)
            self._due["pull"] = 0.0
            return True

    def _claim(self, site: Site) -> None:
        if self._monotonic() < self._claims_from:
            self._after("claim", self._claims_from - self._monotonic())
            return
        now = self._clock()
        count = self._local.read(lambda connection: supply.wanted(connection, prefetch_h=self._options.prefetch_h, now=now))
        if not count and not self._is_due("claim"):
            return
        self._after("claim", CLAIM_S)
        given = len(site.claim(count)) if count else 0
        self._is_more_on_offer = given == count
        if given:
            self._due["pull"] = 0.0

    def _pull(self, site: Site) -> None:
        if self._local.read(pulling.begins_anew):  # a full answer names no end and no deletion: each is a beginning of its own
            self._local.write(lambda connection: pulling.begin_anew(connection, is_new_epoch=False))
        was = self._local.read(memory.cursor)
        feed = site.pull(was)
        went_back = feed.cursor.watermark < was.watermark
        if feed.must_refetch or went_back:
            self.teller.must_refetch()
            self._local.write(lambda connection: pulling.begin_anew(connection, is_new_epoch=went_back))
            was = self._local.read(memory.cursor)
            feed = site.pull(was)
        counts = pulling.covers(feed.included, self._pusher.acked)
        is_taken = pulling.take(self._local, feed, now=self._clock(), was=was, stock_counts=counts)
        self._after("pull", POLL_S if is_taken else 1.0)
        if is_taken:
            self.teller.pulled(feed)
            if self._local.read(_served) != self._machines:
                self._due.update(hello=0.0, claim=0.0)  # orders are offered to the machines that the site was told of

    def _check(self, site: Site) -> None:
        """What was kept out is tried again; then both count. A difference may be a change on its way: only the second counts."""
        pulling.retry(self._local, self._clock())
        self._after("check", CHECK_S)
        if self._local.read(memory.sweep) is not None:
            self._after("check", CONFIRM_S)
            return
        self._pull(site)
        there = site.checksums(self._local.read(memory.cursor))
        differing = checking.differing(self._local.read(checking.own), there)
        again = differing & self._differed
        self._differed = differing - again
        if again:
            self._refetch(again)
        elif differing:
            self._after("check", CONFIRM_S)

    def _refetch(self, kinds: Collection[str]) -> None:
        log.error("what came down is not what the site has (%s): it is fetched anew", ", ".join(sorted(kinds)))
        now = self._clock()

        def work(connection: Connection) -> None:
            memory.put(connection, "refetch", "checksum")
            for kind in kinds:
                memory.put_exception(connection, "checksum", kind, Problem.CHECKSUM.value, at=now)

        self._local.write(work)
        self._due["pull"] = 0.0

    # --- when

    def _is_due(self, what: str) -> bool:
        return self._monotonic() >= self._due[what]

    def _after(self, what: str, seconds: float) -> None:
        self._due[what] = self._monotonic() + seconds


def _served(connection: Connection) -> tuple[str, ...]:
    """The machines of which the site is told."""
    return trays.served(connection, events.station(connection))
