"""`baylight run`: the station's window, on the machine of the settings, or with --demo on a simulated one and a sample site."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ui.cli.display import require_display
from ui.cli.options import add_store_options
from ui.cli.terminal import Terminal, Translate


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--demo", action="store_true", help=_("a simulated machine, a sample site and sample orders"))
    add_store_options(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    require_display(terminal.translate)
    if args.demo:
        from ui.demo.window import run_sample_window

        return run_sample_window(args.data, args.station)
    from ui.bootstrap.store import settings_of, store_of
    from ui.run import RunOptions, run_station

    settings = settings_of(args.config, station=args.station)
    directory = args.data or store_of(args.config)[0]
    return run_station(RunOptions(directory=directory, settings=settings))
