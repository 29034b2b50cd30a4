"""What the station asks of the store: each question as one blocking call that returns the input to feed back.

`station.readers` makes these calls on a reader thread; nothing here touches the state.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime

from station.bay_reading import BayReading
from station.core.effects import Allocate, ReadOrders, ReadOutageWork, ReadPage
from station.core.inputs import (
    LoadPlaced,
    LoadRead,
    OrdersRead,
    OutageWorkRead,
    PageRead,
    PictureRead,
    PieceWeightRead,
    WorkAllocated,
)
from station.flows.other_work import CheckPlace, FindPlaces, LookInto, OtherAnswer
from station.flows.round_event import BookRead, FindHomes, FindOffer, HomesFound, OfferFound
from station.flows.sign_on import PersonRead
from station.flows.tray_call import ItemsFound, TrayRead
from station.flows.turn import FindLots, LotsFound
from station.load import loads_of
from station.load_plan import LoadPlan
from station.log_reading import done_by
from station.other_reading import answer as other_answer
from station.rules.handling import load_of
from station.rules.shelf_life import is_expired
from station.scan_name import items_meant
from station.tag_memory import TagMemory
from station.task import Task
from station.task_reading import TaskReading
from station.values import EventRow, Item
from station.work_list_reading import WorkListReading
from station.work_reading import WorkReading

PAGE_EVENTS = 40


def item_of(event: EventRow) -> str:
    """The item an event is about, "" for none."""
    return str(json.loads(event.body)["data"].get("item", ""))


@dataclass(frozen=True, slots=True)
class Reading(BayReading):
    """Every question of one machine's station."""

    tags: TagMemory = field(default_factory=TagMemory)

    def orders(self, question: ReadOrders, now: datetime) -> OrdersRead:
        """The work list, and what was open when the station stopped."""
        return WorkListReading(self, self.tags).orders(question, now)

    def outage_work(self, question: ReadOutageWork) -> OutageWorkRead:
        """What becomes of the open work when this tray, or this bay, goes out of service."""
        return WorkListReading(self, self.tags).outage_work(question)

    def allocate(self, question: Allocate, tray_at_bay: int | None) -> WorkAllocated:
        """The tasks of the orders, and how far each open line has come."""
        return WorkReading(self).allocate(question, tray_at_bay)

    def homes(self, question: FindHomes) -> HomesFound:
        """Where else a line's missing quantity is, or can go."""
        return WorkReading(self).homes(question)

    def lots(self, question: FindLots) -> LotsFound:
        """Which other lots could serve the task's line."""
        return WorkReading(self).lots(question)

    def load_place(self, plan: LoadPlan, *, tray_at_bay: int | None = None) -> LoadPlaced:
        """Where a load is to go."""
        return WorkReading(self).load_place(plan, tray_at_bay=tray_at_bay)

    def book(self, task: Task) -> tuple[PictureRead, BookRead]:
        """What the store holds for a task, and the picture of its tray."""
        return TaskReading(self).book(task)

    def picture(self, tray: int, machine: str = "") -> PictureRead:
        """The map and contents of a tray, or of a zone's section."""
        return TaskReading(self).picture(tray, machine)

    def offer(self, question: FindOffer, now: datetime) -> OfferFound:
        """The count on this tray that is worth its seconds now, if any."""
        return self.counts().offer(question, now)

    def tray(self, number: int) -> tuple[TrayRead, dict[str, Item]]:
        """A tray to be called, with the items on it."""
        contents, today = self.library.stock_on_tray(self.machine, number), self.utc().date()
        items = self.items({each.key.item for each in contents})
        picture, counts = self.library.tray(self.machine, number), self.counts_due({(self.machine, number)})
        load = load_of(picture, contents, items) if picture else None
        spoilt = {each.key for each in contents if each.key.item in items and is_expired(items[each.key.item], each, today)}
        mixable = frozenset(each.code for each in items.values() if each.mixing)
        return TrayRead(number, picture, contents, counts, load=load, expired=frozenset(spoilt), mixable=mixable), items

    def find_item(self, text: str) -> ItemsFound:
        """The items that a code means."""
        return ItemsFound(text, items_meant(text, self.library))

    def load(self, code: str) -> LoadRead:
        """The load of this code, wherever it lies; else the loads here of the production order that it names."""
        found = self.library.load(code)
        return LoadRead(code, found, () if found else loads_of(code, self.library.loads(self.machine)))

    def other(self, question: LookInto | FindPlaces | CheckPlace, tray_at_bay: int | None) -> OtherAnswer:
        """What other work asks: an item and what is known of it, places for goods, whether there is a place."""
        places = self.put_places() if isinstance(question, FindPlaces) else None
        today = self.utc().date()
        return other_answer(
            self.library, self.machines, question, who=self.who(), today=today, places=places, tray_at_bay=tray_at_bay
        )

    def person(self, person: str) -> PersonRead:
        """Whether this person may still work here."""
        found = self.library.person(person)
        return PersonRead(person, is_active=found is not None and found.is_active)

    def piece_weight(self, item: str, lot: str, *, is_new: bool = False) -> PieceWeightRead:
        """What one piece of a lot weighs."""
        return PieceWeightRead(item, lot, self.library.piece_weight(item, lot), is_new)

    def page(self, question: ReadPage) -> PageRead:
        """A part of a tray's events, newest first, with the names and items that are needed to show them."""
        before = question.before_seq
        events = self.library.events_of_tray(self.machine, question.tray, before_seq=before, limit=PAGE_EVENTS + 1)
        contents = self.library.stock_on_tray(self.machine, question.tray)
        shown = events[:PAGE_EVENTS]
        codes = {each.key.item for each in contents} | {item_of(each) for each in shown}
        people = {each.operator for each in shown if each.operator} | {done_by(each) for each in shown} - {""}
        return PageRead(
            number=question.tray,
            picture=self.library.tray(self.machine, question.tray),
            contents=contents,
            events=shown,
            has_older=len(events) > PAGE_EVENTS,
            items=self.items(codes),
            names={person: found.name for person in people if (found := self.library.person(person)) is not None},
            is_continued=before is not None,
        )

    def visits(self) -> dict[int, int]:
        """The highest visit of every tray of this machine."""
        trays = self.library.trays(self.machine)
        return {tray.number: self.library.visit_of(self.machine, tray.number) for tray in trays}
