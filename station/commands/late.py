"""What was done without the station: trays to be counted, and bookings that are entered afterwards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenLate:
    """Open the page of what was done without the station."""


@dataclass(frozen=True, slots=True)
class AskMarkTray:
    """A tray was moved without the station: that of the tray page, or the one whose number is asked next. Why is asked then."""

    token: int


@dataclass(frozen=True, slots=True)
class AskMarkAll:
    """All trays may have been moved without the station; why is asked next."""

    token: int


@dataclass(frozen=True, slots=True)
class AskLate:
    """Something that was done without the station is entered now; what it was is asked next."""

    token: int


LateCommand = OpenLate | AskMarkTray | AskMarkAll | AskLate
