"""Trays that moved without the station: what was done there nobody saw, so that what is in them has to be counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record
from db.records.stock import Moved


@dataclass(frozen=True, slots=True, kw_only=True)
class CountDue(Record):
    """The tray was moved without the station. Everything that the book has on it is to be counted at its next visit; a count of
    the same stock, or opening stock loaded there, answers. `why`: a code of the screen or free text, never empty."""

    kind: ClassVar[str] = "count_due"
    machine: str
    tray: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountPutOff(Moved):
    """A supervisor let the tray go without this count; `reason` is never empty. It stays due."""

    kind: ClassVar[str] = "count_put_off"
