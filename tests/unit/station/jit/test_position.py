"""Net position and trigger: nothing is asked for twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.jit.kanban import Loop
from station.jit.position import Position, Rule, after_asking, quantity_to_ask
from station.jit.raising import by_card, by_trigger, cards_found, on_order
from station.jit.signal import Happened, Origin, Step, advance

NOW = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
LOOP = Loop(loop="L1", item="A", consumer="Line 3", container=20, cards=3, lead_time_days=1)
RULE = Rule(at=40, up_to=100)


def test_the_position_is_all_that_is_there_or_comes_less_what_is_promised() -> None:
    assert Position(on_hand=10, on_order=20, on_the_way=5, committed=8).net == 27


@pytest.mark.parametrize(("net", "expected"), [(41, 0), (40, 60), (0, 100), (-5, 105)])
def test_the_trigger_itself_asks(net: int, expected: int) -> None:
    assert quantity_to_ask(Position(on_hand=net), RULE) == expected


def test_whole_lots_and_no_less_than_the_supplier_sends() -> None:
    assert quantity_to_ask(Position(on_hand=40), replace(RULE, lot=25)) == 75
    assert quantity_to_ask(Position(on_hand=40), replace(RULE, least=80)) == 80
    with pytest.raises(ValueError, match="lot"):
        quantity_to_ask(Position(on_hand=0), replace(RULE, lot=0))


@given(
    st.integers(min_value=-50, max_value=150),
    st.integers(min_value=0, max_value=100),
    st.integers(min_value=0, max_value=100),
    st.integers(min_value=1, max_value=30),
)
def test_a_second_crossing_asks_for_nothing(on_hand: int, on_order_already: int, committed: int, lot: int) -> None:
    rule = replace(RULE, lot=lot)
    position = Position(on_hand=on_hand, on_order=on_order_already, committed=committed)
    asked = quantity_to_ask(position, rule)
    assert quantity_to_ask(after_asking(position, asked), rule) == 0


def test_a_count_and_a_return_after_the_signal_ask_for_nothing() -> None:
    signal = by_trigger(LOOP, RULE, Position(on_hand=30), name="S1", at=NOW)
    assert signal is not None
    assert (signal.quantity, signal.origin) == (70, Origin.TRIGGER)
    ordered = on_order((signal,), "A")
    for found in (28, 33, 40):
        assert by_trigger(LOOP, RULE, Position(on_hand=found, on_order=ordered), name="S2", at=NOW) is None


def test_the_second_scan_of_a_card_shows_the_first() -> None:
    first = by_card(LOOP, "2", name="S1", at=NOW, open_signals=())
    again = by_card(LOOP, "2", name="S2", at=NOW, open_signals=(first.signal,))
    other = by_card(LOOP, "3", name="S3", at=NOW, open_signals=(first.signal,))
    assert (first.is_new, again.is_new, other.is_new) == (True, False, True)
    assert again.signal is first.signal
    assert (first.signal.quantity, first.signal.need_by) == (20, NOW + timedelta(days=1))


def test_a_card_whose_signal_ended_asks_anew() -> None:
    first = by_card(LOOP, "2", name="S1", at=NOW, open_signals=()).signal
    ended, _ = advance(first, Happened(step=Step.CANCEL, at=NOW, reason="wrong card"))
    assert by_card(LOOP, "2", name="S2", at=NOW, open_signals=(ended,)).is_new


def test_received_goods_are_on_order_no_more() -> None:
    bought = by_card(replace(LOOP, supplier="S"), "1", name="S1", at=NOW, open_signals=()).signal
    for step, quantity in ((Step.SEND, 0), (Step.RECEIVE, 20)):
        assert on_order((bought,), "A") == 20
        bought, effects = advance(bought, Happened(step=step, at=NOW, quantity=quantity))
        assert effects == ()
    assert on_order((bought,), "A") == 0


def test_lost_and_surplus_cards() -> None:
    seen = (("1", NOW - timedelta(days=1)), ("2", NOW - timedelta(days=30)), ("2", NOW - timedelta(days=40)), ("9", NOW))
    found = cards_found(LOOP, seen, now=NOW)
    assert (found.lost, found.surplus) == (("2",), ("9",))
