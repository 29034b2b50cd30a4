"""Two bays of one machine: a tray is at one of them at a time, and on an island only the bay that had it last calls it."""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station.core.inputs import SiteChanged
from station.values import Elsewhere, OrderState
from station.view.action import Action
from station.view.message import Level
from station.view.tray import BayFace
from station.view.work import WorkFace
from tests.helpers.sample import ELIF, MARA
from tests.helpers.world import World

OTHER = "SH1-2"


def known(world: World, *trays: int, is_out: bool = False, is_site_away: bool = False) -> None:
    """The other bay had these trays last; the station reads it with its list."""
    world.store.others = {tray: Elsewhere(tray=tray, opening=OTHER, station="S2", is_out=is_out) for tray in trays}
    world.reading = replace(world.reading, is_site_away=lambda: is_site_away)
    world.feed(SiteChanged())
    world.settle()


def signed_on(person: str = MARA.person) -> World:
    world = World()
    world.sign_on(person)
    world.settle()
    return world


def test_a_tray_at_the_other_bay_is_waited_for_and_comes_by_itself_when_it_is_back() -> None:
    world = signed_on()
    known(world, 5, 6, is_out=True)
    world.start("O4")
    world.settle()
    assert world.state.custody.tray_here is None
    assert (world.view().bar.code, world.view().bar.params["bay"]) == ("tray_at_other_bay", OTHER)
    assert world.view().bar.level is Level.ACT
    known(world, 5, 6, is_out=False)
    assert world.state.custody.tray_here in (5, 6), "the work asked for it, and nothing is in the way any more"


def test_on_an_island_the_other_bays_trays_are_not_called_and_their_lines_wait() -> None:
    world = signed_on()
    known(world, 4, is_site_away=True)
    face = world.view().face
    assert isinstance(face, WorkFace)
    tag = next(each for each in face.orders if each.order == "O3")
    assert [(each.params["tray"], each.params["why"]) for each in tag.blocked] == [(4, "out_other_bay")]
    world.start("O3")
    world.settle()
    assert world.store.orders["O3"].state is OrderState.RELEASED
    world.give(do.CallTray(4))
    world.settle()
    assert (world.view().bar.code, world.metal) == ("tray_of_other_bay", None)


def test_on_an_island_this_bays_own_trays_are_worked() -> None:
    world = signed_on()
    known(world, 4, is_site_away=True)
    world.start("O4")
    world.settle()
    assert world.state.custody.tray_here in (5, 6)


def test_an_island_that_begins_during_the_work_lets_the_person_go_on_without_the_tray() -> None:
    world = signed_on()
    world.start("O4")
    world.settle()
    other = ({5, 6} - {world.state.custody.tray_here}).pop()
    known(world, other, is_site_away=True)
    world.give(do.Skip(world.state.token))
    world.settle()
    view = world.view()
    assert view.bar.code == "tray_of_other_bay"
    assert world.state.custody.tray_here is None
    offers = {each.action for each in view.face.offers if each.is_allowed}  # type: ignore[union-attr]
    assert {Action.SKIP, Action.LEAVE_WORK} <= offers
    assert Action.CONFIRM not in offers


def test_a_right_to_take_trays_out_of_service_is_no_right_to_another_bays_tray() -> None:
    world = signed_on(ELIF.person)
    known(world, 4, is_site_away=True)
    world.give(do.CallTray(4))
    world.settle()
    assert not isinstance(world.view().face, BayFace)
    assert world.metal is None


def test_the_next_visit_is_higher_than_any_bays() -> None:
    world = signed_on()
    world.store.visits[4] = 7  # the other bay's, as the site tells
    known(world, 4)
    world.give(do.CallTray(4))
    world.settle()
    assert world.state.custody.visit == 8


def test_a_tray_that_is_here_keeps_its_visit_whatever_the_site_says() -> None:
    world = signed_on()
    world.give(do.CallTray(4))
    world.settle()
    here = world.state.custody.visit
    world.store.visits[4] = here + 5
    known(world)
    assert world.state.custody.visit == here
