"""A motion is written before its bytes leave, and the pointer is dark before a tray moves."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from hardware.errors import LINE_DOWN, MOTION_BUSY, DeviceError
from hardware.values import BayTexts, LiftStatus, MotionResult, Outcome
from station.core.effects import Move, ReadStatus
from station.core.inputs import MotionNotWritten, MotionOver, StatusTold
from station.custody import Verb
from station.mover import Mover
from tests.helpers.fake_store import DISK_FULL, FakeStore


@dataclass
class Story:
    """Lift, pointer and store as one list of what happened, in its order."""

    result: MotionResult | DeviceError
    store: FakeStore = field(default_factory=FakeStore)
    told: list[object] = field(default_factory=list)

    def append(self, records, *, operator="", role=""):
        self.told.append(records[0].kind)
        return self.store.append(records, operator=operator, role=role)

    async def dark(self):
        self.told.append("pointer dark")

    async def fetch(self, command):
        return self._sent("fetch")

    async def store_tray(self, command):
        return self._sent("store")

    async def point(self, command):
        return self._sent("point")

    def _sent(self, verb):
        self.told.append(verb)
        if isinstance(self.result, DeviceError):
            raise self.result
        return self.result


@dataclass
class StoryLift:
    story: Story

    def __getattr__(self, name):
        return getattr(self.story, "store_tray" if name == "store" else name)


def move(verb, story):
    """What is fed back at the end."""
    mover = Mover(StoryLift(story), story, machine="M1", opening="SH1-1", pointer=story)
    effect = Move(command=8, verb=verb, tray=4, compartment="C7", texts=BayTexts(quantity="5 pcs", part="BOLT-M8"))
    fed = []
    asyncio.run(mover.move(effect, fed.append))
    assert len(fed) == 1
    return fed[0]


def ended(outcome):
    return MotionResult(command_id=8, outcome=outcome, tray=4, is_lit=True)


@pytest.mark.parametrize(
    ("verb", "told"),
    [
        (Verb.FETCH, ["pointer dark", "motion_intended", "fetch"]),
        (Verb.STORE, ["pointer dark", "motion_intended", "store"]),
        (Verb.POINT, ["pointer dark", "motion_intended", "point"]),
    ],
)
def test_the_pointer_is_dark_and_the_intent_durable_before_the_command_leaves(verb, told):
    story = Story(ended(Outcome.DONE))
    assert move(verb, story) == MotionOver(ended(Outcome.DONE))
    assert story.told == told
    assert story.store.written[0].command == 8


@pytest.mark.parametrize("verb", [Verb.FETCH, Verb.POINT])
def test_at_a_machine_without_a_pointer_the_light_of_its_own_counts(verb):
    dark = replace(ended(Outcome.DONE), is_lit=False)
    assert move(verb, Story(dark)) == MotionOver(replace(dark, is_lit=True))


@pytest.mark.parametrize("outcome", [Outcome.NOT_DONE, Outcome.UNKNOWN])
def test_nothing_is_lit_by_a_command_that_was_not_done(outcome):
    dark = replace(ended(outcome), is_lit=False)
    assert move(Verb.FETCH, Story(dark)) == MotionOver(dark)


@pytest.mark.parametrize("outcome", [Outcome.NOT_DONE, Outcome.UNKNOWN])
def test_a_tray_that_did_not_come_is_not_called_again(outcome):
    story = Story(ended(outcome))
    assert move(Verb.FETCH, story) == MotionOver(ended(outcome))
    assert story.told == ["pointer dark", "motion_intended", "fetch"]


def test_nothing_is_sent_when_the_intent_cannot_be_written(expect_log):
    expect_log("the intent of fetch 4 was not written")
    story = Story(ended(Outcome.DONE), FakeStore(refuses=DISK_FULL))
    assert move(Verb.FETCH, story) == MotionNotWritten(8, DISK_FULL)
    assert "fetch" not in story.told


def test_a_refusal_by_the_port_is_a_result_with_its_outcome(expect_log):
    expect_log("the lift refused fetch 4")
    refused = DeviceError(MOTION_BUSY, "busy", outcome=Outcome.NOT_DONE)
    over = move(Verb.FETCH, Story(refused))
    assert (over.result.command_id, over.result.outcome, over.result.code) == (8, Outcome.NOT_DONE, MOTION_BUSY)


def test_a_command_that_has_not_left_when_the_station_is_stopped_does_not_leave_and_its_end_is_known():
    story = Story(ended(Outcome.DONE))
    mover = Mover(StoryLift(story), story, machine="M1", opening="SH1-1", pointer=story)
    fed = []

    async def day():
        moving = asyncio.create_task(mover.move(Move(command=8, verb=Verb.FETCH, tray=4), fed.append))
        await asyncio.sleep(0)  # its intent is on its way to the disk
        assert story.told[-1] == "motion_intended"
        mover.stop(last_command=8)
        await moving
        await mover.move(Move(command=9, verb=Verb.POINT, tray=4), fed.append)

    asyncio.run(day())
    assert [each for each in story.told if each in ("fetch", "point")] == ["point"], "a light may still be put out"
    assert (fed[0].result.command_id, fed[0].result.outcome, fed[0].result.code) == (8, Outcome.NOT_DONE, LINE_DOWN)


def test_a_command_that_is_called_back_before_its_intent_leaves_nothing_in_the_record():
    story = Story(ended(Outcome.DONE))
    mover = Mover(StoryLift(story), story, machine="M1", opening="SH1-1", pointer=story)
    mover.stop(last_command=8)
    fed = []
    asyncio.run(mover.move(Move(command=8, verb=Verb.FETCH, tray=4), fed.append))
    assert (story.told, fed) == (["pointer dark"], [])


@dataclass
class Asked:
    """A lift that is asked how it is; the pauses before the questions are kept."""

    answer: LiftStatus | DeviceError
    told: list[object] = field(default_factory=list)

    async def status(self):
        self.told.append("status")
        if isinstance(self.answer, DeviceError):
            raise self.answer
        return self.answer

    async def pause(self, seconds):
        self.told.append(seconds)


@pytest.mark.parametrize(
    ("answer", "said"),
    [(LiftStatus(ready=True, tray=4), LiftStatus(ready=True, tray=4)), (DeviceError("L102", "no answer"), None)],
)
def test_a_question_is_asked_after_its_pause_and_an_unread_answer_is_told_too(answer, said):
    lift, fed = Asked(answer), []
    mover = Mover(lift, FakeStore(), machine="M1", opening="SH1-1", pause=lift.pause)
    asyncio.run(mover.read_status(ReadStatus(7, 1.0), fed.append))
    assert fed == [StatusTold(7, said)]
    assert lift.told == [1.0, "status"]


def test_a_question_that_still_waits_when_the_station_is_stopped_is_not_asked():
    lift, fed = Asked(LiftStatus(ready=True)), []

    async def pause(seconds):
        mover.stop(last_command=0)

    mover = Mover(lift, FakeStore(), machine="M1", opening="SH1-1", pause=pause)
    asyncio.run(mover.read_status(ReadStatus(7, 1.0), fed.append))
    assert (lift.told, fed) == ([], [])
