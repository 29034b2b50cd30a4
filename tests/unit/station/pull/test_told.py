"""What a planner is told: the formula's inputs, lost and surplus cards, how long steps and receipts take, and the position."""

from __future__ import annotations

from datetime import timedelta

from db.records.stock import Picked, Put, StockLoaded
from station.jit.signal import Step
from station.pull.told import internal_ratio, loops_told, steps_told
from station.values import PullPosition

from .made import ITEM, Pull

DAY = timedelta(days=1)


def test_a_card_that_was_not_seen_for_three_turns_of_all_is_lost_and_one_too_many_is_found(pull: Pull) -> None:
    pull.loop(cards=2, lead_time_min=1440)
    pull.scan("K12-1")
    pull.scan("K12-5")
    later = pull.clock.now + 7 * DAY
    pull.clock.now += 5 * DAY
    pull.scan("K12-1")
    loops = loops_told(pull.store.loops(), signals=pull.store.open_signals(), seen=pull.store.cards(), positions={}, now=later)
    assert (loops[0].found.lost, loops[0].found.surplus) == (("2",), ("5",))


def test_the_number_of_cards_stands_with_what_it_was_made_from(pull: Pull) -> None:
    pull.loop(cards=9, container=80, use_per_day=1200, lead_time_min=1008, safety_percent=16, goes_back="first_piece")
    told = loops_told(pull.store.loops(), signals=(), seen=(), positions={}, now=pull.clock.now)[0]
    assert told.formula is not None
    assert (told.formula.cards, round(told.formula.exact, 2)) == (13, 12.18)  # planning.md 5.1
    assert told.formula.inputs == {"demand_per_day": 1200.0, "lead_time_days": 0.7, "container": 80.0, "safety": 0.16}
    assert told.loop.cards == 9


def test_steps_have_their_middle_and_their_slow_end(pull: Pull) -> None:
    pull.loop()
    pull.scan()
    pull.clock.now += timedelta(minutes=3)
    pull.start("K12-1.1")
    pull.pick("K12-1.1", 40)
    pull.clock.now += timedelta(minutes=27)
    pull.step("K12-1.1", Step.DELIVER)
    signals = pull.store.signals_since(pull.clock.now - DAY)
    told = {each.step: each for each in steps_told(signals, ())}
    assert told["picking"].p95_s > 180
    assert 1800 < told["total"].p50_s < 1830
    ratio = internal_ratio(signals)
    assert ratio is not None
    assert 0.24 < ratio < 0.26  # half an hour of the two there were


def test_a_receipt_is_dwelling_until_its_last_piece_has_left(pull: Pull) -> None:
    bay = {"machine": "receiving-S1", "tray": 1, "compartment": "BAY", "visit": 0, "item": ITEM.code}
    pull.receive("R1", 10)
    pull.store.append([Put(**bay, quantity=10)]).result()  # type: ignore[arg-type]
    pull.clock.now += timedelta(minutes=10)
    pull.store.append([Picked(**bay, quantity=4, order="O1", line="1")]).result()  # type: ignore[arg-type]
    first = pull.store.receipts_since(pull.clock.now - DAY)[0]
    assert (first.way, first.dwell_s) == ("crossed", None)
    pull.clock.now += timedelta(minutes=50)
    pull.store.append([Picked(**bay, quantity=6, reason="put_away")]).result()  # type: ignore[arg-type]
    whole = pull.store.receipts_since(pull.clock.now - DAY)[0]
    assert whole.way == "mixed"
    assert whole.dwell_s is not None
    assert 3600 <= whole.dwell_s < 3610


def test_a_position_counts_free_stock_what_comes_and_what_is_asked_for(pull: Pull) -> None:
    pull.loop()
    pull.loop(loop="S1", consumer="VLM1", supplier="Brandt", container=50, cards=0, trigger_at=60, up_to=150)
    pull.stock(100)
    held = {"machine": "VLM1", "tray": 4, "compartment": "C8", "visit": 0, "item": ITEM.code}
    for more in ({"status": "quality_hold"}, {"owner": "ACME"}):
        pull.store.append([StockLoaded(**held, **more, counted=7)]).result()  # type: ignore[arg-type]
    pull.scan("K12-1")
    pull.keeper.keep()
    found = pull.store.positions([ITEM.code])[ITEM.code]
    assert found == PullPosition(on_hand=100, on_order=100, on_the_way=0, committed=40)
    pull.step("S1.1", Step.SEND)
    pull.step("S1.1", Step.SHIP)
    assert pull.store.positions([ITEM.code])[ITEM.code] == PullPosition(on_hand=100, on_the_way=100, committed=40)
