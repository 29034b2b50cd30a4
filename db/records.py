"""The kinds of event: one frozen dataclass each. What is appended to the log is one of these, and nothing else.

A record holds the facts of its kind only; the envelope (id, station, epoch, seq, time, operator, role, program version) is
added by the writer. Field types are JSON's own: str, int, bool, None and tuples of them; quantities are scaled integers.
Persons appear as random ids, never as names, badges or PINs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The root of all kinds. `kind` is the word stored in the log."""

    kind: ClassVar[str]


# --- the log and the program -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochOpened(Record):
    """First event of an epoch. For the very first epoch the old ones are "", 0 and "". Numbers of lift commands go on after
    `commands_after`: a machine may still answer commands that this log does not know."""

    kind: ClassVar[str] = "epoch_opened"
    old_epoch: str = ""
    old_seq: int = 0
    old_head: str = ""
    why: str = "created"  # created | restored | salvaged
    commands_after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StationStarted(Record):
    kind: ClassVar[str] = "station_started"
    sqlite: str
    was_clean: bool  # whether the last run said station_stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class StationStopped(Record):
    kind: ClassVar[str] = "station_stopped"
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBegun(Record):
    """A file of more than one piece begins to go in, with bookings between its pieces. Without an `imported` of the same file
    after it the import was interrupted: some of its rows are in, and it is to be imported again."""

    kind: ClassVar[str] = "import_begun"
    what: str  # item | tray | stock | order
    file: str
    sha256: str
    rows: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported(Record):
    """All of a file was taken over. Its rows are in the site_* tables (stock rows: in stock_loaded events before this one)."""

    kind: ClassVar[str] = "imported"
    what: str  # item | tray | stock | order
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


# --- people ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(Record):
    kind: ClassVar[str] = "person_added"
    person: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDisabled(Record):
    kind: ClassVar[str] = "person_disabled"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinReset(Record):
    kind: ClassVar[str] = "pin_reset"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameErased(Record):
    kind: ClassVar[str] = "name_erased"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOn(Record):
    kind: ClassVar[str] = "signed_on"
    person: str
    role: str
    method: str  # badge_pin | badge


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOnRefused(Record):
    """`person` is empty when the badge is not known."""

    kind: ClassVar[str] = "sign_on_refused"
    person: str
    # unknown_badge | wrong_pin | too_early | locked | disabled | expired | store_read_only | store_error | pepper_mismatch
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOff(Record):
    kind: ClassVar[str] = "signed_off"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unattended(Record):
    """The screen locked with somebody signed on; the tray stays where it is."""

    kind: ClassVar[str] = "unattended"
    person: str
    tray: int | None
    why: str  # idle | asked | disabled


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Record):
    kind: ClassVar[str] = "returned"
    person: str
    method: str  # badge | badge_pin


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Record):
    """Another person takes the open work over, by an explicit answer."""

    kind: ClassVar[str] = "handed_over"
    from_person: str
    to_person: str
    order: str
    line: str


# --- the machine -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionIntended(Record):
    """Written before the bytes leave. `verb` is fetch, store or point. `next_tray` is the tray that a fetch names as wanted next,
    None for none: a wish, of which the machine tells nothing."""

    kind: ClassVar[str] = "motion_intended"
    command: int
    verb: str
    machine: str
    opening: str
    tray: int
    compartment: str = ""
    next_tray: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionEnded(Record):
    """Written after the answer, or after nobody answered. Projects the opening: done fetch = tray there with `visit`,
    done store = empty, not_done = as before, unknown = not known. A late answer or a person may end it a second time."""

    kind: ClassVar[str] = "motion_ended"
    command: int
    verb: str
    machine: str
    opening: str
    tray: int
    outcome: str  # done | not_done | unknown
    visit: int = 0  # of the tray that arrived
    code: str = ""
    how: str = "answer"  # answer | late_answer | timeout | status (read afterwards, of a machine that reports its tray)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayTold(Record):
    """A person, or the status of a machine that reports its tray, said which tray is at the opening (None: none)."""

    kind: ClassVar[str] = "tray_told"
    machine: str
    opening: str
    tray: int | None
    visit: int
    how: str  # scan | typed | none | machine


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyEvent(Record):
    kind: ClassVar[str] = "safety"
    machine: str
    code: str
    is_stopped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEvent(Record):
    kind: ClassVar[str] = "link"
    device: str
    is_up: bool
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayOutOfService(Record):
    """The tray is not called for work until it is back in service; `reason` is said to whoever waits for it. Said again, the
    newest reason counts."""

    kind: ClassVar[str] = "tray_out_of_service"
    machine: str
    tray: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayInService(Record):
    kind: ClassVar[str] = "tray_in_service"
    machine: str
    tray: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BayOutOfService(Record):
    """Nothing is called to this opening for work until it is back in service."""

    kind: ClassVar[str] = "bay_out_of_service"
    machine: str
    opening: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BayInService(Record):
    kind: ClassVar[str] = "bay_in_service"
    machine: str
    opening: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDone(Record):
    """A service or an inspection of the machine took place. `note` says by whom or names the report. Counters since the last
    service begin again after a service; `next_inspection` is a date (2027-11-26), "" where none was named."""

    kind: ClassVar[str] = "service_done"
    machine: str
    person: str
    what: str  # service | inspection
    note: str
    next_inspection: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceWeightLearnt(Record):
    """Somebody put `sample` pieces of a lot on a scale and said how many: what one weighs, with its standard uncertainty. The
    newest of an item's lot counts. `scale` is the device that weighed them."""

    kind: ClassVar[str] = "piece_weight_learnt"
    item: str
    lot: str
    piece_ug: int
    uncertainty_ug: int
    sample: int
    sample_mg: int
    scale: str = "scale"


# --- orders ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderStarted(Record):
    kind: ClassVar[str] = "order_started"
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLeft(Record):
    """The operator left a started order; its open lines stay open and it is offered again."""

    kind: ClassVar[str] = "order_left"
    order: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderClosed(Record):
    kind: ClassVar[str] = "order_closed"
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(Record):
    kind: ClassVar[str] = "order_cancelled"
    order: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSkipped(Record):
    kind: ClassVar[str] = "line_skipped"
    order: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineClosed(Record):
    """A line is finished. `done_quantity` is what really moved for it, over all its compartments."""

    kind: ClassVar[str] = "line_closed"
    order: str
    line: str
    outcome: str  # confirmed | short | cancelled
    asked: int
    done_quantity: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRefused(Record):
    """A scan that did not belong to the open task; Confirm is locked until the right one.

    Any text may be somebody's badge, so `scanned` is a code that the site knows, or empty. Then `length` and, of a long code,
    `ending` (its last four characters) are all that is kept; of a badge nothing is.
    """

    kind: ClassVar[str] = "scan_refused"
    order: str
    line: str
    scanned: str
    expected: str
    what: str = ""  # item | shared (of several items) | compartment | tray | badge | unknown
    length: int = 0
    ending: str = ""
    scanner: str = ""


# --- stock: every one of these names its place, its key and the tray's visit -------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Record):
    """The fields that every stock event has. `visit` 0 means "not during a visit" (import)."""

    machine: str
    tray: int
    compartment: str
    visit: int
    item: str
    lot: str = ""
    serial: str = ""
    owner: str = "own"
    status: str = "free"
    order: str = ""
    line: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked(Moved):
    """`quantity` (> 0) left the compartment: delta -quantity."""

    kind: ClassVar[str] = "picked"
    quantity: int
    proof: str = "touch"  # touch | scan | scan_each | unreadable
    scanner: str = ""  # which read the code that proved it


@dataclass(frozen=True, slots=True, kw_only=True)
class Put(Moved):
    """`quantity` (> 0) went into the compartment: delta +quantity."""

    kind: ClassVar[str] = "put"
    quantity: int
    proof: str = "touch"
    scanner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Moved):
    """Found while working: the person says that so many `remaining` are there; `reason` is never empty. The log adds `delta`
    (signed), by which the book of that moment was wrong; 0 where it was right and only the reason is news."""

    kind: ClassVar[str] = "corrected"
    remaining: int
    delta: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted(Moved):
    """A count: a reset point. The log adds `book`, what it held at that moment; `was_blind`: it was hidden from the person."""

    kind: ClassVar[str] = "counted"
    counted: int
    book: int = 0
    was_blind: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroCheckAsked(Moved):
    """The book says that a pick left nothing: somebody must look whether the compartment is empty. A count, a put or a correction
    in that compartment answers; until then the question is open, whatever becomes of the program. The log adds `book`; where
    something is left by now, nothing is written."""

    kind: ClassVar[str] = "zero_check_asked"
    book: int = 0  # 0, or below when more was there than the book knew


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroCheckEnded(Moved):
    """The question was answered by something that is no figure; `reason` says what was found."""

    kind: ClassVar[str] = "zero_check_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLoaded(Moved):
    """Opening stock from an import: a reset point like a count."""

    kind: ClassVar[str] = "stock_loaded"
    counted: int
