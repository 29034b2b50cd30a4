"""Counts on the desk: each list is read by itself, and a touch on what is due makes a count order of just that."""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station.accuracy.desk import CountSheet
from station.core import desk_counts
from station.core.effects import MakeCountOrder
from station.core.state import DeskPage
from station.desk.values import Show
from station.values import TrayCounted
from station.view.work import WorkFace
from tests.helpers.sample import MACHINE, MARA
from tests.helpers.world import NOON, World
from tests.unit.station.core.test_desk_page import at_desk, face_of, touch


def counts_page(world: World) -> DeskPage:
    assert isinstance(world.state.page, DeskPage)
    return world.state.page


def test_an_operator_does_not_open_them() -> None:
    world = at_desk(person=MARA.person, show="programme")
    assert isinstance(world.view().face, WorkFace)


def test_each_list_is_read_when_it_is_shown() -> None:
    world = at_desk(show="programme")
    assert face_of(world).counts is not None
    for show in (Show.ACCURACY, Show.VARIANCES, Show.MISSING):
        world.give(do.ShowDesk(world.state.token, show))
        assert counts_page(world).counts is None
        world.settle()
        assert face_of(world).counts is not None


def test_what_is_due_of_a_class_is_ordered_after_a_question() -> None:
    world = at_desk(show="programme")
    sheet = face_of(world).counts
    assert sheet is not None
    number = next(at for at, each in enumerate(sheet.classes) if each.due)
    touch(world, do.TouchDesk(world.state.token, number))
    ask = face_of(world).ask
    assert ask is not None
    assert ask.code == "have_counted"
    page = counts_page(world)
    state, (effect,) = desk_counts.chosen(world.state, page, "count_case")
    assert isinstance(effect, MakeCountOrder)
    assert effect.what.items == frozenset(sheet.classes[number].due_items)
    assert effect.what.riskiest == world.state.rules.counts.places_an_order
    assert isinstance(state.page, DeskPage)
    assert state.page.to_count is None


def test_a_tray_is_counted_whole_and_one_that_was_counted_asks_nothing() -> None:
    world = at_desk(show="missing")
    trays = tuple(TrayCounted(machine=MACHINE, tray=tray, places=2, missing=missing) for tray, missing in ((4, 2), (5, 0)))
    page = replace(counts_page(world), counts=CountSheet(began=NOON, trays=trays))
    state, _ = desk_counts.touched(world.state, page, 0)
    assert isinstance(state.page, DeskPage)
    assert state.page.to_count is not None
    assert (state.page.to_count.machine, state.page.to_count.first_tray) == (MACHINE, 4)
    for number in (1, 2, -1):
        assert desk_counts.touched(world.state, page, number) == (world.state, ())


def test_back_leads_out_of_the_question_first() -> None:
    world = at_desk(show="missing")
    touch(world, do.TouchDesk(world.state.token, 0))
    assert face_of(world).ask is not None
    touch(world, do.Back(world.state.token))
    assert face_of(world).ask is None
    touch(world, do.Back(world.state.token))
    assert isinstance(world.view().face, WorkFace)
