"""What is typed, and why it cannot be accepted."""

from __future__ import annotations

import pytest

from station.view.ask import AskNumber
from ui.entry import refusal_of


@pytest.mark.parametrize(("entry", "refusal"), [("", "no_number"), ("24", "too_few"), ("25", ""), ("40", ""), ("41", "too_many")])
def test_a_number_outside_what_is_possible_says_on_which_side(entry: str, refusal: str) -> None:
    assert refusal_of(AskNumber(code="how_many_out", minimum=25, maximum=40), entry) == refusal
