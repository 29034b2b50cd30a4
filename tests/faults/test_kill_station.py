"""kill -9 of the station at any moment, with the machine going on by itself: nothing acknowledged lost, nothing doubled.

Three times here, thirty times in `./dev soak`.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.tours import PROGRAM, assert_lines_say_what_moved, baylight, environment, events_of, json_of, tour_words

KILLS = 30 if os.environ.get("BAYLIGHT_SOAK") else 3
ORDERS = 4 * KILLS
LONGEST_S = 90.0


def seen_bookings(seen: Path) -> list[dict[str, Any]]:
    """What the screen had shown as booked; a line that the kill cut in two was not finished and does not count."""
    text = seen.read_text(encoding="utf-8") if seen.exists() else ""
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def run_and_kill(words: list[str], seen: Path, *, after_bookings: int, then_s: float) -> None:
    """Start the station, let it book, and kill it without warning."""
    target = len(seen_bookings(seen)) + after_bookings
    station = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment())
    try:
        deadline_s = time.monotonic() + LONGEST_S
        while len(seen_bookings(seen)) < target and station.poll() is None and time.monotonic() < deadline_s:
            wait_a_little(station, 0.05)
        wait_a_little(station, then_s)
    finally:
        station.kill()
        _, complaint = station.communicate()
    assert station.returncode == -9, f"the station ended by itself: {complaint}"


def wait_a_little(station: subprocess.Popen[str], seconds: float) -> None:
    try:
        station.wait(seconds)
    except subprocess.TimeoutExpired:
        return


@pytest.mark.timeout(120 + 60 * KILLS)
def test_killed_station_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    data, seen = tmp_path / "store", tmp_path / "seen"
    chance = random.Random(20261124)
    for number in range(KILLS):
        words = [*PROGRAM, *map(str, tour_words(data, orders=ORDERS if number == 0 else 0)), "--seen", str(seen)]
        run_and_kill(words, seen, after_bookings=chance.randrange(1, 4), then_s=chance.uniform(0.0, 1.5))
    last = baylight(*tour_words(data, orders=0), "--seen", seen, timeout_s=100 + 30 * KILLS)
    summary = json_of(last)

    assert (summary["chain_ok"], summary["stock_ok"]) == (True, True)
    assert summary["confirmed"] + summary["short"] + summary["skipped"] == summary["lines"]
    assert_all_shown_is_booked(data, seen_bookings(seen))
    assert_lines_say_what_moved(data)
    assert json_of(baylight("rebuild", "--data", data, "--station", "DEMO1", "--json"))["same"]


def assert_all_shown_is_booked(data: Path, shown: list[dict[str, Any]]) -> None:
    """Every booking the screen had shown is in the record, by its event: two of the same item in the same place are two."""
    booked = {
        event["id"]: event for event in events_of(data, "picked", "put", "counted", "corrected", "line_closed", "order_started")
    }
    assert shown
    shown = [each for each in shown if each["event"]]  # where the book was right there was nothing to write
    ids = [each["event"] for each in shown]
    assert len(ids) == len(set(ids)), "one booking was shown as two"
    for each in shown:
        assert each["event"] in booked, f"a booking that the screen had shown is lost: {each}"
        event = booked[each["event"]]
        assert all(event[name] == each[name] for name in ("item", "compartment") if name in event and name in each)
