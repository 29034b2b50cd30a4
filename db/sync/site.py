"""The site as a station sees it: the one port of replication. `db.upstream` implements it over PostgreSQL, tests simulate it.

Every call is one transaction at the site and may be repeated: an answer that was lost does no harm. All may raise SiteError.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Protocol

from db.sync.values import Checksum, Cursor, Document, Feed, Hello, Lease, Position, Published, Receipt, Told, Welcome


class Trouble(Enum):
    """What kind of failure: it decides what the station does next."""

    LINE = "line"  # no connection, or it was cut, or too slow: the call may or may not have happened; try again later
    DATA = "data"  # the site cannot take this content: find the one event, and tell it alone
    RIGHT = "right"  # the role may not do this, or is not enrolled: a person must act
    SCHEMA = "schema"  # the site has another release's functions: a person must act


class SiteError(Exception):
    """The site did not answer as it should. `code` is an U-code of docs/site.md; the message names no secret."""

    def __init__(self, trouble: Trouble, code: str, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.trouble = trouble
        self.code = code
        self.message = message


class Site(Protocol):
    """One connection to the site database, as this station's own role. Used by one thread."""

    def hello(self, hello: Hello) -> Welcome:
        """Say where the log ends and learn where the site's copy does; renews the leases. Also the heartbeat."""

    def push(self, events: Sequence[Told]) -> Receipt:
        """Give consecutive events of one epoch. A replay is answered OK. Before a HOLD the events of known versions are taken.

        A first event that does not follow from the acknowledged one is a FORK; where both ends hold the same hash there
        (`Receipt.acked`), the event itself is damaged."""

    def push_unread(self, event: Told) -> Receipt:
        """Give one event that `push` could not take: it is kept as bytes, with an exception for somebody to look at."""

    def tail(self, after: Position, limit: int) -> tuple[Told, ...]:
        """Own events that the site holds behind this position of one epoch, in order."""

    def publish(self, documents: Sequence[Document]) -> Published:
        """Take over documents changed at this bay. `version` is the one that the change was made on. An open order
        comes with its lease, also one that the site has already: to this station, unless another holds it or did it."""

    def pull(self, cursor: Cursor) -> Feed:
        """What changed since the cursor."""

    def checksums(self, cursor: Cursor) -> tuple[Checksum, ...]:
        """Of everything that this station should have at the cursor. All kinds, also those of which there is
        nothing; one of which something changed since is left out: it cannot be compared at this moment."""

    def claim(self, limit: int) -> tuple[Lease, ...]:
        """Lease up to so many more released orders that this station can serve, most urgent first, and reserve their stock."""

    def take_over(self, order: str, why: str) -> Lease:
        """Lease this open order under a new fence, whoever has it now. SiteError DATA where there is no such open order."""

    def supplied(self, supplier: str) -> tuple[tuple[str, str], ...]:
        """What all stations have received from this supplier: item, and lot or ""."""

    def close(self) -> None:
        """Close the connection; never raises."""
