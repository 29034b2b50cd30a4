"""Trays and bays out of service: who may say so, what is not called then, and what waits."""

from __future__ import annotations

import pytest

from db.records.orders import LineClosed
from db.records.service import BayOutOfService, TrayInService, TrayOutOfService
from station import commands as do
from station.core.effects import ReadOrders
from station.core.inputs import SiteChanged
from station.values import OrderState
from station.view.action import Action
from station.view.message import Level
from station.view.task import TaskFace
from station.view.tray import BayFace
from station.view.work import WorkFace
from tests.helpers.sample import ELIF, JONAS, MACHINE, MARA
from tests.helpers.world import OPENING, World


def signed_on(person: str, *, out: tuple[int, ...] = (), bay: str = "") -> World:
    world = World()
    for tray in out:
        world.store.write((TrayOutOfService(machine=MACHINE, tray=tray, reason="motor noise"),))
    if bay:
        world.store.write((BayOutOfService(machine=MACHINE, opening=OPENING, reason=bay),))
    world.sign_on(person)
    world.settle()
    return world


def blocked(world: World, order: str) -> list[tuple[str, int | str, int | str]]:
    face = world.view().face
    assert isinstance(face, WorkFace)
    tag = next(each for each in face.orders if each.order == order)
    return [(each.code, each.params.get("tray", 0), each.params.get("why", "")) for each in tag.blocked]


@pytest.mark.parametrize("person", [JONAS.person, ELIF.person])
def test_a_supervisor_and_maintenance_take_a_tray_out_and_back(person: str) -> None:
    world = signed_on(person)
    world.give(do.TakeTrayOut(4, " motor   noise "))
    world.write_all()
    assert world.store.written[-1] == TrayOutOfService(machine=MACHINE, tray=4, reason="motor noise")
    world.feed(SiteChanged())
    world.settle()
    assert world.state.trays_out == {4: "motor noise"}
    world.give(do.TakeTrayOut(4, "motor noise"))
    assert not world.writes, "no news"
    world.give(do.ReturnTray(5))
    assert world.state.held_back is None, "no news"
    world.give(do.ReturnTray(4))
    world.prove()
    world.write_all()
    assert world.store.written[-2] == TrayInService(machine=MACHINE, tray=4)


@pytest.mark.parametrize("command", [do.TakeTrayOut(4, "x"), do.ReturnTray(4), do.TakeBayOut("x"), do.ReturnBay()])
def test_an_operator_may_not(command: do.ServiceCommand) -> None:
    world = signed_on(MARA.person, out=(4,), bay="door")
    world.give(command)
    assert (world.writes, world.view().bar.code) == ([], "no_right")


@pytest.mark.parametrize("command", [do.TakeTrayOut(4, "  "), do.TakeTrayOut(99, "bent"), do.TakeBayOut("")])
def test_nothing_goes_out_without_a_reason_or_that_is_not_there(command: do.ServiceCommand) -> None:
    world = signed_on(ELIF.person)
    world.give(command)
    assert world.writes == []


def test_the_work_list_names_what_waits_and_why() -> None:
    world = signed_on(MARA.person, out=(4,))
    assert ("missing_out_of_service", 4, "motor noise") in blocked(world, "O3")
    assert blocked(world, "O4") == [], "two bolts come from tray 5"


def test_what_waits_is_not_asked_about_and_never_reported_missing() -> None:
    world = signed_on(MARA.person, out=(4,))
    world.start("O1", "O4", answer="report_short")  # sensors are nowhere: of them alone is asked
    world.settle()
    closed = {(each.order, each.line) for each in world.store.written if isinstance(each, LineClosed)}
    assert closed == {("O1", "3")}
    assert world.state.round is not None
    assert {each.place.tray for each in world.state.round.queue} == {5, 6}


def test_orders_of_which_all_waits_are_not_started() -> None:
    world = signed_on(MARA.person, out=(4,))
    world.start("O3")
    world.settle()
    assert world.store.orders["O3"].state is OrderState.RELEASED
    assert world.view().bar.code == "waits_for_service"
    assert world.view().bar.level is Level.ACT


def test_a_tray_that_goes_out_during_the_work_is_not_called_and_the_person_can_go_on() -> None:
    world = signed_on(MARA.person)
    world.start("O4")
    world.settle()
    first = world.state.custody.tray_here
    other = {5, 6} - {first}
    world.store.write((TrayOutOfService(machine=MACHINE, tray=other.pop(), reason="bent"),))
    world.feed(SiteChanged())
    world.settle()
    world.give(do.Skip(world.state.token))
    world.settle()
    view = world.view()
    assert isinstance(view.face, TaskFace)
    assert (view.bar.code, view.bar.params["why"]) == ("tray_out_of_service", "bent")
    assert world.state.custody.tray_here is None
    allowed = {each.action for each in view.face.offers if each.is_allowed}
    assert {Action.SKIP, Action.LEAVE_WORK} <= allowed
    assert Action.FETCH_AGAIN not in allowed
    assert not allowed & {Action.CONFIRM}


@pytest.mark.parametrize(("person", "comes"), [(MARA.person, False), (ELIF.person, True), (JONAS.person, True)])
def test_only_who_may_look_after_it_calls_a_tray_out_of_service(person: str, comes: bool) -> None:
    world = signed_on(person, out=(4,))
    world.give(do.CallTray(4))
    world.settle()
    assert isinstance(world.view().face, BayFace) is comes
    assert (world.view().bar.code == "tray_out_of_service") is not comes


def test_the_question_for_a_tray_refuses_one_out_of_service_too() -> None:
    world = signed_on(MARA.person, out=(4,))
    world.give(do.CallTrayPage())
    world.give(do.EnterNumber(world.state.token, 4))
    world.settle()
    assert (world.view().bar.code, world.metal) == ("tray_out_of_service", None)


def test_nothing_is_called_to_a_bay_out_of_service() -> None:
    world = signed_on(MARA.person, bay="door")
    view = world.view()
    assert isinstance(view.face, WorkFace)
    assert view.face.bay_out == "door"
    world.start("O1")
    assert world.view().bar.code == "bay_out_of_service"
    world.give(do.CallTray(4))
    world.settle()
    assert (world.metal, world.state.round) == (None, None)


def test_during_the_work_the_list_is_read_when_the_site_changes() -> None:
    world = signed_on(MARA.person)
    world.start("O1")
    world.settle()
    world.feed(SiteChanged())
    assert any(isinstance(each, ReadOrders) for each in world.reads)
