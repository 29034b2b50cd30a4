"""The service page: who sees what, how a service is booked, and that what is due stops nobody."""

from __future__ import annotations

from datetime import date

import pytest

from db.records.service import DriftFound, DriftSeen, ServiceDone
from station import commands as do
from station.core.inputs import SiteChanged, StoreChanged
from station.core.state import DevicesPage, WearPage
from station.core.wear_page import next_dates
from station.values import MachineWear, TrayWear
from station.view.action import Action
from station.view.ask import AskChoice, AskText
from station.view.devices import DevicesFace
from station.view.message import Level
from station.view.task import TaskFace
from station.view.wear import WearFace
from station.wear import Intervals
from tests.helpers.fake_store import NOON, FakeStore
from tests.helpers.sample import ELIF, JONAS, MACHINE, MARA
from tests.helpers.world import World

WORN = TrayWear(tray=4, cycles=12, motions=24, run_s=360, first_at=NOON, last_at=NOON)


def worn(store: FakeStore) -> None:
    store.worn = MachineWear(machine=MACHINE, in_log=(WORN,), since_service=(WORN,))


def at_panel(person: str = ELIF.person, *, cycles: int = 0) -> World:
    world = World()
    worn(world.store)
    world.reading = type(world.reading)(world.store, MACHINE, Intervals(cycles=cycles))
    world.sign_on(person)
    world.settle()
    world.give(do.OpenDevices())
    world.settle()
    return world


def at_page(person: str = ELIF.person, *, cycles: int = 0) -> World:
    world = at_panel(person, cycles=cycles)
    world.give(do.OpenWear())
    world.read_all()
    return world


def face(world: World) -> WearFace:
    shown = world.view().face
    assert isinstance(shown, WearFace)
    return shown


def offers(world: World) -> dict[Action, str]:
    shown = world.view().face
    assert isinstance(shown, WearFace | DevicesFace)
    return {each.action: each.refused for each in shown.offers}


def choose(world: World, key: str) -> None:
    world.give(do.Choose(world.state.token, key))


def begin(world: World, what: str) -> None:
    world.give(do.BookService(world.state.token))
    choose(world, what)


def finish(world: World, note: str = "REPORT 17") -> None:
    world.give(do.EnterText(world.state.token, note))
    choose(world, "book")
    world.write_all()
    world.feed(SiteChanged())
    world.read_all()


def booked(world: World) -> list[ServiceDone]:
    return [each for each in world.store.written if isinstance(each, ServiceDone)]


@pytest.mark.parametrize(("person", "may_book"), [(ELIF.person, True), (JONAS.person, False)])
def test_whoever_sees_the_panel_sees_the_figures_and_maintenance_books(person: str, may_book: bool) -> None:
    assert offers(at_panel(person))[Action.WEAR] == ""
    world = at_page(person)
    report = face(world).report
    assert report is not None
    assert [each.used for each in report.gauges][:1] == [12]
    assert (Action.BOOK_SERVICE in offers(world)) is may_book
    world.give(do.BookService(world.state.token))
    assert (face(world).ask is not None) is may_book
    assert (world.view().bar.code == "no_right") is not may_book


def test_a_service_is_booked_after_every_question_in_the_persons_name() -> None:
    world = at_page()
    begin(world, "service")
    assert isinstance(face(world).ask, AskText)
    world.give(do.EnterText(world.state.token, "  REPORT   17 "))
    ask = face(world).ask
    assert isinstance(ask, AskChoice)
    assert ask.code == "book_service_now"
    assert not booked(world)
    choose(world, "book")
    assert offers(world)[Action.BOOK_SERVICE] == "reading"
    world.write_all()
    assert booked(world) == [ServiceDone(machine=MACHINE, person=ELIF.person, what="service", note="REPORT 17")]
    assert world.view().bar.code == "wear_page"  # nothing is said before it is seen in the store
    world.feed(SiteChanged())
    world.read_all()
    assert world.view().bar.code == "service_booked"
    report = face(world).report
    assert report is not None
    assert (report.service is not None, report.gauges[0].used) == (True, 0)


def test_an_inspection_names_the_day_of_the_next_one() -> None:
    world = at_page()
    begin(world, "inspection")
    ask = face(world).ask
    assert isinstance(ask, AskChoice)
    keys = [each.key for each in ask.choices]
    assert keys == ["2026-09-03", "2027-03-03", "2028-03-03", "no_date"]
    choose(world, "2026-01-01")
    assert face(world).ask == ask, "a day that is not offered"
    choose(world, keys[1])
    world.give(do.EnterText(world.state.token, "REPORT 17"))
    last = face(world).ask
    assert isinstance(last, AskChoice)
    assert last.choices[0].params == {"note": "REPORT 17", "date": "2027-03-03"}
    finish(world)
    assert [(each.what, each.next_inspection) for each in booked(world)] == [("inspection", "2027-03-03")]
    report = face(world).report
    assert report is not None
    assert report.days_left == 365


@pytest.mark.parametrize(
    ("today", "offered"),
    [
        ("2026-01-31", ["2026-07-31", "2027-01-31", "2028-01-31"]),
        ("2026-08-31", ["2027-02-28", "2027-08-31", "2028-08-31"]),
        ("2027-08-30", ["2028-02-29", "2028-08-30", "2029-08-30"]),
        ("2028-02-29", ["2028-08-29", "2029-02-28", "2030-02-28"]),
    ],
)
def test_the_day_of_the_month_stays_where_the_month_has_it(today: str, offered: list[str]) -> None:
    assert [each.isoformat() for each in next_dates(date.fromisoformat(today))] == offered


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_back_books_nothing(steps: int) -> None:
    world = at_page()
    world.give(do.BookService(world.state.token))
    if steps > 0:
        choose(world, "service")
    if steps > 1:
        world.give(do.EnterText(world.state.token, "X"))
    world.give(do.Back(world.state.token))
    assert face(world).ask is None
    world.give(do.ClosePage())
    assert isinstance(world.state.page, DevicesPage)
    assert not booked(world)


def test_no_means_no() -> None:
    world = at_page()
    begin(world, "service")
    world.give(do.EnterText(world.state.token, "X"))
    choose(world, "not_booked")
    world.write_all()
    assert face(world).ask is None
    assert not booked(world)


def test_a_store_that_takes_nothing_books_nothing_and_says_so() -> None:
    world = at_page()
    begin(world, "service")
    world.give(do.EnterText(world.state.token, "X"))
    choose(world, "book")
    world.write(is_refused=True)
    assert isinstance(world.state.page, WearPage)
    assert not world.state.page.is_booking
    assert (world.view().bar.code, offers(world)[Action.BOOK_SERVICE]) == ("store_read_only", "store_read_only")


def test_what_a_reader_could_not_read_is_no_answer_to_the_booking() -> None:
    world = at_page()
    begin(world, "service")
    world.give(do.EnterText(world.state.token, "X"))
    choose(world, "book")
    world.feed(StoreChanged("D402"))  # a reader's, while the booking is still on its way
    world.feed(StoreChanged(""))
    assert offers(world)[Action.BOOK_SERVICE] == "reading"
    begin(world, "service")
    finish(world)
    assert len(booked(world)) == 1
    assert world.view().bar.code == "service_booked"


def test_nothing_is_booked_before_it_is_seen_what_there_is() -> None:
    world = at_panel()
    world.give(do.OpenWear())
    assert offers(world)[Action.BOOK_SERVICE] == "reading"
    begin(world, "service")
    assert face(world).ask is None
    world.read_all()
    assert offers(world)[Action.BOOK_SERVICE] == ""


def test_a_page_that_was_left_and_opened_again_waits_for_the_booking_too() -> None:
    world = at_page()
    begin(world, "service")
    world.give(do.EnterText(world.state.token, "X"))
    choose(world, "book")
    world.give(do.ClosePage())
    world.give(do.OpenWear())
    world.read_all()
    assert offers(world)[Action.BOOK_SERVICE] == "reading"
    world.write()
    assert offers(world)[Action.BOOK_SERVICE] == ""


def test_a_booking_is_seen_behind_a_locked_screen() -> None:
    world = at_page()
    begin(world, "service")
    world.give(do.EnterText(world.state.token, "X"))
    choose(world, "book")
    world.give(do.LockScreen())
    world.write_all()
    world.read_all()
    world.sign_on(ELIF.person)
    world.settle()
    assert offers(world)[Action.BOOK_SERVICE] == ""


def test_another_change_of_the_store_is_not_taken_for_the_booking() -> None:
    world = at_page()
    begin(world, "service")
    world.give(do.EnterText(world.state.token, "X"))
    choose(world, "book")
    world.feed(SiteChanged())  # an import, while the booking is still on its way
    world.read_all()
    assert world.view().bar.code == "wear_page"


def test_what_is_due_is_said_on_the_list_and_the_panel_to_those_who_see_to_it() -> None:
    for person in (ELIF.person, JONAS.person):
        world = World()
        worn(world.store)
        world.reading = type(world.reading)(world.store, MACHINE, Intervals(cycles=12))
        world.sign_on(person)
        world.settle()
        bar = world.view().bar
        assert (bar.code, bar.level, bar.error) == ("service_due", Level.ACT, "O330")
        world.give(do.OpenDevices())
        assert world.view().bar.code == "service_due"
    assert at_page(cycles=12).view().bar.code == "wear_due"
    assert at_page(cycles=13).view().bar.code == "wear_page"


def test_an_operator_is_not_told_and_works_on() -> None:
    world = World()
    worn(world.store)
    world.reading = type(world.reading)(world.store, MACHINE, Intervals(cycles=1))
    world.sign_on(MARA.person)
    world.settle()
    assert world.view().bar.code == "signed_on"
    world.start("O1")
    world.settle()
    view = world.view()
    assert isinstance(view.face, TaskFace)
    assert view.bar.level is Level.NOTE


SLOWER = DriftFound(machine=MACHINE, shift_ms=1900, percent=12, since="2026-11-01")


def drifted(person: str, record: DriftFound = SLOWER) -> World:
    world = World()
    world.store.append((record,))
    world.sign_on(person)
    world.settle()
    return world


def test_a_machine_that_has_become_slower_is_said_until_maintenance_has_seen_it() -> None:
    world = drifted(ELIF.person)
    bar = world.view().bar
    assert (bar.code, bar.level, bar.error) == ("machine_slower", Level.ACT, "O513")
    assert bar.params == {"machine": MACHINE, "percent": 12, "date": "2026-11-01"}
    world.give(do.OpenDevices())
    world.settle()
    world.give(do.OpenWear())
    world.read_all()
    assert world.view().bar.code == "machine_slower"
    assert offers(world)[Action.SEE_DRIFT] == ""
    world.give(do.SeeDrift(world.state.token))
    world.settle()
    assert [each for each in world.store.written if isinstance(each, DriftSeen)] == [
        DriftSeen(machine=MACHINE, person=ELIF.person)
    ]
    assert (world.view().bar.code, Action.SEE_DRIFT in offers(world)) == ("wear_page", False)


def test_who_may_not_book_a_service_reads_it_and_an_operator_does_not() -> None:
    supervisor = drifted(JONAS.person, DriftFound(machine=MACHINE, shift_ms=-900, percent=-7, since="2026-11-01"))
    assert supervisor.view().bar.code == "machine_faster"
    supervisor.give(do.OpenDevices())
    supervisor.settle()
    supervisor.give(do.OpenWear())
    supervisor.read_all()
    assert Action.SEE_DRIFT not in offers(supervisor)
    supervisor.give(do.SeeDrift(supervisor.state.token))
    assert not any(isinstance(each, DriftSeen) for each in supervisor.store.written)
    assert drifted(MARA.person).view().bar.code == "signed_on"
