"""Counts: those that wait for a different person, and those that are ordered at the tray page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenHeld:
    """Open the list of the counts that wait for a different person."""


@dataclass(frozen=True, slots=True)
class ShowHeld:
    """Ask what is to be done about one of them; `number` is its place in the list, from 0."""

    token: int
    number: int


@dataclass(frozen=True, slots=True)
class OrderTrayCount:
    """Make a count order of everything on the tray of the tray page."""

    token: int


@dataclass(frozen=True, slots=True)
class OrderItemCount:
    """Make a count order of the item in the selected compartment, wherever it lies."""

    token: int


CountCommand = OpenHeld | ShowHeld | OrderTrayCount | OrderItemCount
