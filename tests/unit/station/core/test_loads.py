"""Loads at the bay: one scan in, one scan out, a ceiling for each consumer, and no load is ever stock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from db.records.loads import LoadMissed, LoadMoved, LoadPut, LoadTaken
from db.records.stock import Moved
from station import commands as do
from station.core.effects import Sound
from station.core.inputs import Scanned
from station.core.state import LoadsPage
from station.scan import place_label
from station.values import Load, Order, OrderKind, OrderLine, Place
from station.view.action import Action
from station.view.ask import AskChoice, AskText
from station.view.loads import LoadsFace
from station.view.task import TaskFace
from station.view.work import WorkFace
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, ELIF, JONAS, MACHINE, MARA, NUT, place
from tests.helpers.world import BADGE, World

CODE = "LD-7"


def at_loads(person: str = MARA.person, **ceilings: int) -> World:
    world = World()
    world.state = replace(world.state, rules=replace(world.state.rules, load_ceilings=ceilings))
    world.sign_on(person)
    world.settle()
    world.give(do.OpenLoads())
    world.settle()
    return world


def face(world: World) -> LoadsFace:
    shown = world.view().face
    assert isinstance(shown, LoadsFace), shown
    return shown


def ask(world: World) -> str:
    found = face(world).ask
    return found.code if found is not None else ""


def say(world: World, text: str) -> None:
    world.give(do.EnterText(world.state.token, text))
    world.settle()


def choose(world: World, key: str) -> None:
    world.give(do.Choose(world.state.token, key))
    world.settle()


def scan(world: World, text: str) -> None:
    world.feed(Scanned(text, "S"))
    world.settle()


def put_in(world: World, load: str = CODE, consumer: str = "Line 3", when: str = "load_in_2") -> None:
    scan(world, load)
    say(world, "FA-1")
    say(world, "20")
    choose(world, consumer)
    choose(world, when)


def moved(world: World) -> list[LoadMoved]:
    return [each for each in world.store.written if isinstance(each, LoadMoved)]


def put_by_another(world: World, load: str = CODE, consumer: str = "Line 3", at: Place | None = None) -> None:
    where = at or place(5, "D1")
    world.store.loads_by_code[load] = Load(load=load, place=where, consumer=consumer, put_at=NOON)


def test_a_load_goes_in_with_what_was_said_of_it_and_is_no_stock() -> None:
    world = at_loads(**{"Line 3": 2})
    stock = dict(world.store.held)
    put_in(world)
    task = world.view().face
    assert isinstance(task, TaskFace)
    assert (task.mode, task.is_here, task.destination) == ("load_put", True, "Line 3")
    scan(world, CODE)  # one scan is the booking
    put = moved(world)[0]
    assert isinstance(put, LoadPut)
    assert (put.load, put.production_order, put.operation, put.consumer) == (CODE, "FA-1", "20", "Line 3")
    assert put.take_at == (NOON + timedelta(hours=2)).isoformat(timespec="microseconds")
    assert (put.visit, put.proof) == (1, "scan")
    assert world.store.held == stock
    assert not any(isinstance(each, Moved) for each in world.store.written)
    assert isinstance(world.view().face, WorkFace)


def test_its_compartment_is_empty_and_nothing_else_goes_there_afterwards() -> None:
    world = at_loads(**{"Line 3": 9})
    taken = {each.place for each in world.store.stock()}
    places = set()
    for number in range(3):
        put_in(world, f"LD-{number}")
        scan(world, f"LD-{number}")
        last = moved(world)[-1]
        places.add(place(last.tray, last.compartment))
        world.give(do.OpenLoads())
        world.settle()
    assert len(places) == 3
    assert not places & taken
    put_in(world, "LD-9")  # three of nine compartments are free in the sample, and all of them are taken now
    assert world.view().bar.code == "no_place_for_load"
    assert not any(isinstance(each, LoadPut) and each.load == "LD-9" for each in moved(world))


def test_the_scan_of_a_load_that_is_there_brings_it_out() -> None:
    world = at_loads()
    put_by_another(world)
    scan(world, CODE)
    task = world.view().face
    assert isinstance(task, TaskFace)
    assert (task.mode, task.tray, task.compartment) == ("load_pick", 5, "D1")
    scan(world, place_label(place(5, "D1")))
    assert [type(each) for each in moved(world)] == [LoadTaken]
    assert world.store.loads() == ()


def test_another_label_locks_the_task_until_the_right_one() -> None:
    world = at_loads()
    put_by_another(world)
    scan(world, CODE)
    scan(world, "LD-8")
    task = world.view().face
    assert isinstance(task, TaskFace)
    assert task.is_locked
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert moved(world) == []
    scan(world, CODE)
    assert len(moved(world)) == 1


def test_a_load_that_is_not_there_is_said_with_its_reason() -> None:
    world = at_loads()
    put_by_another(world)
    scan(world, CODE)
    world.give(do.NotEnough(world.state.token))
    question = getattr(world.view().face, "ask", None)
    assert isinstance(question, AskChoice)
    choose(world, question.choices[0].key)
    missed = moved(world)[0]
    assert isinstance(missed, LoadMissed)
    assert missed.reason
    assert world.store.loads() == ()


def test_at_the_ceiling_an_operator_is_told_and_nothing_moves() -> None:
    world = at_loads(**{"Line 3": 1})
    put_by_another(world, "LD-0")
    world.give(do.ClosePage())
    world.give(do.OpenLoads())
    world.settle()
    assert face(world).ceilings[0].is_reached
    scan(world, CODE)
    say(world, "FA-1")
    say(world, "20")
    choose(world, "Line 3")
    assert (world.view().bar.code, ask(world)) == ("ceiling_reached", "")
    assert world.move is None


def test_a_supervisor_may_go_over_the_ceiling_and_the_record_says_so() -> None:
    world = at_loads(JONAS.person, **{"Line 3": 1})
    put_by_another(world, "LD-0")
    world.give(do.ClosePage())
    world.give(do.OpenLoads())
    world.settle()
    scan(world, CODE)
    world.give(do.LeaveOut(world.state.token))
    choose(world, "Line 3")
    assert ask(world) == "load_over"
    choose(world, "put_over")
    choose(world, "load_not_planned")
    scan(world, CODE)
    put = moved(world)[0]
    assert isinstance(put, LoadPut)
    assert (put.over_ceiling, put.take_at, put.production_order) == (True, "", "")


def test_a_badge_is_no_load_and_stands_in_no_record() -> None:
    world = at_loads()
    scan(world, BADGE)
    assert (world.view().bar.code, ask(world)) == ("badge_not_needed_here", "")
    scan(world, CODE)
    say(world, BADGE)
    assert (world.view().bar.code, ask(world)) == ("badge_not_needed_here", "load_order")


def test_a_load_of_another_machine_is_named_and_not_called() -> None:
    world = at_loads()
    put_by_another(world, at=Place("VLM2", 3, "A1"))
    scan(world, CODE)
    assert world.view().bar.code == "load_elsewhere"
    assert world.move is None


def test_a_code_that_cannot_be_scanned_is_typed_and_what_is_not_known_left_open() -> None:
    world = at_loads()
    world.give(do.PutLoad(world.state.token))
    assert isinstance(face(world).ask, AskText)
    say(world, CODE)
    assert ask(world) == "load_order"
    world.give(do.LeaveOut(world.state.token))
    assert ask(world) == "load_consumer"
    choose(world, "nobody")
    choose(world, "load_not_planned")
    world.give(do.ElsewherePut(world.state.token))
    world.settle()
    task = world.view().face
    assert isinstance(task, TaskFace)
    assert task.mode == "load_put"
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert [each.load for each in moved(world)] == [CODE]


@pytest.mark.parametrize("person", [MARA, JONAS, ELIF], ids=lambda each: str(each.role))
def test_who_may_work_without_an_order_may_open_the_page(person: object) -> None:
    world = World()
    world.sign_on(getattr(person, "person", ""))
    world.settle()
    shown = world.view().face
    assert isinstance(shown, WorkFace)
    is_offered = any(each.action is Action.LOADS for each in shown.offers)
    world.give(do.OpenLoads())
    world.settle()
    assert isinstance(world.view().face, LoadsFace) == is_offered
    assert world.state.custody.machine == MACHINE


def test_goods_are_not_put_to_a_load_and_find_another_place() -> None:
    world = World()
    put_by_another(world)
    line = OrderLine(order="P1", line="1", item=NUT.code, quantity=2, place=place(5, "D1"))
    world.store.orders["P1"] = Order(order="P1", kind=OrderKind.PUT, lines=(line,))
    world.sign_on(MARA.person)
    world.settle()
    world.start("P1")
    world.settle()
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert world.view().bar.code == "put_unfit_load"
    assert not any(isinstance(each, Moved) for each in world.store.written)
    world.give(do.ElsewherePut(world.state.token))
    world.settle()
    task = world.view().face
    assert isinstance(task, TaskFace)
    assert (task.tray, task.compartment) != (5, "D1")


NO_LOADS = [
    ("BLO-T3", "load_is_tote", {"code": "BLO-T3"}),
    ("]C0BLK-17", "load_is_card", {"code": "BLK-17"}),
    ("BLX-", "load_is_printed", {}),
    (NUT.code, "load_is_item", {"item": NUT.code}),
    (f"]C0{BOLT.barcodes[0]}", "load_is_item", {"item": BOLT.code}),
    (f"[)>\x1e06\x1dP{NUT.code}\x1dQ5\x1e\x04", "load_is_item", {"item": NUT.code}),
    ("]C1019520123456789\x1d10L1", "load_is_goods", {}),
    ("(01)09520123456788(10)L1", "load_is_goods", {}),
]


@pytest.mark.parametrize("how", ["scanned", "typed"])
@pytest.mark.parametrize(("text", "code", "params"), NO_LOADS)
def test_what_is_the_code_of_something_else_is_no_load(how: str, text: str, code: str, params: dict[str, str]) -> None:
    world = at_loads()
    if how == "typed":
        world.give(do.PutLoad(world.state.token))
    world.sounds.clear()
    (say if how == "typed" else scan)(world, text)
    bar = world.view().bar
    assert (bar.code, bar.params, bar.error) == (code, params, "O480")
    assert ask(world) == ("load_code" if how == "typed" else "")
    assert world.sounds == [Sound.WRONG]
    (say if how == "typed" else scan)(world, CODE)
    assert ask(world) == "load_order"


@pytest.mark.parametrize(
    "text", ["]C100123456789012345675", "(00)123456789012345675", "20261127", "0123456789012345", "FA-10 / 3"]
)
def test_the_number_of_a_transport_unit_and_any_plain_text_may_be_a_load(text: str) -> None:
    world = at_loads()
    scan(world, text)
    assert ask(world) == "load_order"


def test_a_load_that_lies_in_the_machine_comes_out_whatever_its_name_is() -> None:
    world = at_loads()
    put_by_another(world, NUT.code)
    scan(world, NUT.code)
    assert isinstance(world.view().face, TaskFace)


def test_loads_that_came_in_meanwhile_count_at_the_booking() -> None:
    world = at_loads(**{"Line 3": 1})
    put_in(world)
    assert isinstance(world.view().face, TaskFace)
    put_by_another(world, "LD-0")
    scan(world, CODE)
    assert (world.view().bar.code, world.view().bar.error) == ("ceiling_meanwhile", "O475")
    assert (moved(world), world.state.store_code) == ([], "")
    world.give(do.Skip(world.state.token))
    world.settle()
    assert isinstance(world.view().face, WorkFace)
    assert [each.load for each in world.store.loads()] == ["LD-0"]


def test_nobody_is_chosen_before_it_is_known_how_many_wait() -> None:
    world = at_loads(**{"Line 3": 1})
    put_by_another(world, "LD-0")
    scan(world, CODE)
    world.give(do.LeaveOut(world.state.token))
    assert isinstance(world.state.page, LoadsPage)
    world.state = replace(world.state, page=replace(world.state.page, loads=None))
    choose(world, "Line 3")
    assert (world.view().bar.code, ask(world)) == ("loads_unread", "load_consumer")


@pytest.mark.parametrize(("said", "found"), [("FA-1", ["LD-1", "LD-2"]), ("FA-1/20", ["LD-2"]), ("FA-1 20", ["LD-2"])])
def test_a_production_order_offers_its_loads_beside_the_way_in(said: str, found: list[str]) -> None:
    world = at_loads()
    for load, operation, where in (("LD-1", "10", "D1"), ("LD-2", "20", "D2")):
        put_by_another(world, load, at=place(5, where))
        there = world.store.loads_by_code[load]
        world.store.loads_by_code[load] = replace(there, production_order="FA-1", operation=operation)
    scan(world, said)
    assert ask(world) == "load_which"
    assert [each.key for each in face(world).ask.choices] == [*found, "new_load"]  # type: ignore[union-attr]
    choose(world, found[-1])
    shown = world.view().face
    assert isinstance(shown, TaskFace)
    assert (shown.mode, world.state.round.task.item.code) == ("load_pick", found[-1])  # type: ignore[union-attr]


def test_a_production_order_may_be_the_code_of_a_load_that_goes_in_and_a_scan_answers_which() -> None:
    world = at_loads()
    put_by_another(world, "LD-1")
    world.store.loads_by_code["LD-1"] = replace(world.store.loads_by_code["LD-1"], production_order="FA-1")
    world.give(do.PutLoad(world.state.token))
    say(world, "FA-1")
    choose(world, "new_load")
    assert (ask(world), face(world).load) == ("load_order", "FA-1")
    world.give(do.Back(world.state.token))
    scan(world, "FA-1")
    scan(world, "LD-1")
    assert isinstance(world.view().face, TaskFace)
