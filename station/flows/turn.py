"""What the flows have in common: the state of one task, what can happen to it, and what it asks for.

A flow is a pure function `advance(state, event) -> Turn`. It does no I/O, knows no clock and moves no metal: the tray is brought
and lit by `station.core.steering`, and nothing reaches a flow's booking events unless `station.interlocks` allows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from db.records.orders import LineSkipped
from db.records.record import Record
from db.records.stock import CountHeld
from station.commands import Command
from station.count_tolerance import CountTolerance
from station.held_lots import LotPlace
from station.rules.look_alike import LookAlike
from station.scan_label import NO_LABEL, Label
from station.task import Task
from station.values import EventRow, HeldCount, Order, Place, StockKey
from station.view.message import Message
from station.where import Where, where_of

# --- what happens to a task --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ScannedRight:
    """The scan was the task's item: one piece, where every piece is scanned and its label says no number of them."""

    label: Label = NO_LABEL


@dataclass(frozen=True, slots=True)
class ScannedPlace:
    """The scan was the label of the task's compartment. It proves the place, and is no piece of the item."""


@dataclass(frozen=True, slots=True)
class ScannedWrong:
    """The scan was something else; `text` is what was read, `scanner` by what. `differs`: it was the item, of another lot or
    serial than the task's ("lot", "serial")."""

    text: str
    scanner: str = ""
    differs: str = ""

    def __repr__(self) -> str:
        return "ScannedWrong(****)"


@dataclass(frozen=True, slots=True)
class Booked:
    """What the flow asked to book is durable. `event` is the id of its first event, "" where there was nothing to write.
    `is_check_needless` says that the zero check was not written: by now the book has something left there. `rows` are its
    events."""

    event: str = ""
    is_check_needless: bool = False
    rows: tuple[EventRow, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class BookingFailed:
    """Nothing was written; `code` says why (D4xx), `about` which serial was refused."""

    code: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class CheckCode:
    """Find out whether what was said to be a lot or a serial is anybody's badge, and answer with CodeChecked. Before the answer
    it is in no record, no message and no log. `operator` is who said it."""

    task: Task
    text: str = field(repr=False)
    operator: str = ""


@dataclass(frozen=True, slots=True)
class CodeChecked:
    """The answer to CheckCode. `means` is the item, or the GTIN of one that is not known here, that the same text stands for,
    "" for none: then it is asked which is meant."""

    asked: CheckCode
    is_badge: bool
    means: str = ""


@dataclass(frozen=True, slots=True)
class FindLots:
    """Look which other lots could serve the task's line, and answer with LotsFound."""

    task: Task


@dataclass(frozen=True, slots=True)
class LotsFound:
    """The answer to FindLots: a task for each, as they would leave; empty when there is no other."""

    task: Task
    choices: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class FindLotStock:
    """Look where the lot of the task's stock lies in this machine, and answer with LotStockFound."""

    task: Task


@dataclass(frozen=True, slots=True)
class LotStockFound:
    """The answer to FindLotStock: what a defect of it holds."""

    task: Task
    places: tuple[LotPlace, ...]


@dataclass(frozen=True, slots=True)
class ToteNamed:
    """A put place (`is_place`), or a tote, was named: by its key, by a scan or by a touch."""

    name: str
    by: str
    is_place: bool = False


Found = LotsFound | LotStockFound
TaskEvent = Found | Command | ScannedRight | ScannedPlace | ScannedWrong | ToteNamed | CodeChecked | Booked | BookingFailed

# --- what a wrong scan was ---------------------------------------------------------------------------------------------


class Named(StrEnum):
    """What a code is on this site. SHARED: of more than one item, so that it proves none."""

    ITEM = "item"
    SHARED = "shared"
    COMPARTMENT = "compartment"
    OLD_PLACE = "old_place"  # the label of a compartment that is none any more
    TRAY = "tray"
    CARD = "card"  # of a kanban loop
    BADGE = "badge"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NameScan:
    """Find out what was scanned instead of the task's item, and answer with ScanNamed. Any text may be a badge: before the answer
    it is in no record, no message and no log. `operator` and `role` are of who scanned it."""

    task: Task
    text: str
    operator: str = ""
    role: str = ""
    scanner: str = ""

    def __repr__(self) -> str:
        return f"NameScan(task={self.task!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanNamed:
    """The answer to NameScan. `code` is given when the site knows it, `length` and `ending` when it does not; `place_now` of an
    old label, where that is now."""

    asked: NameScan
    what: Named
    code: str = ""
    length: int = 0
    ending: str = ""
    place_now: str = ""


# --- what a task asks for ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShareBooked:
    """What a booking adds to the line of one task that is worked with others in one go. `closes`: it got all it asked here."""

    task: Task
    moved: int
    closes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Append these records in one transaction, and answer with Booked or BookingFailed.

    `moved` is what this booking adds to the line. `closes` says that this task asks nothing more for its line; whether the line
    is then finished is decided by the round, which knows the line's other tasks. `reason` says why less was moved than asked.
    A start is of the orders as they were `planned`, or refused. `shares` take the place of `moved` and `closes` where several
    lines are worked in one go.
    """

    records: tuple[Record, ...]
    moved: int = 0
    closes: bool = False
    reason: str = ""
    planned: tuple[Order, ...] = ()
    shares: tuple[ShareBooked, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Append these records; nobody waits for them."""

    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Say:
    """Show this in the message bar."""

    message: Message
    is_flashed: bool = False  # the screen changes with what it tells


TaskEffect = Book | Note | Say | NameScan | CheckCode | FindLots | FindLotStock

# --- the state ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """Where a task stands. Each flow has its own steps; these three belong to all."""


@dataclass(frozen=True, slots=True)
class Working(Step):
    """At the compartment: scan, touch, or say what is different."""


@dataclass(frozen=True, slots=True)
class Booking(Step):
    """A booking is on its way to the disk. `before` is shown again when it fails, `after` follows when it is durable.
    `is_held`: it is a count that waits for a different person."""

    before: Step
    after: Step
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a line still lacks after a distribution."""

    task: Task
    missing: int


@dataclass(frozen=True, slots=True)
class Finished(Step):
    """Nothing more to do here. `missing` is what the line still lacks because of this task; the round looks for it elsewhere
    unless `is_given_up`. `was_skipped` sets the line aside; `is_parked`: its count waits for a different person, and the line
    stays open for him. `count_first` asks for a count here, then for this task again.
    `instead` is worked in its place: another lot, or another compartment.
    `lacking` says which lines lack how much of `missing`, where several are worked in one go."""

    missing: int = 0
    is_given_up: bool = False
    was_skipped: bool = False
    is_parked: bool = False
    count_first: bool = False
    instead: Task | None = None
    reason: str = ""
    lacking: tuple[Lacking, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskState:
    """One task being worked. `book` is what the store holds of the task's stock key in its compartment; `has_beside` that other
    stock (another serial, lot or owner) lies there too, so that the compartment is not empty when the key is."""

    task: Task
    visit: int
    book: int
    has_beside: bool = False
    step: Step = field(default_factory=Working)
    lot: str = ""  # of a put, as the person said it
    serials: tuple[str, ...] = ()  # of a put, one for each piece said so far
    checking: str = field(default="", repr=False)  # said to be a lot or serial, until it is known to be nobody's badge
    known_serials: Mapping[str, Place] = field(default_factory=dict)  # where the book has serials of the item put
    told_lot: str = field(default="", repr=False)  # by the labels that were scanned; it answers when it is asked for
    told_serials: tuple[str, ...] = field(default=(), repr=False)  # likewise, one label each
    scanned: int = 0  # pieces proven by scan, in stock units (scaled)
    scanner: str = ""  # what read the last right code
    into: str = ""  # how the tote was proven, where it was more than a touch
    is_locked: bool = False  # a wrong scan locks Confirm
    is_flagged: bool = False  # the label was unreadable; the booking says so
    is_last_of_line: bool = True  # no other task of its line follows
    by: str = ""  # who works: a random id
    tolerance: CountTolerance | None = None  # beyond it a count waits for a different person; None: none waits for anybody
    held: HeldCount | None = None  # what was counted here before and waits
    shared: frozenset[str] = frozenset()  # codes of the item that another item has too: they prove neither
    look_alike: LookAlike | None = None  # what is easily taken for it: a touch alone proves nothing
    second: str = ""  # the other person who confirms it, where the item asks for two
    lying: tuple[StockKey, ...] = ()  # of a put, all that is in the compartment
    unfit: str = ""  # of a put, why the goods do not belong there
    spare_g: int | None = None  # of a put, what its tray still bears by the book; None: nobody knows
    is_out: bool = False  # of a task for several totes: a person has said that its goods are out of the compartment
    dated_lots: frozenset[str] = frozenset()  # of a put, the lots whose expiry is known
    expiry: date | None = None  # of a put, as the person said it

    def at(self, step: Step) -> TaskState:
        """The same task at another step."""
        return replace(self, step=step)


Turn = tuple[TaskState, tuple[TaskEffect, ...]]


def stay(state: TaskState, *effects: TaskEffect) -> Turn:
    """Remain in this state."""
    return state, effects


def book(state: TaskState, after: Step, effect: Book) -> Turn:
    """Ask for a booking and wait for it."""
    is_held = any(isinstance(each, CountHeld) for each in effect.records)
    return state.at(Booking(before=state.step, after=after, is_held=is_held)), (effect,)


def settle(state: TaskState, event: Booked | BookingFailed) -> Turn:
    """A booking ended: go on when it is durable, else stand where we stood."""
    if not isinstance(state.step, Booking):
        return stay(state)
    if isinstance(event, BookingFailed):
        return stay(state.at(state.step.before))
    return stay(state.at(Finished() if event.is_check_needless else state.step.after))


def skip(state: TaskState) -> Turn:
    """Set the line aside; a line of an order says so in the record."""
    skipped = state.at(Finished(was_skipped=True))
    if state.task.is_direct:
        return stay(skipped)
    tasks = state.task.shares or (state.task,)
    return stay(skipped, Note(tuple(LineSkipped(order=each.order, line=each.line) for each in tasks)))


def where(state: TaskState) -> Where:
    """Where this task books, and on which line."""
    task = state.task
    return where_of(task.place, task.key, visit=state.visit, order=task.order, line=task.line)
