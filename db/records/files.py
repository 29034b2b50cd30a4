"""Files of the host that went in, and files of results that went out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBegun(Record):
    """A file of more than one piece begins to go in, with bookings between its pieces. Without an `imported` of the same file
    after it the import was interrupted: some of its rows are in, and it is to be imported again."""

    kind: ClassVar[str] = "import_begun"
    what: str  # item | kit | tray | stock | order | loop | signal | step
    file: str
    sha256: str
    rows: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported(Record):
    """All of a file was taken over. Its rows are in the site_* tables (stock rows: in stock_loaded events before this one)."""

    kind: ClassVar[str] = "imported"
    what: str  # item | kit | tray | stock | order | loop | signal | step
    file: str
    sha256: str
    rows: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultExported(Record):
    """A file of results was written; it holds the results of all events up to and including `through_seq` of `epoch`."""

    kind: ClassVar[str] = "result_exported"
    file: str
    rows: int
    from_seq: int
    through_seq: int
    epoch: str = ""  # of these seqs; "" is this event's own


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultAcknowledged(Record):
    kind: ClassVar[str] = "result_acknowledged"
    file: str
