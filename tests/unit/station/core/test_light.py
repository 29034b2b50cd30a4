"""The pointer: every tray is called with the light of its task, and the light is in the name of the person who works."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hardware.values import MotionResult, Outcome, PointAt
from station.core.advance import advance
from station.core.effects import Effect, Move
from station.core.inputs import Input, MotionOver, Now, PictureRead
from station.core.state import Rules, StationState
from station.custody import Custody, Here, Verb
from station.flows import round as rounds
from station.flows.lines import Progress
from station.flows.round_event import BookRead
from station.flows.sign_on import Active, Locked
from station.task import Task
from tests.helpers.sample import MACHINE, MARA, place, task, tray

NOW = Now(100.0, datetime(2026, 3, 3, 12, 0, tzinfo=UTC))
FIRST = task(at=place(4, "C7"), line="1")
SECOND = task(at=place(9, "B2"), line="2")
PICTURES = {4: tray(4, "A1", "C7"), 9: tray(9, "B1", "B2")}


def picture(number: int) -> PictureRead:
    return PictureRead(number=number, picture=PICTURES[number], contents=())


def station_at(done: Task, then: Task) -> StationState:
    """A station whose round has just turned from one task to the next, which is on another tray."""
    lines = {("O1", then.line): Progress(asked=5)}
    begun, _ = rounds.start(orders=("O1",), tasks=(then,), lines=lines, is_resumed=True)
    custody = Custody(machine=MACHINE, opening="SH1-1", where=Here(done.place.tray, 1), is_linked=True)
    return StationState(
        station="S1", simulated="", rules=Rules(), custody=custody, session=Active(person=MARA), round=begun, was_resumed=True
    )


def feed(state: StationState, *inputs: Input) -> tuple[StationState, list[Effect]]:
    effects: list[Effect] = []
    for each in inputs:
        state, more = advance(state, each, NOW)
        effects += more
    return state, effects


def test_a_late_picture_of_the_tray_before_does_not_put_the_light_out() -> None:
    state, moves = feed(station_at(FIRST, SECOND), picture(9), _book(SECOND), picture(4))
    store = next(each for each in moves if isinstance(each, Move))
    assert store.verb is Verb.STORE
    state, moves = feed(state, MotionOver(MotionResult(command_id=store.command, outcome=Outcome.DONE)))
    fetch = next(each for each in moves if isinstance(each, Move))
    assert (fetch.verb, fetch.tray, fetch.compartment) == (Verb.FETCH, 9, "B2")
    assert fetch.point == PointAt(*_centre(9, "B2"))


def test_a_motion_is_in_the_name_of_the_person_who_works() -> None:
    _, moves = feed(station_at(FIRST, SECOND), picture(9), _book(SECOND))
    move = next(each for each in moves if isinstance(each, Move))
    assert (move.operator, move.role) == (MARA.person, str(MARA.role))


def test_nobody_signed_on_moves_nothing() -> None:
    state = replace(station_at(FIRST, SECOND), session=Locked(owner=MARA, since_s=0.0))
    _, moves = feed(state, picture(9), _book(SECOND))
    assert not [each for each in moves if isinstance(each, Move)]


def _book(about: Task) -> BookRead:
    return BookRead(about, 50)


def _centre(number: int, label: str) -> tuple[int, int]:
    found = PICTURES[number].compartment(label)
    assert found is not None
    return found.centre_mm
