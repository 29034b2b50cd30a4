"""What the screen says is true of the moment: figures, places, waits and who is signed on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.stock import Picked
from hardware.values import DisplayLink, LinkDown, ScannerLink
from station import commands as do
from station.core.inputs import Ticked
from station.flows import pick
from station.flows.sign_on import PinChecked, WentIdle
from station.flows.turn import Working
from station.flows.zero_check import AskEmpty, AskLeft
from station.scan import place_label, tray_label
from station.values import OrderLine, StockKey
from station.view.action import Action
from station.view.ask import AskChoice
from station.view.sign_on import LockedFace
from station.view.task import TaskFace
from station.view.view import View
from tests.helpers.sample import FUSE, MARA, NUT, SENSOR, place
from tests.helpers.world import World


def at_work(order: str = "O1") -> World:
    """Mara stands at the first compartment of an order."""
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.start(order)
    world.settle()
    return world


def face_of(world: World) -> TaskFace:
    face = world.view().face
    assert isinstance(face, TaskFace)
    return face


def with_fuses(asked: int) -> World:
    """An order of one line: fuses, of which every piece is scanned and three lie in D1 of tray 6."""
    world = World()
    world.store.held = {(place(6, "D1"), StockKey(item=FUSE.code)): 3}
    line = OrderLine(order="O5", line="1", item=FUSE.code, quantity=asked)
    world.store.orders["O5"] = replace(world.store.orders["O5"], lines=(line,))
    world.sign_on(MARA.person)
    world.settle()
    world.start("O5")
    world.settle()
    return world


def scan(world: World, *texts: str) -> None:
    for text in texts:
        world.scan(text)
        world.settle()


def test_asked_whether_it_is_empty_the_screen_shows_the_book_after_the_pick_and_asks_nothing_any_more() -> None:
    world = with_fuses(3)
    assert (face_of(world).asked, face_of(world).book, face_of(world).left_after) == (3, 3, 0)
    scan(world, FUSE.code, FUSE.code, FUSE.code)
    assert any(isinstance(each, Picked) for each in world.store.written)
    current = world.state.round and world.state.round.current
    assert current is not None
    assert isinstance(current.step, AskEmpty)
    face = face_of(world)
    assert (face.asked, face.confirm_quantity, face.book, face.left_after) == (0, 0, 0, None)
    world.give(do.Choose(world.state.token, "no"))
    assert (face_of(world).asked, face_of(world).book, face_of(world).left_after) == (0, 0, None)


def test_a_book_below_zero_is_shown_as_it_is() -> None:
    world = at_work()
    work = world.state.round
    assert work is not None
    assert work.current is not None
    for step in (AskEmpty(-2), AskLeft(-2)):
        world.state = replace(world.state, round=replace(work, current=work.current.at(step)))
        assert (face_of(world).book, face_of(world).left_after) == (-2, None)


def test_an_item_of_which_each_piece_is_scanned_says_how_many_are_still_to_scan() -> None:
    world = with_fuses(3)
    scan(world, FUSE.code)
    bar = world.view().bar
    assert (bar.code, bar.params["left"]) == ("scan_more", 2)
    scan(world, FUSE.code)
    assert world.view().bar.params["left"] == 1


@pytest.mark.parametrize(
    ("label", "at_once", "then"),
    [
        (place_label(place(4, "C8")), "not_this_place", "wrong_place"),
        (place_label(place(5, "C7")), "not_this_place", "wrong_place"),
        (tray_label("M1", 5), "not_this_place", "wrong_tray"),
        (NUT.code, "not_this_item", "wrong_item"),
    ],
)
def test_the_label_of_another_place_is_no_wrong_item(label: str, at_once: str, then: str) -> None:
    world = at_work()
    world.scan(label)
    assert world.view().bar.code == at_once
    world.settle()
    bar = world.view().bar
    assert (bar.code, face_of(world).is_locked) == (then, True)
    if then == "wrong_place":
        tray, compartment = label.removeprefix("BLC-M1-").split("-")
        assert (bar.params["scanned_tray"], bar.params["scanned_compartment"]) == (int(tray), compartment)


def test_another_badge_at_work_is_told_who_is_signed_on_and_changes_nobody() -> None:
    world = at_work()
    world.scan("BLB-40738")
    bar = world.view().bar
    assert (bar.code, bar.params["name"]) == ("badge_at_work", MARA.name)
    assert world.state.person == MARA


def test_with_another_tray_here_the_touch_says_which_goes_and_which_comes() -> None:
    world = at_work()
    world.restart()
    world.store.held = {key: held for key, held in world.store.held.items() if key[0].tray != 4}  # the rest of it is on tray 5
    world.sign_on(MARA.person)
    world.settle()
    bar = world.view().bar
    assert face_of(world).tray == 5
    assert (bar.code, bar.params) == ("touch_to_swap", {"tray": 5, "here": 4})


def test_when_the_time_for_the_next_pin_has_come_the_bar_asks_for_it() -> None:
    world = World()
    world.scan(MARA.person)
    world.pass_gate()
    world.give(do.EnterPin("000000"))
    world.gate.clear()
    world.feed(PinChecked("wrong_pin", retry_in_s=31))
    seen: list[View] = []
    world.see = seen.append
    assert (world.view().bar.code, world.view().bar.params["seconds"]) == ("wrong_pin_wait", 31)
    for _ in range(30):
        world.feed(Ticked())
    assert [view.bar.params["seconds"] for view in seen[:3]] == [30, 29, 28]
    for _ in range(2):
        world.feed(Ticked())
    assert world.view().bar.code == "enter_pin"


def test_a_locked_screen_says_of_a_tray_that_it_goes_back() -> None:
    world = at_work()
    world.give(do.LeaveWork(world.state.token))
    while world.writes:
        world.write()
    assert world.is_moving
    world.start("O4")
    world.feed(WentIdle())
    face = world.view().face
    assert isinstance(face, LockedFace)
    assert (face.tray, face.wait and face.wait.code) == (None, "tray_leaving")


def test_direct_work_at_a_called_tray_offers_one_way_to_leave_it() -> None:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.CallTray(4))
    world.settle()
    world.give(do.SelectCompartment(world.state.token, "C7"))
    world.give(do.CountHere(world.state.token))
    world.settle()
    face = face_of(world)
    assert (face.order, face.reason) == ("", "on_the_spot")
    actions = [each.action for each in face.offers]
    assert Action.SKIP in actions
    assert Action.LEAVE_WORK not in actions


def test_a_question_leaves_the_lock_within_reach() -> None:
    world = at_work()
    world.give(do.NotEnough(world.state.token))
    current = world.state.round and world.state.round.current
    assert current is not None
    assert isinstance(current.step, pick.AskTaken)
    assert [each.action for each in face_of(world).offers] == [Action.BACK, Action.LOCK]
    world.give(do.Back(world.state.token))
    current = world.state.round and world.state.round.current
    assert current is not None
    assert isinstance(current.step, Working)
    world.feed(LinkDown("L101"))
    assert Action.LOCK in {each.action for each in face_of(world).offers}


@pytest.mark.parametrize("scanned", [SENSOR.code, "no such code", place_label(place(6, "D1"))])
def test_a_wrong_scan_at_a_put_says_what_belongs_there_and_not_what_to_take(scanned: str) -> None:
    world = at_work("O2")
    assert face_of(world).mode == "put"
    world.scan(scanned)
    said = [world.view().bar.code]
    world.settle()
    said.append(world.view().bar.code)
    assert all(code.endswith("_put") for code in said), said


def test_the_zero_check_says_nothing_of_scans() -> None:
    world = with_fuses(3)
    scan(world, FUSE.code, FUSE.code, FUSE.code)
    assert isinstance(face_of(world).ask, AskChoice)
    assert (face_of(world).asked, face_of(world).scanned) == (0, 0)


def test_when_the_last_scanner_fails_the_screen_says_that_the_work_goes_on_by_touch() -> None:
    world = at_work()
    before = world.view()
    for source in ("hand", "fixed"):
        world.feed(ScannerLink(source, True))
    world.feed(ScannerLink("hand", False))
    assert world.view().bar == before.bar
    world.feed(ScannerLink("fixed", False))
    assert (world.view().bar.code, world.view().token) == ("scanner_down", before.token)
    world.feed(ScannerLink("fixed", False))
    assert world.view().bar.code == "scanner_down"
    world.feed(ScannerLink("hand", True))
    assert world.view().bar == before.bar


def test_a_display_that_fails_is_said_once() -> None:
    world = at_work()
    world.feed(DisplayLink(True))
    world.feed(DisplayLink(False))
    assert world.view().bar.code == "display_down"
    world.give(do.NotEnough(world.state.token))
    assert world.view().bar.code != "display_down"
    world.feed(DisplayLink(True))
    assert world.view().bar.code != "display_down"


def test_where_nobody_works_a_scanner_that_fails_is_only_a_light() -> None:
    world = World()
    world.feed(ScannerLink("hand", True))
    world.feed(ScannerLink("hand", False))
    assert world.view().bar.code == "scan_badge"
