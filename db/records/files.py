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
    """The host has this file of results. `folder`: the one that it was fetched from; "" for the station's own."""

    kind: ClassVar[str] = "result_acknowledged"
    file: str
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockTold(Record):
    """The stock as it stood was written out for a host. `through_seq` of the log is the cut-off."""

    kind: ClassVar[str] = "stock_told"
    folder: str
    file: str
    rows: int
    through_seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StockCompared(Record):
    """The host's stock was compared with ours as it was after `through_seq` of `epoch`. `different`: item, lot and owner of each
    difference, as JSON; all else agreed."""

    kind: ClassVar[str] = "stock_compared"
    file: str
    sha256: str
    epoch: str
    through_seq: int
    equal: int
    in_transit: int
    different: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFile(Record):
    """What became of a file that a host put into a watched folder."""

    kind: ClassVar[str] = "host_file"
    folder: str
    file: str  # as the host named it
    taken_as: str  # its name in the archive, unique
    fate: str  # taken | partly_refused | failed
    sha256: str
    what: str
    rows: int
    rejected: int
    reject_file: str = ""
    reason: str = ""
