"""The table of docs/wire/lift-times.md has the figures of the code."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

from hardware.config import LiftTiming
from hardware.devices.register_map.driver import timing_behind_plc
from hardware.devices.register_map.map_file import load_map
from hardware.link_3964r.settings import settings_of, timing_over_link

TABLE = (Path(__file__).parents[3] / "docs" / "wire" / "lift-times.md").read_text(encoding="utf-8")


def test_the_table_of_waits_has_their_figures() -> None:
    bare, found = LiftTiming(), load_map("plc-lift")
    slow = replace(found, line=replace(found.line, response_s=3.0, late_s=2.0))
    columns = [
        bare,
        *(timing_over_link(bare, settings_of(link, priority="high")) for link in ("3964r", "3964")),
        timing_behind_plc(bare, slow),
    ]
    expected = {each.name: [f"{getattr(column, each.name):g}" for column in columns] for each in fields(LiftTiming)}
    rows = re.findall(r"^\| `(\w+)` \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", TABLE, re.MULTILINE)
    assert {name: figures for name, *figures in rows} == expected


def test_what_makes_them_longer_is_said_by_functions_that_are_there() -> None:
    for function in (timing_over_link, timing_behind_plc):
        assert f"`{function.__name__}`" in TABLE
