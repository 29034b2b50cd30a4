"""Undo the last booking: for 10 s, while its tray is still at the bay; after that the same touch opens a count. Pure.

Writing -> Open (the time runs) -> Asking (do the goods lie as before?) -> Undoing -> over. Whoever says no goes on as if he had
not asked. Past: the time is over, the tray has left, or it is nothing that can be undone; a touch opens a count of it.
What a line's end adds in a transaction of its own belongs to the booking before it (Followed).
The diagram with its lettered edges is in docs/operator.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from station.flows.lines import Lines
from station.flows.receipt_state import Receipt
from station.flows.round_state import Round
from station.task import Task
from station.values import EventRow, Item, Place, StockKey

WINDOW_S: Final = 10.0
ANSWER_S: Final = 120.0  # to lay goods back takes longer than to say so; beyond it the host waits no more
LIE_BACK, AS_BOOKED = "lie_back", "as_booked"  # the answers

# Why a booking is counted instead of undone, as the ends of the names of sentences.
TIME, TRAY_LEFT, OTHER_WORK, TOLD = "time", "tray", "work", "told"
COUNTED, HELD, CHANGED = "count", "held", "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A booking: who made it, where, and what it did. `moved` says which way: pick, put, or book for a figure alone; of
    `quantity` it is how much. `before` is the round as it stood, None at a called tray; `closes` that it ended an order.
    `never` is why it can be undone at no time, "" where it can. `keys` are the stock that it touched, none of a load; `rows` its
    events. `receipt` is that in hand while it was booked, None of anything else: `moved` is received, rejected or passed then,
    and `lines` how far its line or the order's was."""

    person: str
    task: Task
    moved: str
    quantity: int
    place: Place
    visit: int
    keys: tuple[StockKey, ...]
    before: Round | None = None
    is_of_call: bool = False
    closes: bool = False
    never: str = ""
    rows: tuple[EventRow, ...] = field(default=())
    receipt: Receipt | None = None
    lines: Lines = field(default_factory=dict)

    @property
    def item(self) -> Item:
        return self.task.item


# --- steps -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Writing:
    """Its transaction is on its way to the disk; `until_s` is kept where it is a further one of the same booking."""

    until_s: float | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """It can be undone until then."""

    until_s: float


@dataclass(frozen=True, slots=True)
class Asking:
    """Do the goods lie as before? `open_until_s` is when the window would have closed."""

    until_s: float
    open_until_s: float


@dataclass(frozen=True, slots=True)
class Undoing:
    """The counter-booking is on its way to the disk."""


@dataclass(frozen=True, slots=True)
class Past:
    """It can be counted, and not be undone any more; `why`."""

    why: str = TIME


UndoStep = Writing | Open | Asking | Undoing | Past


@dataclass(frozen=True, slots=True)
class Undo:
    """The last booking, and whether it can still be taken back."""

    made: Made
    step: UndoStep = field(default_factory=Writing)

    def at(self, step: UndoStep) -> Undo:
        return replace(self, step=step)

    @property
    def is_asking(self) -> bool:
        """Whether nothing else may be done before the answer is given and durable."""
        return isinstance(self.step, Asking | Undoing)


# --- events ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Written:
    """A transaction of the booking, or the counter-booking, is durable."""

    rows: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class NotWritten:
    """It was refused: nothing of it is in the record."""


@dataclass(frozen=True, slots=True)
class Followed:
    """The end of the line is written in a transaction of its own."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Whether it could be undone as the bay is now; "" when it could, else why not."""

    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Touched:
    """The button."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to the question whether the goods lie as before."""

    key: str


UndoEvent = Written | NotWritten | Followed | Looked | Touched | Answered

# --- effects -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CounterBook:
    """Write what takes it back, in one transaction."""


@dataclass(frozen=True, slots=True)
class TakeUpAgain:
    """It is undone: the work stands as before it."""


@dataclass(frozen=True, slots=True)
class OpenCount:
    """Count what it was about, and say why it is not undone."""

    why: str


@dataclass(frozen=True, slots=True)
class TooLate:
    """The question was open, and it can be undone no more."""

    why: str


UndoEffect = CounterBook | TakeUpAgain | OpenCount | TooLate
UndoTurn = tuple[Undo | None, tuple[UndoEffect, ...]]


def advance(undo: Undo, event: UndoEvent, now_s: float) -> UndoTurn:
    """The next state, None once there is nothing to undo any more, and what it asks for. `now_s` runs steadily."""
    match undo.step, event:
        case Writing(), Written(rows):
            return _written(undo, undo.step, rows, now_s), ()
        case Writing(until_s=until_s), NotWritten():
            return None if until_s is None else undo.at(Past(CHANGED)), ()
        case Open(until_s=until_s), Followed():
            return undo.at(Writing(until_s)), ()
        case Open(until_s=until_s), Looked(why_not):
            if why_not or now_s >= until_s:
                return undo.at(Past(why_not or TIME)), ()
        case Open(until_s=until_s), Touched() if now_s < until_s:
            return undo.at(Asking(now_s + ANSWER_S, until_s)), ()
        case Open(), Touched():
            return undo.at(Past()), (OpenCount(TIME),)
        case Asking(), _:
            return _asking(undo, undo.step, event, now_s)
        case Undoing(), Written():
            return None, (TakeUpAgain(),)
        case Undoing(), NotWritten():
            return undo.at(Past(CHANGED)), (TooLate(CHANGED),)
        case Past(why), Touched():
            return undo, (OpenCount(why),)
    return undo, ()


def _written(undo: Undo, step: Writing, rows: tuple[EventRow, ...], now_s: float) -> Undo | None:
    """Where there was nothing to write there is nothing to undo."""
    made = replace(undo.made, rows=(*undo.made.rows, *rows))
    if not made.rows:
        return None
    if made.never:
        return Undo(made, Past(made.never))
    return Undo(made, Open(now_s + WINDOW_S if step.until_s is None else step.until_s))


def _asking(undo: Undo, step: Asking, event: UndoEvent, now_s: float) -> UndoTurn:
    match event:
        case Answered(key) if key == LIE_BACK:
            return undo.at(Undoing()), (CounterBook(),)
        case Answered(key) if key == AS_BOOKED:
            return undo.at(Open(step.open_until_s) if now_s < step.open_until_s else Past()), ()
        case Looked(why_not) if why_not or now_s >= step.until_s:
            return undo.at(Past(why_not or TIME)), (TooLate(why_not or TIME),)
        case _:
            return undo, ()


def held_from(undo: Undo | None) -> str | None:
    """The event from which nothing may leave for a host yet; "" while the booking is on its way; None: nothing is held."""
    if undo is None or isinstance(undo.step, Past):
        return None
    return undo.made.rows[0].id if undo.made.rows else ""
