"""`baylight figures`: where the minute goes at this bay, and what kept the machine from working. None is of a person."""

from __future__ import annotations

import csv
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ui.cli.days import day_of
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.shifts import add_shifts_option, shifts_of
from ui.cli.terminal import DONE, MISUSED, CommandError, Terminal, Translate

if TYPE_CHECKING:
    from station.figures.bay import Figures
    from station.values import EventFact

SHARES = ("lift", "operator", "host", "empty")
COLUMNS = (
    "what",
    "lines",
    "hours",
    "lines_per_hour",
    *SHARES,
    "trays_per_line",
    "wrong_scans_per_100",
    "shorts_per_100",
    "dwell_s",
)
ALARM_COLUMNS = ("code", "times", "lasted_s", "longest_s")
DAYS = 30
Table = tuple[list[dict[str, object]], tuple[str, ...]]


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--from", dest="first", metavar="D", help=_("first day, like 2026-11-02 (default: 30 days ago)"))
    parser.add_argument("--to", dest="until", metavar="D", help=_("last day (default: today)"))
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--by", choices=("hour", "day", "shift"), help=_("by hour of the day, by day, or by shift (of five people or more)")
    )
    what.add_argument("--alarms", action="store_true", help=_("how long the machine could be used, and what kept it from it"))
    parser.add_argument("--csv", type=Path, metavar="FILE", help=_("also as a table in this file"))
    parser.add_argument("--pdf", type=Path, metavar="FILE", help=_("all figures with what they mean on paper, too"))
    add_shifts_option(parser, _)
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    first, until = _stretch(args, terminal.translate)
    rows, columns = _alarms(args, first, until, terminal) if args.alarms else _figures(args, first, until, terminal)
    terminal.write_rows(rows, as_json=args.json, columns=columns)
    if args.csv:
        _write(args.csv, rows, columns, terminal.translate)
    if args.pdf:
        _paper(args, first, until, terminal.translate)
    return DONE


def _paper(args: Namespace, first: datetime, until: datetime, _: Translate) -> None:
    from station.figures.sheet import read_sheet
    from ui.bootstrap.papers import write_paper
    from ui.bootstrap.store import open_reader, settings_of

    directory, station = store_directory(args)
    with closing(open_reader(directory, station)) as reader:
        sheet = read_sheet(reader, first=first, until=until)
    try:
        write_paper(sheet, args.pdf, station=station, language=settings_of(args.config).station.language)
    except OSError as error:
        raise _not_written(args.pdf, error, _) from error


def _stretch(args: Namespace, _: Translate) -> tuple[datetime, datetime]:
    now = datetime.now(UTC)
    first = day_of(args.first, _) if args.first else now - timedelta(days=DAYS)
    until = day_of(args.until, _, is_end=True) if args.until else now + timedelta(minutes=1)
    if first >= until:
        raise CommandError("O573", _("--from and --to are no stretch of time"), _("Name the earlier day first."), status=MISUSED)
    return first, until


def _figures(args: Namespace, first: datetime, until: datetime, terminal: Terminal) -> Table:
    from station.figures.bay import FEWEST_PEOPLE, RECORDS, all_together, by_day, by_hour, figures_of
    from station.figures.shifts import shift_of

    groups = {None: all_together, "hour": by_hour(), "day": by_day(), "shift": shift_of(shifts_of(args, terminal.translate))}
    fewest = FEWEST_PEOPLE if args.by == "shift" else 0
    found = figures_of(_facts(args, RECORDS, first, until), groups[args.by], fewest_people=fewest)
    return [_row(each) for each in found], COLUMNS


def _row(each: Figures) -> dict[str, object]:
    shares = each.shares or (None,) * len(SHARES)
    named = {name: _rounded(share, 3) for name, share in zip(SHARES, shares, strict=True)}
    return {
        "what": each.what,
        "lines": each.lines,
        "hours": _rounded(each.hours, 2),
        "lines_per_hour": _rounded(each.lines_per_hour, 1),
        **named,
        "trays_per_line": _rounded(each.trays_per_line, 2),
        "wrong_scans_per_100": _rounded(each.wrong_scans_per_100, 1),
        "shorts_per_100": _rounded(each.shorts_per_100, 1),
        "dwell_s": each.dwell_s,
    }


def _alarms(args: Namespace, first: datetime, until: datetime, terminal: Terminal) -> Table:
    from station.figures.alarms import RECORDS, availability

    found = availability(_facts(args, RECORDS, first, until), first=first, until=min(until, datetime.now(UTC)))
    if not args.json and found.share is not None:
        _ = terminal.translate
        said = _("The machine could be used {share} of the time the station ran ({hours} h).")
        terminal.warn(said.format(share=f"{found.share:.2%}", hours=f"{found.ran.total_seconds() / 3600:.1f}"))
    rows: list[dict[str, object]] = [
        {
            "code": each.code,
            "times": each.times,
            "lasted_s": round(each.lasted.total_seconds()),
            "longest_s": round(each.longest.total_seconds()),
            "availability": _rounded(found.share, 4),
        }
        for each in found.alarms
    ]
    return rows, ALARM_COLUMNS


def _facts(args: Namespace, kinds: Sequence[str], first: datetime, until: datetime) -> tuple[EventFact, ...]:
    from ui.bootstrap.store import open_reader

    with closing(open_reader(*store_directory(args))) as reader:
        return reader.facts(kinds=kinds, first=first, until=until)


def _write(path: Path, rows: Iterable[Mapping[str, object]], columns: Sequence[str], _: Translate) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
    except OSError as error:
        raise _not_written(path, error, _) from error


def _not_written(path: Path, error: OSError, _: Translate) -> CommandError:
    message = _("cannot write {path}: {why}").format(path=path, why=error.strerror)
    return CommandError("O574", message, _("Name a file that can be written."), status=MISUSED)


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
