"""`baylight restore`: put a copy back. The record goes on in a new epoch that names the old one.

Refused while the station runs, and when the copy is of another station than the store it replaces (or than --station says).
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ui.cli.options import add_json_option, add_store_options
from ui.cli.terminal import DONE, Terminal, Translate


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("a file that `baylight backup` wrote"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import owner_of, restore, store_of

    directory = args.data or store_of(args.config)[0]
    station = args.station or owner_of(directory)  # where no store is, or a broken one, the copy's own name stands
    terminal.write_fields(restore(args.file, directory, station), as_json=args.json)
    return DONE
