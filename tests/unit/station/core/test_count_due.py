"""A tray that was moved without the station is counted when it comes for whatever work, and a supervisor alone lets it wait."""

from __future__ import annotations

import pytest

from db.records.count_due import CountDue, CountPutOff
from db.records.people import PinConfirmed
from db.records.stock import Counted, Picked
from station import commands as do
from station.core.inputs import SiteChanged, StoreChanged
from station.flows.count import PUT_OFF_REASONS
from station.view.action import Action
from station.view.ask import AskChoice, AskNumber, AskText
from station.view.late import LateFace
from station.view.task import TaskFace
from station.view.tray import BayFace, TrayPageFace
from station.view.work import WorkFace
from tests.helpers.sample import JONAS, MACHINE, MARA, place
from tests.helpers.world import World


def marked(*trays: int, person: str = MARA.person, reports_tray: bool = False) -> World:
    """Somebody is signed on, and these trays were moved without the station."""
    world = World(reports_tray=reports_tray)
    world.store.write(tuple(CountDue(machine=MACHINE, tray=each, why="late_power_cut") for each in trays))
    world.sign_on(person)
    world.settle()
    return world


def token(world: World) -> int:
    return world.state.token


def task_of(world: World) -> TaskFace:
    face = world.view().face
    assert isinstance(face, TaskFace), face
    return face


def refusals(world: World) -> dict[Action, str]:
    return {each.action: each.refused for each in getattr(world.view().face, "offers", ())}


def count(world: World, number: int) -> None:
    world.give(do.EnterNumber(token(world), number))
    world.settle()


def pick_lines(world: World) -> None:
    """Take what the lines ask, up to the first count."""
    for _ in range(20):
        work = world.state.round
        if work is None or work.task is None or work.task.is_count_due:
            return
        face = task_of(world)
        if face.ask is not None:  # whether it is empty now
            world.give(do.Choose(token(world), "yes"))
        else:
            world.give(do.Confirm(token(world)))
        world.settle()


# --- the count


def test_an_empty_check_after_the_pick_is_the_count_of_that_compartment() -> None:
    world = marked(4)
    world.start("O1")
    world.settle()
    pick_lines(world)
    assert world.store.counts_due(MACHINE) == ()
    assert world.state.round is None or world.state.round.task is None or world.state.round.task.place.tray != 4
    assert [each.reason for each in world.store.written if isinstance(each, Counted)] == ["zero_check", "zero_check"]


def test_what_is_left_over_is_counted_after_its_lines_and_is_due_no_more() -> None:
    world = marked(5)
    world.start("O1")
    world.settle()
    pick_lines(world)
    counted = []
    while world.state.round is not None and world.state.round.task is not None and world.state.round.task.is_count_due:
        before = world.store.held[world.state.round.task.place, world.state.round.task.key]
        counted.append(task_of(world).compartment)
        count(world, before)
        pick_lines(world)
    assert counted == ["C7", "C8"]
    assert world.store.counts_due(MACHINE) == ()
    last = [each for each in world.store.written if isinstance(each, Counted)][-1]
    assert (last.reason, last.was_blind, last.order) == ("count_due", True, "")
    assert [type(each) for each in world.store.written if isinstance(each, Picked | Counted)][-1] is Counted


def test_a_tray_that_does_not_come_is_not_called_for_its_count() -> None:
    world = marked(6)
    world.start("O1")
    world.settle()
    assert world.state.round is not None
    assert all(each.place.tray != 6 for each in world.state.round.queue)


def test_an_operator_cannot_pass_it_over_and_a_supervisor_says_why() -> None:
    world = at_a_count(MARA.person)
    assert refusals(world)[Action.SKIP] == "supervisor_puts_off"
    before = world.state
    world.give(do.Skip(token(world)))
    assert world.state.round == before.round
    world = at_a_count(JONAS.person)
    assert refusals(world)[Action.SKIP] == ""
    world.give(do.Skip(token(world)))
    ask = task_of(world).ask
    assert isinstance(ask, AskChoice)
    assert [each.key for each in ask.choices] == list(PUT_OFF_REASONS)
    world.give(do.Choose(token(world), "put_off_access"))
    world.prove()
    world.settle()
    (record,) = [each for each in world.store.written if isinstance(each, CountPutOff)]
    assert (record.tray, record.compartment, record.reason, record.visit > 0) == (5, "C7", "put_off_access", True)
    assert world.state.round.task.place == place(5, "C8")
    assert len(world.store.counts_due(MACHINE)) == 2, "it stays due"


def at_a_count(person: str) -> World:
    world = marked(5, person=person)
    world.give(do.CallTray(5))
    world.settle()
    assert world.view().bar.code == "tray_is_here_count"
    world.give(do.SendBack(token(world)))
    world.settle()
    assert world.state.round is not None
    return world


def test_a_called_tray_is_counted_before_it_goes_back() -> None:
    world = at_a_count(MARA.person)
    for number in (4, 4):
        count(world, number)
    assert world.store.counts_due(MACHINE) == ()
    assert isinstance(world.view().face, BayFace)
    world.give(do.SendBack(token(world)))
    world.settle()
    assert isinstance(world.view().face, WorkFace)
    assert world.metal is None


def test_what_cannot_be_counted_now_keeps_no_tray_at_the_bay() -> None:
    world = marked(5)
    world.give(do.CallTray(5))
    world.settle()
    world.feed(StoreChanged("D401"))
    world.give(do.SendBack(token(world)))
    world.settle()
    assert world.metal is None
    assert len(world.store.counts_due(MACHINE)) == 2


# --- the marks


def listed(person: str = JONAS.person) -> World:
    world = marked(person=person)
    world.give(do.OpenLate())
    world.settle()
    return world


def late(world: World) -> LateFace:
    face = world.view().face
    assert isinstance(face, LateFace), face
    return face


def mark_and_read(world: World) -> None:
    world.settle()
    world.feed(SiteChanged())
    world.settle()


def test_a_supervisor_marks_one_tray_by_its_number() -> None:
    world = listed()
    world.give(do.AskMarkTray(token(world)))
    assert isinstance(late(world).ask, AskNumber)
    world.give(do.EnterNumber(token(world), 99))
    assert world.view().bar.code == "no_such_tray"
    world.give(do.EnterNumber(token(world), 6))
    world.give(do.Choose(token(world), "late_other"))
    assert isinstance(late(world).ask, AskText)
    world.give(do.EnterText(token(world), " FIRE   DRILL "))
    world.give(do.Choose(token(world), "mark"))
    world.prove()
    mark_and_read(world)
    assert [(each.tray, each.why, each.places) for each in late(world).rows] == [(6, "FIRE DRILL", 2)]


def test_all_trays_are_marked_in_one_transaction_after_a_yes() -> None:
    world = listed()
    world.give(do.AskMarkAll(token(world)))
    world.give(do.Choose(token(world), "late_power_cut"))
    assert late(world).ask is not None
    world.give(do.Choose(token(world), "mark"))
    world.prove()
    assert [[type(each) for each in append.records] for append in world.writes] == [[CountDue] * 3 + [PinConfirmed]]
    mark_and_read(world)
    assert [each.tray for each in late(world).rows] == [4, 5, 6]
    world.give(do.ClosePage())
    world.settle()
    face = world.view().face
    assert isinstance(face, WorkFace)
    assert face.to_count == 3


@pytest.mark.parametrize("way_out", [do.Back, lambda _: do.ClosePage()])
def test_nothing_is_marked_without_a_yes(way_out: type[do.Back]) -> None:
    world = listed()
    world.give(do.AskMarkAll(token(world)))
    world.give(do.Choose(token(world), "late_network"))
    ask = late(world).ask
    assert isinstance(ask, AskChoice)
    assert [each.key for each in ask.choices] == ["mark"], "Cancel is the only no"
    world.give(way_out(token(world)))
    world.settle()
    assert late(world).ask is None
    assert not any(isinstance(each, CountDue) for each in world.store.written)


def test_the_tray_page_marks_its_own_tray_and_says_so() -> None:
    world = marked(person=JONAS.person)
    world.give(do.OpenTrayPage(4))
    world.settle()
    assert Action.MARK_TRAY in refusals(world)
    world.give(do.AskMarkTray(token(world)))
    world.give(do.Choose(token(world), "late_station_down"))
    world.give(do.Choose(token(world), "mark"))
    world.prove()
    mark_and_read(world)
    assert isinstance(world.view().face, TrayPageFace)
    assert (world.view().bar.code, world.view().bar.params["tray"]) == ("tray_page_count", 4)
    assert Action.MARK_TRAY not in refusals(world)


def test_an_operator_is_not_offered_the_page_and_cannot_open_it() -> None:
    world = marked()
    assert Action.LATE not in refusals(world)
    world.give(do.OpenLate())
    assert world.view().bar.code == "no_right"


# --- the machine's own word


def test_a_tray_that_the_machine_reports_and_nobody_called_is_marked() -> None:
    world = marked(reports_tray=True)
    assert world.store.counts_due(MACHINE) == ()
    world.metal = 5
    world.restart()
    world.sign_on(MARA.person)
    world.settle()
    assert [(each.place.tray, each.why) for each in world.store.counts_due(MACHINE)] == [(5, "found_at_bay")] * 2


def test_a_tray_that_was_called_is_not() -> None:
    world = marked(reports_tray=True)
    world.give(do.CallTray(5))
    world.settle()
    world.restart()
    world.sign_on(MARA.person)
    world.settle()
    assert not any(isinstance(each, CountDue) for each in world.store.written)
