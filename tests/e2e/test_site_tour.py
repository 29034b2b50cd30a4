"""Demos at a real site database: what they did is there when they end, and the second one works at the first one's machine."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from db.upstream.status import StationStatus, status
from tests.helpers.postgres import installed, running
from tests.helpers.tours import PROGRAM, environment, json_of

SPEED = 1000


@pytest.fixture(scope="module")
def site_url() -> Iterator[str]:
    """One server is enough here: the functions are tried on every version elsewhere."""
    with running(max(installed())) as server:
        yield server.url(server.site_database())


def baylight(url: str, *words: object) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, *map(str, words)]
    env = {**environment(), "BAYLIGHT_UPSTREAM_URL": url}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=env)


def tour_words(data: Path, station: str, *, orders: int) -> Sequence[object]:
    words = ("demo", "--headless", "--orders", orders, "--station", station, "--data", data)
    return (*words, "--speed", SPEED, "--tap-lock", 0.1, "--seed", 7, "--json")


def at_the_site(url: str, station: str) -> StationStatus:
    return next(each for each in status(url).stations if each.station == station)


def sync_status(url: str, data: Path) -> dict[str, Any]:
    said: dict[str, Any] = json_of(baylight(url, "sync", "status", "--data", data, "--json"))
    return said


def test_what_a_demo_did_is_at_the_site_when_it_ends_and_a_second_bay_works_on(site_url: str, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    summary = json_of(baylight(site_url, *tour_words(first, "S1", orders=4)))
    assert (summary["orders"], summary["depth"], summary["unexpected_log_lines"]) == (4, 0, 0)
    here, there = sync_status(site_url, first), at_the_site(site_url, "S1")
    assert (here["state"], here["depth"], here["dirty"], here["exceptions"]) == ("online", 0, 0, [])
    assert here["acked"] == here["head"]
    assert (there.acked, there.head_hash) == (here["head"]["seq"], here["head"]["hash"])
    assert there.acked >= summary["acked"]

    machine = json.loads((first / "machine" / "jmif.json").read_text(encoding="utf-8"))["url"]
    joins = ("--machine", machine, "--bay", "SH1-2")
    joined = json_of(baylight(site_url, *tour_words(second, "S2", orders=1), *joins))
    assert (joined["orders"], joined["stock_ok"], joined["depth"]) == (1, True, 0)
    with closing(Store.open_reader(second)) as reader:
        assert reader.machines() == ("VLM1",)
        assert len(reader.stock()) > 800, "the stock of the first station's machine came down"
        assert reader.order("S2-T1-0001") is not None
