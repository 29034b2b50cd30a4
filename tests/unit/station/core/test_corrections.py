"""What sets the book right by the word of one person asks for his PIN, and is one transaction with the confirmation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.count_due import CountDue, CountPutOff
from db.records.late import LatePicked
from db.records.people import PinConfirmed
from db.records.record import Record
from db.records.stock import Corrected, Counted, CountHeld, Picked
from station import commands as do
from station.core.state import Rules
from station.count_tolerance import CountTolerance
from station.view.ask import AskChoice, AskNumber
from station.view.sign_on import PinAgainFace
from station.view.task import TaskFace
from tests.helpers.sample import BOLT, JONAS, MACHINE, MARA
from tests.helpers.world import World


def at_work(person: str = MARA.person, *, pieces: int = 2) -> World:
    world = World()
    world.state = replace(world.state, rules=Rules(correction=CountTolerance(pieces)))
    world.sign_on(person)
    world.settle()
    return world


def at_tray(person: str = MARA.person) -> World:
    """Tray 4 is called without an order; C7 with its six bolts is selected."""
    world = at_work(person)
    world.give(do.CallTray(4))
    world.settle()
    return world


def direct_count(world: World, number: int) -> None:
    world.give(do.CountHere(world.state.token))
    world.settle()
    for _ in range(2):
        if world.state.round is not None:
            world.give(do.EnterNumber(world.state.token, number))


def act(world: World) -> str:
    face = world.view().face
    return face.act if isinstance(face, PinAgainFace) else ""


def wrote(world: World, kind: type[Record]) -> list[Record]:
    return [each for each in world.store.written if isinstance(each, kind)]


def to_bolts(world: World) -> None:
    """The line of eight bolts, of which C7 in tray 4 has six."""
    world.start("O1")
    world.settle()
    while world.state.round is not None and world.state.round.task is not None and world.state.round.task.item != BOLT:
        world.give(do.Skip(world.state.token))
        world.settle()


# --- a count that nobody asked for


@pytest.mark.parametrize(("number", "is_asked"), [(4, False), (8, False), (3, True), (9, True)])
def test_a_count_without_an_order_asks_the_pin_beyond_the_tolerance(number: int, is_asked: bool) -> None:
    world = at_tray()
    direct_count(world, number)
    assert act(world) == ("stock_correction" if is_asked else "")
    assert bool(world.writes) is not is_asked


def test_with_the_pin_it_is_booked_in_one_transaction() -> None:
    world = at_tray()
    direct_count(world, 60)
    face = world.view().face
    assert isinstance(face, PinAgainFace)
    assert (face.name, face.step, face.item, face.book) == (MARA.name, "pin", None, 0), "the count stays blind"
    world.prove()
    assert [type(each) for each in world.writes[-1].records] == [Counted, PinConfirmed]
    assert world.writes[-1].records[-1] == PinConfirmed(person=MARA.person, act="stock_correction")


def test_cancel_books_nothing_holds_nothing_and_asks_the_figure_again() -> None:
    world = at_tray()
    direct_count(world, 60)
    world.give(do.Back(world.state.token))
    world.settle()
    assert not wrote(world, Counted) + wrote(world, CountHeld)
    face = world.view().face
    assert isinstance(face, TaskFace)
    assert isinstance(face.ask, AskNumber)


def test_where_it_waits_for_another_person_no_pin_is_asked() -> None:
    world = at_tray()
    world.state = replace(world.state, rules=replace(world.state.rules, tolerance=CountTolerance(2)))
    direct_count(world, 60)
    assert act(world) == ""
    world.settle()
    assert [each.figures for each in wrote(world, CountHeld) if isinstance(each, CountHeld)] == [(60, 60)]


def test_a_count_within_a_line_is_asked_for_by_the_person_too() -> None:
    world = at_work()
    to_bolts(world)
    direct_count(world, 1)
    assert act(world) == "stock_correction"


def test_a_count_that_an_order_asks_for_is_work() -> None:
    world = at_work()
    world.start("O3")
    world.settle()
    for _ in range(2):
        world.give(do.EnterNumber(world.state.token, 60))
    world.settle()
    assert [each.counted for each in world.store.written if isinstance(each, Counted)] == [60]


# --- shorts


@pytest.mark.parametrize(("reason", "remaining"), [("book_wrong", 0), ("not_there", 0), ("not_reachable", 7), ("damaged", 4)])
def test_a_short_asks_no_pin_unless_it_finds_far_more(reason: str, remaining: int) -> None:
    world = at_work()
    to_bolts(world)
    world.say_not_enough(1, reason, remaining)  # the book has five left
    world.settle()
    assert act(world) == ""
    assert wrote(world, Corrected)


def test_a_short_that_makes_stock_asks_the_pin() -> None:
    world = at_work()
    to_bolts(world)
    world.say_not_enough(1, "not_reachable", 8)
    assert (act(world), world.writes) == ("stock_correction", [])
    world.prove()
    assert [type(each) for each in world.writes[-1].records][:2] == [Picked, Corrected]
    assert isinstance(world.writes[-1].records[-1], PinConfirmed)


def test_taking_for_the_sake_of_the_book_asks_the_pin_before_it_begins() -> None:
    world = at_tray()
    world.give(do.DirectPick(world.state.token))
    world.settle()
    world.give(do.EnterNumber(world.state.token, 2))
    world.give(do.Choose(world.state.token, "correction"))
    assert (act(world), world.state.round) == ("stock_correction", None)
    world.prove()
    world.settle()
    assert world.state.round is not None
    assert wrote(world, PinConfirmed) == [PinConfirmed(person=MARA.person, act="stock_correction")]


def test_taking_because_it_is_needed_asks_none() -> None:
    world = at_tray()
    world.give(do.DirectPick(world.state.token))
    world.settle()
    world.give(do.EnterNumber(world.state.token, 2))
    world.give(do.Choose(world.state.token, "urgent_need"))
    assert (act(world), world.state.round is None) == ("", False)


# --- what was done without the station


def test_a_late_booking_and_its_confirmation_are_one_transaction() -> None:
    world = at_work(JONAS.person)
    world.give(do.OpenLate())
    world.settle()
    world.give(do.AskLate(world.state.token))
    world.settle()
    for answer in ("pick", 4, "C7", BOLT.code, 2, MARA.person, "yesterday", 930, "late_power_cut", "book"):
        ask, token = getattr(world.view().face, "ask", None), world.state.token
        if isinstance(ask, AskChoice):
            world.give(do.Choose(token, str(answer)))
        else:
            world.give(do.EnterNumber(token, answer) if isinstance(answer, int) else do.EnterText(token, answer))
        world.settle()
    assert (act(world), wrote(world, LatePicked)) == ("late_booking", [])
    world.prove()
    world.settle()
    assert [type(each) for each in world.store.written[-2:]] == [LatePicked, PinConfirmed]
    assert world.store.log[-1].operator == JONAS.person


def test_a_tray_is_marked_with_the_pin_and_not_without() -> None:
    world = at_work(JONAS.person)
    world.give(do.OpenLate())
    world.settle()
    world.give(do.AskMarkAll(world.state.token))
    world.give(do.Choose(world.state.token, "late_network"))
    world.give(do.Choose(world.state.token, "mark"))
    assert act(world) == "tray_to_count"
    world.give(do.Back(world.state.token))
    world.settle()
    assert not wrote(world, CountDue)
    world.give(do.Choose(world.state.token, "mark"))
    world.prove()
    world.settle()
    assert len(wrote(world, CountDue)) == 3
    assert wrote(world, PinConfirmed) == [PinConfirmed(person=JONAS.person, act="tray_to_count")]


def test_a_due_count_is_passed_over_with_the_pin() -> None:
    world = at_work(JONAS.person)
    world.store.write((CountDue(machine=MACHINE, tray=4, why="late_network"),))
    world.give(do.CallTray(4))
    world.settle()
    world.give(do.SendBack(world.state.token))
    world.settle()
    world.give(do.Skip(world.state.token))
    world.give(do.Choose(world.state.token, "put_off_later"))
    assert (act(world), wrote(world, CountPutOff)) == ("count_passed_over", [])
    world.prove()
    assert [type(each) for each in world.writes[-1].records] == [CountPutOff, PinConfirmed]


def test_a_due_count_that_differs_is_the_stations_question() -> None:
    world = at_work()
    world.store.write((CountDue(machine=MACHINE, tray=4, why="late_network"),))
    world.give(do.CallTray(4))
    world.settle()
    world.give(do.SendBack(world.state.token))
    world.settle()
    for _ in range(2):
        world.give(do.EnterNumber(world.state.token, 60))
    assert act(world) == ""
