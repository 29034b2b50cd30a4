"""A person who is disabled while he works goes on no further: the screen locks, and the next person takes his work over."""

from dataclasses import replace

from db.records.people import HandedOver, Unattended
from db.records.stock import Picked
from station import commands as do
from station.core.inputs import SiteChanged
from station.view.sign_on import HandOverFace, LockedFace, SignOnFace
from station.view.task import TaskFace
from tests.helpers.sample import JONAS, MARA
from tests.helpers.world import World


def at_the_task() -> World:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.start("O1")
    world.settle()
    return world


def disable(world: World, person: str) -> None:
    """Somebody at a command line disables the person; the station hears that the site has changed."""
    world.store.persons[person] = replace(world.store.persons[person], is_active=False)
    world.feed(SiteChanged())
    world.settle()


def test_the_screen_locks_at_once_and_says_why():
    world = at_the_task()
    disable(world, MARA.person)
    view = world.view()
    assert isinstance(view.face, LockedFace)
    assert (view.bar.code, view.face.is_closed, view.face.by_badge_alone) == ("person_closed", True, False)
    assert world.store.written[-1] == Unattended(person=MARA.person, tray=4, why="disabled")
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert not [each for each in world.store.written if isinstance(each, Picked)]


def test_his_badge_does_not_open_it_and_the_next_person_takes_the_work_over():
    world = at_the_task()
    disable(world, MARA.person)
    world.scan(MARA.person)
    world.settle()
    assert isinstance(world.view().face, LockedFace)
    assert world.view().bar.code == "disabled"
    world.sign_on(JONAS.person)
    assert isinstance(world.view().face, HandOverFace)
    world.give(do.AnswerHandOver(True))
    world.settle()
    assert isinstance(world.view().face, TaskFace)
    handed = [each for each in world.store.written if isinstance(each, HandedOver)]
    assert [(each.from_person, each.to_person) for each in handed] == [(MARA.person, JONAS.person)]


def test_at_the_work_list_he_is_signed_off():
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    disable(world, MARA.person)
    assert isinstance(world.view().face, SignOnFace)
    assert world.view().bar.code == "person_closed"


def test_who_is_disabled_while_his_pin_is_checked_does_not_work():
    world = World()
    world.scan(MARA.person)
    world.pass_gate()
    world.give(do.EnterPin("123456"))
    disable(world, MARA.person)
    world.settle()
    assert isinstance(world.view().face, SignOnFace)


def test_a_locked_screen_says_no_more_that_his_badge_opens_it():
    world = at_the_task()
    world.give(do.LockScreen())
    world.settle()
    disable(world, MARA.person)
    face = world.view().face
    assert isinstance(face, LockedFace)
    assert (face.is_closed, face.by_badge_alone) == (True, False)


def test_another_change_of_the_site_disturbs_nobody():
    world = at_the_task()
    disable(world, JONAS.person)
    assert isinstance(world.view().face, TaskFace)
