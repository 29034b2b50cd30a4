"""The headless tour: the whole program on the simulated machine, worked by the scripted operator through its window."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from station.sample_site import SAMPLE_PEOPLE
from tests.helpers.tours import assert_lines_say_what_moved, baylight, events_of, json_of, rows_of, tour_words

ORDERS = 12
BOOKINGS = ("picked", "put", "counted", "corrected")
KEYS = {
    *(
        "orders",
        "lines",
        "confirmed",
        "short",
        "skipped",
        "wrong_scans",
        "tray_moves",
        "spent_s",
        "events",
        "chain_ok",
        "stock_ok",
    ),
    *(
        "scan_to_paint_ms",
        "confirm_to_paint_ms",
        "screen_change_ms",
        "loop_stall_ms",
        "stalled_actions_share",
        "start_to_painted_s",
        "rss_mb",
    ),
    *("wall_s", "unexpected_log_lines"),
}


def bookings(data: Path) -> Counter[tuple[Any, ...]]:
    names = ("kind", "order", "line", "tray", "compartment", "item", "lot", "quantity", "counted", "delta", "reason")
    return Counter(tuple(event.get(name) for name in names) for event in events_of(data, *BOOKINGS) if event["order"])


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A finished tour: its store and its summary."""
    data = tmp_path_factory.mktemp("tour") / "store"
    return data, json_of(baylight(*tour_words(data, orders=ORDERS), "--screens", data.parent / "screens", timeout_s=170))


@pytest.mark.timeout(180)
def test_tour_ends_with_every_line_worked(tour: tuple[Path, dict[str, Any]]) -> None:
    _, summary = tour
    assert set(summary) == KEYS
    assert summary["orders"] == ORDERS
    assert summary["confirmed"] + summary["short"] + summary["skipped"] == summary["lines"]
    assert (summary["chain_ok"], summary["stock_ok"], summary["unexpected_log_lines"]) == (True, True, 0)


@pytest.mark.timeout(180)
def test_operator_makes_mistakes_and_the_station_bears_them(tour: tuple[Path, dict[str, Any]]) -> None:
    data, summary = tour
    assert summary["wrong_scans"] == len(events_of(data, "scan_refused")) > 0
    closed = Counter((event["order"], event["line"]) for event in events_of(data, "line_closed"))
    assert set(closed.values()) == {1}


@pytest.mark.timeout(180)
def test_what_left_the_trays_is_what_the_lines_say(tour: tuple[Path, dict[str, Any]]) -> None:
    assert_lines_say_what_moved(tour[0])


@pytest.mark.timeout(180)
def test_tour_saves_a_picture_of_each_state(tour: tuple[Path, dict[str, Any]]) -> None:
    names = {path.stem for path in (tour[0].parent / "screens").glob("*.png")}
    assert {"sign_on-badge", "sign_on-pin", "work", "task-pick"} <= names


@pytest.mark.timeout(180)
def test_people_in_the_record_are_random_numbers(tour: tuple[Path, dict[str, Any]]) -> None:
    data, _ = tour
    bodies = [json.loads(row["body"]) for row in rows_of(baylight("events", "--data", data, "--json"))]
    facts = "\n".join(json.dumps(body["data"]) for body in bodies)  # a clock's digits may be anybody's PIN
    for secret in ("Anna", "Keller", "BLB-40721", "704182"):
        assert secret not in facts
    assert {body["operator"][:2] for body in bodies} == {"", "p_"}


@pytest.mark.timeout(180)
def test_nothing_of_a_tour_is_open_to_others_and_no_secret_lies_outside_its_place(tour: tuple[Path, dict[str, Any]]) -> None:
    data, _ = tour
    paths = [data, *data.rglob("*")]
    assert len(paths) > 100
    assert [path for path in paths if os.name == "posix" and path.lstat().st_mode & 0o077 and not path.is_symlink()] == []
    key = json.loads((data / "pepper.json").read_text(encoding="utf-8"))["key"]
    secrets = [key.encode(), bytes.fromhex(key), *(person.badge.encode() for person in SAMPLE_PEOPLE)]
    files = [path for path in paths if path.is_file() and path.name not in ("pepper.json", "sample.json", "ballast")]
    assert [path for path in files if any(secret in path.read_bytes() for secret in secrets)] == []


@pytest.mark.timeout(240)
def test_same_seed_gives_the_same_bookings(tour: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    json_of(baylight(*tour_words(tmp_path, orders=ORDERS), timeout_s=170))
    first, second = bookings(tour[0]), bookings(tmp_path)
    assert first == second
    assert first.total() > ORDERS


@pytest.mark.timeout(240)
def test_second_tour_on_a_store_releases_more_orders(tour: tuple[Path, dict[str, Any]]) -> None:
    data, _ = tour
    summary = json_of(baylight(*tour_words(data, orders=2), timeout_s=170))
    assert summary["confirmed"] + summary["short"] + summary["skipped"] == summary["lines"]
    assert len(rows_of(baylight("orders", "--data", data, "--json"))) == ORDERS + 2
