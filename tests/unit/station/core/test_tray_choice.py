"""The planner at the bay: the tray that comes, its event, its sentence, and what must hold whatever it says."""

from __future__ import annotations

from dataclasses import replace

from db.records.planning import TrayChosen
from db.records.service import TrayOutOfService
from db.records.stock import Picked
from hardware.values import Outcome
from station import commands as do
from station.core.inputs import SiteChanged
from station.custody import Verb
from station.planner.problem import PolicyName
from station.values import Order, OrderKind, OrderLine, StockKey
from tests.helpers.sample import BOLT, FUSE, MACHINE, MARA, NUT, place, tray
from tests.helpers.world import World

TRAYS = (11, 12, 13, 14)


def site(*, policy: PolicyName | None = PolicyName.VOTES, may_prefetch: bool = False) -> World:
    """Four trays more, each with bolts and nuts. Of three orders B needs one tray, and shares it with A."""
    world = World()
    world.store.items |= {each.code: replace(each, proof=BOLT.proof) for each in (NUT, FUSE)}
    world.store.trays_by_number |= {number: tray(number, "C7", "C8", "D1") for number in TRAYS}
    world.store.held = {(place(number, "C7"), StockKey(item=f"I{number}")): 50 for number in TRAYS}
    world.store.items |= {f"I{number}": replace(BOLT, code=f"I{number}") for number in TRAYS}
    world.store.orders = {
        "A": order("A", 11, 12, 13),
        "B": order("B", 13),
        "C": order("C", 14, 12),
    }
    world.state = replace(world.state, rules=replace(world.state.rules, planner=policy, may_prefetch=may_prefetch))
    world.sign_on(MARA.person)
    world.settle()
    return world


def order(name: str, *trays: int, **more: object) -> Order:
    lines = (OrderLine(order=name, line=str(number), item=f"I{at}", quantity=1) for number, at in enumerate(trays, 1))
    return replace(Order(order=name, kind=OrderKind.PICK, lines=tuple(lines)), **more)


def begun(world: World, *orders: str) -> World:
    world.start(*orders)
    world.settle()
    return world


def chosen(world: World) -> list[TrayChosen]:
    return [each for each in world.store.written if isinstance(each, TrayChosen)]


def worked(world: World) -> list[tuple[str, int]]:
    return [(each.order, each.tray) for each in world.store.written if isinstance(each, Picked)]


def confirm_all(world: World) -> None:
    for _ in range(30):
        if world.state.round is None:
            return
        world.give(do.Choose(world.state.token, "yes") if world.view().face.ask else do.Confirm(world.state.token))
        world.settle()


def test_the_tray_that_ends_most_orders_comes_first_and_all_its_lines_are_worked() -> None:
    world = begun(site(), "A", "B", "C")
    assert world.state.custody.tray_here == 13
    confirm_all(world)
    assert {each[1] for each in worked(world)[:2]} == {13}
    assert len({tuple(each) for each in worked(world)}) == 6
    assert [each.tray for each in chosen(world)] == list(dict.fromkeys(each[1] for each in worked(world)))


def test_without_the_planner_the_round_goes_as_its_tasks_stand_and_nothing_is_written() -> None:
    world = begun(site(policy=None), "A", "B", "C")
    assert world.state.custody.tray_here == 11
    confirm_all(world)
    assert chosen(world) == []


def test_the_event_says_why_and_what_of() -> None:
    world = begun(site(), "A", "B", "C")
    first = chosen(world)[0]
    assert (first.machine, first.tray, first.policy, first.why) == (MACHINE, 13, "votes", "votes")
    assert (first.lines, first.orders, first.out_of) == (2, 2, 4)


def test_the_screen_says_it_until_the_tray_is_here() -> None:
    world = site()
    world.start("A", "B", "C")
    while world.move is None:
        world.write()
        world.read_all()
    why = world.view().face.tray_why
    assert why is not None
    assert (why.code, why.params["tray"]) == ("tray_why_votes", 13)
    world.settle()
    assert world.view().face.is_here
    assert world.view().face.tray_why is None


def test_in_a_bay_with_two_positions_the_fetch_names_the_tray_that_is_to_follow() -> None:
    world = site(may_prefetch=True)
    world.start("A", "B", "C")
    while world.move is None:
        world.write()
        world.read_all()
    assert world.move.next_tray == world.state.choice.ahead
    ahead = world.move.next_tray
    world.settle()
    for _ in range(2):
        world.give(do.Confirm(world.state.token))
        world.settle()
    assert (world.state.custody.tray_here, chosen(world)[1].why) == (ahead, "lying_here")


def test_an_order_of_higher_priority_comes_before_the_votes() -> None:
    world = site()
    world.store.orders["C"] = replace(world.store.orders["C"], priority=1)
    begun(world, "A", "B", "C")
    assert (chosen(world)[0].why, chosen(world)[0].for_order) == ("priority", "C")
    assert world.state.custody.tray_here in (12, 14)


def test_an_express_order_comes_at_the_next_change_of_trays() -> None:
    world = begun(site(), "A", "B")
    assert world.state.custody.tray_here == 13
    world.store.orders["E"] = order("E", 14, is_express=True)
    world.feed(SiteChanged())
    world.settle()
    confirm_all(world)
    assert [each[1] for each in worked(world)] == [13, 13, 14, 11, 12]
    assert [each.why for each in chosen(world)][:2] == ["votes", "express"]


def test_a_sequence_leaves_rank_by_rank_whatever_a_vote_says() -> None:
    world = site()
    lines = tuple(replace(each, rank=4 - number) for number, each in enumerate(world.store.orders["A"].lines, 1))
    world.store.orders["A"] = replace(world.store.orders["A"], sequence="car", lines=lines)
    begun(world, "A", "B")
    confirm_all(world)
    assert [each for each in worked(world) if each[0] == "A"] == [("A", 13), ("A", 12), ("A", 11)]
    assert chosen(world)[0].why == "sequence"


def test_a_tray_that_is_taken_out_of_service_while_it_is_wanted_waits_and_the_rest_goes_on() -> None:
    """A fault in the middle: its fetch is refused, somebody takes the tray out of service, and the work goes on around it."""
    world = begun(site(), "A", "B", "C")
    world.give(do.Confirm(world.state.token))
    world.settle()
    world.give(do.Confirm(world.state.token))
    while world.writes or world.reads or world.answers:
        world.write() if world.writes else world.answer(0) if world.answers else world.read(0)
    assert (world.move.verb, world.move.tray) == (Verb.STORE, 13)
    world.end_motion(Outcome.DONE)
    world.write_all()
    stuck = world.move.tray
    assert world.move.verb is Verb.FETCH
    world.end_motion(Outcome.NOT_DONE, code="4711")
    world.store.write((TrayOutOfService(machine=MACHINE, tray=stuck, reason="bent"),))
    world.feed(SiteChanged())
    world.settle()
    assert world.state.round.task.place.tray != stuck
    assert (world.view().flashed.code, world.view().flashed.params) == ("tray_later", {"tray": stuck, "next": world.state.choice.tray})
    world.give(do.FetchAgain(world.state.token))
    world.settle()
    for _ in range(4):
        if world.view().face.is_here:
            world.give(do.Confirm(world.state.token))
            world.settle()
    assert stuck not in {each[1] for each in worked(world)}
    assert (world.state.round.task.place.tray, world.view().bar.code) == (stuck, "tray_out_of_service")


def test_a_skipped_line_has_no_vote_and_comes_last() -> None:
    world = begun(site(), "A", "B", "C")
    world.give(do.Skip(world.state.token))
    world.settle()
    world.give(do.Skip(world.state.token))
    world.settle()
    confirm_all(world)
    assert {each[1] for each in worked(world)[-2:]} == {13}


def test_a_choice_is_never_waited_for() -> None:
    """Its record goes beside the work: a booking overtakes nothing and waits for nothing of it."""
    world = site()
    world.start("A", "B")
    while world.state.choice is None:
        world.write()
        world.read_all()
    assert world.state.round.task is not None
    notes = [each for each in world.writes if any(isinstance(record, TrayChosen) for record in each.records)]
    assert [each.is_awaited for each in notes] == [False]
