"""Trays and items at the supervisor's desk, and the builder of trays. Nothing here moves anything."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenStorage:
    """Open the page."""


@dataclass(frozen=True, slots=True)
class ShowStorage:
    """Show this instead: a word of `station.storage.page.Show`."""

    token: int
    show: str


@dataclass(frozen=True, slots=True)
class TouchStorage:
    """Open this row of what is shown: a tray, a compartment, a proposal."""

    token: int
    number: int


@dataclass(frozen=True, slots=True)
class FindFitting:
    """Ask for the item whose places are to be shown."""

    token: int


@dataclass(frozen=True, slots=True)
class TouchCell:
    """Choose a compartment of the tray that is built, or leave it."""

    token: int
    label: str


@dataclass(frozen=True, slots=True)
class Build:
    """Do this to the tray that is built: split, back, on, turn, put, merge, template, like, labels, apply, undo."""

    token: int
    what: str


StorageCommand = OpenStorage | ShowStorage | TouchStorage | FindFitting | TouchCell | Build
