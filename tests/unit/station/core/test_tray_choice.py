"""The planner at the bay: the tray that comes, its event, its sentence, and what must hold whatever it says."""

from __future__ import annotations

from dataclasses import replace

from db.records.orders import OrderClosed
from db.records.planning import PlaceGiven, TrayChosen
from db.records.service import TrayOutOfService
from db.records.stock import Picked
from hardware.values import Outcome
from station import commands as do
from station.core.effects import PlanAhead
from station.core.inputs import SiteChanged, TraysPlanned
from station.custody import Verb
from station.flows.round_rolling import orders_waiting
from station.planner.problem import PolicyName
from station.values import Order, OrderKind, OrderLine, OrderState, StockKey
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
    said = world.view().flashed
    assert (said.code, said.params) == ("tray_later", {"tray": stuck, "next": world.state.choice.tray})
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


# --- more orders than put places ----------------------------------------------------------------------------------------


def rolling(*, policy: PolicyName | None = PolicyName.VOTES, places: tuple[str, ...] = ("T1", "T2")) -> World:
    world = site(policy=policy)
    world.state = replace(world.state, rules=replace(world.state.rules, put_places=places))
    world.store.orders |= {"D": order("D", 13, 12), "E": order("E", 14)}
    world.feed(SiteChanged())
    world.settle()
    return world


def work_on(world: World, *, most: int = 60) -> None:
    """A person who gives each order a tote of its own and takes what is asked."""
    for _ in range(most):
        if world.state.round is None:
            return
        binding = world.state.round.binding
        if binding is not None:
            world.scan(f"BLO-of-{binding.order}")
        else:
            ask = world.view().face.ask
            world.give(do.Choose(world.state.token, ask.choices[0].key) if ask else do.Confirm(world.state.token))
        world.settle()


def test_more_orders_than_places_start_and_each_gets_a_place_as_soon_as_one_is_free() -> None:
    world = begun(rolling(), "A", "B", "C", "D", "E")
    assert len({each.order for each in world.state.round.queue}) == 2
    assert len(orders_waiting(world.state.round)) == 3
    work_on(world)
    assert world.state.round is None
    assert sorted(worked(world)) == [
        ("A", 11),
        ("A", 12),
        ("A", 13),
        ("B", 13),
        ("C", 12),
        ("C", 14),
        ("D", 12),
        ("D", 13),
        ("E", 14),
    ]
    assert all(each.state is OrderState.CLOSED for each in world.store.orders.values())
    given = [each for each in world.store.written if isinstance(each, PlaceGiven)]
    assert sorted(each.order for each in given) == ["A", "B", "C", "D", "E"]


def test_never_do_more_totes_stand_than_there_are_places() -> None:
    world = begun(rolling(), "A", "B", "C", "D", "E")
    for _ in range(60):
        if world.state.round is None:
            break
        standing = [each for each in world.store.totes() if each.is_open]
        assert len(standing) <= 2
        assert len({each.position for each in standing}) == len(standing)
        work_on(world, most=1)


def test_trays_that_come_anyway_decide_who_gets_the_place() -> None:
    world = begun(rolling(places=("T1", "T2", "T3")), "A", "B", "C", "D", "E")
    on_places = {each.order for each in world.state.round.queue}
    assert "A" in on_places
    assert on_places <= {"A", "B", "D"}, "B and D need only trays that A needs"


def test_an_order_that_gets_a_place_while_its_tray_is_here_is_worked_there() -> None:
    world = begun(rolling(places=("T1",)), "B", "D")
    work_on(world)
    trays = [each[1] for each in worked(world)]
    assert trays == [13, 13, 12]


def test_an_express_order_comes_at_the_next_tray_also_where_all_places_are_taken() -> None:
    """As ever it goes to its destination then; who waits for a place still gets one, and a tote."""
    world = begun(rolling(places=("T1",)), "A", "B")
    work_on(world, most=2)
    world.store.orders["X"] = order("X", 14, is_express=True)
    world.feed(SiteChanged())
    world.settle()
    work_on(world)
    ended = [each.order for each in world.store.written if isinstance(each, OrderClosed)]
    assert ended == ["X", "A", "B"]
    totes = {each.order: each.tote for each in world.store.written if isinstance(each, Picked)}
    assert totes == {"A": "of-A", "X": "", "B": "of-B"}


def test_several_express_orders_wait_for_the_place_that_is_free_next() -> None:
    world = begun(rolling(places=("T1",)), "A", "B")
    work_on(world, most=2)
    world.store.orders |= {name: order(name, 14, is_express=True) for name in ("X", "Y")}
    world.feed(SiteChanged())
    world.settle()
    work_on(world)
    ended = [each.order for each in world.store.written if isinstance(each, OrderClosed)]
    assert (ended[0], set(ended[1:3]), ended[3]) == ("A", {"X", "Y"}, "B")


def test_a_held_order_that_waits_is_not_worked() -> None:
    world = begun(rolling(places=("T1",)), "A", "B", "C")
    waits = orders_waiting(world.state.round)[0]
    world.store.orders[waits] = replace(world.store.orders[waits], state=OrderState.HELD)
    world.feed(SiteChanged())
    world.settle()
    work_on(world)
    assert waits not in {each[0] for each in worked(world)}
    assert world.state.round is None


def test_the_work_that_is_left_and_resumed_rolls_on_without_a_tote_too_many() -> None:
    world = begun(rolling(), "A", "B", "C", "D", "E")
    work_on(world, most=3)
    world.restart()
    world.state = replace(world.state, rules=replace(world.state.rules, planner=PolicyName.VOTES, put_places=("T1", "T2")))
    world.store.items |= {f"I{number}": replace(BOLT, code=f"I{number}") for number in TRAYS}
    world.sign_on(MARA.person)
    world.settle()
    for _ in range(4):
        if world.view().face.__class__.__name__ == "UnknownTrayFace":
            world.give(do.TellTray(None))
            world.settle()
    for _ in range(80):
        if world.state.round is None:
            break
        if world.state.custody.needs_touch:
            world.give(do.FetchAgain(world.state.token))
            world.settle()
        work_on(world, most=1)
        assert len([each for each in world.store.totes() if each.is_open]) <= 2
    assert all(each.state is OrderState.CLOSED for each in world.store.orders.values())


def test_without_the_planner_more_orders_than_places_are_refused_as_ever() -> None:
    world = rolling(policy=None)
    world.start("A", "B", "C")
    assert world.view().bar.error == "O353"


# --- the beam beside the work ---------------------------------------------------------------------------------------------


def asked_ahead(world: World) -> PlanAhead:
    return next(each for each in world.reads if isinstance(each, PlanAhead))


def test_the_first_tray_comes_by_the_rule_and_the_beam_is_asked_meanwhile() -> None:
    world = site(policy=PolicyName.PLANNER)
    world.give(do.StartOrders(("A", "B", "C")))
    for _ in range(40):
        if any(isinstance(each, PlanAhead) for each in world.reads):
            break
        world.write() if world.writes else world.answer(0) if world.answers else world.read(0)
    asked = asked_ahead(world)
    assert (world.state.choice.tray, world.state.choice.why) == (13, "votes")
    assert 13 in asked.trays
    assert asked.situation.here == asked.trays.index(13)


def test_what_it_says_is_adopted_and_a_late_answer_is_not() -> None:
    world = begun(site(policy=PolicyName.PLANNER), "A", "B", "C")
    number = world.state.plan.number
    world.feed(TraysPlanned(number - 1, (14,)))
    assert world.state.plan.trays != (14,)
    world.feed(TraysPlanned(number, (14, 11)))
    confirm_all(world)
    assert [(each.tray, each.why) for each in chosen(world)][1] == (14, "planned")
    assert len(worked(world)) == 6


def test_a_plan_for_other_orders_is_not_followed() -> None:
    world = begun(site(policy=PolicyName.PLANNER), "A", "B")
    world.feed(TraysPlanned(world.state.plan.number, (12,)))
    world.store.orders["E"] = order("E", 14, is_express=True)
    world.feed(SiteChanged())
    world.settle()
    confirm_all(world)
    assert [each.why for each in chosen(world)][1] == "express"
    assert len(worked(world)) == 5


def test_without_any_answer_the_rule_decides_to_the_end() -> None:
    world = begun(site(), "A", "B", "C")
    confirm_all(world)
    mute = site(policy=PolicyName.PLANNER)
    mute.start("A", "B", "C")
    for _ in range(200):
        mute.reads = [each for each in mute.reads if not isinstance(each, PlanAhead)]
        if mute.writes:
            mute.write()
        elif mute.answers:
            mute.answer(0)
        elif mute.reads:
            mute.read(0)
        elif mute.is_moving:
            mute.end_motion(Outcome.DONE)
        elif mute.state.round is None:
            break
        else:
            mute.give(do.Choose(mute.state.token, "yes") if mute.view().face.ask else do.Confirm(mute.state.token))
    assert [each.tray for each in chosen(mute)] == [each.tray for each in chosen(world)]


def test_where_a_line_that_was_set_aside_keeps_the_last_place_those_who_wait_stay_in_the_list() -> None:
    world = begun(rolling(places=("T1",)), "B", "E")
    first = world.state.round.queue[0].order
    for _ in range(3):
        if world.state.round is None:
            break
        if world.state.round.binding is not None:
            world.scan("BLO-only")
        else:
            world.give(do.Skip(world.state.token))
        world.settle()
    assert world.state.round is None
    assert worked(world) == []
    assert {each.state for each in world.store.orders.values() if each.order in ("B", "E")} == {OrderState.RELEASED}
    assert [each.order for each in world.store.written if isinstance(each, PlaceGiven)] == [first]
    assert world.view().bar.code == "no_place_left"
