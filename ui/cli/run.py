"""`baylight run`: the station's window, on the machine of the settings, or with --demo on a simulated one and a sample site."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ui.cli.display import require_display
from ui.cli.options import add_store_options, add_window_option, own_config, screen_of
from ui.cli.terminal import DONE, Terminal, Translate

if TYPE_CHECKING:
    from station.settings import Settings


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--demo", action="store_true", help=_("a simulated machine, a sample site and sample orders"))
    add_window_option(parser, _)
    add_store_options(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    require_display(terminal.translate)
    from ui.bootstrap.store import settings_of, store_of

    is_new = args.config is not None and not args.config.exists()  # the first start writes it
    settings = settings_of(None if is_new else args.config, station=args.station)
    screen = screen_of(args, settings.screen)
    if args.demo:
        from ui.demo.window import DEMO_STATION, WindowOptions, run_sample_window

        station = args.station or DEMO_STATION
        return run_sample_window(WindowOptions(data=args.data, station=station, screen=screen, upstream=settings.upstream))
    directory = args.data or store_of(None if is_new else args.config)[0]
    if not _is_set_up(args, directory, replace(settings, screen=screen)):
        return DONE  # somebody closed the first start: the next one goes on where it was
    from ui.demo.trial import with_own_machine
    from ui.run import RunOptions, run_station

    settings = settings_of(own_config(args.config, directory), station=args.station)
    with with_own_machine(replace(settings, screen=screen_of(args, settings.screen)), directory) as ready:
        return run_station(RunOptions(directory=directory, settings=ready, offers_practice=True))


def _is_set_up(args: Namespace, directory: Path, settings: Settings) -> bool:
    """Whether the station can begin; where something is missing that only a person knows, he is asked first."""
    from ui.bootstrap.first_start import is_wanted
    from ui.cli.first_start import begin_with

    return not is_wanted(directory, settings) or begin_with(directory, args.config, settings)
