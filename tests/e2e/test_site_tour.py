"""Demos at a real site database: what they did is there when they end, and the second one works at the first one's machine."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from db.store import Store
from db.upstream.status import StationStatus, status
from tests.helpers.postgres import Server, installed, running
from tests.helpers.tours import PROGRAM, environment, json_of

SPEED = 1000
MACHINE = "VLM1"


@pytest.fixture(scope="module")
def site_server() -> Iterator[Server]:
    """One server is enough here: the functions are tried on every version elsewhere."""
    with running(max(installed())) as server:
        yield server


@pytest.fixture
def site_url(site_server: Server) -> str:
    return site_server.url(site_server.site_database())


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


@pytest.mark.timeout(180)
def test_two_bays_of_one_machine_work_at_once_and_share_one_book(site_url: str, tmp_path: Path) -> None:
    """Trays wander between the bays: whoever has one books on it, a visit is nobody else's, and both end with the same book."""
    first, second = tmp_path / "first", tmp_path / "second"
    json_of(baylight(site_url, *tour_words(first, "S1", orders=1)))
    machine = json.loads((first / "machine" / "jmif.json").read_text(encoding="utf-8"))["url"]
    joins = ("--machine", machine, "--bay", "SH1-2")
    both = [
        begun(site_url, *tour_words(first, "S1", orders=4)),
        begun(site_url, *tour_words(second, "S2", orders=4), *joins),
    ]
    ended = [each.communicate(timeout=150) for each in both]
    assert [each.returncode for each in both] == [0, 0], [said[1][-2000:] for said in ended]
    assert all(json.loads(out)["stock_ok"] for out, _ in ended)
    for data, name in ((first, "S1"), (second, "S2")):
        assert baylight(site_url, "sync", "once", "--data", data, "--station", name).returncode == 0
    books = [book_of(first), book_of(second), site_book(site_url)]
    assert books[0] == books[1] == books[2]
    assert visits_twice(site_url) == []


def begun(url: str, *words: object) -> subprocess.Popen[str]:
    env = {**environment(), "BAYLIGHT_UPSTREAM_URL": url}
    return subprocess.Popen([*PROGRAM, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


def book_of(data: Path) -> dict[tuple[object, ...], int]:
    with closing(Store.open_reader(data)) as reader:
        rows = [each for each in reader.stock() if each.place.machine == MACHINE and each.quantity]
        return {
            (each.place.tray, each.place.compartment, each.key.item, each.key.lot, each.key.serial): each.quantity
            for each in rows
        }


def site_book(url: str) -> dict[tuple[object, ...], int]:
    query = "SELECT tray, compartment, item, lot, serial, quantity FROM sync.stock WHERE machine = %s AND quantity <> 0"
    with psycopg.connect(url) as connection:
        return {tuple(row[:5]): row[5] for row in connection.execute(query, (MACHINE,))}


def visits_twice(url: str) -> list[tuple[int, int]]:
    """The visits of a tray that two bays say that they had."""
    query = """
    SELECT station, (body::jsonb -> 'data' ->> 'tray')::integer, (body::jsonb -> 'data' ->> 'visit')::integer FROM sync.event
    WHERE kind = 'motion_ended' AND body::jsonb -> 'data' @> '{"verb": "fetch", "outcome": "done"}'
      AND body::jsonb -> 'data' ->> 'machine' = %s
    """
    with psycopg.connect(url) as connection:
        seen = {(station, tray, visit) for station, tray, visit in connection.execute(query, (MACHINE,))}
    counted = Counter((tray, visit) for _, tray, visit in seen)
    return [each for each, count in counted.items() if count > 1]
