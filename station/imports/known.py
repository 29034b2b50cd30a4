"""What a row refers to and the store must know already: items, trays and compartments. Asked once for each name."""

from __future__ import annotations

from typing import Protocol

from station.imports.fields import Fields
from station.values import Item, Place, Tray


class Names(Protocol):
    """The part of the store that is asked."""

    def item(self, code: str) -> Item | None: ...

    def tray(self, machine: str, number: int) -> Tray | None: ...


class Known:
    """Remembers the store's answers for the time of one import."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._items: dict[str, Item | None] = {}
        self._trays: dict[tuple[str, int], Tray | None] = {}

    def item(self, fields: Fields, name: str = "item") -> Item | None:
        """The item that this field of the row names; None, with the row refused, when there is none."""
        code = fields.text(name, is_required=True)
        if not code:
            return None
        found = self.item_named(code)
        if found is None:
            fields.refuse(name, "unknown_item")
        return found

    def item_named(self, code: str) -> Item | None:
        """The item of this code."""
        if code not in self._items:
            self._items[code] = self._names.item(code)
        return self._items[code]

    def place(self, fields: Fields) -> Place:
        """The row's compartment; the row is refused when its tray has none of that label."""
        place = fields.place()
        if not fields.is_good:
            return place
        carrier = (place.machine, place.tray)
        if carrier not in self._trays:
            self._trays[carrier] = self._names.tray(*carrier)
        tray = self._trays[carrier]
        if tray is None:
            fields.refuse("tray", "unknown_tray")
        elif tray.compartment(place.compartment) is None:
            fields.refuse("compartment", "unknown_compartment")
        return place
