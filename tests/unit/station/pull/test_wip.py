"""Constant work in progress by formula: the limit that a file's figures make, what waits because of it, and what is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station.imports.run import import_file
from station.pull.reading import read_board
from station.pull.told import loops_told
from station.pull.wip import Room
from tests.unit.station.pull.made import ITEM, Pull
from ui.__main__ import main

HEADER = "loop,item,consumer,container,cards,supplier,wip_limit,bottleneck_per_hour,raw_time_min,wanted_per_hour\n"
PENNY = f"K12,{ITEM.code},Line 3,40,9,,,0.5,480,0.285\n"  # Penny Fab One: r_b 0.5 an hour, T0 8 h, 2/7 an hour wanted


def take(pull: Pull, tmp_path: Path, row: str) -> list[tuple[str, str]]:
    path = tmp_path / "loops.csv"
    path.write_text(HEADER + row, encoding="utf-8")
    return [(each.field, each.reason) for each in import_file(path, pull.store).errors]


def test_the_limit_is_made_of_the_files_figures_and_told_with_them(pull: Pull, tmp_path: Path) -> None:
    """Hopp and Spearman, Factory Physics, Penny Fab One: four in work give 2/7 an hour in the practical worst case."""
    assert take(pull, tmp_path, PENNY) == []
    told = loops_told(pull.store.loops(), signals=(), seen=(), positions={}, now=pull.clock.now)[0]
    assert told.loop.wip_limit == 4
    assert told.wip is not None
    assert told.wip.inputs == {"bottleneck_per_hour": 0.5, "raw_hours": 8.0, "wanted_per_hour": 0.285}
    assert told.wip.reached_per_hour == pytest.approx(2 / 7)


def test_a_limit_that_the_file_says_stays_beside_the_formula(pull: Pull, tmp_path: Path) -> None:
    assert take(pull, tmp_path, PENNY.replace(",9,,,", ",9,,2,")) == []
    told = loops_told(pull.store.loops(), signals=(), seen=(), positions={}, now=pull.clock.now)[0]
    assert told.wip is not None
    assert (told.loop.wip_limit, told.wip.limit) == (2, 4)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("K1,BOLT-M8,L,40,3,,,12,60,\n", ("wanted_per_hour", "missing")),
        ("K1,BOLT-M8,L,40,3,,,12,60,12\n", ("wanted_per_hour", "out_of_range")),
        ("K1,BOLT-M8,L,40,3,,,12,600,11.999\n", ("wip_limit", "out_of_range")),
        ("K1,BOLT-M8,L,40,3,B,,12,60,8\n", ("bottleneck_per_hour", "not_allowed")),
    ],
)
def test_figures_that_make_no_limit_are_refused(pull: Pull, tmp_path: Path, row: str, why: tuple[str, str]) -> None:
    assert take(pull, tmp_path, row) == [why]
    assert pull.store.loops() == ()


def test_what_is_above_the_limit_waits_and_the_board_says_for_whom(pull: Pull, tmp_path: Path) -> None:
    take(pull, tmp_path, PENNY)
    for card in range(1, 6):
        pull.scan(f"K12-{card}")
    rows = {each.name: each for each in read_board(pull.store).rows}
    assert rows["K12-5.1"].room == Room(at_work=4, limit=4)
    assert [each.state for each in rows.values() if each.room is None] == ["released"] * 4


def test_a_rebuild_and_an_older_record_keep_the_loop(pull: Pull, tmp_path: Path) -> None:
    pull.loop(loop="OLD", wip_limit=2)
    take(pull, tmp_path, PENNY)
    before = pull.digest()
    pull.store.rebuild().result()
    assert pull.digest() == before


def test_the_command_shows_limit_and_inputs(pull: Pull, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    take(pull, tmp_path, PENNY)
    assert main(["jit", "signals", "--table", "loops", "--json", "--data", str(tmp_path / "data")]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["wip_limit"], row["wip_formula"], row["wip_inputs"]["raw_hours"]) == (4, 4, 8.0)
    assert row["wip_reached_per_hour"] == 0.2857
    for card in range(1, 6):
        pull.scan(f"K12-{card}")
    assert main(["jit", "signals", "--json", "--data", str(tmp_path / "data")]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {each["signal"]: each["waits_for"] for each in rows if each["state"] == "signalled"} == {"K12-5.1": "4/4"}
