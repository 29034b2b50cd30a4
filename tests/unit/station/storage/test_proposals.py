"""Where items should lie: small machines of which the best answer is known, or found by trying everything."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import pytest

from station.storage.consolidation import cleared, together
from station.storage.lift_time import LiftTime
from station.storage.proposal import Kind, Move, Proposal, cost_of, re_slotting, second_homes, worth
from station.storage.report import item_classes, report
from station.storage.shop import Shop
from station.values import Compartment, Item, Place, Stock, StockKey, StockStatus, Tray

M = "M1"
SECONDS = {1: 20.0, 2: 30.0, 3: 50.0}


def at(tray: int, cell: str) -> Place:
    return Place(M, tray, cell)


def shop(
    lying: Mapping[str, str | Sequence[str]],
    baskets: Sequence[str],
    *,
    cells: int = 2,
    days: float = 1.0,
    seconds: Mapping[int, float] = SECONDS,
    quantity: int = 10,
    times: int = 10,
) -> Shop:
    """`lying`: item to its places like "1A"; `baskets`: items by letters, each order so many `times`."""
    labels = "ABCDEFGH"[:cells]
    trays = {
        number: Tray(
            machine=M,
            number=number,
            width_mm=1000,
            depth_mm=600,
            compartments=tuple(
                Compartment(label=label, x_mm=100 * n, y_mm=0, width_mm=100, depth_mm=200) for n, label in enumerate(labels)
            ),
        )
        for number in seconds
    }
    stock = tuple(
        Stock(place=at(int(place[0]), place[1]), key=StockKey(item=item), quantity=quantity)
        for item, places in lying.items()
        for place in ((places,) if isinstance(places, str) else places)
    )
    items = {item: Item(code=item, name=item) for item in lying}
    return Shop(trays, items, stock, tuple(frozenset(each) for each in baskets) * times, days, seconds)


def first(proposals: Sequence[Proposal]) -> Proposal:
    assert proposals
    return proposals[0]


def test_what_is_asked_most_goes_to_the_nearest_empty_compartment() -> None:
    found = first(tuple(re_slotting(shop({"x": "3A", "y": "2A"}, ["x"]))))
    assert found.kind is Kind.NEARER
    assert found.moves == (Move("x", at(3, "A"), at(1, "A"), 10),)
    assert found.saved_s_a_day == pytest.approx(10 * (50 - 20))


def test_what_is_asked_together_goes_to_one_tray() -> None:
    """Both on tray 2 cost 30 s an order, on tray 1 and 2 they cost 50 s; tray 1 has no room for both."""
    here = shop({"x": "1A", "y": "2A", "z": "1B"}, ["xy"])
    found = first(tuple(re_slotting(here)))
    assert found.saved_s_a_day == pytest.approx(10 * (50 - 20)), "y changes places with z: one visit of tray 1"
    assert {(each.item, each.to_place.tray) for each in found.moves} == {("y", 1), ("z", 2)}
    assert found.kind is Kind.EXCHANGE


def test_nothing_is_proposed_where_all_is_well() -> None:
    assert tuple(re_slotting(shop({"x": "1A", "y": "1B", "z": "3A"}, ["xy", "x"]))) == ()


def test_a_move_that_does_not_pay_in_time_is_none() -> None:
    seldom = shop({"x": "3A"}, ["x"], days=100.0, times=1)
    assert tuple(re_slotting(seldom)) == ()
    assert len(tuple(re_slotting(seldom, most_days=1000.0))) == 1


def test_each_proposal_counts_with_those_before_it() -> None:
    here = shop({"x": "3A", "y": "3B", "z": "2A"}, ["xy", "x", "z"], cells=2)
    found = tuple(re_slotting(here))
    after = here
    for each in found:
        before_s = LiftTime(after).total_s
        after = after.after([(move.from_place, move.to_place) for move in each.moves])
        assert before_s - LiftTime(after).total_s == pytest.approx(each.saved_s_a_day)
    assert len({each.place for each in after.stock}) == len(after.stock), "no two in one compartment"


def test_the_first_proposal_is_the_best_of_all_single_moves_and_exchanges() -> None:
    for seed in range(12):
        drawn = random.Random(seed)
        places = drawn.sample([f"{tray}{cell}" for tray, cell in product((1, 2, 3), "AB")], 5)
        baskets = ["".join(drawn.sample("pqrst", drawn.randint(1, 3))) for _ in range(8)]
        here = shop(dict(zip("pqrst", places, strict=True)), baskets)
        found = next(re_slotting(here), None)
        best = max(_all_tries(here), key=worth)
        assert (worth(found)[0] if found else 0.0) == pytest.approx(max(0.0, worth(best)[0])), seed


def _all_tries(here: Shop) -> list[Proposal]:
    """Every move of one item and every exchange of two, by counting all orders anew."""
    before_s, tries = LiftTime(here).total_s, list[tuple[Move, ...]]()
    for each in here.holdings:
        tries += [(Move(each.item, each.place, place, each.quantity),) for place in here.empty if place.tray != each.place.tray]
        tries += [
            (Move(each.item, each.place, other.place, 10), Move(other.item, other.place, each.place, 10))
            for other in here.holdings
            if other.place.tray != each.place.tray and here.picks.get(other.item, 0) < here.picks.get(each.item, 0)
        ]
    found = []
    for moves in tries:
        after_s = LiftTime(here.after([(move.from_place, move.to_place) for move in moves])).total_s
        found.append(Proposal(kind=Kind.NEARER, moves=moves, saved_s_a_day=before_s - after_s, cost_s=cost_of(here, moves)))
    return found


def test_a_second_home_saves_the_visit_that_only_one_item_was_for() -> None:
    """x lies on 3; half of its orders need tray 1 anyway. Its half on tray 1 saves tray 3 in all of them."""
    here = shop({"x": "3A", "y": "1A", "z": "3B"}, ["xy", "xz"], quantity=10)
    found = first(tuple(second_homes(here)))
    assert found.moves == (Move("x", at(3, "A"), at(1, "B"), 5),)
    assert found.saved_s_a_day == pytest.approx(10 * 50), "of xy; xz needs tray 3 anyway"


def test_of_a_serial_there_is_no_half() -> None:
    here = shop({"x": "3A", "y": "1A"}, ["xy"])
    numbered = replace(here, stock=tuple(replace(each, key=replace(each.key, serial="S1")) for each in here.stock))
    assert tuple(second_homes(numbered)) == ()


def spoilt(here: Shop, how: str) -> Shop:
    near = {1: here.trays[1], 2: here.trays[2]}
    small = {n: replace(t, compartments=tuple(replace(c, width_mm=50) for c in t.compartments)) for n, t in near.items()}
    right = {n: replace(t, access="drugs") for n, t in near.items()}
    weak = {n: replace(t, max_weight_g=100) for n, t in near.items()}
    low = {n: replace(t, max_height_mm=40) for n, t in near.items()}
    item = replace(here.items["x"], weight_g=50, height_mm=90)
    match how:
        case "held":
            return replace(here, stock=tuple(replace(each, held=1) for each in here.stock))
        case "quality":
            hold = StockStatus.QUALITY_HOLD
            return replace(here, stock=tuple(replace(each, key=replace(each.key, status=hold)) for each in here.stock))
        case "class":
            return replace(here, items={**here.items, "x": replace(item, storage_class=("esd",), height_mm=0)})
        case "shut":
            return replace(here, shut=frozenset({at(3, "A")}))
        case "mixed":
            other = replace(here.stock[0], key=StockKey(item="x", lot="L2"))
            return replace(here, stock=(*here.stock, other))
    trays = {"small": small, "right": right, "weight": weak, "height": low}[how]
    return replace(here, trays={**here.trays, **trays}, items={**here.items, "x": item})


@pytest.mark.parametrize("how", ["held", "quality", "class", "shut", "mixed", "small", "right", "weight", "height"])
def test_goods_are_not_moved_to_where_they_must_not_lie(how: str) -> None:
    here = shop({"x": "3A"}, ["x"])
    assert len(tuple(re_slotting(here))) == 1
    assert tuple(re_slotting(spoilt(here, how))) == ()


def test_the_smaller_part_goes_to_the_larger_one() -> None:
    here = shop({"x": ("1A", "3A"), "y": "2A"}, [])
    parted = replace(here, stock=(replace(here.stock[0], quantity=20), replace(here.stock[1], quantity=6), here.stock[2]))
    found = first(together(parted))
    assert (found.kind, found.moves, found.frees) == (Kind.TOGETHER, (Move("x", at(3, "A"), at(1, "A"), 6),), 1)
    assert together(here) == (), "as much as lies there may not fit on top of it"
    lots = (replace(parted.stock[0], key=StockKey(item="x", lot="L1")), *parted.stock[1:])
    assert together(replace(parted, stock=lots)) == (), "two lots are not put together"


def test_a_tray_with_little_on_it_is_cleared() -> None:
    here = shop({"a": "1A", "b": "1B", "c": "1C", "x": "3A"}, [], cells=5, seconds=SECONDS)
    found = first(cleared(here))
    assert found.kind is Kind.CLEAR
    assert found.moves == (Move("x", at(3, "A"), at(1, "D"), 10),)
    full = shop({"a": "1A", "b": "1B", "x": "3A"}, [], cells=2)
    assert cleared(full) == ()


def test_classes_are_by_share_of_the_picks() -> None:
    here = shop({"a": "1A", "b": "2A", "c": "3A", "d": "3B"}, ["a"] * 16 + ["b"] * 3 + ["c"], times=1)
    assert item_classes(here) == {"a": "A", "b": "B", "c": "C", "d": "C"}
    trays = {each.tray: each for each in report(here).trays}
    assert [each.place_class for each in trays.values()] == ["A", "C", "C"], "two compartments are more than one A and one B item"
    assert (trays[1].picks, trays[3].items["C"]) == (16, 2)


def test_the_report_adds_up() -> None:
    here = shop({"x": "3A", "y": "2A", "z": "1A"}, ["xy", "x", "z"], days=2.0)
    found = report(here)
    assert found.lift_s_a_day == pytest.approx(10 * (80 + 50 + 20) / 2)
    assert found.after_s_a_day == pytest.approx(found.lift_s_a_day - sum(each.saved_s_a_day for each in found.moves))
    assert found.orders == 30
    assert all(each.payback_days is not None and each.payback_days <= 30 for each in found.moves)
