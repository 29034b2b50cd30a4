"""`baylight practice`: a first order to try, on a simulated machine and a store that is thrown away afterwards."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ui.cli.display import require_display
from ui.cli.options import add_window_option
from ui.cli.terminal import Terminal, Translate


def describe(parser: ArgumentParser, _: Translate) -> None:
    """No --data, --station or --config: nothing that is real can be named."""
    add_window_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    require_display(terminal.translate)
    from station.settings import ScreenSettings
    from ui.cli.options import screen_of
    from ui.demo.practice import run_practice

    return run_practice(screen_of(args, ScreenSettings()))
