"""`baylight export`: results as files for the host, and their acknowledgement."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, Terminal, Translate
from ui.cli.writing import carry_out


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument(
        "kind", nargs="?", default="results", choices=("results",), help=_("what to write out (default: results)")
    )
    parser.add_argument("--format", choices=("csv", "json"), help=_("format of the file (default: the settings' format)"))
    parser.add_argument("--ack", metavar="FILE", help=_("acknowledge this file of results instead: the host has it"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import settings_of

    directory, station = store_directory(args)
    named = settings_of(args.config).results
    if args.ack:
        result = carry_out(directory, station, "acknowledge", named=named, file=args.ack)
    else:
        result = carry_out(directory, station, "export", named=named, format=args.format or "")
    terminal.write_fields(result, as_json=args.json)
    return DONE
