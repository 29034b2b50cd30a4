"""Which counts say what about the book: those of a random sample, those that risk chose, zero counts, and the rest. Pure.

Only a sample speaks for all places: what is counted because it is likely wrong makes the book look worse than it is, and an empty
place that is found empty makes it look better. A place of a sample that somebody corrected or counted between the draw and its
count was put right beforehand: it is void, and told as such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from station.count_orders import SAMPLE
from station.held_counts import APPROVED
from station.task import OFFERED
from station.values import EventFact


class Source(StrEnum):
    """What a count came of."""

    SAMPLE = "sample"
    RISK = "risk"  # offered while the tray was there, or on the spot
    ZERO = "zero"  # the book said that nothing is left
    ORDERED = "ordered"  # an item, a tray, an area, a programme, or the host
    VOID = "void"  # of a sample, put right before it was counted


RISKY = (OFFERED, "on_the_spot")
ZERO_CHECK = "zero_check"
DRAWN = "count "  # before the order's name in the record of a count order that was made here
Cell = tuple[str, int, str, str, str]  # machine, tray, compartment, item, lot


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCount:
    """One count with its source. `book` and `counted` in the item's smallest unit."""

    source: Source
    at: datetime
    cell: Cell
    book: int
    counted: int

    @property
    def item(self) -> str:
        return self.cell[3]


RECORDS = ("counted", "corrected", "imported")


def counts_of(facts: Iterable[EventFact]) -> tuple[SeenCount, ...]:
    """The counts among these events, in their order. An approval takes over an earlier count and is one."""
    drawn: dict[str, datetime] = {}
    righted: defaultdict[Cell, list[datetime]] = defaultdict(list)
    found = []
    for fact in facts:
        if fact.kind == "imported":
            if fact.data["file"].startswith(DRAWN):
                drawn[fact.data["file"].removeprefix(DRAWN)] = fact.at
            continue
        cell = _cell(fact.data)
        if fact.kind == "counted":
            source = _source(fact, drawn, righted[cell])
            found.append(SeenCount(source=source, at=fact.at, cell=cell, book=fact.data["book"], counted=fact.data["counted"]))
        righted[cell].append(fact.at)
    return tuple(found)


def _source(fact: EventFact, drawn: Mapping[str, datetime], righted: list[datetime]) -> Source:
    order, reason = fact.data["order"], fact.data["reason"]
    if order.startswith(SAMPLE):
        since = drawn.get(order)
        is_void = since is not None and any(at > since for at in righted) and reason != APPROVED
        return Source.VOID if is_void else Source.SAMPLE
    if reason == ZERO_CHECK:
        return Source.ZERO
    return Source.RISK if reason in RISKY else Source.ORDERED


def _cell(data: Mapping[str, str | int]) -> Cell:
    return str(data["machine"]), int(data["tray"]), str(data["compartment"]), str(data["item"]), str(data["lot"])
