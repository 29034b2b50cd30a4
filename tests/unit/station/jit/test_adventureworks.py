"""AdventureWorks (Microsoft, MIT): items, bills of material, vendors' least orders and lead times, all the way to verdicts. Its
purchase dates are artificial, so lead times are the vendors' own figures."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator

import pytest

from station.jit.assortment import analyse
from station.jit.demand import Series
from station.jit.facts import ItemFacts, assumptions_of
from station.jit.position import Position, Rule, quantity_to_ask
from station.jit.report import report_of
from station.jit.suitability import Kind
from station.jit_settings import JitSettings
from tests.helpers.converters import DATA

FOLDER = DATA / "adventureworks"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="AdventureWorks lies beside the project")
GIVEN = assumptions_of(JitSettings())
WEEKS = 104


def table(name: str) -> Iterator[list[str]]:
    with (FOLDER / name).open(newline="", encoding="utf-8-sig") as file:
        yield from csv.reader(file, delimiter="\t")


@pytest.fixture(scope="module")
def facts() -> dict[str, ItemFacts]:
    """Each bought item with the vendor who is quickest, how many can deliver it, and what is in stock."""
    vendors: dict[str, list[list[str]]] = {}
    for row in table("ProductVendor.csv"):
        vendors.setdefault(row[0], []).append(row)
    stock: dict[str, int] = {}
    for row in table("ProductInventory.csv"):
        stock[row[0]] = stock.get(row[0], 0) + int(row[4])
    found = {}
    for product, rows in vendors.items():
        best = min(rows, key=lambda row: (int(row[2]), row[1]))
        found[product] = ItemFacts(
            item=product,
            unit_value=float(best[3]) * 100,
            lead_time_days=float(best[2]),
            supplier=best[1],
            suppliers=len(rows),
            minimum_order=float(best[6]),
            on_hand=float(stock.get(product, 0)),
        )
    return found


@pytest.fixture(scope="module")
def components() -> dict[str, list[tuple[str, float]]]:
    """What each assembly is made of now."""
    found: dict[str, list[tuple[str, float]]] = {}
    for row in table("BillOfMaterials.csv"):
        if row[1] and not row[4]:
            found.setdefault(row[1], []).append((row[2], float(row[7])))
    return found


def exploded(product: str, quantity: float, components: dict[str, list[tuple[str, float]]]) -> Iterator[tuple[str, float]]:
    """The parts at the bottom: demand of an assembly counts at component level."""
    if product not in components:
        yield product, quantity
    for part, each in components.get(product, ()):
        yield from exploded(part, quantity * each, components)


@pytest.fixture(scope="module")
def series(components: dict[str, list[tuple[str, float]]], facts: dict[str, ItemFacts]) -> list[Series]:
    """Two years of weeks of the assemblies nobody builds further, drawn by a seed, counted at their bought parts."""
    parts = {part for rows in components.values() for part, _ in rows}
    tops = sorted(set(components) - parts)
    draw = random.Random(4)
    demand: dict[str, list[int]] = {}
    for top in tops:
        weeks = [draw.randint(0, 3) for _ in range(WEEKS)]
        for part, each in exploded(top, 1.0, components):
            row = demand.setdefault(part, [0] * WEEKS)
            for week, built in enumerate(weeks):
                row[week] += round(built * each)
    return [Series(part, tuple(row)) for part, row in sorted(demand.items()) if part in facts]


def test_bills_of_material_reach_the_bought_parts(series: list[Series], components: dict[str, list[tuple[str, float]]]) -> None:
    assert len(series) > 50
    assert not {each.item for each in series} & set(components)


def test_every_item_gets_a_verdict_and_its_figures(series: list[Series], facts: dict[str, ItemFacts]) -> None:
    found = analyse(series, facts, given=GIVEN, period_days=7)
    kinds = {each.verdict.kind for each in found.items}
    assert {Kind.SUPPLIER_FIRST, Kind.HYBRID} <= kinds
    report = report_of(found)
    assert sum(part.items for part in report.parts) == report.items == len(series)
    assert "lead_time_days" not in report.assumed
    assert report.stock is not None
    expected = sum((facts[each.item].on_hand or 0) * (facts[each.item].unit_value or 0) for each in series)
    assert report.stock.today_minor == pytest.approx(expected)


def test_one_vendor_alone_is_never_just_in_time(series: list[Series], facts: dict[str, ItemFacts]) -> None:
    alone = [each for each in analyse(series, facts, given=GIVEN, period_days=7).items if facts[each.item].suppliers == 1]
    assert alone
    assert Kind.JIT not in {each.verdict.kind for each in alone}


def test_no_less_than_the_vendor_sends_is_asked_for(facts: dict[str, ItemFacts]) -> None:
    for each in facts.values():
        rule = Rule(at=5, up_to=6, least=int(each.minimum_order))
        assert quantity_to_ask(Position(on_hand=5), rule) == max(1, int(each.minimum_order))
