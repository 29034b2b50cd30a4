"""A count that differs, or is too far off, waits for a different person: one who counts it too, or decides by badge and PIN."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.orders import LineClosed
from db.records.people import PinConfirmed
from db.records.stock import Counted, CountHeld, CountRecount
from station import commands as do
from station.core.inputs import SiteChanged
from station.core.state import Rules
from station.count_tolerance import CountTolerance
from station.flows.session import CheckPin, FindBadge
from station.values import LineState, Order, OrderKind, OrderLine, OrderState, Outage, Person, Role
from station.view.action import Action
from station.view.ask import AskChoice, AskNumber
from station.view.held import HeldFace
from station.view.message import Level
from station.view.sign_on import PinAgainFace
from station.view.task import TaskFace
from station.view.tray import BayFace
from station.view.work import WorkFace
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, ELIF, JONAS, MARA
from tests.helpers.world import World

TWO_PIECES = CountTolerance(2, 0)
TOM = Person(person="p_tom", name="Tom", role=Role.OPERATOR)
PIA = Person(person="p_pia", name="Pia", role=Role.SUPERVISOR)
ADA = Person(person="p_ada", name="Ada", role=Role.ADMINISTRATOR)


def token(world: World) -> int:
    return world.state.token


def at_work(by: Person = MARA, *, tolerance: CountTolerance | None = TWO_PIECES) -> World:
    world = World()
    world.store.persons |= {each.person: each for each in (TOM, PIA, ADA)}
    world.state = replace(world.state, rules=Rules(tolerance=tolerance))
    world.sign_on(by.person)
    world.settle()
    return world


def counting(*, by: Person = MARA, tolerance: CountTolerance | None = TWO_PIECES) -> World:
    """Somebody counts the bolts of C7 in tray 4, of which the book has six."""
    world = at_work(by, tolerance=tolerance)
    world.give(do.CallTray(4))
    world.settle()
    world.give(do.CountHere(token(world)))
    world.settle()
    return world


def figures(world: World, *numbers: int) -> None:
    for number in numbers:
        world.give(do.EnterNumber(token(world), number))
    world.settle()


def home(world: World) -> None:
    """The tray goes back, and the person signs off."""
    if isinstance(world.view().face, BayFace):
        world.give(do.SendBack(token(world)))
        world.settle()
    world.give(do.SignOff())
    world.settle()


def held(by: Person = MARA, *said: int) -> World:
    """The bolts of C7 are held after `by` has counted them, nine by default; nobody is signed on."""
    world = counting(by=by)
    figures(world, *(said or (9, 9)))
    home(world)
    return world


def come(world: World, person: Person) -> None:
    world.sign_on(person.person)
    world.settle()


def page(world: World, person: Person) -> HeldFace:
    """The person opens the list."""
    come(world, person)
    world.give(do.OpenHeld())
    world.settle()
    face = world.view().face
    assert isinstance(face, HeldFace), face
    return face


def ask(world: World, person: Person) -> list[str]:
    """What the person may do about the first one."""
    page(world, person)
    world.give(do.ShowHeld(token(world), 0))
    face = world.view().face
    assert isinstance(face, HeldFace)
    return [each.key for each in face.ask.choices] if isinstance(face.ask, AskChoice) else []


def choose(world: World, key: str) -> None:
    world.give(do.Choose(token(world), key))


def counts(world: World) -> list[int]:
    return [each.counted for each in world.store.written if isinstance(each, Counted)]


def waiting(world: World) -> list[tuple[str, tuple[int, ...]]]:
    return [(said.person, said.figures) for each in world.store.counts_held("M1") for said in each.said]


def bolts(world: World) -> int:
    return next(quantity for (at, key), quantity in world.store.held.items() if (at.tray, key.item) == (4, BOLT.code))


def approve(world: World, person: Person) -> None:
    world.scan(person.person)
    assert isinstance(world.gate[0], FindBadge)
    world.pass_gate()


# --- the count


@pytest.mark.parametrize("number", [4, 8])
def test_within_the_tolerance_nobody_is_asked(number: int) -> None:
    world = counting()
    figures(world, number, number)
    assert counts(world) == [number]


def test_the_second_question_is_the_first_one_again() -> None:
    world = counting()
    first = world.view()
    world.give(do.EnterNumber(token(world), 9))
    second = world.view()
    assert replace(second, token=first.token) == first
    assert second.token != first.token


def test_what_is_too_far_waits_and_the_work_goes_on_with_the_stock_as_it_was() -> None:
    world = counting()
    figures(world, 9, 9)
    assert (counts(world), bolts(world), waiting(world)) == ([], 6, [(MARA.person, (9, 9))])
    assert isinstance(world.view().face, BayFace)
    assert world.state.flashed is not None
    assert world.state.flashed.code == "count_waits"
    rows = world.view().face.contents  # type: ignore[union-attr]
    assert [each.compartment for each in rows if each.is_held] == ["C7"]


def test_whoever_counted_is_not_asked_again() -> None:
    world = counting()
    figures(world, 9, 9)
    world.give(do.CountHere(token(world)))
    world.settle()
    assert (world.view().bar.code, world.state.round) == ("count_waits_for_other", None)
    assert isinstance(world.view().face, BayFace)


def test_leaving_after_the_first_figure_leaves_it_to_somebody_else() -> None:
    world = counting()
    world.give(do.EnterNumber(token(world), 9))
    world.give(do.LeaveWork(token(world)))
    world.settle()
    assert waiting(world) == [(MARA.person, (9,))]


def test_without_the_setting_nobody_waits_and_a_count_of_his_own_accord_is_his_by_his_pin() -> None:
    world = counting(tolerance=None)
    figures(world, 60, 60)
    face = world.view().face
    assert isinstance(face, PinAgainFace)
    assert (face.act, face.name) == ("stock_correction", MARA.name)
    world.prove()
    world.settle()
    assert counts(world) == [60]


# --- a count line


def waits_for_somebody(world: World) -> Level:
    """How the work list says that the count of O3 waits: who may count it, may start it."""
    face = world.view().face
    assert isinstance(face, WorkFace)
    (said,) = next(each for each in face.orders if each.order == "O3").blocked
    assert said.code == "missing_count_held"
    return said.level


def test_a_count_line_is_parked_for_somebody_else_who_ends_it() -> None:
    world = at_work()
    world.start("O3")
    world.settle()
    figures(world, 9, 9)
    order = world.store.orders["O3"]
    assert (order.state, order.lines[0].state, counts(world)) == (OrderState.RELEASED, LineState.OPEN, [])
    assert waits_for_somebody(world) == Level.ACT, "he has no part in it any more"
    world.start("O3")
    world.settle()
    assert world.state.round is None, "the line is not asked of whoever counted it"
    assert world.metal is None, "and its tray does not come for it"
    home(world)
    come(world, TOM)
    assert waits_for_somebody(world) == Level.NOTE
    assert ask(world, TOM) == ["count_it"]
    choose(world, "count_it")
    world.settle()
    face = world.view().face
    assert isinstance(face, TaskFace)
    assert (face.order, isinstance(face.ask, AskNumber), face.book) == ("O3", True, None)
    figures(world, 9)
    order = world.store.orders["O3"]
    assert (order.state, order.lines[0].state, counts(world)) == (OrderState.CLOSED, LineState.CONFIRMED, [9])
    assert world.store.counts_held("M1") == ()


def test_a_supervisor_s_decision_ends_the_count_line_too() -> None:
    world = at_work()
    world.start("O3")
    world.settle()
    figures(world, 9, 9)
    home(world)
    ask(world, JONAS)
    choose(world, "look")
    choose(world, "figure_0")
    approve(world, JONAS)
    world.prove()
    world.settle()
    order = world.store.orders["O3"]
    assert (order.state, order.lines[0].state, counts(world)) == (OrderState.CLOSED, LineState.CONFIRMED, [9])


def test_what_was_counted_for_a_line_is_not_asked_again_and_counts_for_its_end() -> None:
    world = at_work()
    line = OrderLine(order="O7", line="1", item=BOLT.code, quantity=0)
    world.store.orders["O7"] = Order(order="O7", kind=OrderKind.COUNT, lines=(line,))
    world.feed(SiteChanged())
    world.settle()
    world.start("O7")
    world.settle()
    figures(world, 6)
    figures(world, 9, 9)
    home(world)
    out = Outage(machine="M1", tray=5, reason="out_damaged", since=NOON)
    world.store.out[5] = out
    come(world, TOM)
    world.start("O7")
    world.settle()
    assert world.store.orders["O7"].lines[0].state is LineState.OPEN, "what cannot be reached is not counted"
    del world.store.out[5]
    world.feed(SiteChanged())
    world.settle()
    world.start("O7")
    world.settle()
    face = world.view().face
    assert isinstance(face, TaskFace)
    assert (face.tray, face.line_count) == (5, 1)
    figures(world, 9)
    ended = [each for each in world.store.written if isinstance(each, LineClosed)]
    assert [(each.outcome, each.done_quantity) for each in ended] == [("confirmed", 15)]


# --- another counter


def test_the_list_is_read_from_the_store_and_has_no_figure() -> None:
    world = held()
    world.restart()
    world.state = replace(world.state, rules=Rules(tolerance=TWO_PIECES))
    face = page(world, TOM)
    (row,) = face.rows
    assert (row.place.tray, row.place.compartment, row.item, row.names, row.is_mine) == (4, "C7", BOLT, (MARA.name,), False)
    assert "9" not in repr(replace(row, item=None))  # type: ignore[arg-type]


@pytest.mark.parametrize(("numbers", "booked"), [((9,), 9), ((6,), 6), ((7, 7), 7), ((12, 12), None), ((8, 9), 9)])
def test_another_operator_counts_it_blind(numbers: tuple[int, ...], booked: int | None) -> None:
    world = held()
    assert ask(world, TOM) == ["count_it"]
    choose(world, "count_it")
    world.settle()
    assert world.metal == 4
    figures(world, *numbers)
    assert counts(world) == ([] if booked is None else [booked])
    said = [(MARA.person, (9, 9)), (TOM.person, numbers)]
    assert waiting(world) == ([] if booked is not None else said)


def test_whoever_counted_can_only_leave_the_question() -> None:
    world = held()
    assert ask(world, MARA) == []
    assert world.view().bar.code == "held_counted_by_you"
    choose(world, "count_it")
    choose(world, "look")
    world.settle()
    assert world.state.round is None
    assert world.metal is None


def test_whoever_has_seen_the_figures_counts_it_no_more() -> None:
    world = held()
    assert ask(world, JONAS) == ["count_it", "look"]
    choose(world, "look")
    assert world.view().face.book == 6  # type: ignore[union-attr]
    world.give(do.Back(token(world)))
    choose(world, "count_it")
    world.settle()
    assert world.state.round is None
    world.give(do.Back(token(world)))
    world.give(do.ShowHeld(token(world), 0))
    assert [each.key for each in world.view().face.ask.choices] == ["look"]  # type: ignore[union-attr]


# --- who decides


def deciding(by: Person = JONAS, *, counted_by: Person = MARA) -> World:
    world = held(counted_by)
    ask(world, by)
    choose(world, "look")
    return world


def test_a_supervisor_decides_with_badge_and_pin_in_one_transaction() -> None:
    world = deciding()
    choose(world, "figure_0")
    face = world.view().face
    assert isinstance(face, PinAgainFace)
    assert (face.act, face.step, face.counted, face.book, face.item) == ("count_variance", "badge", 9, 6, BOLT)
    world.give(do.EnterPin("123456"))
    assert not world.gate, "no PIN before the badge"
    approve(world, JONAS)
    world.give(do.EnterPin("123456"))
    assert isinstance(world.gate[0], CheckPin)
    world.pass_gate()
    before = len(world.store.written)
    world.settle()
    assert [type(each) for each in world.store.written[before:]][:2] == [Counted, PinConfirmed]
    assert (counts(world), bolts(world), world.view().bar.code) == ([9], 9, "held_settled")
    assert PinConfirmed(person=JONAS.person, act="count_variance") in world.store.written


@pytest.mark.parametrize(
    ("counter", "at_screen", "approver", "said"),
    [(JONAS, JONAS, JONAS, "no_approver"), (JONAS, PIA, JONAS, "no_approver"), (MARA, JONAS, ELIF, "no_supervisor")],
)
def test_neither_who_counted_nor_another_role_approves(counter: Person, at_screen: Person, approver: Person, said: str) -> None:
    world = deciding(at_screen, counted_by=counter)
    choose(world, "figure_0")
    approve(world, approver)
    assert world.view().bar.code == said
    assert counts(world) == []
    approve(world, PIA)
    world.prove()
    world.settle()
    assert counts(world) == [9]


def test_cancel_decides_nothing() -> None:
    world = deciding()
    choose(world, "figure_0")
    world.give(do.Back(token(world)))
    world.settle()
    assert (counts(world), waiting(world)) == ([], [(MARA.person, (9, 9))])


def test_counted_afresh_whoever_counted_may_count_again() -> None:
    world = deciding()
    choose(world, "recount")
    approve(world, JONAS)
    world.prove()
    world.settle()
    assert [type(each) for each in world.store.written if isinstance(each, CountRecount)] == [CountRecount]
    world.give(do.Back(token(world)))
    home(world)
    assert ask(world, MARA) == ["count_it"]
    choose(world, "count_it")
    world.settle()
    figures(world, 9, 9)
    assert waiting(world) == [(MARA.person, (9, 9))], "alone he settles it no more than before"


def test_what_changed_meanwhile_is_decided_by_nobody() -> None:
    world = deciding()
    choose(world, "figure_0")
    approve(world, PIA)
    where = next(each for each in world.store.written if isinstance(each, CountHeld))
    world.store.write((replace(where, person=TOM.person, figures=(7, 7), counted=7),))
    world.prove()
    world.settle()
    assert (counts(world), world.view().bar.code) == ([], "held_changed")


@pytest.mark.parametrize("person", [ADA, ELIF])
def test_who_administers_people_or_machines_neither_counts_nor_decides(person: Person) -> None:
    world = held()
    come(world, person)
    face = world.view().face
    assert isinstance(face, WorkFace)
    assert Action.HELD not in {each.action for each in face.offers}
    assert face.held == 1
    world.give(do.OpenHeld())
    assert world.view().bar.code == "no_right"


@pytest.mark.parametrize(
    ("tolerance", "book", "counted", "is_beyond"),
    [
        ((2, 0), 6, 8, False),
        ((2, 0), 6, 9, True),
        ((0, 10), 100, 110, False),
        ((0, 10), 100, 111, True),
        ((0, 10), -5, -5, False),
    ],
)
def test_the_larger_tolerance_counts(tolerance: tuple[int, int], book: int, counted: int, is_beyond: bool) -> None:
    assert CountTolerance(*tolerance).is_beyond(BOLT, counted=counted, book=book) is is_beyond


def test_pieces_are_of_the_stock_unit() -> None:
    metres = replace(BOLT, decimals=2)
    assert not CountTolerance(2, 0).is_beyond(metres, counted=700, book=500)
    assert CountTolerance(2, 0).is_beyond(metres, counted=701, book=500)
