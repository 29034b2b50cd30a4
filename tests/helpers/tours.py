"""Runs the real program as a process of its own, as a person at a shell does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-m", "ui")


def baylight(*words: object, stdin: str = "", timeout_s: float = 60.0) -> subprocess.CompletedProcess[str]:
    """One command to its end."""
    command = [*PROGRAM, *map(str, words)]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, timeout=timeout_s, env=environment())


def json_of(done: subprocess.CompletedProcess[str]) -> Any:
    """The one JSON object that the command printed; shows what it complained about when it failed."""
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def rows_of(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """The JSON objects that the command printed, one a line."""
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def tour_words(data: Path, *, orders: int, seed: int = 7, speed: int = 200) -> Sequence[object]:
    """The command line of a headless tour."""
    return ("demo", "--headless", "--orders", orders, "--speed", speed, "--seed", seed, "--data", data, "--json")


def environment() -> dict[str, str]:
    """This process's environment without what would change a tour."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BAYLIGHT_")}


def events_of(data: Path, *kinds: str) -> list[dict[str, Any]]:
    """The facts of the stored events of these kinds, oldest first."""
    words = [word for kind in kinds for word in ("--kind", kind)]
    rows = rows_of(baylight("events", "--data", data, "--json", *words))
    return [json.loads(row["body"])["data"] | {"kind": row["kind"], "id": row["id"]} for row in rows]


def assert_lines_say_what_moved(data: Path) -> None:
    """Each line is closed once, with exactly what was moved for it, also when that is nothing; a count line (it asks 0) with what
    was counted for it."""
    moved: Counter[tuple[str, str]] = Counter()
    counted: Counter[tuple[str, str]] = Counter()
    for event in events_of(data, "picked", "put", "counted"):
        figures, name = (counted, "counted") if event["kind"] == "counted" else (moved, "quantity")
        figures[event["order"], event["line"]] += event[name]
    closed = events_of(data, "line_closed")
    lines = [(each["order"], each["line"]) for each in closed]
    assert len(lines) == len(set(lines)), "a line was closed twice"
    for line, each in zip(lines, closed, strict=True):
        figures = moved if each["asked"] else counted
        assert each["done_quantity"] == figures[line], f"line {line} says another quantity than its movements"


def site_words(site: Path, data: Path) -> Sequence[object]:
    """The command line of a quick headless tour on a site's own import files: ten orders at once save tray moves."""
    words = ("demo", "--headless", "--site", site, "--orders", 0, "--together", 10, "--data", data)
    return (*words, "--speed", 1000, "--tap-lock", 0.1, "--seed", 7, "--json")
