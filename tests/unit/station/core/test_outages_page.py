"""What is out of service at the screen: the list, the questions on the way out and back, and the work that is named before."""

from __future__ import annotations

import pytest

from db.records.people import PinConfirmed
from db.records.service import BayInService, BayOutOfService, TrayInService, TrayOutOfService
from station import commands as do
from station.core.inputs import SiteChanged, StoreChanged
from station.core.state import DevicesPage
from station.outage_work import OutageWork
from station.view.action import Action
from station.view.ask import AskChoice, AskNumber
from station.view.outages import OutagesFace
from station.view.task import TaskFace
from station.view.tray import TrayPageFace
from tests.helpers.sample import ELIF, JONAS, MACHINE, MARA
from tests.helpers.world import OPENING, World


def signed_on(person: str = JONAS.person) -> World:
    world = World()
    world.sign_on(person)
    world.settle()
    return world


def listed(world: World) -> World:
    world.give(do.OpenOutages())
    world.settle()
    return world


def face(world: World) -> OutagesFace:
    shown = world.view().face
    assert isinstance(shown, OutagesFace)
    return shown


def token(world: World) -> int:
    return world.state.token


def asked(world: World) -> str:
    ask = face(world).ask
    assert isinstance(ask, AskChoice), ask
    return ask.code


def choose(world: World, key: str) -> None:
    world.give(do.Choose(token(world), key))


def declared(world: World) -> None:
    """What was decided is written, and the list is read again."""
    world.settle()
    world.feed(SiteChanged())
    world.settle()


def take_out(world: World, tray: int, reason: str = "out_damaged") -> None:
    world.give(do.AskTakeOut(token(world)))
    assert isinstance(face(world).ask, AskNumber)
    world.give(do.EnterNumber(token(world), tray))
    assert asked(world) == "why_tray_out"
    choose(world, reason)
    world.read_all()
    assert asked(world) == "take_tray_out"
    choose(world, "take_out")
    declared(world)


def test_a_tray_that_is_out_says_so_before_another_reason_is_given() -> None:
    world = listed(signed_on())
    take_out(world, 4)
    world.give(do.AskTakeOut(token(world)))
    world.give(do.EnterNumber(token(world), 4))
    shown = face(world)
    assert (asked(world), shown.about.reason if shown.about else "") == ("why_tray_out_again", "out_damaged")
    assert isinstance(shown.ask, AskChoice)
    assert shown.ask.params == {"tray": 4, "why": "out_damaged"}


@pytest.mark.parametrize("person", [JONAS.person, ELIF.person])
def test_a_tray_goes_out_with_a_reason_and_its_row_says_who_why_and_what_waits(person: str) -> None:
    world = listed(signed_on(person))
    take_out(world, 4)
    assert TrayOutOfService(machine=MACHINE, tray=4, reason="out_damaged") in world.store.written
    (row,) = face(world).rows
    assert (row.tray, row.reason, row.person, row.waits, row.may_return) == (4, "out_damaged", person, 3, True)
    assert row.name == world.store.persons[person].name


def test_what_would_wait_and_what_comes_from_elsewhere_is_counted_before_the_answer() -> None:
    world = listed(signed_on())
    world.give(do.AskTakeOut(token(world)))
    world.give(do.EnterNumber(token(world), 5))
    choose(world, "out_spill")
    uncounted = face(world).ask
    assert isinstance(uncounted, AskChoice)
    assert [each.key for each in uncounted.choices] == ["leave_in"], "no answer before the count"
    choose(world, "take_out")
    assert not world.writes
    world.read_all()
    assert face(world).work == OutageWork(waits=1, elsewhere=1), "eight bolts need both trays, two are on the other one too"
    assert world.state.trays_out == {}


def test_it_comes_back_from_its_row_after_one_more_question() -> None:
    world = listed(signed_on())
    take_out(world, 4)
    world.give(do.AskReturn(token(world), 4))
    assert asked(world) == "take_tray_back"
    assert face(world).about == face(world).rows[0]
    choose(world, "stay_out")
    assert (face(world).ask, world.writes) == (None, [])
    world.give(do.AskReturn(token(world), 4))
    choose(world, "take_back")
    world.prove()
    declared(world)
    assert world.store.written[-2:] == [
        TrayInService(machine=MACHINE, tray=4),
        PinConfirmed(person=JONAS.person, act="tray_in_service"),
    ]
    assert face(world).rows == ()


def test_the_bay_goes_out_and_back_and_every_line_that_it_serves_is_counted() -> None:
    world = listed(signed_on(ELIF.person))
    world.give(do.AskTakeBayOut(token(world)))
    assert asked(world) == "why_bay_out"
    choose(world, "out_weight")
    assert asked(world) == "why_bay_out", "no reason of a bay"
    choose(world, "out_inspection")
    world.read_all()
    work = face(world).work
    assert work is not None
    assert (work.waits > 4, work.elsewhere) == (True, 0)
    choose(world, "take_out")
    declared(world)
    assert BayOutOfService(machine=MACHINE, opening=OPENING, reason="out_inspection") in world.store.written
    assert Action.TAKE_BAY_OUT not in {each.action for each in face(world).offers}
    world.give(do.AskReturn(token(world), None))
    choose(world, "take_back")
    world.prove()
    declared(world)
    assert world.store.written[-2:] == [
        BayInService(machine=MACHINE, opening=OPENING),
        PinConfirmed(person=ELIF.person, act="bay_in_service"),
    ]


def test_another_bay_is_listed_and_not_touched_from_here() -> None:
    world = signed_on()
    world.store.write((BayOutOfService(machine=MACHINE, opening="SH1-2", reason="door"),))
    listed(world)
    (row,) = face(world).rows
    assert (row.opening, row.may_return, row.person) == ("SH1-2", False, "")
    world.give(do.AskReturn(token(world), None))
    assert face(world).ask is None


def test_the_tray_page_asks_about_its_own_tray_and_comes_back_to_it() -> None:
    world = signed_on()
    world.give(do.OpenTrayPage(4))
    world.settle()
    world.give(do.AskTakeOut(token(world)))
    assert asked(world) == "why_tray_out"
    world.give(do.Back(token(world)))
    assert isinstance(world.view().face, TrayPageFace)
    world.give(do.AskTakeOut(token(world)))
    choose(world, "out_blocked")
    world.read_all()
    choose(world, "take_out")
    declared(world)
    shown = world.view().face
    assert isinstance(shown, TrayPageFace)
    assert shown.out_of_service == "out_blocked"
    assert Action.TAKE_BACK in {each.action for each in shown.offers}


def test_an_operator_sees_no_button_and_is_refused() -> None:
    world = signed_on(MARA.person)
    assert Action.OUTAGES not in {each.action for each in getattr(world.view().face, "offers", ())}
    world.give(do.OpenOutages())
    assert (world.view().bar.code, world.view().bar.error) == ("no_right", "O319")


def test_a_tray_that_is_not_there_is_refused_and_asked_again() -> None:
    world = listed(signed_on())
    world.give(do.AskTakeOut(token(world)))
    world.give(do.EnterNumber(token(world), 99))
    assert (world.view().bar.code, world.view().bar.error) == ("no_such_tray", "O304")
    assert isinstance(face(world).ask, AskNumber)


def test_with_a_store_that_takes_nothing_the_buttons_say_so() -> None:
    world = listed(signed_on())
    world.feed(StoreChanged("D401"))
    refused = {each.action: each.refused for each in face(world).offers}
    assert refused[Action.TAKE_OUT] == refused[Action.TAKE_BAY_OUT] == "store_read_only"


def test_in_the_middle_of_a_round_the_tray_goes_out_from_the_panel_waits_and_goes_on_when_it_is_back() -> None:
    world = signed_on(ELIF.person)
    world.start("O4")
    world.settle()
    first = world.state.custody.tray_here
    (later,) = {5, 6} - {first}
    world.give(do.OpenDevices())
    listed(world)
    take_out(world, later, "out_inspection")
    assert (world.state.custody.tray_here, world.move) == (first, None), "nothing moves while the page is open"
    world.give(do.Back(token(world)))
    assert isinstance(world.state.page, DevicesPage)
    world.give(do.Back(token(world)))
    world.give(do.Skip(token(world)))
    world.settle()
    view = world.view()
    assert isinstance(view.face, TaskFace)
    assert (view.bar.code, view.bar.params["why"], view.bar.error) == ("tray_out_of_service", "out_inspection", "O317")
    world.give(do.OpenDevices())
    listed(world)
    world.give(do.AskReturn(token(world), later))
    choose(world, "take_back")
    world.prove()
    declared(world)
    assert world.state.custody.tray_here is None, "it comes when the page is left, not before"
    world.give(do.Back(token(world)))
    world.give(do.Back(token(world)))
    world.settle()
    assert world.state.custody.tray_here == later
