"""Which counts speak for all places, and which were put right beforehand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from station.accuracy.counts import Source, counts_of
from station.values import EventFact

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
ORDER = "SAMPLE-261126-110000"


def counted(minute: int, *, order: str = ORDER, reason: str = "", compartment: str = "C1") -> EventFact:
    return fact("counted", minute, order=order, reason=reason, compartment=compartment, book=5, counted=4)


def fact(kind: str, minute: int, **data: Any) -> EventFact:
    place = {"machine": "M1", "tray": 7, "compartment": "C1", "item": "A", "lot": "", "order": "", "reason": ""}
    return EventFact(NOON + timedelta(minutes=minute), kind, "p_1", place | data)


def drawn(minute: int) -> EventFact:
    return EventFact(NOON + timedelta(minutes=minute), "imported", "", {"what": "order", "file": f"count {ORDER}"})


@pytest.mark.parametrize(
    ("order", "reason", "source"),
    [
        (ORDER, "", Source.SAMPLE),
        ("", "zero_check", Source.ZERO),
        ("", "offered", Source.RISK),
        ("O1", "on_the_spot", Source.RISK),
        ("COUNT-261126-110000", "", Source.ORDERED),
    ],
)
def test_what_a_count_came_of(order: str, reason: str, source: Source) -> None:
    (found,) = counts_of([drawn(0), counted(5, order=order, reason=reason)])
    assert (found.source, found.book, found.counted) == (source, 5, 4)


@pytest.mark.parametrize("righted", [fact("corrected", 3), counted(3, order="", reason="offered")])
def test_a_place_that_was_put_right_after_the_draw_is_void(righted: EventFact) -> None:
    assert counts_of([drawn(0), righted, counted(5)])[-1].source is Source.VOID


@pytest.mark.parametrize(
    "before",
    [
        [fact("corrected", 0), drawn(1)],  # before the draw: that is how the place lay when it was drawn
        [drawn(0), fact("corrected", 3, compartment="C2")],
        [drawn(0), fact("corrected", 3, item="B")],
    ],
)
def test_what_was_right_before_or_lies_elsewhere_voids_nothing(before: list[EventFact]) -> None:
    assert counts_of([*before, counted(5)])[-1].source is Source.SAMPLE
