"""A sheet of figures as rows of plain values, for a table: no sentence, no person. Pure."""

from __future__ import annotations

from typing import Final

from station.figures.bay import CAUSES, Figures
from station.figures.flows import Took
from station.figures.sheet import Sheet

COLUMNS: Final = ("of", "what", "figure", "value")
Row = dict[str, object]


def rows_of_sheet(sheet: Sheet) -> list[Row]:
    """All figures of the sheet, one a row. `of`: all, hour, shift, machine or alarm; what is not known has no row."""
    rows = [_row("all", "", name, value) for name, value in _whole(sheet)]
    for group, each in [("hour", each) for each in sheet.hours] + [("shift", each) for each in sheet.shifts]:
        rows += [_row(group, each.what, name, value) for name, value in _of_group(each)]
    machine = sheet.machine
    rows += [_row("machine", "", "ran_s", round(machine.ran.total_seconds()))]
    rows += [_row("machine", "", "availability", _rounded(machine.share, 4))]
    for alarm in machine.alarms:
        times = (("times", alarm.times), ("lasted_s", round(alarm.lasted.total_seconds())))
        rows += [_row("alarm", alarm.code, name, value) for name, value in times]
    return [each for each in rows if each["value"] is not None]


def _whole(sheet: Sheet) -> list[tuple[str, float | None]]:
    seconds = sheet.seconds or (None,) * len(CAUSES)
    minute = [(f"{cause}_s_per_line", _rounded(took, 1)) for cause, took in zip(CAUSES, seconds, strict=True)]
    accuracy = sheet.accuracy
    ends = (accuracy.share, accuracy.low, accuracy.high) if accuracy is not None else (None, None, None)
    right = [(name, _rounded(value, 4)) for name, value in zip(("accuracy", "accuracy_low", "accuracy_high"), ends, strict=True)]
    return [*_of_group(sheet.whole), *minute, *right, *_took("dock_to_stock", sheet.dock), *_took("pull_latency", sheet.pull)]


def _of_group(each: Figures) -> list[tuple[str, float | None]]:
    return [
        ("lines", each.lines),
        ("hours", _rounded(each.hours, 2)),
        ("lines_per_hour", _rounded(each.lines_per_hour, 1)),
        ("trays_per_line", _rounded(each.trays_per_line, 2)),
        ("wrong_scans_per_100", _rounded(each.wrong_scans_per_100, 1)),
        ("shorts_per_100", _rounded(each.shorts_per_100, 1)),
        ("dwell_s", _rounded(each.dwell_s, 0)),
    ]


def _took(name: str, took: Took) -> list[tuple[str, float | None]]:
    return [(f"{name}_s", _rounded(took.median_s, 0)), (f"{name}_count", took.count)]


def _row(of: str, what: str, figure: str, value: float | None) -> Row:
    return {"of": of, "what": what, "figure": figure, "value": value}


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
