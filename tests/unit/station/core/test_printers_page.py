"""The printers' page: what is wrong is said without stopping anybody, and what a person does is in the record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.printing import LabelDropped, LabelQueued
from station import commands as do
from station.core.inputs import PrintersTold
from station.core.state import PrintersPage
from station.printing.seen import PrinterSeen
from station.values import LabelAbout, PrintJob, PrintState
from station.view.action import Action
from station.view.ask import AskChoice
from station.view.message import Level
from station.view.printers import PrintersFace
from station.view.status import Light
from station.view.work import WorkFace
from tests.helpers.fake_store import NOON
from tests.helpers.sample import MARA
from tests.helpers.world import World


def job(name: str, state: PrintState, **more: object) -> PrintJob:
    made = PrintJob(
        job=name,
        printer="LP1",
        label="packing_slip",
        cause="order_end",
        about=LabelAbout(order="O1"),
        state=state,
        queued_at=NOON,
        changed_at=NOON,
    )
    return replace(made, **more)  # type: ignore[arg-type]


WELL = PrinterSeen(name="LP1", kind="zpl", past=(job("old", PrintState.PRINTED, copy_of="first", copy=1),))
STANDS = replace(WELL, open=(job("a", PrintState.QUEUED, code="L401"), job("b", PrintState.SENDING)), code="L401")
CUT = replace(WELL, open=(job("c", PrintState.UNKNOWN, code="L407"),))


def signed_on(*printers: PrinterSeen) -> World:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.feed(PrintersTold(printers))
    return world


def at_page(*printers: PrinterSeen) -> World:
    world = signed_on(*printers)
    world.give(do.OpenPrinters())
    return world


def light(world: World) -> Light:
    return next((each.light for each in world.view().lights if each.device == "printer"), Light.OFF)


def asked(world: World, name: str) -> tuple[str, ...]:
    world.give(do.AskPrint(world.state.token, name))
    face = world.view().face
    assert isinstance(face, PrintersFace)
    return tuple(each.key for each in face.ask.choices) if isinstance(face.ask, AskChoice) else ()


def written(world: World) -> list[object]:
    return [record for append in world.writes for record in append.records]


def test_without_a_printer_there_is_no_light_no_button_and_no_page() -> None:
    world = at_page()
    face = world.view().face
    assert isinstance(face, WorkFace)
    assert light(world) is Light.OFF
    assert Action.PRINTERS not in {each.action for each in face.offers}


def test_a_dead_printer_is_amber_and_said_and_the_work_can_be_started() -> None:
    world = signed_on(STANDS)
    bar, face = world.view().bar, world.view().face
    assert light(world) is Light.WAIT
    assert (bar.code, bar.level, bar.error, bar.params["count"]) == ("printer_stands", Level.ACT, "L401", 2)
    assert isinstance(face, WorkFace)
    offers = {each.action: each.refused for each in face.offers}
    assert offers[Action.START] == ""
    assert offers[Action.PRINTERS] == ""
    world.feed(PrintersTold((WELL,)))
    assert light(world) is Light.GOOD
    assert world.view().bar.code != "printer_stands"


def test_news_of_a_printer_make_no_touch_stale() -> None:
    world = signed_on(WELL)
    token = world.state.token
    world.feed(PrintersTold((STANDS,)))
    assert world.state.token == token


@pytest.mark.parametrize(
    ("printer", "name", "keys"),
    [
        (STANDS, "a", ("drop", "leave_it")),
        (STANDS, "b", ()),  # on its way: nobody can call it back
        (CUT, "c", ("again", "drop", "leave_it")),
        (WELL, "old", ("again", "leave_it")),
        (WELL, "nobody", ()),
    ],
)
def test_what_can_be_done_depends_on_how_far_the_label_is(printer: PrinterSeen, name: str, keys: tuple[str, ...]) -> None:
    assert asked(at_page(printer), name) == keys


def test_what_was_cut_off_is_printed_again_as_a_copy_and_waits_no_longer() -> None:
    world = at_page(CUT)
    asked(world, "c")
    world.give(do.Choose(world.state.token, "again"))
    copy, dropped = written(world)
    assert isinstance(copy, LabelQueued)
    assert (copy.copy_of, copy.of_order, copy.cause, copy.printer) == ("c", "O1", "person", "LP1")
    assert dropped == LabelDropped(job="c")
    assert world.view().bar.code == "print_again_asked"


def test_a_copy_of_a_copy_is_a_copy_of_the_first_and_drops_nothing() -> None:
    world = at_page(WELL)
    asked(world, "old")
    world.give(do.Choose(world.state.token, "again"))
    (copy,) = written(world)
    assert isinstance(copy, LabelQueued)
    assert copy.copy_of == "first"


def test_a_label_that_came_out_while_it_was_asked_about_is_not_dropped() -> None:
    world = at_page(STANDS)
    asked(world, "a")
    world.feed(PrintersTold((replace(WELL, past=(job("a", PrintState.PRINTED),)),)))
    world.give(do.Choose(world.state.token, "drop"))
    assert written(world) == []


def test_back_leaves_the_question_and_then_the_page() -> None:
    world = at_page(STANDS)
    asked(world, "a")
    world.give(do.Back(world.state.token))
    assert isinstance(world.state.page, PrintersPage)
    world.give(do.Back(world.state.token))
    assert world.state.page is None


# --- printed commands


def test_the_first_command_on_a_new_screen_is_not_obeyed_and_the_second_is() -> None:
    world = signed_on()
    world.state = replace(world.state, input_token=0)
    world.scan("BLX-START")
    assert (world.pressed, world.view().bar.code) == ([], "command_once_more")
    world.scan("BLX-START")
    assert world.pressed == ["START"]


def test_an_unknown_command_is_never_obeyed_and_confirm_never_without_its_item() -> None:
    world = signed_on()
    for text in ("BLX-OPEN_SESAME", "BLX-OPEN_SESAME", "BLX-CONFIRM", "BLX-CONFIRM", "BLX-CONFIRM"):
        world.scan(text)
    assert world.pressed == []
    assert written(world) == []
