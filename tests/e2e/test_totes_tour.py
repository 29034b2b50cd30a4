"""The headless tour with put places: orders that are started together go into totes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.helpers.tours import assert_lines_say_what_moved, baylight, events_of, json_of, tour_words


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_orders_started_together_go_into_their_totes_and_no_piece_is_lost(tmp_path: Path) -> None:
    data = tmp_path / "store"
    words = tour_words(data, orders=9)
    summary = json_of(baylight(*words, "--together", 3, "--totes", 3, timeout_s=280))
    assert (summary["chain_ok"], summary["stock_ok"], summary["unexpected_log_lines"]) == (True, True, 0)
    assert summary["confirmed"] + summary["short"] + summary["skipped"] == summary["lines"]
    assert_lines_say_what_moved(data)
    totes = {each["tote"]: each["order"] for each in events_of(data, "tote_bound")}
    assert len(totes) >= 2
    into = Counter((each["order"], each["tote"]) for each in events_of(data, "picked") if each["tote"])
    assert all(totes[tote] == order for order, tote in into)
    closed = Counter(each["tote"] for each in events_of(data, "tote_closed"))
    assert set(closed.values()) <= {1}
