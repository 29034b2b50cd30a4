"""What a round is told and what it asks, beyond the events and effects of a task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from station.flows.turn import TaskEffect, TaskEvent
from station.rules.look_alike import LookAlike
from station.task import Task
from station.values import HeldCount, Place, StockKey


@dataclass(frozen=True, slots=True)
class BookRead:
    """What the store holds for this task, the codes of its item that another item has too (`shared`), for a put of an item with
    serials where each of them lies, and a count of the same stock that waits (`held`). `look_alike` is what is easily taken for
    it here. For a put, `lying` is all that is in the compartment, `unfit` why the goods do not belong there, `dated_lots` the
    lots whose expiry is known. An answer about a task that is no longer in hand means nothing."""

    task: Task
    book: int
    has_beside: bool = False
    shared: frozenset[str] = frozenset()
    serials: Mapping[str, Place] = field(default_factory=dict)
    held: HeldCount | None = None
    look_alike: LookAlike | None = None
    lying: tuple[StockKey, ...] = ()
    unfit: str = ""
    spare_g: int | None = None  # what its tray still bears; None: nobody knows
    dated_lots: frozenset[str] = frozenset()
    visit: int = 0  # the highest of its section, where the place has no lift


@dataclass(frozen=True, slots=True)
class HomesFound:
    """Further tasks for the line that lacks something because of `task`; empty when the item is nowhere else. `counts` are due at
    their trays. `is_elsewhere`: what there is lies where this round does not go (the lift, or the places without one)."""

    task: Task
    tasks: tuple[Task, ...]
    counts: tuple[Task, ...] = ()
    is_elsewhere: bool = False
    where: Place | None = None


@dataclass(frozen=True, slots=True)
class OfferFound:
    """A count that is worth its seconds on this tray, which has no other work any more; None: there is none, or no time left."""

    tray: int
    task: Task | None


@dataclass(frozen=True, slots=True)
class StoreBack:
    """The store takes bookings again: what could not be written is tried again."""


@dataclass(frozen=True, slots=True)
class ReadBook:
    """Read what the store holds for this task."""

    task: Task


@dataclass(frozen=True, slots=True, kw_only=True)
class FindHomes:
    """Look where else the missing quantity can be taken from, or put to."""

    task: Task
    missing: int
    exclude: frozenset[Place]


@dataclass(frozen=True, slots=True)
class FindOffer:
    """Look whether a count is worth its seconds on this tray; not one of these places, which were worked at just now."""

    tray: int
    exclude: frozenset[Place]


RoundEvent = TaskEvent | BookRead | HomesFound | OfferFound | StoreBack
RoundEffect = TaskEffect | ReadBook | FindHomes | FindOffer
