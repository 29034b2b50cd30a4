"""The headless tour at machines of other makes: real orders through the real screens, to what was booked."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.tours import PROGRAM, assert_lines_say_what_moved, baylight, environment, events_of, json_of, tour_words

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
