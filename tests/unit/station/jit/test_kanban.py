"""Card counts against published worked examples; Little and the practical worst case against Factory Physics."""

from __future__ import annotations

import pytest

from station.jit.kanban import (
    Covers,
    Loop,
    Trigger,
    cards,
    cards_by_spread,
    conwip_limit,
    practical_worst_case,
    two_bin_container,
    with_trigger,
    work_in_progress,
)


@pytest.mark.parametrize(
    ("demand", "lead", "safety", "container", "exact", "expected"),
    [
        (480, 1.5, 0.15, 40, 20.7, 21),
        (1200, 0.7, 0.16, 80, 12.18, 13),
        (100, 2, 0.2, 50, 4.8, 5),
        (50, 3, 0, 25, 6.0, 6),
        (0.1 + 0.2, 10, 0, 1, 3.0, 3),  # 3.0000000000000004 for the processor
    ],
)
def test_published_examples(demand: float, lead: float, safety: float, container: float, exact: float, expected: int) -> None:
    """Worked examples of N = D L (1 + alpha) / C as published for practitioners (four of them, with their roundings)."""
    found = cards(demand_per_day=demand, lead_time_days=lead, container=container, safety=safety)
    assert (found.cards, found.exact) == (expected, pytest.approx(exact))
    assert found.inputs["container"] == container


def test_the_spread_takes_the_place_of_the_allowance() -> None:
    found = cards_by_spread(demand_per_day=100, lead_time_days=2, container=50, sigma=30, service=0.95)
    assert found.exact == pytest.approx((200 + 1.6448536 * 30) / 50)
    assert found.cards == 5


def test_a_card_more_where_it_goes_back_with_the_empty_bin() -> None:
    """Oracle Inventory: (N - 1) C = D L."""
    count = cards(demand_per_day=100, lead_time_days=2, container=50)
    assert (with_trigger(count, Trigger.FIRST_PIECE).cards, with_trigger(count, Trigger.BIN_EMPTY).cards) == (4, 5)


def test_a_container_must_hold_something() -> None:
    with pytest.raises(ValueError, match="container"):
        cards(demand_per_day=1, lead_time_days=1, container=0)


def test_one_of_two_bins_lasts_until_the_other_is_back() -> None:
    assert two_bin_container(demand_per_day=10, lead_time_days=3, safety=0.1) == pytest.approx(33)


def test_a_loop_covers_one_kind_of_variability() -> None:
    inside = Loop(loop="L", item="A", consumer="C", container=1, cards=1, lead_time_days=1)
    outside = Loop(loop="L", item="A", consumer="C", container=1, cards=1, lead_time_days=1, supplier="S")
    assert (inside.covers, outside.covers) == (Covers.INTERNAL, Covers.EXTERNAL)


def test_penny_fab_one() -> None:
    """Hopp and Spearman, Factory Physics, Penny Fab One: r_b 0.5 an hour, T0 8 h, W0 4; the practical worst case of 4 is 2/7."""
    assert work_in_progress(per_hour=0.5, cycle_hours=8) == 4
    assert practical_worst_case(4, bottleneck_per_hour=0.5, raw_hours=8) == pytest.approx(2 / 7)
    assert conwip_limit(bottleneck_per_hour=0.5, raw_hours=8, wanted_per_hour=2 / 7) == 4
    with pytest.raises(ValueError, match="bottleneck"):
        conwip_limit(bottleneck_per_hour=0.5, raw_hours=8, wanted_per_hour=0.5)
