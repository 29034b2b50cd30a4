"""What goes before every rule, what the planner then chooses, and what of the machine it knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from station.planner.problem import PolicyName
from station.task import Mode, Task
from station.travel_times import TravelTimes
from station.tray_plan import EXPRESS, PRIORITY, Standing, choose, situation_of
from station.values import Order, OrderKind, Place, StockKey
from tests.helpers.sample import BOLT

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def task(order: str, tray: int, line: str = "1") -> Task:
    return Task(
        mode=Mode.PICK,
        order=order,
        line=line,
        number=1,
        line_no=1,
        line_count=1,
        item=BOLT,
        key=StockKey(item=BOLT.code),
        place=Place("M1", tray, f"C{line}"),
        quantity=1,
        line_asked=1,
    )


def standing(*tasks: Task, orders: tuple[Order, ...] = (), **more: object) -> Standing:
    names = dict.fromkeys(each.order for each in tasks)
    known = {name: Order(order=name, kind=OrderKind.PICK) for name in names} | {each.order: each for each in orders}
    return replace(Standing(tasks=tasks, orders=known, utc=NOW), **more)


def tray_of(given: Standing, policy: PolicyName = PolicyName.VOTES) -> tuple[int, str]:
    choice = choose(given, policy)
    assert choice is not None
    return choice.tray, choice.why


MANY = (task("A", 1, "1"), task("A", 2, "2"), task("A", 3, "3"), task("B", 3, "1"), task("C", 7, "1"), task("C", 8, "2"))


def test_votes_bring_the_orders_to_their_end_that_are_nearest_to_it() -> None:
    choice = choose(standing(*MANY), PolicyName.VOTES)
    assert choice is not None
    assert (choice.tray, choice.why, choice.lines, choice.orders, choice.out_of) == (3, "votes", 2, 2, 5)


def test_it_says_what_follows_as_if_the_first_were_done() -> None:
    choice = choose(standing(*MANY), PolicyName.VOTES)
    assert choice is not None
    assert choice.ahead in (1, 2, 7, 8)
    assert choice.ahead != choice.tray


def test_what_lies_at_the_bay_and_what_was_made_ready_cost_nothing() -> None:
    assert tray_of(standing(*MANY, here=8)) == (8, "lying_here")
    assert tray_of(standing(*MANY, here=99, ready=7, positions=2)) == (7, "lying_here")
    assert tray_of(standing(*MANY, here=99, ready=7)) == (3, "votes"), "with one position nothing is ready"


def test_who_broke_in_comes_before_a_vote_and_before_a_need_by_time() -> None:
    late = Order(order="B", kind=OrderKind.PICK, need_by=NOW - timedelta(hours=1))
    assert tray_of(standing(*MANY, orders=(late,), first={"C"}))[0] in (7, 8)
    assert tray_of(standing(*MANY, orders=(late,), first={"C"}))[1] == EXPRESS


def test_what_is_due_soon_comes_before_a_higher_priority() -> None:
    due = Order(order="C", kind=OrderKind.PICK, need_by=NOW + timedelta(seconds=30))
    urgent = Order(order="B", kind=OrderKind.PICK, priority=1)
    choice = choose(standing(*MANY, orders=(due, urgent)), PolicyName.VOTES)
    assert choice is not None
    assert (choice.why, choice.order, choice.slack_s) == ("urgent", "C", 30)


def test_the_highest_priority_comes_before_the_votes_of_the_others() -> None:
    urgent = Order(order="C", kind=OrderKind.PICK, priority=1)
    choice = choose(standing(*MANY, orders=(urgent,)), PolicyName.VOTES)
    assert choice is not None
    assert (choice.tray in (7, 8), choice.why, choice.order) == (True, PRIORITY, "C")


def test_of_two_trays_that_are_worth_the_same_the_nearer_one_comes() -> None:
    far = TravelTimes({("fetch", 1): (20.0,), ("store", 1): (20.0,), ("fetch", 9): (5.0,), ("store", 9): (5.0,)})
    assert tray_of(standing(task("A", 1), task("B", 9), times=far))[0] == 9
    assert tray_of(standing(task("A", 1), task("B", 9)))[0] == 1, "with nothing learnt they are the same"
    hardly = TravelTimes({("fetch", 1): (5.3,), ("store", 1): (5.3,), ("fetch", 9): (5.0,), ("store", 9): (5.0,)})
    assert tray_of(standing(task("A", 1), task("B", 9), times=hardly))[0] == 1, "what is not a second apart is no reason"


def test_the_machine_of_the_problem_is_what_was_learnt_of_these_trays() -> None:
    times = TravelTimes({("fetch", 4): (12.0,), ("store", 4): (6.0,)})
    situation, trays = situation_of(standing(task("A", 4), task("B", 200), times=times), (task("A", 4), task("B", 200)))
    machine = situation.problem.machines[0]
    assert trays == (4, 200)
    assert (machine.trays, machine.positions) == (2, 1)
    assert machine.fetch_s == (12.0, 12.0)


def test_nothing_open_is_no_choice_and_the_last_tray_is_the_only_one() -> None:
    assert choose(standing(), PolicyName.VOTES) is None
    last = choose(standing(task("A", 4)), PolicyName.VOTES)
    assert last is not None
    assert (last.tray, last.why, last.ahead) == (4, "only", None)


def test_the_plan_of_the_beam_is_taken_while_its_tray_is_needed_and_after_need_by() -> None:
    planned = choose(standing(*MANY, plan=(8, 3)), PolicyName.PLANNER)
    assert planned is not None
    assert (planned.tray, planned.why, planned.ahead) == (8, "planned", 3)
    assert tray_of(standing(*MANY, plan=(55, 3)), PolicyName.VOTES) == (3, "votes")
    due = Order(order="C", kind=OrderKind.PICK, need_by=NOW)
    assert tray_of(standing(*MANY, plan=(3, 1), orders=(due,)), PolicyName.VOTES)[1] == "urgent"
