"""Loads: work in progress and finished orders, in and out by one scan each."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OpenLoads:
    """Show what waits in the machine."""


@dataclass(frozen=True, slots=True)
class PutLoad:
    """A load that carries no readable code is to go in: its code is typed."""

    token: int


@dataclass(frozen=True, slots=True)
class MoveLoad:
    """Fetch the load of the list, or say of a new one what it is for: as a scan of its label."""

    token: int
    load: str = field(repr=False)  # any text may be a badge


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """What is asked about the load is not known: it goes in without."""

    token: int


LoadsCommand = OpenLoads | PutLoad | MoveLoad | LeaveOut
