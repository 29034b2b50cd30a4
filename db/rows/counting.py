"""How much of the stock was counted, by item and by place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCounted:
    """The stock of an item in a machine: in how many places it lies, what it is worth (minor units of money), and in how many it
    was not counted since each of the moments that were asked for."""

    item: str
    places: int
    value: int
    due: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayCounted:
    """A tray with stock in so many places, of which no count reached `missing`."""

    machine: str
    tray: int
    places: int
    missing: int
