"""The site database as a station sees it: one connection as the station's own role, one function for each call."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from psycopg import sql
from psycopg.types.json import Jsonb

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
)
from db.upstream.connect import OTHER_SCHEMA, UNREADABLE, Database, connect, errors
from db.upstream.init import newest

LIVE_BATCH = 100  # so few events are work of this moment, and folded at once; a backlog is folded by the next pull
FOLD_BATCH = 500  # well within the time of a statement, also on a busy server
FOLD_PATIENCE_S = 3.0  # of one pull; what is not folded by then comes with a later one
FIRST_PAGE, LARGEST_PAGE = 50, 5000  # rows of the feed: 150 bytes each, or a picture of many kilobytes
PAGE_S = 1.0  # so long a page should take; the next has as many rows as fit


def open_site(url: str, *, role: str = "", secret: str = "") -> PostgresSite:
    """Connect as the station's role. Raises SiteError."""
    return PostgresSite(connect(url, role=role, secret=secret, name="baylight-sync"))


class PostgresSite:
    """Implements `db.sync.site.Site`. After a SiteError of the LINE kind, close it and open another."""

    def __init__(self, connection: Database) -> None:
        self._connection = connection

    def hello(self, hello: Hello) -> Welcome:
        end = hello.chains[-1] if hello.chains else Position("", 0)
        said = {
            "epoch": end.epoch,
            "seq": end.seq,
            "hash": end.hash,
            "app": hello.app,
            "depth": hello.depth,
            "oldest_at": None if hello.oldest_at is None else hello.oldest_at.isoformat(),
            "machines": list(hello.machines),
            "clock_state": hello.clock_state,
        }
        told = self._call("hello", Jsonb(said))
        if told["schema"] < newest():
            raise SiteError(Trouble.SCHEMA, OTHER_SCHEMA, f"the site has schema {told['schema']}, this program needs {newest()}")
        return Welcome(
            station=told["station"],
            server_epoch=told["server_epoch"],
            chains=tuple(Position(*each) for each in told["chains"]),
            body_version=told["body_version"],
            durable=tuple(Position(*each) for each in told["durable"]),
            now=datetime.fromisoformat(told["now"]),
        )

    def push(self, events: Sequence[Told]) -> Receipt:
        rows = [{"seq": each.seq, "id": each.id, "body": each.body, "hash": each.hash} for each in events]
        receipt = _receipt(self._call("push", Jsonb({"epoch": events[0].epoch, "events": rows})))
        if receipt.status is PushStatus.OK and len(events) <= LIVE_BATCH:
            self._fold_now()
        return receipt

    def tell_results(self, rows: Sequence[Mapping[str, str]]) -> int:
        """Rows of results for the host's table; how many it did not have. Raises SiteError."""
        return int(self._call("tell_results", Jsonb(list(rows))))

    def host_changes(self) -> list[dict[str, Any]]:
        """What hosts want changed of the orders that this station has. Raises SiteError."""
        return list(self._call("host_changes"))

    def answer_host_change(self, number: int, error: str) -> None:
        """What became of one of them; "" when it was taken. Raises SiteError."""
        self._call("answer_host_change", number, error)

    def push_unread(self, event: Told) -> Receipt:
        told = {"epoch": event.epoch, "seq": event.seq, "id": event.id, "hash": event.hash}
        return _receipt(self._call("push_unread", Jsonb(told), event.body.encode("utf-8", "surrogatepass")))

    def tail(self, after: Position, limit: int) -> tuple[Told, ...]:
        query = sql.SQL("SELECT seq, id, body, raw, hash FROM sync.tail(%s, %s, %s)")
        with errors():
            rows = self._connection.execute(query, (after.epoch, after.seq, limit)).fetchall()
        return tuple(
            Told(after.epoch, seq, id, raw.decode("utf-8", "surrogatepass") if body is None else body, hash.hex())
            for seq, id, body, raw, hash in rows
        )

    def publish(self, documents: Sequence[Document]) -> Published:
        rows = [{"kind": each.kind, "key": each.key, "version": each.version, "body": each.body} for each in documents]
        told = self._call("publish", Jsonb(rows))
        return Published(
            versions={(DocumentKind(kind), key): version for kind, key, version in told["versions"]},
            refused={(DocumentKind(kind), key): why for kind, key, why in told["refused"]},
        )

    def pull(self, cursor: Cursor) -> Feed:
        self._catch_up()
        rows = self._feed(cursor)
        if rows[0][0] == "refetch":
            return Feed(cursor=Cursor(server_epoch=rows[0][1]["server_epoch"]), must_refetch=True)
        head = rows[0][1]
        as_of = head["data_as_of"]
        return Feed(
            cursor=Cursor(server_epoch=head["server_epoch"], watermark=int(head["watermark"])),
            included=tuple(Position(*each) for each in head["included"]),
            documents=tuple(_document(told) for what, told in rows if what == "document"),
            stock=tuple(_stock(told) for what, told in rows if what == "stock"),
            leases=tuple(_lease(told) for what, told in rows if what == "lease"),
            custody=tuple(_custody(told) for what, told in rows if what == "custody"),
            data_as_of=None if as_of is None else datetime.fromisoformat(as_of),
        )

    def _feed(self, cursor: Cursor) -> list[tuple[str, Any]]:
        """One statement and so one snapshot, but read page by page: the limits of a statement and of an answer are those of a
        page, and a narrow line takes as long as it takes for a million rows."""
        query = sql.SQL("SELECT what, told FROM sync.pull(%s, %s::text::xid8)")
        rows: list[tuple[str, Any]] = []
        with errors(), self._connection.transaction(), self._connection.cursor(name="feed") as feed:
            feed.execute(query, (cursor.server_epoch, str(cursor.watermark)))
            size, began_s = FIRST_PAGE, time.monotonic()
            while page := feed.fetchmany(size):
                rows += page
                size, began_s = next_page(size, time.monotonic() - began_s), time.monotonic()
        return rows

    def checksums(self, cursor: Cursor) -> tuple[Checksum, ...]:
        query = sql.SQL("SELECT kind, rows, sum FROM sync.checksums(%s::text::xid8)")
        with errors():
            return tuple(Checksum(*row) for row in self._connection.execute(query, (str(cursor.watermark),)).fetchall())

    def claim(self, limit: int) -> tuple[Lease, ...]:
        return tuple(_lease(each) for each in self._call("claim", limit))

    def take_over(self, order: str, why: str) -> Lease:
        return _lease(self._call("take_over", order, why))

    def supplied(self, supplier: str) -> tuple[tuple[str, str], ...]:
        return tuple((item, lot) for item, lot in self._call("supplied", supplier))

    def close(self) -> None:
        self._connection.close()

    def _call(self, function: str, *arguments: object) -> Any:
        """The one value that a function of the schema answers. Raises SiteError."""
        places = sql.SQL(", ").join(sql.Placeholder() for _ in arguments)
        query = sql.SQL("SELECT {}({})").format(sql.Identifier("sync", function), places)
        try:
            with errors():
                row = self._connection.execute(query, arguments).fetchone()
        except UnicodeEncodeError as error:
            raise SiteError(Trouble.DATA, UNREADABLE, f"text without an UTF-8 form: {error.reason}") from error
        return None if row is None else row[0]

    def _fold_now(self) -> None:
        with suppress(SiteError):  # the push is done and its receipt is due; the next pull folds, or says what is wrong
            self._call("fold", FOLD_BATCH)

    def _catch_up(self) -> None:
        """Fold what is behind, within reason: the feed says how far it came."""
        ends_s = time.monotonic() + FOLD_PATIENCE_S
        while self._call("fold", FOLD_BATCH) == FOLD_BATCH and time.monotonic() < ends_s:
            continue


def next_page(rows: int, took_s: float) -> int:
    """How many rows to ask for after a page of so many: twice as many at most, one at least."""
    fitting = int(rows * PAGE_S / max(took_s, 0.001))
    return max(1, min(fitting, 2 * rows, LARGEST_PAGE))


def _receipt(told: dict[str, Any]) -> Receipt:
    return Receipt(
        status=PushStatus(told["status"]),
        acked=Position(told["epoch"], told["acked"], told["head"]),
        want=told["want"],
        received_at=datetime.fromisoformat(told["received_at"]),
        server_epoch=told["server_epoch"],
    )


def _document(told: list[Any]) -> Document:
    kind, key, version, body = told
    return Document(kind=DocumentKind(kind), key=key, version=version, body=body)


def _stock(told: list[Any]) -> SiteStock:
    key, (quantity, version, since, counted_at, visit, held) = StockKey(*told[:8]), told[8:]
    return SiteStock(key=key, quantity=quantity, version=version, since=since, counted_at=counted_at, visit=visit, held=held)


def _custody(told: list[Any]) -> TrayCustody:
    machine, tray, opening, station, visit, is_out, version = told
    return TrayCustody(machine=machine, tray=tray, opening=opening, station=station, visit=visit, is_out=is_out, version=version)


def _lease(told: list[Any]) -> Lease:
    order, fence, until, state, version = told
    return Lease(order=order, fence=fence, until=datetime.fromisoformat(until), state=LeaseState(state), version=version)
