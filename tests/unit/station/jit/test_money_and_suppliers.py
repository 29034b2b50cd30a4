"""Carrying cost, suppliers, exposure and readiness, on cases worked by hand and on AdventureWorks (Microsoft, MIT)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from station.jit.exposure import (
    Asked,
    DryItem,
    Stocked,
    cover_days,
    cover_of_orders,
    late,
    runs_dry,
    shield,
    stops,
    warnings,
)
from station.jit.facts import assumptions_of
from station.jit.lots import cost_of_lots
from station.jit.money import above_and_below, aged, days_of_supply, effect, turns
from station.jit.readiness import (
    Gate,
    Light,
    Measured,
    Move,
    accuracy,
    accuracy_by_value,
    after_cycle,
    load,
    moved,
    staircase,
)
from station.jit.suppliers import Agreement, Delivery, breaches, by_supplier, more_often, performance
from station.jit_settings import JitSettings
from tests.helpers.converters import DATA

MONDAY = date(2026, 5, 4)
ADVENTUREWORKS = DATA / "adventureworks"


def test_only_the_avoidable_part_is_a_saving() -> None:
    """Defaults: 25 % a year, of which capital, insurance, depreciation and obsolescence (19 %) go away with the stock."""
    cost = assumptions_of(JitSettings()).cost
    found = effect(1_000_000, 600_000, cost=cost)
    assert (cost.rate, cost.avoidable_rate) == (pytest.approx(0.25), pytest.approx(0.19))
    assert (found.cash_minor, found.saved_minor, found.unsaved_minor) == (400_000, pytest.approx(76_000), pytest.approx(24_000))
    assert sum(cost.per_year(1_000_000).values()) == pytest.approx(250_000)


def test_more_stock_binds_cash() -> None:
    found = effect(100, 300, cost=assumptions_of(JitSettings(avoidable="")).cost)
    assert (found.cash_minor, found.saved_minor, found.unsaved_minor) == (-200, 0, pytest.approx(-50))


def test_turns_and_days_of_supply() -> None:
    assert (turns(issued_per_year=1200, mean_stock=100), days_of_supply(issued_per_year=1200, mean_stock=100)) == (12, 365 / 12)
    assert (turns(issued_per_year=1, mean_stock=0), days_of_supply(issued_per_year=0, mean_stock=1)) == (None, None)


def test_too_much_and_too_little_in_money() -> None:
    found = above_and_below([120, 100, 0, 140], top=100, use_per_day=5, unit_value_minor=10)
    assert (found.above_minor, found.days_out, found.lost_minor) == (150, 1, 50)


def test_what_nobody_takes_is_named_the_dearest_first() -> None:
    found = aged({"A": (400, 5.0), "B": (10, 99.0), "C": (None, 7.0), "D": (500, 0.0)})
    assert [each.item for each in found] == ["C", "A"]


def delivery(days: int, received: int = 10, *, rejected: int = 0, due: int = 5, name: str = "S", on: int = 0) -> Delivery:
    asked = MONDAY + timedelta(days=on)
    return Delivery(
        supplier=name,
        item="A",
        asked_on=asked,
        due_on=asked + timedelta(days=due),
        received_on=asked + timedelta(days=days),
        asked=10,
        received=received,
        rejected=rejected,
    )


def test_a_supplier_is_measured() -> None:
    found = performance([delivery(5), delivery(7, on=7), delivery(3, 8, on=14), delivery(5, 12, rejected=1, on=21)])
    assert (found.lead_time_days, found.lead_time_sd_days) == (5, pytest.approx(1.632993))
    assert (found.on_time, found.in_full, found.otif) == (0.75, 0.75, 0.5)
    assert found.quantity_accuracy == pytest.approx(1 - 4 / 40)
    assert (found.rejected, found.ppm) == (pytest.approx(1 / 40), pytest.approx(25_000))
    assert found.per_month == pytest.approx(3 * 365 / 12 / 21)


def test_an_agreement_is_measured_against() -> None:
    agreed = Agreement(lead_time_days=5, weekdays=frozenset({5}), lot=10, service=0.9)
    assert breaches([delivery(5), delivery(7, 12)], agreed) == {"lead_time": 0.5, "weekday": 0.5, "lot": 0.5, "service": 0.5}
    assert breaches([delivery(5)], agreed) == {}


def test_deliveries_twice_as_often_save_and_cost() -> None:
    """The two terms of the lot formula, one by one."""
    given_ = {"per_year": 1000.0, "order_cost": 500.0}
    found = more_often(lot=100, unit_value=50, avoidable_rate=0.2, **given_)
    before, after = (cost_of_lots(lot=lot, unit_value=50, rate=0.2, **given_) for lot in (100, 50))
    assert (found.cash_minor, found.saved_minor, found.cost_minor) == (1250, 250, 5000)
    assert found.net_minor == pytest.approx(before - after)


def table(name: str) -> Iterator[list[str]]:
    with (ADVENTUREWORKS / name).open(newline="", encoding="utf-8-sig") as file:
        yield from csv.reader(file, delimiter="\t")


@pytest.mark.skipif(not ADVENTUREWORKS.exists(), reason="AdventureWorks lies beside the project")
def test_adventureworks_has_receipts_short_and_rejected() -> None:
    """8,845 purchase lines; their dates are artificial, their quantities are not. Counted here once more, line by line."""
    heads = {row[0]: (row[4], date.fromisoformat(row[6][:10])) for row in table("PurchaseOrderHeader.csv")}
    rows = list(table("PurchaseOrderDetail.csv"))
    deliveries = [
        Delivery(
            supplier=heads[row[0]][0],
            item=row[4],
            asked_on=heads[row[0]][1],
            due_on=date.fromisoformat(row[2][:10]),
            received_on=date.fromisoformat(row[2][:10]),
            asked=int(row[3]),
            received=int(float(row[7])),
            rejected=int(float(row[8])),
        )
        for row in rows
    ]
    found = performance(deliveries)
    full = sum(float(row[7]) - float(row[8]) >= int(row[3]) for row in rows)
    rejected, received = (sum(float(row[column]) for row in rows) for column in (8, 7))
    assert found.deliveries == len(rows) == 8845
    assert found.in_full == found.otif == pytest.approx(full / len(rows))
    assert found.ppm == pytest.approx(rejected / received * 1e6)
    assert 0 < found.in_full < 1
    assert found.ppm > 0
    assert len(by_supplier(deliveries)) == len({row[0] for row in heads.values()} & {each.supplier for each in deliveries})


A = Stocked(item="A", on_hand=50, use_per_day=10, arrivals=((4, 30), (7, 30)), supplier="S", lane="sea", unit_value=100)


def test_days_of_cover_of_items_and_orders() -> None:
    still = Stocked(item="B", on_hand=5, use_per_day=0)
    assert (cover_days(A), cover_days(still)) == (5, None)
    lines = [
        Asked(order=order, line="1", item=item, quantity=1, in_days=1) for order, item in (("O1", "A"), ("O1", "B"), ("O2", "B"))
    ]
    assert cover_of_orders({"A": A, "B": still}, lines) == {"O1": 5, "O2": None}


def test_when_an_item_runs_dry() -> None:
    assert runs_dry(A) == DryItem(item="A", in_days=11, for_days=None)
    (later,) = late([A], days=3, supplier="S")
    assert runs_dry(later) == DryItem(item="A", in_days=5, for_days=2)
    assert late([A], days=3, supplier="other") == (A,)
    assert late([A], days=3, lane="sea") == (later,)


def test_which_lines_stop_when_a_supplier_is_late() -> None:
    lines = [Asked(order=f"O{day}", line="1", item="A", quantity=20, in_days=day) for day in (1, 3, 5, 8)]
    assert stops([A], lines) == ()
    found = stops(late([A], days=3, supplier="S"), lines)
    assert [(each.order, each.in_days, each.missing) for each in found] == [("O5", 5, 10)]


def test_a_line_of_an_item_that_is_nowhere_stops() -> None:
    (found,) = stops([], [Asked(order="O", line="1", item="Z", quantity=2, in_days=0)])
    assert found.missing == 2


def test_a_temporary_buffer_against_the_stop() -> None:
    found = shield(A, delay_days=3, stop_minor_per_day=5000, carrying_rate=0.25, held_days=30)
    assert found is not None
    assert (found.quantity, found.value_minor, found.stop_minor) == (20, 2000, 10_000)
    assert found.carrying_minor == pytest.approx(2000 * 0.25 * 30 / 365)
    assert found.is_worth_it
    assert shield(A, delay_days=0.5, stop_minor_per_day=5000, carrying_rate=0.25, held_days=30) is None


def test_early_warnings() -> None:
    found = warnings(slack_hours={"S1": -2, "S2": 3}, machines_out_hours={"M1": 5, "M2": 0}, accuracy=[0.99, 0.99, 0.97])
    assert [(each.code, each.about) for each in found] == [("late_signal", "S1"), ("machine_out", "M1"), ("accuracy_falls", "")]
    assert warnings(slack_hours={}, machines_out_hours={}, accuracy=[0.99]) == ()


def test_inventory_accuracy_by_place_and_by_value() -> None:
    assert accuracy([(10, 10), (0, 0), (10, 9), (0, 1)]) == 0.5
    assert accuracy([(100, 99), (100, 97)], tolerance=0.02) == 0.5
    assert accuracy([]) is None
    assert accuracy_by_value([(10, 9, 5.0), (10, 10, 5.0)]) == 0.95
    assert accuracy_by_value([]) is None


def test_how_much_of_its_time_a_bay_works() -> None:
    assert load(per_day=800, seconds_each=27, open_hours=8) == 0.75


GREEN = Measured(gate=Gate.ACCURACY, figure=0.99, limit=0.98, is_at_least=True)
RED = Measured(gate=Gate.CAPACITY, figure=1.1, limit=0.85, is_at_least=False, items=("A",))


def test_a_gate_that_nobody_measured_is_not_green() -> None:
    unknown = Measured(gate=Gate.INTERNAL, figure=None, limit=1, is_at_least=False)
    assert (GREEN.light, RED.light, unknown.light) == (Light.GREEN, Light.RED, Light.UNKNOWN)
    stair = staircase("A", today=100, target=40)
    assert after_cycle(stair, gates=[GREEN, unknown], line_stops=0)[1] is Move.STAY
    assert after_cycle(stair, gates=[], line_stops=0)[0].green_cycles == 0


def test_the_next_step_opens_after_three_green_cycles() -> None:
    stair = staircase("A", today=100, target=40)
    assert stair.levels == (100, 88, 76, 64, 52, 40)
    moves = []
    for _ in range(3):
        stair, move = after_cycle(stair, gates=[GREEN], line_stops=0)
        moves.append(move)
    assert moves == [Move.STAY, Move.STAY, Move.DOWN]
    lower = moved(stair, Move.DOWN)
    assert (lower.level, lower.green_cycles) == (88, 0)


@pytest.mark.parametrize(("gates", "line_stops"), [((RED,), 0), ((GREEN,), 1)])
def test_a_red_gate_or_a_stop_proposes_the_step_back(gates: tuple[Measured, ...], line_stops: int) -> None:
    lower = moved(staircase("A", today=100, target=40), Move.DOWN)
    after, move = after_cycle(lower, gates=gates, line_stops=line_stops)
    assert (move, moved(after, move).level) == (Move.BACK, 100)


def test_the_lowest_step_is_the_end() -> None:
    stair = staircase("A", today=40, target=40)
    assert after_cycle(stair, gates=[GREEN], line_stops=0)[1] is Move.DONE
