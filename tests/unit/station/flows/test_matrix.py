"""Every step of every flow against everything that can happen. What a step does not name changes nothing at all."""

from dataclasses import replace

import pytest

from station.count_tolerance import CountTolerance
from station.flows import (
    blocked,
    count,
    defect,
    departure,
    identity,
    load,
    open_pack,
    pick,
    put,
    task_flow,
    tote_share,
    zero_check,
)
from station.flows.turn import Booking, Finished, Step, Working
from station.task import Mode
from tests.helpers.sample import every_command, every_task_event, task, working

SCANS = {"ScannedRight", "ScannedPlace", "ScannedWrong"}
CURES = {"ScannedRight", "ScannedPlace"}
AFTER = {"Booked", "BookingFailed"}
ASKING = {"EnterNumber", "Back"}

NUMBERS = {pick.AskOut: 7, identity.AskExpiry: 20270331}  # an allowed figure, where 2 is none

# step -> the kinds of event that it answers to; with an allowed number (2) and key (the second value)
PICK = {
    Working(): ({"Confirm", "NotEnough", "LabelUnreadable", "TookMore", "CountHere", "OtherLot", "Skip"} | SCANS, ""),
    pick.AskTaken(): (ASKING, ""),
    pick.AskReason(2): ({"Choose", "Back"}, "damaged"),
    pick.AskRemaining(2, "damaged"): (ASKING, ""),
    pick.AskWhich(2, "not_there", 2): ({"Choose", "Back"}, "take_rest"),
    pick.AskLabel(): ({"EnterText", "Back"} | CURES, ""),
    pick.AskOut(): (ASKING, ""),
    pick.ReturnExcess(7): ({"Choose", "Back"}, "stays_out"),
    pick.AskExcessReason(7): ({"Choose", "Back"}, "asked_by_person"),
    departure.Seeking(): ({"LotsFound", "Back"}, ""),
    departure.AskOtherLot((task(quantity=4),)): ({"Choose", "Back"}, "0"),
    departure.AskDeparture(task(quantity=4)): ({"Choose", "Back"}, "lot_damaged"),
    zero_check.AskEmpty(): ({"Choose", "Skip"}, "yes"),
    zero_check.AskLeft(): (ASKING, ""),
    zero_check.AskLeft(0, (3,)): (ASKING, ""),
    Booking(before=Working(), after=Finished()): (AFTER, ""),
    Finished(): (set(), ""),
}
PUT = {
    Working(): ({"Confirm", "NotEnough", "LabelUnreadable", "ElsewherePut", "CountHere", "Skip"} | SCANS, ""),
    put.AskFits(): (ASKING, ""),
    put.AskWhy(2): ({"Choose", "Back"}, "no_space"),
    put.AskPutLabel(): ({"EnterText", "Back"} | CURES, ""),
    identity.AskLot(5): ({"EnterText", "Back"}, ""),
    identity.AskExpiry(5): (ASKING | {"EnterText"}, ""),
    identity.AskSerial(5): ({"EnterText", "Back"}, ""),
    identity.AskMeaning(identity.AskLot(5), "L1", "NUT"): ({"Choose", "EnterText", "Back"}, "code"),
    Booking(before=Working(), after=Finished()): (AFTER, ""),
    Finished(): (set(), ""),
}
COUNT = {
    Working(): ({"EnterNumber", "Skip"}, ""),
    count.AskAgain((3,)): ({"EnterNumber", "Skip"}, ""),
    count.AskOffer(): ({"Choose", "Skip"}, "take"),
    zero_check.AskEmpty(): ({"Choose", "Skip"}, "yes"),
    count.AskPutOff(): ({"Choose", "Back"}, "put_off_urgent"),
    Booking(before=Working(), after=Finished()): (AFTER, ""),
    Finished(): (set(), ""),
}
# steps whose rows stand beside the flow that they are of
ELSEWHERE = {
    *(
        tote_share.Distributing,
        tote_share.AskShares,
        tote_share.AskShare,
        tote_share.AskFull,
        tote_share.AskInto,
        tote_share.PutBack,
    ),
    *(open_pack.PutRestBack, blocked.PutBlockedBack, defect.Holding, load.AskMissing),
}
TABLES = {Mode.PICK: PICK, Mode.PUT: PUT, Mode.COUNT: COUNT}


COUNTED = {
    Mode.PICK: {step: PICK[step] for step in PICK if isinstance(step, zero_check.AskEmpty | zero_check.AskLeft)},
    Mode.COUNT: COUNT,
}


def rows(tables=TABLES):
    return [
        pytest.param(mode, step, named, key, id=f"{mode}-{type(step).__name__}")
        for mode, table in tables.items()
        for step, (named, key) in table.items()
    ]


def test_no_step_is_without_a_row():
    known = {type(step).__name__ for table in TABLES.values() for step in table}
    assert {each.__name__ for each in Step.__subclasses__()} - known == {each.__name__ for each in ELSEWHERE}


def wrongly_answered(state, named, key):
    """The events that the step answers to and does not name, or the other way round."""
    number = NUMBERS.get(type(state.step), 2)
    events = every_task_event(number=number, key=key, text=str(number), of=state.task)
    return [event for event in events if (task_flow.advance(state, event) != (state, ())) is not (type(event).__name__ in named)]


@pytest.mark.parametrize(("mode", "step", "named", "key"), rows())
def test_a_step_answers_to_what_it_names_and_to_nothing_else(mode, step, named, key):
    state = working(task(mode)).at(step)
    assert wrongly_answered(state, named, key) == []


@pytest.mark.parametrize(("mode", "step", "named", "key"), rows(COUNTED))
def test_and_so_where_a_count_may_wait_for_somebody_else(mode, step, named, key):
    state = replace(working(task(mode)), tolerance=CountTolerance(2), by="p1").at(step)
    assert wrongly_answered(state, named, key) == []


@pytest.mark.parametrize("step", [identity.AskLot(5), identity.AskSerial(5), identity.AskSerial(5, number=2)])
def test_a_code_that_is_being_checked_waits_for_its_verdict_and_leaves_only_the_way_back(step):
    state = replace(working(task(Mode.PUT)), serials=("S1",), checking="L7").at(step)
    for event in every_task_event(text="L7"):
        after, effects = task_flow.advance(state, event)
        assert ((after, effects) != (state, ())) is (type(event).__name__ in {"Back", "CodeChecked"}), event
        assert after == state or not after.checking, event


@pytest.mark.parametrize("mode", list(TABLES))
@pytest.mark.parametrize("number", [-1, -1000])
def test_a_number_below_zero_is_no_answer_to_any_question(mode, number):
    for step in TABLES[mode]:
        state = working(task(mode)).at(step)
        for event in every_command(number=number):
            if type(event).__name__ == "EnterNumber":
                assert task_flow.advance(state, event) == (state, ())


@pytest.mark.parametrize("mode", list(TABLES))
def test_a_key_that_was_not_offered_is_no_answer_to_any_question(mode):
    for step in TABLES[mode]:
        state = working(task(mode)).at(step)
        for event in every_command(key="not_offered"):
            if type(event).__name__ == "Choose":
                assert task_flow.advance(state, event) == (state, ())
