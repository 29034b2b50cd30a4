"""A lane closes: what lies behind it is out of reach, what lies elsewhere is not, and what the consumer holds lasts a while."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest

from station.jit.exposure import Asked, Stocked
from station.jit.facts import ItemFacts
from station.jit.lane_use import LaneUse, closed_of, held_of, is_known, known_lanes, under_way
from station.jit.lanes import Closed, ConsumerStop, Held, consumers_stopped, lane_of, stops_of, without_arrivals
from station.jit.ways import Way, stops_if_closed, ways_of
from station.values import Place, PullLoop, PullSignal, Stock, StockKey

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
BOLT = Stocked(item="BOLT", on_hand=30, use_per_day=10, arrivals=((2, 20),), supplier="Brandt", lane="sea")


def asked(order: str, quantity: float, in_days: float, consumer: str = "Line 3", **more: bool) -> Asked:
    return Asked(order=order, line="1", item="BOLT", quantity=quantity, in_days=in_days, consumer=consumer, **more)


def shut(text: str = "VLM1>Line 3", days: float | None = 3, behind: float = 20) -> Closed:
    return Closed(lane=lane_of(text), days=days, behind={"BOLT": behind})


def stopped(closed: Closed, *lines: Asked) -> list[tuple[str, float, float]]:
    return [(each.order, each.in_days, each.missing) for each in stops_of([BOLT], lines, closed)]


def test_a_line_takes_what_lies_elsewhere_and_lacks_the_rest() -> None:
    assert stopped(shut(), asked("A", 8, 1)) == []  # 10 lie elsewhere
    assert stopped(shut(), asked("A", 14, 1)) == [("A", 1, 4)]
    assert stopped(shut(), asked("A", 14, 2.5)) == []  # 20 have come to another place


def test_others_leave_what_lies_elsewhere_to_who_needs_the_lane() -> None:
    lines = asked("B", 20, 0.5, "Line 4"), asked("A", 10, 1)
    assert stopped(shut(), *lines) == []
    assert stopped(shut(behind=15), *lines) == []  # 15 from behind, 5 of 15 elsewhere: ten are left


def test_after_it_is_open_again_and_over_other_lanes_nothing_stops() -> None:
    assert stopped(shut(), asked("A", 30, 3)) == []
    assert stopped(shut(days=None), asked("A", 51, 300)) == [("A", 300, 21)]
    assert stopped(shut("VLM2>Line 3", behind=0), asked("A", 30, 1)) == []


def test_with_no_way_to_the_consumer_everything_stops_also_what_is_under_way() -> None:
    lines = asked("A", 5, 1), asked("W", 4, 0.5, is_under_way=True), asked("B", 3, 1, "Line 4")
    assert stopped(shut(">Line 3"), *lines) == [("W", 0.5, 4), ("A", 1, 5)]
    assert stopped(shut(">Line 9"), *lines) == []


@pytest.mark.parametrize(("text", "suppliers"), [("sea", ()), ("Brandt>", ("Brandt",))])
def test_a_lane_of_a_supplier_brings_nothing_while_it_is_closed(text: str, suppliers: tuple[str, ...]) -> None:
    closed = Closed(lane=lane_of(text), days=5, behind={}, suppliers=frozenset(suppliers))
    assert without_arrivals([BOLT], closed)[0].arrivals == ((7, 20),)
    never = Closed(lane=lane_of(text), days=None, behind={}, suppliers=frozenset(suppliers))
    stock = without_arrivals([BOLT], never)
    assert stock[0].arrivals == ()
    assert [(each.order, each.missing) for each in stops_of(stock, [asked("A", 40, 9)], never)] == [("A", 10)]


def test_a_consumer_stands_with_its_first_order_or_when_what_it_holds_is_used_up() -> None:
    closed = shut(days=None)
    held = (
        Held(consumer="Line 3", item="NUT", on_hand=6, use_per_day=12),
        Held(consumer="L4", item="NUT", on_hand=1, use_per_day=9),
    )
    found = consumers_stopped(stops_of([BOLT], [asked("A", 14, 1)], closed), held, closed)
    assert found == (ConsumerStop("Line 3", "NUT", 0.5),)
    assert consumers_stopped(stops_of([BOLT], [asked("A", 14, 1)], closed), (), closed) == (ConsumerStop("Line 3", "BOLT", 1),)
    assert consumers_stopped((), held, shut(days=0.2)) == ()  # it is open again before


def test_the_ways_to_consumers_and_what_stops_while_one_is_closed() -> None:
    lines = asked("A", 5, 2), asked("B", 3, 1), asked("C", 1, 1.5, "Cell"), asked("D", 1, 0, "")
    assert ways_of(lines) == (Way("Line 3", 2, 1), Way("Cell", 1, 1.5))
    found = stops_if_closed(">Line 3", 1.5, [BOLT], lines, use().signals, now=NOW, scales={})
    assert [(each.order, each.missing) for each in found] == [("K12-0.1", 40), ("B", 3)]  # A is needed when it is open again
    assert len(stops_if_closed(">Line 3", math.inf, [BOLT], lines, (), now=NOW, scales={})) == 2


def use() -> LaneUse:
    loop = PullLoop(
        loop="K12", item="BOLT", consumer="Line 3", container=40, cards=3, lead_time_min=60, since=NOW, use_per_day=480
    )
    signals = tuple(
        PullSignal(
            signal=f"K12-{number}.1", item="BOLT", quantity=40, consumer="Line 3", origin="card", raised_at=NOW, loop="K12",
            state=state, need_by=NOW + timedelta(hours=6),
        )
        for number, state in enumerate(("handed_over", "released"))
    )  # fmt: skip
    stock = (
        Stock(place=Place("VLM1", 1, "A1"), key=StockKey(item="BOLT"), quantity=20),
        Stock(place=Place("VLM2", 1, "A1"), key=StockKey(item="BOLT"), quantity=10),
    )
    return LaneUse(stock=stock, loops=(loop,), signals=signals, machines=("VLM1", "VLM2"))


def test_what_a_lane_carries_is_read_from_the_store() -> None:
    facts = {"BOLT": ItemFacts(item="BOLT", supplier="Brandt", lane="sea")}
    assert closed_of(lane_of("VLM1>Line 3"), use(), facts, {}, None).behind == {"BOLT": 20}
    assert closed_of(lane_of(">Line 3"), use(), facts, {}, None).behind == {"BOLT": 30}
    assert closed_of(lane_of("Brandt>"), use(), facts, {}, 2).suppliers == {"Brandt"}
    (there,) = under_way(use().signals, {}, NOW)
    assert (there.order, there.in_days, there.quantity) == ("K12-0.1", 0.25, 40)
    assert held_of(use().loops, use().signals, {}) == (Held(consumer="Line 3", item="BOLT", on_hand=40, use_per_day=480),)
    known = {each: is_known(lane_of(each), use(), facts) for each in known_lanes(use(), facts)}
    assert known == {"sea": True, "Brandt>": True, "VLM1>Line 3": True, "VLM2>Line 3": True}
    assert not any(is_known(lane_of(each), use(), facts) for each in ("air", "VLM9>Line 3", "VLM1>Line 9", ">"))
