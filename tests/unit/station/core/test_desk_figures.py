"""Figures on the desk: who may see which, that a look at persons is an event first, and how they are written out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.review import FiguresLooked
from station import commands as do
from station.core.effects import Declare
from station.core.state import DeskPage
from station.desk.values import ExportSheet, SheetExported, Show
from station.figures.sheet import ByPerson, Stretch
from station.view.desk import DeskFace
from tests.helpers.sample import JONAS, MARA
from tests.helpers.world import World
from tests.unit.station.core.test_desk_page import face_of, touch, written

PURPOSE = "training"


def world_of(person: str = JONAS.person, *, is_on: bool = False) -> World:
    world = World()
    world.state = replace(world.state, rules=replace(world.state.rules, by_person=ByPerson(is_on=is_on, purpose=PURPOSE)))
    world.sign_on(person)
    world.settle()
    return world


def test_the_board_is_read_and_lists_of_the_same_sheet_are_not_read_again() -> None:
    world = world_of()
    touch(world, do.OpenDesk("figures"))
    sheet = face_of(world).sheet
    assert sheet is not None
    touch(world, do.ShowDesk(world.state.token, "terms"))
    assert face_of(world).sheet is sheet
    assert Show.PEOPLE not in face_of(world).shown


def test_an_operator_opens_neither_the_board_nor_what_is_off() -> None:
    world = world_of(MARA.person)
    touch(world, do.OpenDesk("figures"))
    assert world.view().bar.error == "O590"
    touch(world, do.OpenDesk("own"))
    assert world.view().bar.error == "O590"


def test_people_are_not_shown_where_the_site_does_not_say_so() -> None:
    world = world_of()
    touch(world, do.OpenDesk("people"))
    assert world.view().bar.error == "O598"
    assert written(world, FiguresLooked) == []


def test_a_look_at_people_is_in_the_record_before_anything_is_shown() -> None:
    world = world_of(is_on=True)
    touch(world, do.OpenDesk("figures"))
    world.give(do.ShowDesk(world.state.token, "people"))
    assert isinstance(world.state.page, DeskPage)
    assert world.state.page.sheet is None
    world.settle()
    ((look),) = written(world, FiguresLooked)
    assert (look["purpose"], look["stretch"]) == (PURPOSE, "today")
    assert face_of(world).sheet is not None


def test_each_person_sees_his_own_without_a_right() -> None:
    world = world_of(MARA.person, is_on=True)
    touch(world, do.OpenDesk("own"))
    face = face_of(world)
    assert face.show is Show.OWN
    assert face.sheet is not None
    assert {each.what for each in face.sheet.people} <= {MARA.person}
    assert face.shown == (Show.OWN,)
    touch(world, do.ShowDesk(world.state.token, "figures"))
    assert face_of(world).show is Show.OWN


def test_another_stretch_is_read_anew() -> None:
    world = world_of()
    touch(world, do.OpenDesk("figures"))
    touch(world, do.FilterDesk(world.state.token))
    ask = face_of(world).ask
    assert ask is not None
    assert ask.code == "desk_stretch"
    touch(world, do.Choose(world.state.token, "week"))
    assert face_of(world).stretch is Stretch.WEEK
    assert face_of(world).sheet is not None


@pytest.mark.parametrize(("path", "code"), [("/exports/figures.pdf", ""), ("", "O597")])
def test_figures_are_written_out_once_at_a_time(path: str, code: str) -> None:
    world = world_of()
    touch(world, do.OpenDesk("figures"))
    from station.core import desk_figures

    page = world.state.page
    assert isinstance(page, DeskPage)
    state, effects = desk_figures.exported(world.state, page)
    (asked,) = effects
    assert isinstance(asked, ExportSheet)
    assert isinstance(state.page, DeskPage)
    assert desk_figures.exported(state, state.page)[1] == ()
    after, _ = desk_figures.answered(state, state.page, SheetExported(asked.number, path, code))
    assert isinstance(after.page, DeskPage)
    assert not after.page.is_exporting
    assert after.page.exported == path


def test_a_look_that_cannot_be_written_shows_nobody() -> None:
    from station.core import desk_figures

    world = world_of(is_on=True)
    touch(world, do.OpenDesk("figures"))
    page = world.state.page
    assert isinstance(page, DeskPage)
    state, effects = desk_figures.shown(world.state, page, Show.PEOPLE)
    assert [type(each) for each in effects] == [Declare]
    assert isinstance(state.page, DeskPage)
    after, _ = desk_figures.looked(state, state.page, "D401")
    assert isinstance(after.page, DeskPage)
    assert after.page.show is Show.FIGURES


def test_the_face_is_of_the_desk() -> None:
    world = world_of()
    touch(world, do.OpenDesk("figures"))
    assert isinstance(world.view().face, DeskFace)
