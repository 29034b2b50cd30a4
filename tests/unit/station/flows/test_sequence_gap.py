"""An empty position of a sequence against everything that can happen: only a release lets the rest go on, and only once it is
durable."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.sequence import GapOpened, GapReleased
from station.flows import sequence_gap
from station.flows.round_state import GapAsked
from station.flows.sequence_gap import RELEASE
from station.flows.turn import Book
from tests.helpers.sample import every_task_event

ASKED = GapAsked(order="J1", line="3", sequence="L7", rank=3, ranks=4, item="SENSOR-18", missing=1, reason="no_stock")
RELEASING = replace(ASKED, is_booking=True)


@pytest.mark.parametrize(
    ("gap", "key", "named"),
    [(ASKED, RELEASE, {"Choose"}), (ASKED, "not_offered", set()), (RELEASING, RELEASE, {"Booked", "BookingFailed"})],
)
def test_a_position_answers_to_what_it_names_and_to_nothing_else(gap: GapAsked, key: str, named: set[str]) -> None:
    answered = {type(each).__name__ for each in every_task_event(key=key) if sequence_gap.advance(gap, each) != (gap, ())}
    assert answered == named


def test_it_is_over_when_the_release_is_durable_and_asked_again_when_it_was_refused() -> None:
    events = {type(each).__name__: each for each in every_task_event(key=RELEASE)}
    asked = sequence_gap.advance(ASKED, events["Choose"])
    assert asked == (RELEASING, (Book(records=(GapReleased(order="J1", line="3", sequence="L7", rank=3, released_by=""),)),))
    assert sequence_gap.advance(RELEASING, events["BookingFailed"]) == (ASKED, ())
    assert sequence_gap.advance(RELEASING, events["Booked"]) == (None, ())


def test_the_record_of_an_empty_position_says_what_is_missing_and_why() -> None:
    told = GapOpened(order="J1", line="3", sequence="L7", rank=3, item="SENSOR-18", missing=1, reason="no_stock")
    assert sequence_gap.opened(ASKED) == told
