"""`baylight backup`: a whole copy of the store, made while the station goes on working."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, Terminal, Translate
from ui.cli.writing import carry_out

BACKUP_TIMEOUT_S = 600.0


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("file to write; it must not exist"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    directory, station = store_directory(args)
    result = carry_out(directory, station, "backup", timeout_s=BACKUP_TIMEOUT_S, path=str(args.file.resolve()))
    terminal.write_fields(result, as_json=args.json)
    return DONE
