"""Every step of every flow against everything that can happen. What a step does not name changes nothing at all."""

from dataclasses import replace

import pytest

from station.flows import count, identity, pick, put, task_flow, zero_check
from station.flows.turn import Booking, Finished, Working
from station.task import Mode
from tests.helpers.sample import every_command, every_task_event, task, working

SCANS = {"ScannedRight", "ScannedPlace", "ScannedWrong"}
CURES = {"ScannedRight", "ScannedPlace"}
AFTER = {"Booked", "BookingFailed"}
ASKING = {"EnterNumber", "Back"}

# step -> the kinds of event that it answers to; with an allowed number (2) and key (the second value)
PICK = {
    Working(): ({"Confirm", "NotEnough", "LabelUnreadable", "TookMore", "CountHere", "Skip"} | SCANS, ""),
    pick.AskTaken(): (ASKING, ""),
    pick.AskReason(2): ({"Choose", "Back"}, "damaged"),
    pick.AskRemaining(2, "damaged"): (ASKING, ""),
    pick.AskWhich(2, "not_there", 2): ({"Choose", "Back"}, "take_rest"),
    pick.AskLabel(): ({"EnterText", "Back"} | CURES, ""),
    pick.AskOut(): (ASKING, ""),
    pick.ReturnExcess(7): ({"Choose", "Back"}, "stays_out"),
    pick.AskExcessReason(7): ({"Choose", "Back"}, "asked_by_person"),
    zero_check.AskEmpty(): ({"Choose", "Skip"}, "yes"),
    zero_check.AskLeft(): (ASKING, ""),
    Booking(before=Working(), after=Finished()): (AFTER, ""),
    Finished(): (set(), ""),
}
PUT = {
    Working(): ({"Confirm", "NotEnough", "LabelUnreadable", "ElsewherePut", "CountHere", "Skip"} | SCANS, ""),
    put.AskFits(): (ASKING, ""),
    put.AskWhy(2): ({"Choose", "Back"}, "no_space"),
    put.AskPutLabel(): ({"EnterText", "Back"} | CURES, ""),
    identity.AskLot(5): ({"EnterText", "Back"}, ""),
    identity.AskSerial(5): ({"EnterText", "Back"}, ""),
    identity.AskMeaning(identity.AskLot(5), "L1", "NUT"): ({"Choose", "EnterText", "Back"}, "code"),
    Booking(before=Working(), after=Finished()): (AFTER, ""),
    Finished(): (set(), ""),
}
COUNT = {
    Working(): ({"EnterNumber", "Skip"}, ""),
    count.AskAgain(2): (ASKING | {"Skip"}, ""),
    count.AskPutOff(): ({"Choose", "Back"}, "put_off_urgent"),
    Booking(before=Working(), after=Finished()): (AFTER, ""),
    Finished(): (set(), ""),
}
TABLES = {Mode.PICK: PICK, Mode.PUT: PUT, Mode.COUNT: COUNT}


def cells():
    return list(each_cell())


def each_cell():
    for mode, table in TABLES.items():
        for step, (named, key) in table.items():
            number = 7 if isinstance(step, pick.AskOut) else 2
            for event in every_task_event(number=number, key=key):
                name = type(event).__name__
                yield pytest.param(mode, step, event, name in named, id=f"{mode}-{type(step).__name__}-{name}")


@pytest.mark.parametrize(("mode", "step", "event", "is_named"), cells())
def test_a_step_answers_to_what_it_names_and_to_nothing_else(mode, step, event, is_named):
    state = working(task(mode)).at(step)
    after, effects = task_flow.advance(state, event)
    assert ((after, effects) != (state, ())) is is_named


@pytest.mark.parametrize("step", [identity.AskLot(5), identity.AskSerial(5), identity.AskSerial(5, number=2)])
@pytest.mark.parametrize("event", every_task_event(text="L7"), ids=lambda event: type(event).__name__)
def test_a_code_that_is_being_checked_waits_for_its_verdict_and_leaves_only_the_way_back(step, event):
    state = replace(working(task(Mode.PUT)), serials=("S1",), checking="L7").at(step)
    after, effects = task_flow.advance(state, event)
    assert ((after, effects) != (state, ())) is (type(event).__name__ in {"Back", "CodeChecked"})
    assert after == state or not after.checking


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
