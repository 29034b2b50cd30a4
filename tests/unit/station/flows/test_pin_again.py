"""The PIN once more: right, wrong, too often wrong, given up; and a matrix of everything else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.people import PinRefused
from station import commands as do
from station.flows.pin_again import Asking, Confirmed, GivenUp, advance
from station.flows.session import CheckPin, NoteSignOn, PinChecked, SaySignOn
from tests.helpers.sample import JONAS, every_command

ASKING = Asking(act="label_unreadable", by=JONAS, person=JONAS)
CHECKING = replace(ASKING, is_checking=True)


def test_the_typed_pin_is_checked_for_the_person_who_is_signed_on_and_never_shown() -> None:
    after, effects = advance(ASKING, do.EnterPin("482915"), 10.0)
    assert (after, effects) == (CHECKING, (CheckPin(JONAS, "482915"),))
    assert "482915" not in repr((after, effects, do.EnterPin("482915")))


def test_the_right_pin_confirms_and_a_second_one_meanwhile_does_nothing() -> None:
    assert advance(CHECKING, do.EnterPin("482915"), 10.0) == (CHECKING, ())
    assert advance(CHECKING, PinChecked("ok"), 10.0) == (Confirmed(JONAS), ())


def test_a_wrong_pin_is_in_the_record_and_the_next_waits_for_its_time() -> None:
    after, effects = advance(CHECKING, PinChecked("wrong_pin", 30.0), 10.0)
    assert after == replace(ASKING, retry_at_s=40.0)
    notes = [each for each in effects if isinstance(each, NoteSignOn)]
    refused = PinRefused(person=JONAS.person, act="label_unreadable", reason="wrong_pin")
    assert notes == [NoteSignOn((refused,), JONAS.person, "supervisor")]
    assert [each.message.code for each in effects if isinstance(each, SaySignOn)] == ["wrong_pin_wait"]
    assert isinstance(after, Asking)
    assert advance(after, do.EnterPin("482915"), 39.9) == (after, ())
    assert advance(after, do.EnterPin("482915"), 40.0)[0] == replace(after, is_checking=True)


@pytest.mark.parametrize("verdict", ["locked", "disabled"])
def test_who_is_locked_out_does_nothing_more(verdict: str) -> None:
    assert advance(CHECKING, PinChecked(verdict), 10.0)[0] == GivenUp(is_locked_out=True)


@pytest.mark.parametrize("event", [do.Back(1), do.CancelSignOn()])
def test_back_gives_up_but_not_while_the_pin_is_looked_at(event: do.Command) -> None:
    assert advance(ASKING, event, 10.0) == (GivenUp(), ())
    assert advance(CHECKING, event, 10.0) == (CHECKING, ())


def test_nothing_else_means_anything_here() -> None:
    others = [each for each in every_command() if not isinstance(each, do.Back | do.CancelSignOn | do.EnterPin)]
    assert len(others) > 30
    for each in others:
        assert advance(ASKING, each, 10.0) == (ASKING, ())
    assert advance(ASKING, PinChecked("ok"), 10.0) == (ASKING, ())
