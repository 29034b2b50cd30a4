"""How long goods and signals took on their way through the bay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from station.figures.flows import Took, dock_to_stock, pull_latency
from station.receiving import PUT_AWAY, receiving_place
from station.values import EventFact

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
PLACE = receiving_place("S1").machine


def fact(kind: str, minute: int, **data: Any) -> EventFact:
    return EventFact(NOON + timedelta(minutes=minute), kind, "p_1", data)


def received(minute: int, quantity: int = 10, *, place: str = PLACE) -> EventFact:
    return fact("received", minute, item="A", lot="", serial="", quantity=quantity, place=place)


def taken(minute: int, quantity: int, *, reason: str = PUT_AWAY, machine: str = PLACE) -> EventFact:
    return fact("picked", minute, item="A", lot="", serial="", quantity=quantity, reason=reason, machine=machine)


def test_a_receipt_is_in_stock_with_its_last_piece() -> None:
    assert dock_to_stock([received(0), taken(10, 4), taken(30, 6)]) == Took(count=1, median_s=1800)


def test_what_came_first_is_put_away_first() -> None:
    assert dock_to_stock([received(0), received(20), taken(30, 20)]) == Took(count=2, median_s=1200)


def test_what_went_to_an_order_is_not_put_away_but_is_gone() -> None:
    found = dock_to_stock([received(0), taken(5, 10, reason=""), received(20), taken(30, 10)])
    assert found == Took(count=1, median_s=600)


def test_rejected_goods_and_picks_from_trays_are_no_receipt() -> None:
    assert dock_to_stock([received(0, place=""), taken(5, 10), taken(6, 3, machine="VLM1")]) == Took(count=0, median_s=None)


def test_a_signal_took_until_its_hand_over_and_once() -> None:
    raised = fact("signal_raised", 0, signal="s1")
    steps = [
        fact("signal_moved", minute, signal="s1", step=step)
        for minute, step in ((1, "release"), (9, "hand_over"), (30, "deliver"))
    ]
    assert pull_latency([raised, *steps]) == Took(count=1, median_s=540)


def test_a_signal_of_before_is_not_guessed() -> None:
    assert pull_latency([fact("signal_moved", 9, signal="s1", step="deliver")]) == Took(count=0, median_s=None)
