"""`baylight restore`: put a copy back. The record goes on in a new epoch that names the old one.

Refused while the station runs.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, Terminal, Translate


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("a file that `baylight backup` wrote"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap import restore

    directory, station = store_directory(args)
    terminal.write_fields(restore(args.file, directory, station), as_json=args.json)
    return DONE
