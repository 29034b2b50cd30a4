"""`baylight doctor`: findings about the store and this computer; with --salvage, what can be saved of a damaged store.

A station never salvages by itself: who looks at the damage may know of a better way, such as a copy on another disk.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from ui.cli.options import add_json_option, add_store_options
from ui.cli.terminal import DONE, FAILED, Terminal, Translate

COLUMNS = ("check", "is_ok", "value", "code")


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument(
        "--salvage",
        action="store_true",
        help=_("save what can be proven of a damaged store into a new one; the old files are kept (no station may run)"),
    )
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import examine, salvage, settings_of, store_of

    settings = settings_of(args.config, station=args.station)
    directory = args.data or store_of(args.config)[0]
    if args.salvage:
        report = salvage(directory, settings, args.station or "")
        terminal.write_fields(asdict(report), as_json=args.json)
        return DONE
    findings = examine(directory, settings)
    rows = [asdict(each) | ({"code": ""} if each.is_ok else {}) for each in findings]  # a code is what is to be done
    terminal.write_rows(rows, as_json=args.json, columns=COLUMNS)
    return DONE if all(each.is_ok for each in findings) else FAILED
