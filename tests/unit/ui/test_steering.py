"""Which keys are a person's who steers, and which a scanner's."""

from __future__ import annotations

import pytest

from ui.steering import Steer, SteeringKey
from ui.wedge_timing import CUT_SILENCE_MS, LONGEST_GAP_MS


@pytest.mark.parametrize("steer", Steer)
def test_a_key_that_stands_alone_is_a_persons(steer: Steer) -> None:
    keys = SteeringKey()
    assert keys.key(steer, 1000) is None
    assert keys.patience_ms > 0
    assert keys.take() is steer
    assert keys.take() is None
    assert keys.patience_ms == 0


@pytest.mark.parametrize("steer", Steer)
@pytest.mark.parametrize("gap_ms", [0, 8, LONGEST_GAP_MS])
def test_a_key_close_to_a_scanners_key_on_either_side_is_the_scanners(steer: Steer, gap_ms: float) -> None:
    behind = SteeringKey()
    behind.key(None, 1000)
    behind.key(steer, 1000 + gap_ms)
    assert behind.take() is None
    before = SteeringKey()
    before.key(steer, 1000)
    assert before.key(None, 1000 + gap_ms) is None
    assert before.take() is None


@pytest.mark.parametrize("steer", Steer)
def test_the_end_of_a_code_that_comes_late_steers_nothing(steer: Steer) -> None:
    keys = SteeringKey()
    keys.key(None, 1000)
    keys.key(steer, 1000 + CUT_SILENCE_MS)
    assert keys.take() is None
    keys.key(steer, 1000 + 2 * CUT_SILENCE_MS + 1)
    assert keys.take() is steer


def test_a_space_whose_code_comes_late_presses_nothing() -> None:
    keys = SteeringKey()
    keys.key(Steer.PRESS, 1000)
    assert keys.key(None, 1000 + CUT_SILENCE_MS) is None
    assert keys.take() is None


def test_quick_steps_all_count_and_so_does_a_press_before_a_step() -> None:
    keys = SteeringKey()
    assert keys.key(Steer.NEXT, 1000) is None
    assert keys.key(Steer.NEXT, 1100) is Steer.NEXT
    assert keys.key(Steer.PRESS, 1200) is Steer.NEXT
    assert keys.key(Steer.RIGHT, 1300) is Steer.PRESS
    assert keys.take() is Steer.RIGHT


def test_two_scanner_keys_that_steer_are_none() -> None:
    keys = SteeringKey()
    keys.key(Steer.PRESS, 1000)
    assert keys.key(Steer.NEXT, 1008) is None
    assert keys.take() is None
