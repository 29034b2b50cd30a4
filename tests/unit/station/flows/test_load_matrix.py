"""Every step of a load on its way in or out, and every question about one, against everything that can happen. What a step does
not name changes nothing at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from db.records.loads import LoadMissed, LoadPut, LoadTaken
from station import commands as do
from station.flows import load_draft, task_flow
from station.flows.load import MISSING_REASONS, NO_ROOM, AskMissing
from station.flows.load_draft import Full, Limits, LoadDraft, LoadStep, Planned
from station.flows.turn import Book, Booking, Finished, ScannedPlace, ScannedRight, Step, TaskEvent, TaskState, Working
from station.load import load_task
from station.load_plan import LoadPlan
from station.task import Mode
from station.values import Load
from tests.helpers.fake_store import NOON
from tests.helpers.sample import HERE, every_command, every_task_event, place, working

NEW = LoadPlan(load="LD-7")
FOR_L3 = replace(NEW, consumer="L3")
PLAN = LoadPlan(load="LD-7", production_order="FA-1", operation="20", consumer="L3", take_at=NOON)
SCANS = {"ScannedRight", "ScannedPlace", "ScannedWrong"}
AFTER = {"Booked", "BookingFailed"}
BOOKING = Booking(before=Working(), after=Finished())
LEAVING = {"Back", "ClosePage"}

# which way, step -> the kinds of event that it answers to; with a key that is offered
STEPS: list[tuple[Mode, Step, set[str], str]] = [
    (Mode.PUT, Working(), SCANS | {"Confirm", "ElsewherePut", "Skip"}, ""),
    (Mode.PUT, BOOKING, AFTER, ""),
    (Mode.PUT, Finished(), set(), ""),
    (Mode.PICK, Working(), SCANS | {"Confirm", "NotEnough", "Skip"}, ""),
    (Mode.PICK, AskMissing(), {"Choose", "Back"}, "load_not_there"),
    (Mode.PICK, BOOKING, AFTER, ""),
    (Mode.PICK, Finished(), set(), ""),
]


def at(mode: Mode, step: Step) -> TaskState:
    return working(load_task(PLAN, HERE, mode)).at(step)


@pytest.mark.parametrize(("mode", "step", "named", "key"), STEPS)
def test_a_step_answers_to_what_it_names_and_to_nothing_else(mode: Mode, step: Step, named: set[str], key: str) -> None:
    state = at(mode, step)
    events = every_task_event(key=key, of=state.task)
    assert {type(each).__name__ for each in events if task_flow.advance(state, each) != (state, ())} == named


@pytest.mark.parametrize(("mode", "kind"), [(Mode.PUT, LoadPut), (Mode.PICK, LoadTaken)])
@pytest.mark.parametrize(("event", "proof"), [(do.Confirm(1), "touch"), (ScannedRight(), "scan"), (ScannedPlace(), "scan")])
def test_one_scan_or_one_touch_books_it(mode: Mode, kind: type[LoadPut | LoadTaken], event: TaskEvent, proof: str) -> None:
    after, (booking,) = task_flow.advance(at(mode, Working()), event)
    assert after.step == BOOKING
    assert isinstance(booking, Book)
    (record,) = booking.records
    assert isinstance(record, kind)
    assert (record.load, record.compartment, record.production_order, record.proof) == ("LD-7", HERE.compartment, "FA-1", proof)


@pytest.mark.parametrize("reason", MISSING_REASONS)
def test_one_that_is_not_there_is_booked_with_its_reason(reason: str) -> None:
    _, (booking,) = task_flow.advance(at(Mode.PICK, AskMissing()), do.Choose(1, reason))
    assert isinstance(booking, Book)
    assert [(type(each), getattr(each, "reason", "")) for each in booking.records] == [(LoadMissed, reason)]


def test_a_compartment_that_is_full_books_nothing_and_another_one_is_looked_for() -> None:
    after, effects = task_flow.advance(at(Mode.PUT, Working()), do.ElsewherePut(1))
    assert (after.step, effects) == (Finished(missing=1, reason=NO_ROOM), ())


def test_a_wrong_scan_locks_everything_but_the_right_one_and_skip() -> None:
    for mode in (Mode.PUT, Mode.PICK):
        locked, _ = task_flow.advance(at(mode, Working()), next(each for each in every_task_event() if _is_wrong(each)))
        events = every_task_event(of=locked.task)
        answered = {type(each).__name__ for each in events if task_flow.advance(locked, each) != (locked, ())}
        assert answered - {"ScannedWrong"} == {"ScannedRight", "ScannedPlace", "Skip"}


def _is_wrong(event: object) -> bool:
    return type(event).__name__ == "ScannedWrong"


# --- what is asked of one that goes in

L3 = Load(load="LD-1", place=place(4, "C7"), production_order="", operation="", consumer="L3", put_at=NOON, take_at=None)
FREE = Limits(consumers=("L3", "L4"), ceilings={"L3": 2}, loads=(L3,), may_go_over=False)
AT_CEILING = Limits(consumers=("L3", "L4"), ceilings={"L3": 1}, loads=(L3,), may_go_over=False)
MAY_GO_OVER = Limits(consumers=("L3", "L4"), ceilings={"L3": 1}, loads=(L3,), may_go_over=True)

QUESTIONS: list[tuple[LoadStep, Limits, set[str], str]] = [
    (LoadStep.CODE, FREE, LEAVING, ""),
    (LoadStep.ORDER, FREE, LEAVING | {"LeaveOut"}, ""),
    (LoadStep.OPERATION, FREE, LEAVING | {"LeaveOut"}, ""),
    (LoadStep.CONSUMER, FREE, LEAVING | {"Choose"}, "L4"),
    (LoadStep.CONSUMER, FREE, LEAVING | {"Choose"}, "nobody"),
    (LoadStep.CONSUMER, AT_CEILING, LEAVING | {"Choose"}, "L3"),
    (LoadStep.OVER, MAY_GO_OVER, LEAVING | {"Choose"}, "put_over"),
    (LoadStep.OVER, MAY_GO_OVER, LEAVING | {"Choose"}, "leave_it"),
    (LoadStep.WHEN, FREE, LEAVING | {"Choose"}, "load_in_4"),
    (LoadStep.WHEN, FREE, LEAVING | {"Choose"}, "load_not_planned"),
]


@pytest.mark.parametrize(("step", "limits", "named", "key"), QUESTIONS)
def test_a_question_answers_to_what_it_names_and_to_nothing_else(
    step: LoadStep, limits: Limits, named: set[str], key: str
) -> None:
    draft = LoadDraft(step, NEW)
    commands = every_command(key=key)
    answered = {type(each).__name__ for each in commands if load_draft.advance(draft, each, limits=limits, now=NOON) != draft}
    assert answered == named


@pytest.mark.parametrize("step", list(LoadStep))
def test_a_key_that_was_not_offered_is_no_answer_to_any_question(step: LoadStep) -> None:
    draft = LoadDraft(step, NEW)
    assert load_draft.advance(draft, do.Choose(1, "not_offered"), limits=MAY_GO_OVER, now=NOON) == draft


@pytest.mark.parametrize(
    ("step", "limits", "command", "then"),
    [
        (LoadStep.ORDER, FREE, do.LeaveOut(1), LoadDraft(LoadStep.CONSUMER, NEW)),
        (LoadStep.OPERATION, FREE, do.LeaveOut(1), LoadDraft(LoadStep.CONSUMER, NEW)),
        (LoadStep.CONSUMER, FREE, do.Choose(1, "L3"), LoadDraft(LoadStep.WHEN, replace(FOR_L3, ceiling=2))),
        (LoadStep.CONSUMER, FREE, do.Choose(1, "nobody"), LoadDraft(LoadStep.WHEN, NEW)),
        (LoadStep.CONSUMER, AT_CEILING, do.Choose(1, "L3"), Full("L3")),
        (LoadStep.CONSUMER, MAY_GO_OVER, do.Choose(1, "L3"), LoadDraft(LoadStep.OVER, replace(FOR_L3, ceiling=1))),
        (
            LoadStep.OVER,
            MAY_GO_OVER,
            do.Choose(1, "put_over"),
            LoadDraft(LoadStep.WHEN, replace(NEW, over_ceiling=True)),
        ),
        (LoadStep.OVER, MAY_GO_OVER, do.Choose(1, "leave_it"), None),
        (LoadStep.OVER, AT_CEILING, do.Choose(1, "put_over"), None),
        (LoadStep.WHEN, FREE, do.Choose(1, "load_in_4"), Planned(LoadPlan(load="LD-7", take_at=NOON + timedelta(hours=4)))),
        (LoadStep.WHEN, FREE, do.Choose(1, "load_not_planned"), Planned(NEW)),
    ],
)
def test_where_an_answer_leads(step: LoadStep, limits: Limits, command: do.Command, then: load_draft.DraftTurn) -> None:
    assert load_draft.advance(LoadDraft(step, NEW), command, limits=limits, now=NOON) == then


@pytest.mark.parametrize(
    ("step", "then"),
    [
        (LoadStep.CODE, LoadDraft(LoadStep.ORDER, LoadPlan(load="X1"))),
        (LoadStep.ORDER, LoadDraft(LoadStep.OPERATION, LoadPlan(load="LD-7", production_order="X1"))),
        (LoadStep.OPERATION, LoadDraft(LoadStep.CONSUMER, LoadPlan(load="LD-7", operation="X1"))),
        *((step, LoadDraft(step, NEW)) for step in LoadStep if step not in load_draft.TYPED),
    ],
)
def test_a_text_answers_only_where_one_is_typed(step: LoadStep, then: LoadDraft) -> None:
    assert load_draft.said(LoadDraft(step, NEW), "X1") == then
