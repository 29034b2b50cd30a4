"""Every public function of the formula modules of station/jit, with who published what it is held to.

A row has the source, what is asked and what the source says. EXAMPLE is a worked example or a table in print; LIBRARY is another
implementation, run here or whose figures are named; RULE is a definition that has no figures of its own: its source defines it,
and cases of it are worked in the tests named.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import station.jit.buffers as buffers
import station.jit.conwip as conwip
import station.jit.demand as demand
import station.jit.forecast as forecast
import station.jit.kanban as kanban
import station.jit.lots as lots
import station.jit.money as money
import station.jit.normal as normal
import station.jit.percentile as percentiles
import station.jit.position as position
import station.jit.readiness as readiness
import station.jit.safety as safety
import station.jit.shares as shares
import station.jit.suppliers as suppliers
import station.jit.trend as trends

MODULES = (
    buffers,
    conwip,
    demand,
    forecast,
    kanban,
    lots,
    money,
    normal,
    percentiles,
    position,
    readiness,
    safety,
    shares,
    suppliers,
    trends,
)


class Kind(StrEnum):
    EXAMPLE = "a published worked example or table"
    LIBRARY = "an independent implementation"
    RULE = "a definition"


@dataclass(frozen=True, slots=True)
class Row:
    """`asked` gives what the function says, `told` is what the source says, to `within`."""

    function: Callable[..., Any]
    kind: Kind
    source: str
    asked: Callable[[], Any] = lambda: None
    told: Any = None
    within: float = 1e-9


E, L, R = Kind.EXAMPLE, Kind.LIBRARY, Kind.RULE
HEIZER = "Heizer, Render, Munson, Operations Management, chapter 12"
CHOPRA = "Chopra, Meindl, Supply Chain Management"
SNYDER = "Snyder, Shen, Fundamentals of Supply Chain Theory, as stockpyl 1.0.2 (MIT) has it"
PENNY = "Hopp, Spearman, Factory Physics, chapter 7, Penny Fab One"
TOC = "Cox, Schleier 2010, Theory of Constraints Handbook, 184-205"
SBC = "Syntetos, Boylan, Croston 2005, JORS 56, 495-503"
PYTHON = "Python's statistics"
OTHER = "the issue's own rule, worked in"

BEST_BUY = {"per_year": 12_000.0, "order_cost": 4_000.0, "unit_value": 500.0, "rate": 0.2}
SILICON_CHIPS = {
    "#10286": 90_000.0, "#11526": 77_000.0, "#12760": 26_350.0, "#10867": 15_001.0, "#10500": 12_500.0,
    "#12572": 8_502.0, "#14075": 1_200.0, "#01036": 850.0, "#01307": 504.0, "#10572": 150.0,
}  # fmt: skip
# Hyndman's car part 21031994: two pieces in month 4, one in month 15, of 51.
PART = [0, 0, 0, 2, *[0] * 10, 1, *[0] * 36]
SIZES = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3]


def delivered(number: int, *, is_good: bool) -> suppliers.Delivery:
    day = date(2026, 1, 1 + number % 28)
    received = 10 if is_good else 9
    return suppliers.Delivery(supplier="S", item="A", asked_on=day, due_on=day, received_on=day, asked=10, received=received)


def otif() -> float:
    return suppliers.performance([delivered(number, is_good=number >= 120) for number in range(1200)]).otif


def twice_as_often() -> tuple[float, float]:
    """From lots of 400 to lots of 200."""
    given = {"per_year": 12_000.0, "order_cost": 4_000.0}
    found = suppliers.more_often(lot=400, unit_value=500, avoidable_rate=0.2, **given)
    return found.saved_minor, found.cost_minor


def holding() -> float:
    names = {"housing": 0.06, "handling": 0.03, "labour": 0.03, "investment": 0.11, "pilferage and obsolescence": 0.03}
    return money.CarryingCost(tuple(money.CostPart(name, rate, True) for name, rate in names.items())).rate


ROWS = (
    Row(kanban.cards, E, "published for practitioners: 1200 a day, 0.7 days, 16 %, 80 in each", lambda: kanban.cards(
        demand_per_day=1200, lead_time_days=0.7, container=80, safety=0.16).exact, 12.18),
    Row(kanban.cards, E, "a published exercise, wheels: 2000 a day, 0.25 + 0.15 days, 10 %, 200 in each: 4.4, five",
        lambda: (kanban.cards(demand_per_day=2000, lead_time_days=0.4, container=200, safety=0.1).cards), 5),
    Row(kanban.cards_by_spread, E, f"{SNYDER}, example 4.3: the newsvendor's level in containers of one", lambda: (
        kanban.cards_by_spread(demand_per_day=50, lead_time_days=1, container=1, sigma=8, service=0.7 / 0.88).exact),
        56.6039559274, 1e-8),
    Row(kanban.with_trigger, E, "Oracle Inventory: (C - 1) S = D L, for two bins", lambda: kanban.with_trigger(kanban.cards(
        demand_per_day=100, lead_time_days=2, container=200), kanban.Trigger.BIN_EMPTY).cards, 2),
    Row(kanban.two_bin_container, E, "Oracle Inventory: (C - 1) S = D L, with C = 2", lambda: kanban.two_bin_container(
        demand_per_day=100, lead_time_days=2), 200),
    Row(kanban.work_in_progress, E, PENNY, lambda: kanban.work_in_progress(per_hour=0.5, cycle_hours=8), 4),
    Row(kanban.practical_worst_case, E, PENNY, lambda: kanban.practical_worst_case(
        4, bottleneck_per_hour=0.5, raw_hours=8), 2 / 7),
    Row(kanban.conwip_limit, E, PENNY, lambda: kanban.conwip_limit(
        bottleneck_per_hour=0.5, raw_hours=8, wanted_per_hour=2 / 7), 4),
    Row(conwip.wip_count, E, PENNY, lambda: conwip.wip_count(
        bottleneck_per_hour=0.5, raw_hours=8, wanted_per_hour=2 / 7).reached_per_hour, 2 / 7),
    Row(lots.economic_lot, E, f"{SNYDER}, example 3.1", lambda: lots.economic_lot(
        per_year=1300, order_cost=8, unit_value=0.225, rate=1).quantity, 304.0467800264),
    Row(lots.economic_lot, E, f"{CHOPRA}, Best Buy: 980 computers, 97,980 a year", lambda: lots.economic_lot(
        **BEST_BUY).cost_per_year, 97_980, 1),
    Row(lots.time_supply_days, E, f"{CHOPRA}, Best Buy: 980 of 12,000 a year", lambda: lots.time_supply_days(**BEST_BUY),
        365 * 980 / 12_000, 0.01),
    Row(lots.cost_of_lots, E, f"{SNYDER}, example 3.1", lambda: lots.cost_of_lots(
        per_year=1300, order_cost=8, unit_value=0.225, rate=1, lot=304.0467800264), 68.4105255059),
    Row(normal.z_of, E, "table of the normal distribution", lambda: normal.z_of(0.95), 1.6449, 5e-5),
    Row(normal.loss, E, "Silver, Pyke, Peterson 1998, appendix B: G(1)", lambda: normal.loss(1), 0.083315, 1e-6),
    Row(normal.fill_rate, E, f"{CHOPRA}, exercise of Hewlett Packard at Sam's Club: 43.86 short in lots of 1000",
        lambda: normal.fill_rate(sigma=2**0.5 * 150, k=100 / (2**0.5 * 150), lot=1000), 1 - 43.86 / 1000, 1e-5),
    Row(percentiles.percentile, L, PYTHON, lambda: percentiles.percentile(SIZES, 0.95),
        statistics.quantiles(SIZES, n=20, method="inclusive")[18]),
    Row(safety.normal_level, E, f"{HEIZER}, surgery packs: 60 x 6 + 1.28 (60) (2)", lambda: safety.normal_level(
        mean=60, sd=0, asked=safety.Uncertain(lead=6, lead_sd=2, service=0.9)).level, 513.6, 0.3),
    Row(safety.normal_level, E, f"{SNYDER}, example 4.3", lambda: safety.normal_level(
        mean=50, sd=8, asked=safety.Uncertain(lead=1, service=0.7 / 0.88)).level, 56.6039559274, 1e-8),
    Row(safety.level, E, f"{HEIZER}, as normal_level: even demand takes it", lambda: safety.level(
        [60] * 4, demand.DemandClass.SMOOTH, asked=safety.Uncertain(lead=6, lead_sd=2, service=0.9)).level, 513.6, 0.3),
    Row(safety.distribution_level, L, f"{PYTHON}: the quantile of the sums", lambda: safety.distribution_level(
        SIZES * 4, safety.Uncertain(lead=1, service=0.75)).level,
        statistics.quantiles(SIZES * 4, n=4, method="inclusive")[2], 0.5),
    Row(safety.window_sums, L, "Python's sum over slices", lambda: safety.window_sums(SIZES, 3),
        [sum(SIZES[place : place + 3]) for place in range(8)]),
    Row(shares.abc, E, f"{HEIZER}, example 1, Silicon Chips: two A, three B, five C", lambda: "".join(
        shares.abc(SILICON_CHIPS, a_share=0.70, b_share=0.95).values()), "AABBBCCCCC"),
    Row(shares.variation, L, PYTHON, lambda: shares.variation(SIZES), statistics.stdev(SIZES) / statistics.fmean(SIZES)),
    Row(shares.xyz, R, "limits of the trade (settings); test_formulas"),
    Row(trends.two_sided_chance, L, "R, cox.stuart.test of 1 4 6 7 9 7 1 6: two of four",
        lambda: trends.two_sided_chance(2, 4), 1.0),
    Row(trends.two_sided_chance, E, "table of B(10, 1/2): P(X <= 1)", lambda: trends.two_sided_chance(1, 10) / 2, 0.0107, 5e-5),
    Row(trends.trend, L, "R, cox.stuart.test of 1 4 6 7 9 7 1 6", lambda: trends.trend([1, 4, 6, 7, 9, 7, 1, 6]).chance, 1.0),
    Row(trends.spikes, R, f"{OTHER} test_formulas: 500 % of what is usual"),
    Row(forecast.croston, L, "statsforecast 2.1.1", lambda: forecast.croston(PART), 0.404255, 1e-6),
    Row(forecast.sba, L, "statsforecast 2.1.1", lambda: forecast.sba(PART), 0.384043, 1e-6),
    Row(demand.squared_variation, L, PYTHON, lambda: demand.squared_variation(SIZES),
        (statistics.stdev(SIZES) / statistics.fmean(SIZES)) ** 2),
    Row(demand.class_of, E, f"{SBC}, figure: ADI 1.32 and CV² 0.49", lambda: [
        demand.class_of(adi, cv2).value for adi, cv2 in ((1.0, 0.1), (1.0, 0.9), (2.0, 0.1), (2.0, 0.9))],
        ["smooth", "erratic", "intermittent", "lumpy"]),
    Row(demand.classify, E, f"{SBC}, and Hyndman's car part 21031994: two demands in 51 months", lambda: demand.classify(
        demand.Series("21031994", tuple(PART))).adi, 25.5),
    Row(buffers.internal_buffer, L, f"{PYTHON}: the percentile; {OTHER} test_formulas", lambda: buffers.internal_buffer(
        1, SIZES, stop_cover_days=0).replenishment_p95_days, statistics.quantiles(SIZES, n=20, method="inclusive")[18]),
    Row(buffers.penetration, E, f"{TOC}: what is gone of the buffer", lambda: buffers.penetration(45, 90), 0.5),
    Row(buffers.zone_of, E, f"{TOC}: thirds, and black at nothing", lambda: [
        buffers.zone_of(each, 90).value for each in (90, 45, 15, 0)], ["green", "yellow", "red", "black"]),
    Row(buffers.propose, E, f"{TOC}: too much red asks for a third more", lambda: buffers.propose(
        buffers.DynamicBuffer(size=90, replenishment_days=5), [60, 20, 20, 40, 20]).after, 120),
    Row(money.turns, E, "Kimmel, Weygandt, Kieso, PepsiCo: 18,038 / 2,108, 8.6 times", lambda: money.turns(
        issued_per_year=18_038, mean_stock=2_108), 8.6, 0.05),
    Row(money.days_of_supply, E, "Kimmel, Weygandt, Kieso, PepsiCo: 365 / 8.5, 43 days", lambda: money.days_of_supply(
        issued_per_year=20_351, mean_stock=2_406), 43, 0.5),
    Row(money.effect, E, f"{HEIZER}, table of holding cost: 26 % together", lambda: (holding(), money.effect(
        1000, 0, cost=money.CarryingCost((money.CostPart("all", holding(), True),))).saved_minor), (0.26, 260.0)),
    Row(money.above_and_below, R, f"{OTHER} test_money_and_suppliers"),
    Row(money.aged, R, f"{OTHER} test_money_and_suppliers"),
    Row(position.quantity_to_ask, E, "Krajewski, chicken soup: 10 on hand, 200 on order, R 100: nothing is asked for", lambda: (
        position.Position(on_hand=10, on_order=200).net,
        position.quantity_to_ask(position.Position(on_hand=10, on_order=200), position.Rule(at=100, up_to=300))), (210, 0)),
    Row(position.lots_of, R, "whole lots; test_position"),
    Row(position.after_asking, R, "what is asked for is on order; test_position"),
    Row(readiness.accuracy, E, "mfgcalcs.com: 485 of 500 records, 97 %", lambda: readiness.accuracy(
        [(10, 10)] * 485 + [(10, 9)] * 15), 0.97),
    Row(readiness.accuracy, E, "supplychainmetric.com: 100 and 100 counted as 95 and 105 are 0 %", lambda: readiness.accuracy(
        [(100, 95), (100, 105)], tolerance=0.03), 0.0),
    Row(readiness.accuracy_by_value, E, "supplychainmetric.com: differences do not cancel out",
        lambda: readiness.accuracy_by_value([(100, 95, 1.0), (100, 105, 1.0)]), 0.95),
    Row(readiness.load, E, "Heizer, waiting lines, Golden Muffler: two an hour of three, 66.7 %", lambda: readiness.load(
        per_day=16, seconds_each=1200, open_hours=8), 2 / 3),
    Row(readiness.is_open, R, f"{OTHER} test_money_and_suppliers"),
    Row(readiness.staircase, R, f"{OTHER} test_money_and_suppliers"),
    Row(readiness.after_cycle, R, f"{OTHER} test_money_and_suppliers"),
    Row(readiness.moved, R, f"{OTHER} test_money_and_suppliers"),
    Row(suppliers.performance, E, "calcsimpler.com: 1,080 of 1,200 on time and in full, 90 %", otif, 0.9),
    Row(suppliers.by_supplier, R, "performance of each; test_money_and_suppliers"),
    Row(suppliers.breaches, R, f"{OTHER} test_money_and_suppliers"),
    Row(suppliers.more_often, E, f"{CHOPRA}, Best Buy at lots of 200: orders cost 240,000 instead of 120,000, stock 10,000 less",
        twice_as_often, (10_000.0, 120_000.0)),
)  # fmt: skip
