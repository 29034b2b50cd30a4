"""The search at the bay: typed, scanned or by picture, and what is done with a place that was found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station import commands as do
from station.core.inputs import Scanned, SiteChanged
from station.custody import Here
from station.faces.search_face import where_is
from station.values import CountAsked, Lock, Outage, Place, StockKey, StockStatus
from station.view.action import Action
from station.view.search import SearchFace
from station.view.tray import BayFace
from station.view.work import WorkFace
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, ELIF, JONAS, MACHINE, MARA, NUT, RESIN, place
from tests.helpers.world import BADGE, World


def at_search(person: str = MARA.person) -> World:
    world = World()
    world.sign_on(person)
    world.settle()
    world.give(do.OpenSearch())
    world.settle()
    return world


def face(world: World) -> SearchFace:
    shown = world.view().face
    assert isinstance(shown, SearchFace), shown
    return shown


def type_in(world: World, text: str) -> None:
    for key in text:
        world.give(do.SearchKey(world.state.token, key))
    world.settle()


def at_item(person: str = MARA.person, code: str = BOLT.code) -> World:
    world = at_search(person)
    world.feed(Scanned(code, "S"))
    world.settle()
    assert face(world).at == "item"
    return world


def choose(world: World, tray: int, compartment: str) -> None:
    row = next(each for each in face(world).places if (each.place.tray, each.place.compartment) == (tray, compartment))
    world.give(do.ChoosePlace(world.state.token, row.number))
    world.settle()


def offered(world: World) -> dict[Action, str]:
    return {each.action: each.refused for each in face(world).offers}


def test_every_key_looks_anew_and_the_screen_stays_the_same_screen() -> None:
    world = at_search()
    token = world.state.token
    type_in(world, "M8")
    assert [each.item.code for each in face(world).found] == [BOLT.code, NUT.code]
    type_in(world, "Q")
    assert face(world).found == ()
    assert offered(world)[Action.SHOW_FOUND] == "nothing_found"
    world.give(do.SearchKey(world.state.token, "erase"))
    world.settle()
    assert len(face(world).found) == 2
    assert world.state.token == token


def test_an_answer_to_an_older_text_is_not_shown() -> None:
    world = at_search()
    world.give(do.SearchKey(world.state.token, "N"))
    world.give(do.SearchKey(world.state.token, "U"))
    world.read(0)  # what "N" finds comes after "NU" was typed
    assert face(world).is_reading
    assert face(world).found == ()
    world.settle()
    assert [each.item.code for each in face(world).found] == [NUT.code]


def test_one_item_is_shown_itself_and_several_as_a_list() -> None:
    world = at_search()
    type_in(world, "M8")
    world.give(do.ShowFound(world.state.token))
    assert face(world).at == "found"
    world.give(do.ShowItem(world.state.token, NUT.code))
    world.settle()
    assert (face(world).at, face(world).item.item.code) == ("item", NUT.code)
    world.give(do.Back(world.state.token))
    assert face(world).at == "found"
    world.give(do.Back(world.state.token))
    type_in(world, "-")
    type_in(world, "X")
    world.give(do.SearchKey(world.state.token, "clear"))
    type_in(world, "BOLT")
    world.give(do.ShowFound(world.state.token))
    assert (face(world).at, face(world).item.item.code) == ("item", BOLT.code)


def test_it_says_where_else_with_lot_status_and_how_the_tray_is() -> None:
    world = at_search()
    world.store.held[place(6, "C8"), StockKey(item=RESIN.code, lot="L2", status=StockStatus.BLOCKED)] = 2
    world.store.held[Place("M2", 9, "A1"), StockKey(item=RESIN.code, lot="L1")] = 7
    world.store.out[6] = Outage(machine=MACHINE, tray=6, opening="", reason="bent", since=NOON)
    world.feed(SiteChanged())
    world.settle()
    world.feed(Scanned(RESIN.code, "S"))
    world.settle()
    rows = {
        (each.place.machine, each.place.tray): (each.key.lot, each.key.status, each.quantity, each.where, each.why)
        for each in face(world).places
    }
    assert rows == {
        (MACHINE, 5): ("L1", StockStatus.FREE, 4, "away", ""),
        (MACHINE, 6): ("L2", StockStatus.BLOCKED, 2, "out", "bent"),
        ("M2", 9): ("L1", StockStatus.FREE, 7, "other_machine", "M2"),
    }
    assert face(world).item.total == 13


def test_the_tray_at_the_bay_is_said_to_be_here() -> None:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.state = replace(world.state, custody=replace(world.state.custody, where=Here(4, 1)))
    assert where_is(world.state, place(4, "C7")) == ("here", "")
    assert where_is(world.state, place(5, "C7")) == ("away", "")


def test_a_row_calls_its_tray_with_that_compartment_in_hand() -> None:
    world = at_item()
    choose(world, 5, "C7")
    world.give(do.CallPlace(world.state.token))
    world.settle()
    bay = world.view().face
    assert isinstance(bay, BayFace)
    assert (bay.tray, bay.selected, bay.is_here) == (5, "C7", True)
    assert world.state.call is not None
    assert "C7" in world.state.call.seen  # its figure stood on the screen: a count of it is not blind


def test_another_machines_tray_is_not_called() -> None:
    world = at_search()
    world.store.held[Place("M2", 9, "A1"), StockKey(item=BOLT.code)] = 7
    world.feed(Scanned(BOLT.code, "S"))
    world.settle()
    choose(world, 9, "A1")
    assert offered(world)[Action.CALL_PLACE] == "other_machine"
    world.give(do.CallPlace(world.state.token))
    world.settle()
    assert (world.view().bar.code, world.view().bar.error) == ("item_elsewhere", "O431")
    assert world.move is None


def test_a_locked_tray_is_not_called_and_the_attempt_stands_in_the_record() -> None:
    world = at_search()
    lock = Lock(tray=5, right="cage", what="tray")
    world.store.locks = lambda machine: (lock,)  # type: ignore[method-assign]
    world.feed(SiteChanged())
    world.settle()
    world.feed(Scanned(BOLT.code, "S"))
    world.settle()
    choose(world, 5, "C7")
    row = next(each for each in face(world).places if each.place.tray == 5)
    assert (row.where, row.why, offered(world)[Action.CALL_PLACE]) == ("locked", "cage", "no_access")
    world.give(do.CallPlace(world.state.token))
    world.settle()
    assert any(type(each).__name__ == "AccessRefused" for each in world.store.written)
    assert world.move is None


def test_figures_that_somebody_is_to_count_are_not_shown() -> None:
    world = at_item(code=BOLT.code)
    assert face(world).item.total == 10
    world.store.due[place(4, "C7"), StockKey(item=BOLT.code)] = CountAsked(
        place=place(4, "C7"), key=StockKey(item=BOLT.code), why="power_cut", since=NOON
    )
    world.feed(SiteChanged())
    world.settle()
    assert face(world).item.total is None
    assert {each.place.tray: each.quantity for each in face(world).places} == {4: None, 5: 4}


def test_what_an_open_count_order_asks_for_is_blind_everywhere() -> None:
    world = at_item(code=NUT.code)  # order O3 counts nuts
    assert face(world).item.total is None
    assert [each.quantity for each in face(world).places] == [None]


def test_a_badge_finds_nothing_and_is_not_said() -> None:
    world = at_search()
    world.feed(Scanned(BADGE, "S"))
    world.settle()
    assert world.view().bar.code == "no_such_item"
    assert BADGE not in repr(world.view())


def test_an_item_that_is_gone_is_said() -> None:
    world = at_search()
    type_in(world, "M8")
    world.give(do.ShowFound(world.state.token))
    del world.store.items[NUT.code]
    world.give(do.ShowItem(world.state.token, NUT.code))
    world.settle()
    assert (world.view().bar.code, world.view().bar.error) == ("item_gone", "O430")


def test_pictures_come_in_pages_of_what_has_one() -> None:
    world = at_search()
    for number in range(10):
        code = f"P{number}"
        world.store.items[code] = replace(BOLT, code=code, name=f"Part {number}", barcodes=(), picture=f"{code}.svg")
    world.give(do.ShowPictures(world.state.token))
    world.settle()
    assert [each.item.code for each in face(world).found] == [f"P{n}" for n in range(8)]
    world.give(do.MorePictures(world.state.token, 1))
    world.settle()
    assert [each.item.code for each in face(world).found] == ["P8", "P9"]
    world.give(do.MorePictures(world.state.token, 1))
    world.settle()
    assert face(world).first == 8
    world.give(do.ShowItem(world.state.token, "P9"))
    world.settle()
    assert face(world).item.item.code == "P9"


@pytest.mark.parametrize(("person", "may"), [(MARA.person, True), (JONAS.person, True), (ELIF.person, False)])
def test_who_may_not_work_directly_may_still_look(person: str, may: bool) -> None:
    world = at_item(person)
    choose(world, 4, "C7")
    assert (Action.MOVE_FROM in offered(world)) is may
    assert Action.CALL_PLACE in offered(world)


def test_back_leads_to_the_work_list_and_nothing_has_moved() -> None:
    world = at_search()
    world.give(do.ClosePage())
    assert isinstance(world.view().face, WorkFace)
    assert world.move is None
