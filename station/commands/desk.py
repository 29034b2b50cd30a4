"""The supervisor's desk: cases, losses, alarms, health. Nothing here moves anything."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """Open the page; `show` is a word of `station.desk.values.Show`."""

    show: str


@dataclass(frozen=True, slots=True)
class ShowDesk:
    """Show this instead."""

    token: int
    show: str


@dataclass(frozen=True, slots=True)
class TouchDesk:
    """Ask about this row: a case, or something that was told."""

    token: int
    number: int


@dataclass(frozen=True, slots=True)
class FilterDesk:
    """Ask which kind of cases is shown."""

    token: int


@dataclass(frozen=True, slots=True)
class ExportDesk:
    """Write what is shown as a table and on paper."""

    token: int


DeskCommand = OpenDesk | ShowDesk | TouchDesk | FilterDesk | ExportDesk
