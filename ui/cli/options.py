"""Options that several commands share, and what they mean together: the settings with data directory and station name."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ui.cli.terminal import Translate

if TYPE_CHECKING:
    from station.settings import ScreenSettings


def add_store_options(parser: ArgumentParser, _: Translate) -> None:
    """--data, --station and --config: which store is meant."""
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help=_("directory of the store (default: the settings' data directory)")
    )
    parser.add_argument(
        "--station", metavar="NAME", help=_("name of the station (default: the store's own, else the settings' station name)")
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help=_("settings file (TOML)"))


def own_config(config: Path | None, directory: Path) -> Path | None:
    """The settings file that is named; without one that of the data directory, which the first start has written there."""
    from ui.bootstrap.first_start import SETTINGS_FILE

    own = directory / SETTINGS_FILE
    return own if config is None and own.is_file() else config


def take_own_config(args: Namespace) -> None:
    """Let the command read the data directory's own settings file, where it names none itself. The demo reads none."""
    if getattr(args, "config", ...) is not None or getattr(args, "demo", False):
        return
    from ui.bootstrap.store import default_directory

    named = os.environ.get("BAYLIGHT_STATION_DATA")
    directory = getattr(args, "data", None) or (Path(named) if named else default_directory(os.environ))
    args.config = own_config(None, directory)


def add_window_option(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument(
        "--window", action="store_true", help=_("a window with a frame instead of the whole screen (settings: screen.window)")
    )


def screen_of(args: Namespace, screen: ScreenSettings) -> ScreenSettings:
    """The screen as the settings have it, in a window where the command says so."""
    return replace(screen, window="framed") if args.window else screen


def add_json_option(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--json", action="store_true", help=_("print JSON and nothing else on standard output"))


def store_directory(args: Namespace) -> tuple[Path, str]:
    """The data directory and the station's name: from the options, else from the settings and the environment. A store that is
    there says itself whose it is, before the settings do."""
    from ui.bootstrap.store import owner_of, store_of

    named, station = store_of(args.config)
    directory = args.data or named
    return directory, args.station or owner_of(directory) or station
