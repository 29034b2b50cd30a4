"""How long a lift behind a slow PLC is waited for: never less than the PLC may take for its answer."""

from __future__ import annotations

import dataclasses
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hardware.config import LiftTiming
from hardware.devices.register_map.driver import timing_behind_plc
from hardware.devices.register_map.map_file import load_map
from hardware.devices.register_map.reads import read_requests
from hardware.devices.register_map.register_map import RegisterMap


def over(*, response_s: float, late_s: float) -> LiftTiming:
    found: RegisterMap = load_map("plc-lift")
    return timing_behind_plc(LiftTiming(), replace(found, line=replace(found.line, response_s=response_s, late_s=late_s)))


def test_a_usual_plc_changes_nothing() -> None:
    assert over(response_s=0.5, late_s=1.0) == over(response_s=0.05, late_s=0.0) == LiftTiming()


@given(st.floats(0.05, 10.0), st.floats(0.0, 10.0))
def test_the_status_under_way_and_the_one_after_it_come_in_time_from_a_plc_that_uses_all_its_time(
    response_s: float, late_s: float
) -> None:
    timing, asked = over(response_s=response_s, late_s=late_s), len(read_requests(load_map("plc-lift")))
    assert min(timing.status_s, timing.accepted_s) >= 2 * asked * response_s


def test_a_plc_that_may_take_a_second_is_waited_for_and_nothing_else_is_longer() -> None:
    longest_s = 2.0 * len(read_requests(load_map("plc-lift")))
    assert over(response_s=1.0, late_s=1.0) == replace(LiftTiming(), status_s=longest_s, accepted_s=longest_s)


@given(st.floats(0.05, 10.0), st.floats(0.0, 10.0))
def test_a_request_is_not_given_up_while_its_answer_may_still_come(response_s: float, late_s: float) -> None:
    timing = over(response_s=response_s, late_s=late_s)
    assert timing.silence_s / 3 > response_s, "a third of it is the patience with one request (hardware/lift/asking.py)"
    assert min(timing.status_s, timing.accepted_s) > response_s + late_s


def test_everything_that_waits_for_an_answer_waits_longer() -> None:
    slow, usual = over(response_s=3.0, late_s=2.0), LiftTiming()
    longer = {each.name for each in dataclasses.fields(usual) if getattr(slow, each.name) > getattr(usual, each.name)}
    assert longer == {"silence_s", "status_s", "accepted_s", "fetch_s", "store_s", "point_s"}
