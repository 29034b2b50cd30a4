"""`baylight run`: the station's window, on the machine of the settings, or with --demo on a simulated one and a sample site."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace

from ui.cli.display import require_display
from ui.cli.options import add_store_options, add_window_option, screen_of
from ui.cli.terminal import Terminal, Translate


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--demo", action="store_true", help=_("a simulated machine, a sample site and sample orders"))
    add_window_option(parser, _)
    add_store_options(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    require_display(terminal.translate)
    from ui.bootstrap.store import settings_of, store_of

    settings = settings_of(args.config, station=args.station)
    screen = screen_of(args, settings.screen)
    if args.demo:
        from ui.demo.window import DEMO_STATION, WindowOptions, run_sample_window

        station = args.station or DEMO_STATION
        return run_sample_window(WindowOptions(data=args.data, station=station, screen=screen, upstream=settings.upstream))
    from ui.run import RunOptions, run_station

    directory = args.data or store_of(args.config)[0]
    return run_station(RunOptions(directory=directory, settings=replace(settings, screen=screen), offers_practice=True))
