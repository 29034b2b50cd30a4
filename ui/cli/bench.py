"""`baylight bench`: the figures of this computer, measured by the functions that the suite asserts on."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ui.cli.options import add_json_option
from ui.cli.terminal import DONE, MISUSED, CommandError, Terminal, Translate

if TYPE_CHECKING:
    from ui.demo.figures import Figure

COLUMNS = ("name", "value", "unit", "target", "is_met")
STATIONS = "stations"  # needs a site database, and is not among those that are made when none is named


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help=_("which measurements (default: all)"))
    parser.add_argument(
        "--upstream",
        metavar="URL",
        help=_(
            "store: also a site database and its stations; stations: 200 of them; the superuser's address of a database that"
            " nobody works with"
        ),
    )
    parser.add_argument("--baskets", type=Path, metavar="DIR", help=_("planner: the directory with the files of real baskets"))
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.demo.figures import MEASUREMENTS, computer

    _ = terminal.translate
    names = args.names or list(MEASUREMENTS)
    known = (*MEASUREMENTS, STATIONS)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise CommandError(
            "F605",
            _("there is no measurement {name}").format(name=unknown[0]),
            _("Known: {known}").format(known=", ".join(known)),
            status=MISUSED,
        )
    _refuse_misused(args, names, _)
    terminal.warn(computer())  # a figure means nothing without it; standard output is for the rows
    for name in names:
        found = [figure for measure in _measures(args, name) for figure in measure()]
        terminal.write_rows([each.as_row() for each in found], as_json=args.json, columns=COLUMNS)
    return DONE


def _refuse_misused(args: Namespace, names: Sequence[str], _: Translate) -> None:
    if args.upstream and not {"store", STATIONS} & set(names):
        named = _("{option} is for the measurements store and stations").format(option="--upstream")
        raise CommandError("F607", named, "", status=MISUSED)
    if STATIONS in names and not args.upstream:
        raise CommandError("F607", _("the measurement {name} needs --upstream URL").format(name=STATIONS), "", status=MISUSED)


def _measures(args: Namespace, name: str) -> Iterator[Callable[[], Sequence[Figure]]]:
    """What is measured under this name, one after another."""
    from ui.demo.figures import MEASUREMENTS, measure_many_stations, measure_site
    from ui.demo.planner_figures import measure_planner

    if name == "planner":
        yield partial(measure_planner, args.baskets)
    elif name == STATIONS:
        yield partial(measure_many_stations, args.upstream)
    else:
        yield MEASUREMENTS[name]
    if args.upstream and name == "store":
        yield partial(measure_site, args.upstream)
