"""`baylight first-start`: language, screen, machine, scanner, light, site database and the first administrator, by touch."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ui.cli.display import require_display
from ui.cli.options import add_window_option, screen_of
from ui.cli.terminal import DONE, FAILED, CommandError, Terminal, Translate

if TYPE_CHECKING:
    from station.settings import Settings


def describe(parser: ArgumentParser, _: Translate) -> None:
    add_window_option(parser, _)
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help=_("directory of the store (default: the settings' data directory)")
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help=_("settings file to write (default: station.toml there)"))


def run(args: Namespace, terminal: Terminal) -> int:
    """All is asked again, with what the settings say as the answers to begin with; one that was cut off goes on."""
    require_display(terminal.translate)
    from station.first_start import progress
    from ui.bootstrap.store import settings_of, store_of

    read = args.config if args.config is not None and args.config.exists() else None  # a new one is written
    settings = settings_of(read)
    directory: Path = args.data or store_of(read)[0]
    _refuse_where_it_is_held(directory, terminal.translate)
    if progress.is_over(directory):
        progress.begin_again(directory)
    return DONE if begin_with(directory, args.config, _on_screen(args, settings)) else FAILED


def begin_with(directory: Path, config: Path | None, settings: Settings) -> bool:
    """The first start on this data directory; whether it came to its end."""
    from ui.bootstrap.first_start import config_of
    from ui.first_start import FirstStartOptions, run_first_start

    return run_first_start(FirstStartOptions(directory=directory, config=config_of(directory, config), settings=settings))


def _on_screen(args: Namespace, settings: Settings) -> Settings:
    return replace(settings, screen=screen_of(args, settings.screen))


def _refuse_where_it_is_held(directory: Path, _: Translate) -> None:
    from ui.bootstrap.first_start import is_held

    if is_held(directory):
        raise CommandError("D406", _("a station runs on {data}").format(data=directory), _("End it first."))
