"""Moves that somebody has decided on, so that goods lie nearer or together. Each is worked as an ordinary transfer at the bay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePlanned(Record):
    """So much of a stock key is to be moved to another compartment of the machine, when nothing else is to be done. It moves
    nothing: the transfer itself is a `picked` and a `put`. `saves_ms`: of lift time a day, as it was proposed."""

    kind: ClassVar[str] = "move_planned"
    machine: str
    tray: int
    compartment: str
    item: str
    lot: str
    serial: str
    owner: str
    quantity: int
    to_tray: int
    to_compartment: str
    saves_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesDropped(Record):
    """All planned moves of a machine that nobody has begun are none any more."""

    kind: ClassVar[str] = "moves_dropped"
    machine: str
