"""The service page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenWear:
    """Open the service page; from the machine panel."""


@dataclass(frozen=True, slots=True)
class BookService:
    """Book that a service or an inspection took place; the page asks which, and by whom."""

    token: int


@dataclass(frozen=True, slots=True)
class SeeDrift:
    """It was read that the machine has drifted."""

    token: int


WearCommand = OpenWear | BookService | SeeDrift
