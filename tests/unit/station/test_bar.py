"""The message bar says what is true of the step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station.custody import Here
from station.faces.bar import bar
from station.flows import pick, zero_check
from station.flows.turn import Step
from tests.helpers.sample import HERE, working
from tests.unit.station.core.test_light import FIRST, SECOND, station_at


@pytest.mark.parametrize(
    ("step", "code"),
    [(pick.AskTaken(), "answer_question"), (zero_check.AskEmpty(), "look_into"), (zero_check.AskLeft(), "look_into")],
)
def test_a_question_after_the_booking_does_not_say_that_nothing_is_booked(step: Step, code: str) -> None:
    state = station_at(SECOND, FIRST)
    assert state.round is not None
    custody = replace(state.custody, where=Here(HERE.tray, 1), is_proven=True)
    asking = replace(state.round, current=working(FIRST).at(step))
    assert bar(replace(state, custody=custody, round=asking)).code == code
