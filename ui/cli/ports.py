"""`baylight ports`: the serial ports of this computer, by the name to write into the settings."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ui.cli.options import add_json_option
from ui.cli.terminal import Terminal, Translate

COLUMNS = ("url", "device", "socket", "make", "what", "used_by")


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--config", type=Path, metavar="FILE", help=_("settings file (TOML)"))
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.ports import plugged_ports

    _ = terminal.translate
    plugged, missing = plugged_ports(args.config)
    terminal.write_rows(plugged, as_json=args.json, columns=COLUMNS)
    if not plugged:
        terminal.warn(_("no serial port is plugged in"))
    return terminal.end_with(
        _("{url} ({used_by} in the settings) is not plugged in, or more than one fits").format(url=url, used_by=name)
        for name, url in missing
    )
