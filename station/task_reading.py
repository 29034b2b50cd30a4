"""What is asked of the store for one task: the book, the picture of its tray, and what may be mistaken for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from station.bay_reading import BayReading
from station.core.inputs import PictureRead
from station.flows.round_event import BookRead
from station.look_reading import look_alike_of
from station.put_reading import why_unfit
from station.rules.handling import load_of
from station.rules.shelf_life import asks_expiry
from station.scan_name import items_meant
from station.task import Mode, Task
from station.values import Place


@dataclass(frozen=True, slots=True)
class TaskReading:
    """What the screen of a task shows of the store, as it is at the moment of the question."""

    bay: BayReading

    def book(self, task: Task) -> tuple[PictureRead, BookRead]:
        """What the store holds for a task, and the picture of its tray."""
        at_place = self.bay.library.stock_at(task.place)
        book = 1 if task.load is not None else sum(each.quantity for each in at_place if each.key == task.key)
        has_beside = any(each.key != task.key and each.quantity > 0 for each in at_place)
        waiting = self.bay.library.counts_held(task.place.machine)
        held = next((each for each in waiting if (each.place, each.key) == (task.place, task.key)), None)
        read = BookRead(task, book, has_beside, self._shared(task), self._serials(task), held)
        if task.place.machine in self.bay.zones:
            read = replace(read, visit=self.bay.library.visit_of(task.place.machine, task.place.tray))
        picture = self.picture(task.place.tray, task.place.machine)
        if task.load is not None:
            return picture, read
        look_alike = look_alike_of(self.bay.library, task, self.bay.who())
        if task.mode is not Mode.PUT:
            return picture, replace(read, look_alike=look_alike)
        lying = tuple(each.key for each in at_place if each.quantity > 0)
        known = self.bay.library.lots_with_expiry(task.item.code) if asks_expiry(task.item) else frozenset()
        unfit, picture = why_unfit(self.bay.library, task.item, task.place), picture
        spare_g = picture.load.max_g - picture.load.weight_g if picture.load is not None and picture.load.max_g else None
        read = replace(read, look_alike=look_alike, lying=lying, unfit=unfit, dated_lots=known)
        return picture, replace(read, spare_g=spare_g)

    def _serials(self, task: Task) -> dict[str, Place]:
        """Where the serials of an item lie of which more is put."""
        if task.mode is not Mode.PUT or not task.item.serial_tracked:
            return {}
        stock = self.bay.library.stock_of_item(task.item.code)
        lying = (each for each in stock if each.key.serial and each.quantity > 0 and each.place != task.source)
        return {each.key.serial: each.place for each in lying}

    def picture(self, tray: int, machine: str = "") -> PictureRead:
        """The map and contents of a tray, or of a zone's section."""
        of = machine or self.bay.machine
        picture, contents = self.bay.library.tray(of, tray), self.bay.library.stock_on_tray(of, tray)
        items = self.bay.items({each.key.item for each in contents})
        load = load_of(picture, contents, items) if picture else None
        return PictureRead(number=tray, picture=picture, contents=contents, load=load, machine=of)

    def _shared(self, task: Task) -> frozenset[str]:
        """What would prove the task and means another item, too: codes of both, or the serial. An import refuses codes of two
        items; an older store may hold them."""
        codes = (task.item.code, *task.item.barcodes, *filter(None, (task.key.serial,)))
        return frozenset(code for code in codes if {each.code for each in items_meant(code, self.bay.library)} - {task.item.code})
