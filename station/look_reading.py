"""What the store is asked of a task: whether something else is easily taken for its item here, or by this person."""

from __future__ import annotations

from collections.abc import Iterable

from station.ports import Library
from station.rules import look_alike
from station.rules.look_alike import LookAlike
from station.task import Mode, Task
from station.values import Person


def look_alike_of(library: Library, task: Task, person: Person | None) -> LookAlike | None:
    """A neighbour that looks like the task's item goes before one that this person took for it once. A count proves no item."""
    tray = library.tray(task.place.machine, task.place.tray)
    if task.mode is Mode.COUNT or tray is None:
        return None
    contents = library.stock_on_tray(task.place.machine, task.place.tray)
    here = tray.compartment(task.place.compartment)
    beside = {each.label for each in tray.compartments if here is not None and look_alike.touch(here, each)}
    codes = {each.key.item for each in contents if each.place.compartment in beside} - {task.item.code}
    items = {each.code: each for each in library.items_named(codes)}
    found = look_alike.find(task.item, tray, task.place.compartment, contents=contents, items=items)
    if found is not None or person is None:
        return found
    return look_alike.mistaken(task.item.code, _items_mistaken(library, library.mis_scans(person.person)))


def _items_mistaken(library: Library, mis_scans: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """The same with the one item that each scanned code means: it may have been a barcode, or the label of no item at all."""
    meant = ((expected, library.items_by_scan(scanned)) for expected, scanned in mis_scans)
    return frozenset((expected, found[0].code) for expected, found in meant if len(found) == 1)
