"""What the two ends of replication say to each other: frozen values, the same for PostgreSQL and for a simulated site.

Positions in a chain are (epoch, seq); hashes are hexadecimal. A document is one item, tray, order, person, picture or block,
whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from datetime import datetime
from enum import StrEnum


class DocumentKind(StrEnum):
    """What comes down, and goes up where it was changed at a bay."""

    ITEM = "item"  # with its packs and barcodes
    TRAY = "tray"  # with its compartments; key machine/number
    ORDER = "order"  # with its lines
    PERSON = "person"  # with badge digest and PIN verifier; deleted: revoked
    BLOCK = "block"  # goods that may not leave; key: the event that began it. Only the site makes one, out of events
    PICTURE = "picture"  # a file, base64


class PushStatus(StrEnum):
    """The site's answer to a batch. Only OK and a replay of what it has moves its acknowledgement."""

    OK = "ok"
    GAP = "gap"  # it wants another seq first: `want`
    FORK = "fork"  # it holds another event under this seq: `want` is the first one that differs
    HOLD = "hold"  # the body's version is newer than the site's


class LeaseState(StrEnum):
    HELD = "held"  # this station's
    ENDED = "ended"  # it moved away, or is done


@dataclass(frozen=True, slots=True)
class Position:
    """The end of what is known of one epoch; seq 0: nothing of it."""

    epoch: str
    seq: int
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """The station's first word on a connection, and its heartbeat every 30 s. `chains` are its epochs in the order of the log."""

    chains: tuple[Position, ...]
    body_version: int
    app: str
    depth: int = 0  # events not acknowledged, as far as the station knows
    oldest_at: datetime | None = None  # of those
    machines: tuple[str, ...] = ()  # that it serves
    clock_state: str = ""  # of the computer's time service, where it tells: synced | unsynced


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """The site is the authority on what it has: `chains` are all epochs it holds of this station, in the order they came.
    A chain may have moved backwards since the last time (the site was restored), or be ahead (the station was)."""

    station: str
    server_epoch: str
    chains: tuple[Position, ...]
    body_version: int  # the newest it reads
    durable: tuple[Position, ...] = ()  # per epoch, as far as it is in a verified copy of the site database
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One event as it goes up or comes back: the stored bytes, never re-encoded."""

    epoch: str
    seq: int
    id: str
    body: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The answer to a push. `acked` is the end of what the site holds of that epoch, durably, whatever the status."""

    status: PushStatus
    acked: Position
    want: int = 0
    received_at: datetime | None = None
    server_epoch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far the station has read the state of the site: an xid8 watermark, good within one server epoch. 0: nothing yet."""

    server_epoch: str = ""
    watermark: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document in one version. `body` is None when it was deleted or revoked."""

    kind: DocumentKind
    key: str
    version: int
    body: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class StockKey:
    """One stock: what, and where."""

    machine: str
    tray: int
    compartment: str
    item: str
    lot: str
    serial: str
    owner: str
    status: str

    @property
    def text(self) -> str:
        """All of it in one line, for a checksum."""
        return "|".join(map(str, astuple(self)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStock:
    """The book of one stock, folded from the events of all stations up to this pull `included`. `held`: reserved for orders
    of other stations."""

    key: StockKey
    quantity: int
    version: int
    since: str
    counted_at: str | None
    visit: int  # the highest of this tray known to the site
    held: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayCustody:
    """The bay that had a tray last, by the events of all stations; `is_out`: it is there still."""

    machine: str
    tray: int
    opening: str
    station: str
    visit: int
    is_out: bool
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Whose an order is. Every event about it carries the fence; the site takes those of an older fence for an exception."""

    order: str
    fence: int
    until: datetime
    state: LeaseState
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """All that changed since the cursor, of one moment; what it told already may come again, with the same version. `included`:
    own events that the stock rows contain. With `must_refetch` the cursor is of no use any more (older than the tombstones, or of
    another server epoch): begin again at 0."""

    cursor: Cursor
    included: tuple[Position, ...] = ()
    documents: tuple[Document, ...] = ()
    stock: tuple[SiteStock, ...] = ()
    leases: tuple[Lease, ...] = ()
    custody: tuple[TrayCustody, ...] = ()
    data_as_of: datetime | None = None  # older than now while some transaction pins the watermark; None: the site may not tell
    must_refetch: bool = False


@dataclass(frozen=True, slots=True)
class Checksum:
    """Of one kind of row at one cursor: how many live ones, and the sum of their `row_mark`. Deleted documents, orders that this
    station does not hold, ended leases, trays that were at no bay and stock of quantity 0 do not count."""

    kind: str  # a DocumentKind, "stock", "lease" or "custody"
    rows: int
    sum: int


def row_mark(key: str, version: int) -> int:
    """One row's part of a checksum: the first 32 bits of MD5 of "key|version". The key of a stock is its `StockKey.text`, that of
    a lease its order, that of custody "machine/tray". No secret: it finds what was missed, not what was forged."""
    return int.from_bytes(hashlib.md5(f"{key}|{version}".encode(), usedforsecurity=False).digest()[:4], "big")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What became of documents that this station changed: the version each has now, and those that the site refused, with why."""

    versions: Mapping[tuple[DocumentKind, str], int] = field(default_factory=dict)
    refused: Mapping[tuple[DocumentKind, str], str] = field(default_factory=dict)
