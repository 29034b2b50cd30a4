"""`baylight bench`: the figures of this computer, measured by the functions that the suite asserts on."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ui.cli.options import add_json_option
from ui.cli.terminal import DONE, MISUSED, CommandError, Terminal, Translate

COLUMNS = ("name", "value", "unit", "target", "is_met")


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help=_("which measurements (default: all)"))
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.demo.figures import MEASUREMENTS, computer

    _ = terminal.translate
    unknown = [name for name in args.names if name not in MEASUREMENTS]
    if unknown:
        known = ", ".join(MEASUREMENTS)
        raise CommandError(
            "F605",
            _("there is no measurement {name}").format(name=unknown[0]),
            _("Known: {known}").format(known=known),
            status=MISUSED,
        )
    terminal.warn(computer())  # a figure means nothing without it; standard output is for the rows
    for name in args.names or MEASUREMENTS:
        rows = [each.as_row() for each in MEASUREMENTS[name]()]
        terminal.write_rows(rows, as_json=args.json, columns=COLUMNS)
    return DONE
