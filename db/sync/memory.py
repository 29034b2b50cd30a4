"""What replication remembers in `sync_state` and `sync_receipt`: bookkeeping, no part of the record.

Nothing here is believed where the site can be asked: what it acknowledged is read from its own mouth at each connection.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from db.envelope import moment, moment_text
from db.sync.status import SyncException, SyncStatus, from_json, to_json
from db.sync.values import Cursor, Document, DocumentKind, Position, Receipt

_GET = "SELECT value FROM sync_state WHERE key = ?"
_SET = "INSERT INTO sync_state (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
_RECEIPT = """
INSERT INTO sync_receipt (epoch, seq, head, received_at, server_epoch) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET head = excluded.head, received_at = excluded.received_at, server_epoch = excluded.server_epoch
"""
# The newest of each day stays, so the newest of all does.
_THIN = "DELETE FROM sync_receipt WHERE epoch = ? AND seq < ? AND substr(received_at, 1, 10) = ?"
_LAST_RECEIPT = "SELECT max(received_at) FROM sync_receipt"
_EXCEPTION = "exception/"


def get(connection: Connection, key: str) -> Any:
    """The value, None where there is none."""
    text = connection.exec_driver_sql(_GET, (key,)).scalar()
    return None if text is None else json.loads(text)


def put(connection: Connection, key: str, value: object) -> None:
    """Remember; None forgets."""
    if value is None:
        connection.exec_driver_sql("DELETE FROM sync_state WHERE key = ?", (key,))
    else:
        connection.exec_driver_sql(_SET, (key, json.dumps(value, ensure_ascii=False, sort_keys=True)))


def cursor(connection: Connection) -> Cursor:
    """How far the state of the site was read."""
    found = get(connection, "cursor")
    return Cursor() if found is None else Cursor(server_epoch=found["server_epoch"], watermark=found["watermark"])


def put_cursor(connection: Connection, cursor: Cursor) -> None:
    """With the last piece of what came."""
    put(connection, "cursor", {"server_epoch": cursor.server_epoch, "watermark": cursor.watermark})


def refetch(connection: Connection) -> str:
    """Why everything is to be read anew, "" when it is not."""
    return str(get(connection, "refetch") or "")


@dataclass(frozen=True, slots=True)
class Sweep:
    """All is read anew, for the `number`th time: what the site has not named by the end of it, it has not. That end is when a
    feed is as of `since`, a moment of the site's own clock after the full answer: until then a transaction there may hide a
    row. `generation` is the first one of stock rows that came in it."""

    number: int
    generation: int
    is_new_epoch: bool
    since: datetime | None = None


def fetch_number(connection: Connection) -> int:
    """How many full answers there were."""
    return int(get(connection, "fetches") or 0)


def sweep(connection: Connection) -> Sweep | None:
    """What is being read anew; None: nothing is."""
    found = get(connection, "sweep")
    if found is None:
        return None
    since = None if found["since"] is None else moment(found["since"])
    return Sweep(found["number"], found["generation"], found["is_new_epoch"], since)


def put_sweep(connection: Connection, sweep: Sweep | None) -> None:
    """It begins, its end is known, or it ended."""
    if sweep is None:
        put(connection, "sweep", None)
        return
    since = None if sweep.since is None else moment_text(sweep.since)
    put(connection, "fetches", sweep.number)
    put(
        connection,
        "sweep",
        {"number": sweep.number, "generation": sweep.generation, "is_new_epoch": sweep.is_new_epoch, "since": since},
    )


def completing(connection: Connection) -> tuple[int, datetime | None]:
    """The generation of stock rows to be complete next (0: none), and as of when a feed must be for that."""
    found = get(connection, "completing")
    return (0, None) if found is None else (found[0], None if found[1] is None else moment(found[1]))


def put_completing(connection: Connection, generation: int, since: datetime | None) -> None:
    """0: none."""
    put(connection, "completing", [generation, None if since is None else moment_text(since)] if generation else None)


def acked(connection: Connection) -> Mapping[str, Position]:
    """What the site acknowledged last, by epoch: only to show how much waits while nobody answers."""
    return {epoch: Position(epoch, seq, hash) for epoch, (seq, hash) in (get(connection, "acked") or {}).items()}


def put_acked(connection: Connection, positions: Mapping[str, Position]) -> None:
    """As the site said it."""
    put(connection, "acked", {epoch: [each.seq, each.hash] for epoch, each in positions.items()})


def put_receipt(connection: Connection, receipt: Receipt, now: datetime) -> None:
    """Keep the newest receipt of each epoch, and one of each day."""
    at = moment_text(receipt.received_at or now)
    position = receipt.acked
    row = (position.epoch, position.seq, bytes.fromhex(position.hash), at, receipt.server_epoch)
    connection.exec_driver_sql(_RECEIPT, row)
    connection.exec_driver_sql(_THIN, (position.epoch, position.seq, at[:10]))


def last_receipt_at(connection: Connection) -> datetime | None:
    """When the site acknowledged something last."""
    found = connection.exec_driver_sql(_LAST_RECEIPT).scalar()
    return None if found is None else moment(found)


def put_refusal(connection: Connection, kind: str, key: str, why: str, *, at: datetime) -> None:
    """List what the site did not take over from here; "" takes it off. It stays on the list when the site's own comes down."""
    value = {"kind": kind, "key": key, "why": why, "at": moment_text(at), "document": None}
    put(connection, f"{_EXCEPTION}refused/{kind}/{key}", value if why else None)


def put_exception(
    connection: Connection, kind: str, key: str, why: str, *, at: datetime, document: Document | None = None
) -> None:
    """List what was not taken over, with the document, so that it can be tried again. `why` "" takes it off the list."""
    if not why:
        put(connection, f"{_EXCEPTION}{kind}/{key}", None)
        return
    kept = None if document is None else {"version": document.version, "body": document.body}
    put(
        connection,
        f"{_EXCEPTION}{kind}/{key}",
        {"kind": kind, "key": key, "why": why, "at": moment_text(at), "document": kept},
    )


def exceptions(connection: Connection) -> tuple[SyncException, ...]:
    """The list, oldest first."""
    found = [
        SyncException(kind=each["kind"], key=each["key"], why=each["why"], at=moment(each["at"])) for each in _kept(connection)
    ]
    return tuple(sorted(found, key=lambda each: (each.at, each.kind, each.key)))


def is_kept_out(connection: Connection, kind: str, key: str) -> bool:
    """Whether the site's document was not taken over here."""
    return get(connection, f"{_EXCEPTION}{kind}/{key}") is not None


def kept_documents(connection: Connection) -> tuple[Document, ...]:
    """The documents on the list, to be tried again."""
    return tuple(
        Document(
            kind=DocumentKind(each["kind"]),
            key=each["key"],
            version=each["document"]["version"],
            body=each["document"]["body"],
        )
        for each in _kept(connection)
        if each["document"] is not None
    )


def _kept(connection: Connection) -> list[dict[str, Any]]:
    rows = connection.exec_driver_sql(
        "SELECT value FROM sync_state WHERE key >= ? AND key < ? ORDER BY key", (_EXCEPTION, _EXCEPTION + "\U0010ffff")
    )
    return [json.loads(row[0]) for row in rows]


def status(connection: Connection) -> SyncStatus | None:
    """What the running station said last."""
    found = get(connection, "status")
    return None if found is None else from_json(found)


def put_status(connection: Connection, status: SyncStatus) -> None:
    """For who reads beside the station."""
    put(connection, "status", to_json(status))
