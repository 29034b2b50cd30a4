"""The machine is learnt from its own log: known figures come back, also under noise and with stops; a slower one is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hardware.sim.kinematics import Kinematics
from station.planner.learning import LEAST, LearntMachine, Motion, drift, learn
from station.planner.motion_log import Levels, motions_of
from tests.helpers.motion_days import BEGAN, MACHINE, OPENING, MotionDay, even, levels

KNOWN = even(speed=0.8, acceleration=0.5, transfer_s=4.0)


def motions(day: MotionDay, *, known: Levels | None = None) -> tuple[Motion, ...]:
    return motions_of(day.events, machine=MACHINE, opening=OPENING, levels=known or levels())


def learnt(day: MotionDay) -> LearntMachine:
    found = learn(motions(day))
    assert found is not None
    return found


def test_known_figures_come_back() -> None:
    day = MotionDay(KNOWN)
    day.visits(80)
    found = learnt(day)
    assert found.speed_m_s == pytest.approx(0.8, rel=0.01)
    assert found.acceleration_m_s2 == pytest.approx(0.5, rel=0.03)
    assert found.transfer_s == pytest.approx(4.0, abs=0.05)
    assert found.rms_s < 0.02
    assert found.left_out == 0
    assert found.tells_acceleration


def test_noise_is_in_the_residual_and_not_in_the_figures() -> None:
    day = MotionDay(KNOWN, noise_s=0.4)
    day.visits(300)
    found = learnt(day)
    assert found.speed_m_s == pytest.approx(0.8, rel=0.04)
    assert found.transfer_s == pytest.approx(4.0, abs=0.25)
    assert found.rms_s == pytest.approx(0.4, abs=0.08)


def test_stops_that_nobody_told_of_do_not_bend_it() -> None:
    day = MotionDay(KNOWN, noise_s=0.2)
    day.visits(150, stuck_every=6)
    found = learnt(day)
    assert found.speed_m_s == pytest.approx(0.8, rel=0.04)
    assert found.transfer_s == pytest.approx(4.0, abs=0.2)
    assert found.left_out >= 45
    assert found.rms_s < 0.35


def test_a_motion_with_a_stop_in_it_is_none_of_the_machines() -> None:
    day = MotionDay(KNOWN)
    day.visits(30, stuck_every=5, is_told=True)
    assert all(each.seconds < 40 for each in motions(day))
    assert len(motions(day)) == 60 - 12 - 1  # nobody knows where the lift stood before the first one


def test_the_simulated_machine_as_it_is_has_a_residual_and_is_still_foretold() -> None:
    """Two speeds and a settling time are more than the model has."""
    day = MotionDay(Kinematics())
    day.visits(200)
    found = learnt(day)
    assert 0.05 < found.rms_s < 1.0
    off = [each.seconds - found.expected_s(each) for each in motions(day)]
    assert abs(sum(off) / len(off)) < 0.03 * found.mean_s


@pytest.mark.parametrize("slower", [{"loaded_speed": 0.6, "empty_speed": 0.6}, {"transfer_s": 5.0}])
def test_a_machine_that_has_become_slower_is_found(slower: dict[str, float]) -> None:
    before, after = MotionDay(KNOWN, noise_s=0.3), MotionDay(replace(KNOWN, **slower), seed=2, noise_s=0.3)
    before.visits(100)
    after.at = BEGAN + timedelta(days=30)
    after.visits(60)
    found = drift(motions(before), motions(after))
    assert found is not None
    assert found.is_found
    assert found.shift_s > 0.5
    assert found.later is not None
    assert found.later.mean_s > found.earlier.mean_s


def test_a_machine_that_is_as_it_was_is_not() -> None:
    before, after = MotionDay(KNOWN, noise_s=0.5), MotionDay(KNOWN, seed=2, noise_s=0.5)
    before.visits(100)
    after.visits(60, stuck_every=8)
    found = drift(motions(before), motions(after))
    assert found is not None
    assert not found.is_found
    assert abs(found.shift_s) < 0.3


def test_too_little_says_nothing() -> None:
    day = MotionDay(KNOWN)
    day.visits(LEAST // 2)
    assert learn(motions(day)) is None
    assert drift(motions(day), motions(day)) is None


def test_one_way_alone_tells_nothing_apart() -> None:
    day = MotionDay(KNOWN)
    for _ in range(LEAST):
        day.motion("fetch", 7)
        day.motion("store", 7)
    assert learn(motions(day)) is None


def test_after_a_fetch_that_named_the_next_tray_nobody_knows_where_the_lift_is() -> None:
    day = MotionDay(KNOWN)
    day.visits(3)
    first = next(at for at, each in enumerate(day.events) if each[1] == "motion_intended" and each[2]["command"] == 3)
    at, kind, data = day.events[first]
    day.events[first] = (at, kind, {**data, "next_tray": 9})
    assert len(motions(day)) == 6 - 1 - 1


def test_another_bays_fetch_leaves_the_lift_where_nobody_knows() -> None:
    day = MotionDay(KNOWN)
    day.visits(3)
    day.events = [(at, kind, {**data, "opening": "SH1-2"} if data["command"] == 3 else data) for at, kind, data in day.events]
    assert len(motions(day)) == 6 - 1 - 2


def test_trays_without_a_level_are_left_out() -> None:
    day = MotionDay(KNOWN)
    day.visits(40)
    some = levels()
    few = Levels(bay_mm=some.bay_mm, trays_mm={tray: mm for tray, mm in some.trays_mm.items() if tray <= 20})
    assert 0 < len(motions(day, known=few)) < 40
    assert all(each.tray <= 20 for each in motions(day, known=few))
