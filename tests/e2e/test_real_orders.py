"""A tour of 200 real orders: supermarket baskets, imported as a host's files and worked to the last line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.helpers.converters import DATA, convert_groceries
from tests.helpers.tours import baylight, events_of, json_of, site_words

ORDERS = 200


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason=f"the real data is not there: {DATA}")
@pytest.mark.timeout(400)
def test_two_hundred_real_orders_are_worked_to_the_last_line(tmp_path: Path) -> None:
    site, data = tmp_path / "site", tmp_path / "store"
    site.mkdir()
    convert_groceries(site, orders=ORDERS, machine="VLM1")
    summary = json_of(baylight(*site_words(site, data), timeout_s=390))
    assert summary["orders"] == ORDERS
    assert summary["lines"] > 3 * ORDERS
    assert summary["confirmed"] + summary["short"] + summary["skipped"] == summary["lines"]
    assert (summary["chain_ok"], summary["stock_ok"], summary["unexpected_log_lines"]) == (True, True, 0)
    closed = Counter((event["order"], event["line"]) for event in events_of(data, "line_closed"))
    assert len(closed) == summary["confirmed"] + summary["short"]
    assert summary["skipped"] <= summary["lines"] // 100, "only an order of which nothing is left may wait"
    assert set(closed.values()) == {1}
    assert summary["wrong_scans"] == len(events_of(data, "scan_refused"))


def test_a_site_without_its_files_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "items.csv").write_text("item,name\nA,Bolt\n", encoding="utf-8")
    done = baylight(*site_words(tmp_path, tmp_path / "store"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "trays.csv" in done.stderr
    assert "Traceback" not in done.stderr
