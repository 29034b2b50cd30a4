"""`baylight rebuild`: throw the present away and make it from the record again. Refused while the station runs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, FAILED, Terminal, Translate


def describe(parser: ArgumentParser, _: Translate) -> None:
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import rebuild

    before, after = rebuild(*store_directory(args))
    terminal.write_fields({"before": before, "after": after, "same": before == after}, as_json=args.json)
    return DONE if before == after else FAILED
