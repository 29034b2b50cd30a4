"""What is done where the two sides do not stand alike: take the own tail back, or begin a new epoch and tell again.

A seq is never used again. What this store lost when it went back to an older copy comes back; what it wrote since under
numbers that the site knows otherwise goes up under new ones.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from db.errors import CHAIN_BROKEN, StoreError
from db.queries.chains import Chain, chains, hash_at, taken_back
from db.records.program import Retold
from db.sync import memory
from db.sync.local import Local
from db.sync.resuming import Standing, compare
from db.sync.site import Site
from db.sync.values import Position, Told
from db.verifier import Link, link_hash

log = logging.getLogger(__name__)

PIECE = 200
LOOKS = 6
_BEHIND = "SELECT epoch, seq, body, hash FROM event WHERE n > ? ORDER BY n"
_UNRECOVERED = "unrecovered"  # epochs of which the site's events were no continuation of anything


class Recovery:
    """One look at both sides. `forked` and `behind`: what the person is told of it."""

    def __init__(self, local: Local, site: Site, welcome: Sequence[Position]) -> None:
        self._local = local
        self._site = site
        self._there = welcome
        self.forked = False

    def run(self, now: datetime) -> Standing:
        """Bring both sides to where pushing goes on. Raises SiteError; may be repeated from the beginning."""
        for _ in range(LOOKS):
            standing = self._look()
            if standing.forks:
                self._fork(standing, now)
            elif standing.extras and standing.continues:
                self._take_tail(standing, now)
            elif standing.extras:
                for each in standing.extras:
                    self._tell_again(each)
            else:
                return standing
        return self._look()

    def _look(self) -> Standing:
        own, taken = self._local.read(lambda connection: (chains(connection), taken_back(connection)))
        given_up = self._local.read(lambda connection: memory.get(connection, _UNRECOVERED) or {})
        return compare(
            own,
            self._there,
            taken={epoch: max(taken.get(epoch, 0), given_up.get(epoch, 0)) for epoch in {*taken, *given_up}},
            own_hash=lambda epoch, seq: self._local.read(lambda connection: hash_at(connection, epoch, seq)),
            site_hash=self._hash_there,
        )

    def _hash_there(self, epoch: str, seq: int) -> str:
        found = self._site.tail(Position(epoch, seq - 1), 1)
        return found[0].hash if found else ""

    # --- both have other events under one number

    def _fork(self, standing: Standing, now: datetime) -> None:
        """One transaction: nothing may be booked between the events that are told again, or the order of the log would be another
        one upstream."""

        def work(connection: Connection) -> None:
            lost = _not_there(connection, standing)
            self._local.log.open_epoch(connection, why="forked")
            opened = self._local.log.head.epoch
            self._local.log.append(
                connection,
                [Retold(epoch=epoch, seq=seq, hash=hash.hex(), body=body) for epoch, seq, body, hash in lost],
            )
            memory.put_exception(connection, "event", opened, "forked", at=now)

        self._local.write(work)
        self.forked = True
        log.warning("the site has other events of this station under the same numbers: a new epoch was begun")

    # --- the site has more

    def _take_tail(self, standing: Standing, now: datetime) -> None:
        """Piece by piece; a booking that comes between makes it a fork, which the next look finds."""
        expected = self._head()
        for after in standing.extras:
            for told in self._tail(after):
                links = self._links(told)
                try:
                    if not self._take(links, expected):
                        return
                except StoreError as error:
                    if error.code != CHAIN_BROKEN:
                        raise
                    self._begin_behind(after, now, error, is_proven=_prove_themselves(links))
                    return
                expected = (told[-1].epoch, told[-1].seq)

    def _head(self) -> tuple[str, int]:
        last = self._local.read(lambda connection: chains(connection)[-1])
        return last.epoch, last.seq

    def _take(self, links: Sequence[Link], expected: tuple[str, int]) -> bool:
        def work(connection: Connection) -> bool:
            head = self._local.log.head
            if (head.epoch, head.seq) != expected:
                return False
            self._local.log.take_back(connection, links)
            return True

        return self._local.write(work)

    def _begin_behind(self, after: Position, now: datetime, error: StoreError, *, is_proven: bool) -> None:
        """The own numbers are not used again. Events that prove themselves, and only followed another end than this log's, come
        back told again; those that prove nothing stay where they are, and a person must look."""
        there = next(each.seq for each in self._there if each.epoch == after.epoch)
        log.log(logging.INFO if is_proven else logging.ERROR, "the own tail could not be taken back: %s", error.message)

        def work(connection: Connection) -> None:
            self._local.log.open_epoch(connection, why="behind")
            if is_proven:
                return
            given_up = memory.get(connection, _UNRECOVERED) or {}
            memory.put(connection, _UNRECOVERED, given_up | {after.epoch: there})
            memory.put_exception(connection, "event", after.epoch, "behind", at=now)

        self._local.write(work)

    def _tell_again(self, after: Position) -> None:
        """Events of an older epoch: they come into the newest one as facts of the past."""
        for told in self._tail(after):
            if not all(_is_event(each.body) for each in told):
                log.error("the site gave back what is no event, for epoch %s", after.epoch)
                return
            records = [Retold(epoch=each.epoch, seq=each.seq, hash=each.hash, body=each.body) for each in told]

            def work(connection: Connection, records: Sequence[Retold] = records) -> None:
                self._local.log.append(connection, records)

            self._local.write(work)

    def _tail(self, after: Position) -> Iterator[tuple[Told, ...]]:
        seq = after.seq
        while told := self._site.tail(Position(after.epoch, seq), PIECE):
            yield told
            seq = told[-1].seq

    def _links(self, told: Sequence[Told]) -> list[Link]:
        station = self._local.read(lambda connection: connection.exec_driver_sql("SELECT station FROM event LIMIT 1").scalar())
        first = told[0]
        prev = self._local.read(lambda connection: hash_at(connection, first.epoch, first.seq - 1))
        links = []
        for each in told:
            links.append(Link(str(station), each.epoch, each.seq, each.id, each.body, prev, each.hash))
            prev = each.hash
        return links


def _not_there(connection: Connection, standing: Standing) -> list[tuple[str, int, str, bytes]]:
    """The own events from the first fork on that the site does not have under their numbers, in the order of the log."""
    own = {chain.epoch: chain for chain in chains(connection)}
    first = min(own[epoch].first_n + standing.acked[epoch] for epoch in standing.forks)
    rows = connection.exec_driver_sql(_BEHIND, (first - 1,)).all()
    events = [(row[0], row[1], row[2], row[3]) for row in rows]
    return [each for each in events if standing.acked.get(each[0], 0) < each[1] <= _limit(own, each[0])]


def _limit(own: Mapping[str, Chain], epoch: str) -> int:
    """What was told again before goes up as that. The epoch that has just begun is not among them."""
    return own[epoch].limit if epoch in own else 0


def _prove_themselves(links: Sequence[Link]) -> bool:
    return all(link_hash(bytes.fromhex(each.prev), each.body).hex() == each.hash for each in links)


def _is_event(body: str) -> bool:
    try:
        return isinstance(json.loads(body)["data"], dict)
    except (ValueError, KeyError, TypeError):
        return False
