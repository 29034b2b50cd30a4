"""A station that ended while it asked "is it empty?" asks again: when work is resumed, or when the tray comes anyway."""

from __future__ import annotations

import pytest

from db.records.orders import LineSkipped
from db.records.stock import Counted, Picked
from hardware.values import LinkDown, LinkUp, Outcome
from station import commands as do
from station.custody import NotKnown
from station.flows.turn import Finished
from station.flows.zero_check import AskEmpty
from station.values import StockKey
from station.view.action import Action
from station.view.ask import AskChoice
from station.view.sign_on import HandOverFace
from station.view.task import TaskFace
from station.view.work import WorkFace
from tests.helpers.sample import BOLT, FUSE, JONAS, MARA, place
from tests.helpers.world import World


@pytest.fixture
def asked() -> World:
    """Two fuses were picked, which is all there were, and nobody has said whether D1 of tray 6 is empty."""
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.start("O4")
    world.settle()
    while not isinstance(world.state.round and world.state.round.current and world.state.round.current.step, AskEmpty):
        task = world.state.round.task
        assert task is not None
        world.scan(task.item.code)
        world.give(do.Confirm(world.state.token))
        world.settle()
    assert world.state.round.task.item == FUSE
    return world


def ask_of(world: World) -> str:
    face = world.view().face
    return face.ask.code if isinstance(face, TaskFace) and isinstance(face.ask, AskChoice) else ""


def come_back(world: World, person: str = MARA.person) -> None:
    world.restart()
    world.sign_on(person)
    world.settle()


def answer(world: World, key: str) -> None:
    world.give(do.Choose(world.state.token, key))
    world.settle()


def finish_elsewhere(world: World) -> None:
    """The other line of the order is left, so that only the question is open."""
    world.give(do.LeaveWork(world.state.token))
    world.settle()


def test_after_a_restart_the_question_is_asked_again_and_the_pick_not_repeated(asked: World) -> None:
    come_back(asked)
    world = asked
    world.give(do.FetchAgain(world.state.token))
    world.settle()
    assert ask_of(world) == "is_it_empty"
    answer(world, "yes")
    counts = [each for each in world.store.written if isinstance(each, Counted)]
    assert [(each.compartment, each.counted, each.reason) for each in counts] == [("D1", 0, "zero_check")]
    assert sum(isinstance(each, Picked) and each.item == FUSE.code for each in world.store.written) == 1
    assert world.store.zero_checks("M1") == ()


def test_an_answered_question_is_not_asked_again(asked: World) -> None:
    answer(asked, "yes")
    come_back(asked)
    asked.give(do.FetchAgain(asked.state.token))
    asked.settle()
    assert ask_of(asked) == ""


def test_a_question_without_open_orders_is_work_to_take_up_again(asked: World) -> None:
    finish_elsewhere(asked)
    come_back(asked)
    face = asked.view().face
    assert isinstance(face, TaskFace)
    assert (face.mode, face.order, face.compartment, face.reason) == ("count", "", "D1", "zero_check")


def test_another_person_is_asked_to_take_it_over(asked: World) -> None:
    finish_elsewhere(asked)
    come_back(asked, JONAS.person)
    assert isinstance(asked.view().face, HandOverFace)
    asked.give(do.AnswerHandOver(False))
    asked.settle()
    assert isinstance(asked.view().face, WorkFace)
    assert len(asked.store.zero_checks("M1")) == 1, "left for later is not answered"


def test_it_may_be_skipped_while_the_tray_is_away_and_rides_along_later(asked: World) -> None:
    finish_elsewhere(asked)
    come_back(asked)
    asked.give(do.Skip(asked.state.token))
    asked.settle()
    assert isinstance(asked.view().face, WorkFace)
    assert not any(isinstance(each, LineSkipped) for each in asked.store.written), "there is no line to skip"
    asked.store.held = {(place(6, "C7"), StockKey(item=BOLT.code)): 4}  # the order's other line calls tray 6 again
    asked.start("O4")
    asked.settle()
    work = asked.state.round
    assert work is not None
    assert any(each.is_zero_check for each in work.queue)


def test_a_question_that_can_be_answered_is_not_skipped(asked: World) -> None:
    before = asked.state
    asked.give(do.Skip(before.token))
    assert asked.state.round == before.round
    face = asked.view().face
    assert isinstance(face, TaskFace)
    assert [each.action for each in face.offers] == [Action.LOCK]


def test_with_the_tray_lost_the_question_leaves_a_way_out(asked: World) -> None:
    asked.feed(LinkDown("L101"))
    face = asked.view().face
    assert isinstance(face, TaskFace)
    assert [each.action for each in face.offers if each.is_allowed] == [Action.SKIP, Action.LEAVE_WORK, Action.LOCK]
    assert face.ask is None
    asked.feed(LinkUp())
    asked.give(do.FetchAgain(asked.state.token))
    asked.settle()
    assert ask_of(asked) == "is_it_empty"


def test_a_light_that_does_not_answer_loses_the_tray_and_not_the_question(asked: World) -> None:
    come_back(asked)
    asked.give(do.FetchAgain(asked.state.token))
    asked.read_all()
    while asked.writes:
        asked.write()
    asked.end_motion(Outcome.UNKNOWN)
    asked.settle()
    assert isinstance(asked.state.custody.where, NotKnown)
    asked.give(do.TellTray(6))
    asked.settle()
    asked.give(do.FetchAgain(asked.state.token))
    asked.settle()
    assert ask_of(asked) == "is_it_empty"
    current = asked.state.round and asked.state.round.current
    assert current is not None
    assert not isinstance(current.step, Finished)
