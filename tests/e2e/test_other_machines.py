"""The headless tour at machines that only answer questions: real orders through the real screens, to what was booked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.tours import assert_lines_say_what_moved, baylight, events_of, json_of, tour_words

ORDERS = 3


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.parametrize("protocol", ["modula-link", "carousel2"])
def test_a_tour_at_another_machine_ends_with_every_line_worked(protocol: str, tmp_path: Path) -> None:
    data = tmp_path / "store"
    summary = json_of(baylight(*tour_words(data, orders=ORDERS), "--protocol", protocol, timeout_s=170))
    assert summary["orders"] == ORDERS
    assert summary["confirmed"] + summary["short"] + summary["skipped"] == summary["lines"]
    assert (summary["chain_ok"], summary["stock_ok"], summary["unexpected_log_lines"]) == (True, True, 0)
    assert_lines_say_what_moved(data)
    intended = {event["command"] for event in events_of(data, "motion_intended")}
    ended = events_of(data, "motion_ended")
    assert {event["command"] for event in ended} == intended
    assert {event["outcome"] for event in ended} == {"done"}
