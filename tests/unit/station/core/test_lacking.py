"""Lines of which nothing is here: the person who starts the order decides what the host is told."""

from __future__ import annotations

from db.records.orders import LineClosed, OrderClosed, OrderStarted
from station import commands as do
from station.values import LineState, OrderState
from station.view.action import Action
from station.view.ask import AskChoice
from station.view.message import Level
from station.view.task import TaskFace
from station.view.work import WorkFace
from tests.helpers.sample import MARA
from tests.helpers.world import World


def asked(order: str) -> World:
    """Somebody has touched Start for this order, and is asked."""
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.StartOrders((order,)))
    world.settle()
    face = world.view().face
    assert isinstance(face, WorkFace)
    assert isinstance(face.ask, AskChoice)
    assert (face.ask.code, face.ask.params["items"]) == ("report_lacking", "SENSOR-18")
    assert [each.action for each in face.offers] == [Action.BACK, Action.LOCK]
    assert not any(isinstance(each, LineClosed | OrderStarted) for each in world.store.written)
    return world


def answer(world: World, key: str) -> None:
    world.give(do.Choose(world.state.token, key))
    world.settle()


def line_state(world: World, order: str, line: str) -> LineState:
    return next(each.state for each in world.store.orders[order].lines if each.line == line)


def test_reported_they_are_closed_short_and_said_before_the_others_are_worked() -> None:
    world = asked("O1")
    answer(world, "report_short")
    assert line_state(world, "O1", "3") is LineState.SHORT
    view = world.view()
    assert isinstance(view.face, TaskFace)
    assert view.flashed is not None
    assert (view.flashed.code, view.flashed.level, view.flashed.params["count"]) == ("booked_shorts", Level.ACT, 1)


def test_left_open_the_others_are_worked_and_the_order_stays_for_later() -> None:
    world = asked("O1")
    answer(world, "leave")
    assert isinstance(world.view().face, TaskFace)
    assert line_state(world, "O1", "3") is LineState.OPEN
    while isinstance(world.view().face, TaskFace):
        face = world.view().face
        assert isinstance(face, TaskFace)
        if isinstance(face.ask, AskChoice):
            answer(world, "yes")
        else:
            world.give(do.Confirm(world.state.token))
            world.settle()
    assert world.store.orders["O1"].state is OrderState.RELEASED
    assert line_state(world, "O1", "3") is LineState.OPEN
    assert not any(isinstance(each, OrderClosed) for each in world.store.written)


def test_left_open_with_nothing_else_to_do_nothing_is_started() -> None:
    world = asked("O5")
    answer(world, "leave")
    assert isinstance(world.view().face, WorkFace)
    assert not any(isinstance(each, OrderStarted) for each in world.store.written)
    answer_again = asked("O5")
    answer(answer_again, "report_short")
    assert line_state(answer_again, "O5", "1") is LineState.SHORT


def test_back_starts_nothing() -> None:
    world = asked("O1")
    world.give(do.Back(world.state.token))
    world.settle()
    face = world.view().face
    assert isinstance(face, WorkFace)
    assert face.ask is None
    assert not any(isinstance(each, OrderStarted) for each in world.store.written)


def test_after_a_restart_they_are_neither_reported_nor_asked_about_again() -> None:
    world = asked("O1")
    answer(world, "leave")
    world.restart()
    world.sign_on(MARA.person)
    world.settle()
    assert isinstance(world.view().face, TaskFace)
    assert line_state(world, "O1", "3") is LineState.OPEN


def test_what_lacks_only_since_the_question_was_asked_is_asked_about_again() -> None:
    world = asked("O1")
    for key in [key for key in world.store.held if key[1].item == "NUT-M8"]:
        world.store.held[key] = 0  # an import takes the nuts while the person reads
    answer(world, "report_short")
    face = world.view().face
    assert isinstance(face, WorkFace)
    assert isinstance(face.ask, AskChoice)
    assert face.ask.params["items"] == "NUT-M8, SENSOR-18"
    assert not any(isinstance(each, LineClosed) for each in world.store.written)
    answer(world, "report_short")
    assert line_state(world, "O1", "2") is LineState.SHORT
