"""`baylight wall`: the figures of a bay on a large screen, of the whole day and of no person. It only reads."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ui.cli.display import require_display
from ui.cli.options import add_store_options, store_directory
from ui.cli.terminal import Terminal, Translate


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument(
        "--every", type=float, default=15.0, metavar="S", help=_("read the figures anew after so many seconds (default: 15)")
    )
    parser.add_argument("--framed", action="store_true", help=_("in a window with a frame, not on the whole screen"))
    add_store_options(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    require_display(terminal.translate)
    from ui.bootstrap.store import settings_of
    from ui.wall import show_wall

    directory, station = store_directory(args)
    settings = settings_of(args.config, station=station)
    return show_wall(directory, settings, every_s=max(1.0, args.every), is_framed=args.framed)
