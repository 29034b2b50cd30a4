"""A tray that only a person or the log has named: one touch, one point, and then work. Until then nothing is booked at it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hardware.errors import MOTION_OPENING_OCCUPIED
from hardware.values import LinkDown, LinkUp, MotionResult, Outcome, SafetyCleared, SafetyStopped
from station import commands as do
from station.core.advance import advance
from station.core.effects import Append, Effect, Move
from station.core.inputs import Given, Input, MotionOver, Now, PictureRead
from station.core.state import Rules, StationState
from station.custody import Custody, Here, NotKnown, Verb
from station.faces.present import present
from station.flows import round as rounds
from station.flows.lines import Progress
from station.flows.round_event import BookRead
from station.flows.sign_on import Active
from station.flows.tray_call import Looking, TrayCall
from station.view.action import Action
from station.view.task import TaskFace
from station.view.tray import BayFace
from station.view.view import View
from tests.helpers.sample import MACHINE, MARA, order_tag, place, task, tray

NOW = Now(100.0, datetime(2026, 3, 3, 12, 0, tzinfo=UTC))
TASK = task(at=place(4, "C7"), line="1")
TOLD = Custody(machine=MACHINE, opening="SH1-1", where=Here(4, 1), is_linked=True, needs_touch=True, visits={4: 1})


def feed(state: StationState, *inputs: Input) -> tuple[StationState, list[Effect]]:
    effects: list[Effect] = []
    for each in inputs:
        state, more = advance(state, each, NOW)
        effects += more
    return state, effects


def at_task() -> StationState:
    """The line is open, its book is read, and a person has said that its tray is here."""
    lines = {("O1", "1"): Progress(asked=5)}
    begun, _ = rounds.start(orders=("O1",), tasks=(TASK,), lines=lines, is_resumed=True)
    state = StationState(
        station="S1", simulated="", rules=Rules(), custody=TOLD, session=Active(person=MARA), round=begun, was_resumed=True
    )
    read, moves = feed(state, PictureRead(number=4, picture=tray(4, "C7"), contents=()), BookRead(TASK, 50))
    assert not [each for each in moves if isinstance(each, Move)], "metal may move and nobody has touched"
    return read


def shown(state: StationState) -> View:
    return present(state, {}, NOW)


def offered(view: View) -> set[Action]:
    assert isinstance(view.face, TaskFace | BayFace)
    return {each.action for each in view.face.offers if each.is_allowed}


def touched(state: StationState) -> tuple[StationState, Move]:
    after, effects = feed(state, Given(do.FetchAgain(state.token)))
    (move,) = [each for each in effects if isinstance(each, Move)]
    return after, move


def over(move: Move, outcome: Outcome, code: str = "") -> MotionOver:
    return MotionOver(MotionResult(command_id=move.command, outcome=outcome, code=code, is_lit=True))


def test_a_tray_that_was_only_told_is_not_worked_at_before_a_point_of_it_is_done() -> None:
    state = at_task()
    assert Action.FETCH_AGAIN in offered(shown(state))
    assert shown(state).bar.code == "touch_to_prove"
    state, move = touched(state)
    assert (move.verb, move.tray, move.compartment) == (Verb.POINT, 4, "C7")
    refused, effects = feed(state, Given(do.Confirm(state.token)))
    assert not [each for each in effects if isinstance(each, Append)]
    face = shown(refused).face
    assert isinstance(face, TaskFace)
    assert face.wait is not None
    assert (face.is_here, face.wait.code) == (False, "tray_coming")  # for all we know it is
    state, _ = feed(refused, over(move, Outcome.DONE))
    face = shown(state).face
    assert isinstance(face, TaskFace)
    assert (face.is_here, face.wait) == (True, None)


def test_a_machine_that_has_another_tray_at_the_opening_asks_which() -> None:
    state, move = touched(at_task())
    state, _ = feed(state, over(move, Outcome.NOT_DONE, MOTION_OPENING_OCCUPIED))
    assert state.custody.where == NotKnown(Verb.POINT, 4, move.command)


def test_a_refused_point_is_sent_again_only_after_a_touch() -> None:
    state, move = touched(at_task())
    state, effects = feed(state, over(move, Outcome.NOT_DONE, "L206"))
    assert not [each for each in effects if isinstance(each, Move)]
    assert Action.FETCH_AGAIN in offered(shown(state))
    assert touched(state)[1].verb is Verb.POINT


def at_work() -> StationState:
    """The machine has named the tray and lit the compartment."""
    state, move = touched(at_task())
    state, _ = feed(state, over(move, Outcome.DONE))
    assert shown(state).bar.code == "pick_instruct"
    return state


@pytest.mark.parametrize(
    ("away", "back"),
    [(LinkDown("L101"), LinkUp()), (SafetyStopped("1002"), SafetyCleared()), (SafetyStopped("A-213"), SafetyCleared())],
)
def test_after_a_time_that_nobody_watched_the_machine_must_name_the_tray_again(away: Input, back: Input) -> None:
    state, effects = feed(at_work(), away, back)
    assert not [each for each in effects if isinstance(each, Move)], "a point may move the tray, and nobody has touched"
    refused, effects = feed(state, Given(do.Confirm(state.token)))
    assert not [each for each in effects if isinstance(each, Append) and each.is_awaited]
    assert shown(refused).bar.code == "touch_to_prove"
    state, move = touched(refused)
    state, _ = feed(state, over(move, Outcome.DONE))
    assert Action.CONFIRM in offered(shown(state))


def test_a_hand_in_the_light_curtain_asks_for_no_new_proof() -> None:
    state = at_work()
    state = replace(state, rules=replace(state.rules, stop_causes={"1001": "light_curtain"}))
    state, _ = feed(state, SafetyStopped("1001"), SafetyCleared())
    assert Action.CONFIRM in offered(shown(state))


def test_a_light_that_is_refused_is_said_and_tried_again_by_touch() -> None:
    second = task(at=place(4, "C8"), line="2")
    lines = {("O1", "2"): Progress(asked=5)}
    begun, _ = rounds.start(orders=("O1",), tasks=(second,), lines=lines, is_resumed=True)
    state = replace(at_work(), round=begun)
    state, effects = feed(state, PictureRead(number=4, picture=tray(4, "C7", "C8"), contents=()), BookRead(second, 50))
    (move,) = [each for each in effects if isinstance(each, Move)]
    assert (move.verb, move.compartment) == (Verb.POINT, "C8")
    state, effects = feed(state, over(move, Outcome.NOT_DONE, "L206"))
    assert not [each for each in effects if isinstance(each, Move)]
    assert (shown(state).bar.code, shown(state).bar.error) == ("find_by_map", "L206")
    assert {Action.CONFIRM, Action.LIGHT_AGAIN} <= offered(shown(state))
    assert touched(state)[1].compartment == "C8"


def test_orders_that_are_started_keep_the_tray_that_was_to_leave() -> None:
    state, _ = feed(at_work(), Given(do.LeaveWork(at_work().token)))
    store = state.custody.motion
    assert store is not None
    state, _ = feed(state, MotionOver(MotionResult(command_id=store.command, outcome=Outcome.NOT_DONE, code="L206")))
    state = replace(state, orders=(order_tag("O2"),))
    _, effects = feed(state, Given(do.StartOrders(("O2",))))
    assert not [each for each in effects if isinstance(each, Move)]


def test_a_called_tray_is_proven_without_a_light() -> None:
    call = TrayCall(machine=MACHINE, step=Looking(), tray=4, picture=tray(4, "C7"))
    state = replace(at_task(), round=None, call=call)
    assert Action.FETCH_AGAIN in offered(shown(state))
    state, move = touched(state)
    assert (move.verb, move.compartment, move.point) == (Verb.POINT, "", None)
    state, effects = feed(state, over(move, Outcome.DONE))
    assert not [each for each in effects if isinstance(each, Move)]
    face = shown(state).face
    assert isinstance(face, BayFace)
    assert face.is_here
