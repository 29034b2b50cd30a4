"""Places without a lift: the list of what waits there, and the way along it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenPlaces:
    """Show what waits at places without a lift."""


@dataclass(frozen=True, slots=True)
class StartPlaces:
    """Start all that waits there, in walking order."""

    token: int


@dataclass(frozen=True, slots=True)
class StartPlace:
    """Start this row alone."""

    token: int
    number: int


@dataclass(frozen=True, slots=True)
class CountZone:
    """Have a zone counted; which one is asked next."""

    token: int


PlacesCommand = OpenPlaces | StartPlaces | StartPlace | CountZone
