"""Bind each order of a round to a put place and a tote: put a tote there and scan it.

Asking -> (a tote's code | a typed tote, once it is known to be nobody's badge) -> the booking -> the next order, or done. A put
place that is named instead is the one proposed from then on. The tray comes meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from db.records.totes import ToteBound
from station import commands as do
from station.flows.turn import Book, Booked, BookingFailed, CheckCode, CodeChecked, Say, TaskEffect, TaskEvent, ToteNamed
from station.task import Task
from station.values import BoundTote
from station.view.message import Level, Message

TOTE_REFUSED = "O352"
LONGEST = 31
Totes = Mapping[str, BoundTote]  # by order; those that stand at their places


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """The order that is bound now, and where. `checking` is what was typed, until it is known to be nobody's badge; `tote` what
    is on its way to the disk."""

    order: str
    position: str
    is_second: bool = False  # the order's tote before it is full
    checking: str = field(default="", repr=False)
    tote: str = ""

    @property
    def is_booking(self) -> bool:
        return bool(self.tote)


BindTurn = tuple[Binding | None, tuple[TaskEffect, ...]]


def free_places(places: Collection[str], totes: Totes) -> tuple[str, ...]:
    """The put places at which no tote stands."""
    taken = {each.position for each in totes.values()}
    return tuple(each for each in places if each not in taken)


def advance(binding: Binding, event: TaskEvent, *, task: Task, totes: Totes, places: Collection[str]) -> BindTurn:
    """The binding's next state, None once it is durable, and what it asks for. `task` is the one in hand, for the check of what
    was typed."""
    match event:
        case Booked() if binding.is_booking:
            return None, ()
        case BookingFailed() if binding.is_booking:
            return replace(binding, tote=""), ()
        case _ if binding.is_booking:
            return binding, ()
        case ToteNamed(name, _, True):
            return _other_place(binding, name, totes, places)
        case ToteNamed(name, _, False):
            return _bind(binding, name, totes)
        case do.EnterText(text=text) if not binding.checking:
            return _typed(binding, text.strip(), task=task, totes=totes, places=places)
        case CodeChecked(asked, is_badge) if binding.checking and asked.text == binding.checking:
            unsaid = replace(binding, checking="")
            return (unsaid, (_refuse("not_a_tote"),)) if is_badge else _bind(unsaid, asked.text, totes)
        case _:
            return binding, ()


def _typed(binding: Binding, text: str, *, task: Task, totes: Totes, places: Collection[str]) -> BindTurn:
    place = next((each for each in places if each.casefold() == text.casefold()), "")
    if place:
        return _other_place(binding, place, totes, places)
    if not 0 < len(text) <= LONGEST or any(each.isspace() or each in "=," for each in text):
        return binding, (_refuse("not_a_tote"),)
    return replace(binding, checking=text), (CheckCode(task, text),)


def _other_place(binding: Binding, place: str, totes: Totes, places: Collection[str]) -> BindTurn:
    if place not in free_places(places, totes):
        order = next((each.order for each in totes.values() if each.position == place), "")
        return binding, (_refuse("place_taken", position=place, order=order),)
    return replace(binding, position=place), ()


def _bind(binding: Binding, tote: str, totes: Totes) -> BindTurn:
    standing = next((each for each in totes.values() if each.tote == tote), None)
    if standing is not None:
        return binding, (_refuse("tote_taken", tote=tote, position=standing.position, order=standing.order),)
    record = ToteBound(order=binding.order, tote=tote, position=binding.position)
    return replace(binding, tote=tote), (Book(records=(record,)),)


def _refuse(code: str, **params: str) -> Say:
    return Say(Message(code, Level.ACT, dict(params), error=TOTE_REFUSED))
