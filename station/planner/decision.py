"""Why a tray comes next, and why an order got a place: values with a code and figures, of which the window makes a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Why(StrEnum):
    """The reason of a choice."""

    NEXT_LINE = "next_line"  # line by line, as ordered
    SWEEP = "sweep"  # the next one upwards of what this order or wave needs
    OLDEST = "oldest"  # the oldest open order needs it
    VOTES = "votes"  # brings most orders nearest to their end
    LYING_HERE = "lying_here"  # it is at the bay already
    URGENT = "urgent"  # an order that is due soon needs it
    TURN = "turn"  # an order may not fall further behind its turn
    PLANNED = "planned"  # the best beginning of a plan over the next orders
    ONLY = "only"  # nothing else is needed
    FIRST = "first"  # order: its turn
    OVERLAP = "overlap"  # order: needs the fewest trays that are not coming anyway


@dataclass(frozen=True, slots=True)
class Decision:
    """A tray and why. `score` is comparable within one policy only; `figures` are the numbers of the sentence."""

    tray: int
    why: Why
    score: float
    figures: Mapping[str, float] = field(default_factory=dict)
    order: str = ""


@dataclass(frozen=True, slots=True)
class Admission:
    """An order that got a place and why. `turn` is its place among all orders."""

    turn: int
    why: Why
    score: float = 0.0
