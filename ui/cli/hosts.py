"""`baylight hosts`: the watched folders, what became of each file, and what waits (docs/hosts.md)."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime

from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, Terminal, Translate

COLUMNS = ("folder", "file", "fate", "at", "what", "rows", "rejected", "reject_file", "reason")
LIMIT = 100


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument(
        "--limit", type=int, default=LIMIT, metavar="N", help=_("at most so many files of the past (default: 100)")
    )
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from station.hosts.fates import fates
    from ui.bootstrap.hosts import folders_of
    from ui.bootstrap.store import open_reader, settings_of

    directory, station = store_directory(args)
    folders = folders_of(settings_of(args.config), directory)
    with closing(open_reader(directory, station)) as reader:
        found = fates(folders, reader, limit=max(1, args.limit), now=datetime.now(UTC))
    rows = [{**asdict(each), "at": each.at.isoformat()} for each in found]
    terminal.write_rows(rows, as_json=args.json, columns=COLUMNS)
    return DONE
