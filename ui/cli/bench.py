"""`baylight bench`: the figures of this computer, measured by the functions that the suite asserts on."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path

from ui.cli.options import add_json_option
from ui.cli.terminal import DONE, MISUSED, CommandError, Terminal, Translate

COLUMNS = ("name", "value", "unit", "target", "is_met")


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help=_("which measurements (default: all)"))
    parser.add_argument(
        "--upstream",
        metavar="URL",
        help=_("store: also a site database and its stations; the superuser's address of a database that nobody works with"),
    )
    parser.add_argument("--baskets", type=Path, metavar="DIR", help=_("planner: the directory with the files of real baskets"))
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.demo.figures import MEASUREMENTS, computer, measure_site
    from ui.demo.planner_figures import measure_planner

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
    names = args.names or list(MEASUREMENTS)
    if args.upstream and "store" not in names:
        raise CommandError("F607", _("{option} is for the measurement store").format(option="--upstream"), "", status=MISUSED)
    terminal.warn(computer())  # a figure means nothing without it; standard output is for the rows
    for name in names:
        measure = partial(measure_planner, args.baskets) if name == "planner" else MEASUREMENTS[name]
        found = [*measure(), *(measure_site(args.upstream) if args.upstream and name == "store" else ())]
        terminal.write_rows([each.as_row() for each in found], as_json=args.json, columns=COLUMNS)
    return DONE
