"""The headless tour at machines of other makes: real orders through the real screens, to what was booked."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from tests.helpers.tours import (
    PROGRAM,
    assert_lines_say_what_moved,
    baylight,
    environment,
    events_of,
    json_of,
    rows_of,
    tour_words,
)

ORDERS = 3


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.parametrize("protocol", ["hostcom", "modula-link", "modbus", "carousel2"])
def test_a_tour_at_another_machine_ends_with_every_line_worked(protocol: str, tmp_path: Path) -> None:
    data = tmp_path / "store"
    assert_all_is_worked(data, json_of(baylight(*tour_words(data, orders=ORDERS), "--protocol", protocol, timeout_s=170)))


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_tour_at_a_pod_of_two_carousels_ends_with_every_line_worked(tmp_path: Path) -> None:
    data, file = tmp_path / "store", tmp_path / "carousel.json"
    carousels = {"C1": {"bins": list(range(1, 21)), "opening": "SH1-1"}}
    file.write_text(json.dumps({"kind": "carousel", "carousels": carousels}), encoding="utf-8")
    with ExitStack() as stack:
        first, second = (stack.enter_context(carousel(file)) for _ in range(2))
        words = ("--protocol", "carousel2", "--machine", f"{first}#1-20, {second}#21-40")
        summary = json_of(baylight(*tour_words(data, orders=ORDERS), *words, timeout_s=170))
    assert_all_is_worked(data, summary)
    bins = {event["tray"] for event in events_of(data, "motion_intended")}
    assert min(bins) <= 20 < max(bins), "only one of the two was turned"


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_tray_that_the_round_named_before_comes_sooner(tmp_path: Path) -> None:
    data = tmp_path / "store"
    words = (*tour_words(data, orders=ORDERS, speed=40), "--together", ORDERS, "--prefetch")
    assert_all_is_worked(data, json_of(baylight(*words, timeout_s=170)))
    named, unnamed = fetch_times_s(data)
    assert len(named) > 5
    assert mean(named) < 0.5 * mean(unnamed), (named, unnamed)


def fetch_times_s(data: Path) -> tuple[list[float], list[float]]:
    """From the intent to the end, of the fetches whose tray the fetch before had named as the next, and of the others."""
    named, unnamed, begun = [], [], {}
    wish = None
    for row in rows_of(baylight("events", "--data", data, "--json", "--kind", "motion_intended", "--kind", "motion_ended")):
        at_s, fact = datetime.fromisoformat(row["at"]).timestamp(), json.loads(row["body"])["data"]
        if row["kind"] == "motion_intended" and fact["verb"] == "fetch":
            begun[fact["command"]] = (at_s, fact["tray"] == wish)
            wish = fact.get("next_tray")
        elif fact["command"] in begun:
            began_s, was_named = begun[fact["command"]]
            (named if was_named else unnamed).append(at_s - began_s)
    return named, unnamed


@contextmanager
def carousel(file: Path) -> Iterator[str]:
    """A simulated carousel as a process of its own; its address."""
    words = ("simulate", "--protocol", "carousel2", "--listen", "tcp:0", "--machine", str(file), "--speed", "200")
    with subprocess.Popen([*PROGRAM, *words], stdout=subprocess.PIPE, text=True, env=environment()) as process:
        try:
            yield json.loads(process.stdout.readline() if process.stdout else "")["url"]
        finally:
            process.terminate()


def assert_all_is_worked(data: Path, summary: dict[str, Any]) -> None:
    """Every line has its end, every motion was intended before and ended done, and the proof holds."""
    assert summary["orders"] == ORDERS
    assert summary["confirmed"] + summary["short"] + summary["skipped"] == summary["lines"]
    assert (summary["chain_ok"], summary["stock_ok"], summary["unexpected_log_lines"]) == (True, True, 0)
    assert_lines_say_what_moved(data)
    intended = {event["command"] for event in events_of(data, "motion_intended")}
    ended = events_of(data, "motion_ended")
    assert {event["command"] for event in ended} == intended
    assert {event["outcome"] for event in ended} == {"done"}
