"""A round as a value: the queue, how its lines stand, its totes, and what is on its way to the disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from db.records.receipts import LotHeld
from db.records.record import Record
from db.records.totes import ToteClosed
from station.count_tolerance import CountTolerance
from station.flows.lines import LineId, Lines
from station.flows.round_event import RoundEffect
from station.flows.sequence_ahead import OpenRank
from station.flows.tote_bind import Binding
from station.flows.tote_share import PutBack
from station.flows.turn import Lacking, TaskState
from station.task import Task
from station.values import BoundTote, LotHold, Order, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class GapAsked:
    """The position that holds up the rest. `ranks`: how many the orders of the round name; `is_of_other`: its order is not of the
    round; `where` its part lies when the round does not go there (`is_on_foot`: a place without a lift), else None."""

    order: str
    line: str
    sequence: str
    rank: int
    ranks: int
    item: str
    missing: int
    reason: str
    is_of_other: bool = False
    is_booking: bool = False
    where: Place | None = None
    is_on_foot: bool = False

    @property
    def of(self) -> LineId:
        return self.order, self.line

    @property
    def may_be_filled(self) -> bool:
        """Whether its part is here and somebody may still bring it: until its release it is no empty position."""
        return self.is_of_other or self.where is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """`queue[0]` is the task in hand; `current` its flow's state, None while its book is being read. `by` works on it,
    `tolerance` is the rule for counts. With `offers_counts` one is looked for when the work of a tray (`offering`) is done,
    once for each."""

    orders: tuple[str, ...] = ()
    planned: tuple[Order, ...] = ()  # as they were when the tasks were made
    queue: tuple[Task, ...] = ()
    current: TaskState | None = None
    lines: Lines = field(default_factory=dict)
    used: frozenset[Place] = frozenset()
    is_searching: bool = False
    is_resumed: bool = False
    by: str = ""
    tolerance: CountTolerance | None = None
    offers_counts: bool = False
    offered: frozenset[int] = frozenset()
    offering: int | None = None
    lines_before: Lines | None = None  # how the lines stood before the booking under way
    closing: tuple[Record, ...] = ()  # records without a task that must be durable before the work goes on
    is_closing_refused: bool = False  # they were not written: they wait for the store, nothing is on its way
    put_places: tuple[str, ...] = ()  # none: what is taken goes to the order's destination
    totes: Mapping[str, BoundTote] = field(default_factory=dict)  # by order; those that stand at this bay, other orders' too
    loose: frozenset[str] = frozenset()  # orders whose first goods went to their destination: the rest goes there, too
    binding: Binding | None = None  # an order is bound to a tote before anything else is asked
    fills: ToteClosed | None = None  # a tote is full, by the booking under way
    holds: LotHeld | None = None  # a lot goes on hold, by the booking under way
    joined: Round | None = None  # how it stood before express orders broke in, until their start is durable
    rolls: bool = False  # more orders than put places: each gets one as soon as it is free
    waiting: tuple[Task, ...] = ()  # tasks of orders without a place yet
    stand_in: str = ""  # an order that has got a place only because nobody had chosen
    broke_in: frozenset[str] = frozenset()  # express orders: theirs comes first
    gap: GapAsked | None = None  # an empty position of a sequence: nothing goes on before its release
    released: frozenset[LineId] = frozenset()  # empty positions that hold up nobody any more
    ahead: tuple[OpenRank, ...] = ()  # what is open of all sequences, other orders' ranks too
    dropped: frozenset[str] = frozenset()  # orders that are held: nothing more of them is asked
    zones: tuple[str, ...] = ()  # places without a lift, in walking order
    elsewhere: Mapping[LineId, Place] = field(default_factory=dict)  # where the round does not go: what of its lines lies there
    blocks: tuple[LotHold, ...] = ()  # what nothing may be taken of, as it was read last
    owed: tuple[Lacking, ...] = ()  # lines of a distribution whose rest is still to be looked for

    @property
    def is_over(self) -> bool:
        return not self.queue and not self.waiting and not self.closing and self.gap is None and self.offering is None

    @property
    def is_putting_back(self) -> bool:
        """Whether goods in the hand go back before the work is left."""
        return self.current is not None and isinstance(self.current.step, PutBack)

    @property
    def task(self) -> Task | None:
        return self.queue[0] if self.queue else None


def next_tray(work: Round) -> int | None:
    """The tray that the round wants after the one in hand, as it is planned now; None when it is the last."""
    if work.task is None:
        return None
    here = work.task.place
    others = (each.place for each in work.queue if each.place.machine == here.machine)
    return next((each.tray for each in others if each.tray != here.tray), None)


def tray_in_hand(work: Round) -> int | None:
    """The tray that the round works on: also while a count on it is looked for, its last task is done and the next one is another
    tray's. None where it has no task."""
    if work.offering is not None or work.task is None:
        return work.offering
    return work.task.place.tray


RoundTurn = tuple[Round, tuple[RoundEffect, ...]]
