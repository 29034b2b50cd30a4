"""`baylight figures` on a real store: where the minute went, what stopped the machine, and the table as a file."""

from __future__ import annotations

import csv
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.records.machine import SafetyEvent
from db.records.orders import LineClosed
from db.store import Store
from tests.helpers.tours import baylight, rows_of


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """One line that was picked, and a stop of two minutes an hour ago."""
    now = [datetime.now(UTC) - timedelta(hours=1)]
    with closing(Store.open(tmp_path / "store", station="B1", ballast_bytes=0, clock=lambda: now[0])) as store:
        store.append([SafetyEvent(machine="M1", code="L301", is_stopped=True)]).result()
        now[0] += timedelta(minutes=2)
        store.append([SafetyEvent(machine="M1", code="L301", is_stopped=False)]).result()
        store.append([LineClosed(order="O", line="1", outcome="short", asked=3, done_quantity=2)], operator="p_1").result()
    return tmp_path / "store"


def test_the_figures_of_the_last_days(data: Path, tmp_path: Path) -> None:
    table = tmp_path / "figures.csv"
    (found,) = rows_of(baylight("figures", "--data", data, "--csv", table, "--json"))
    assert (found["lines"], found["shorts_per_100"], found["lines_per_hour"]) == (1, 100.0, None)
    with table.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["lines"], row["lift"]) == ("1", "")


def test_a_shift_of_one_tells_its_lines_alone(data: Path) -> None:
    (found,) = rows_of(baylight("figures", "--by", "shift", "--data", data, "--json"))
    assert (found["lines"], found["shorts_per_100"]) == (1, None)


def test_what_kept_the_machine_from_working(data: Path) -> None:
    (alarm,) = rows_of(baylight("figures", "--alarms", "--data", data, "--json"))
    assert (alarm["code"], alarm["times"], alarm["lasted_s"]) == ("L301", 1, 120)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--from", "2026-11-03", "--to", "2026-11-02"), "O573"),
        (("--from", "monday"), "O572"),
        (("--by", "shift", "--shifts", "noon"), "O571"),
        (("--csv", "/nowhere/figures.csv"), "O574"),
    ],
)
def test_misuse_is_named(data: Path, words: tuple[str, ...], code: str) -> None:
    done = baylight("figures", *words, "--data", data)
    assert (done.returncode, code in done.stderr) == (2, True)
