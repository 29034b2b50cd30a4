"""`baylight loads`: what waits in the machine for somebody else, what is to be taken first before what may wait."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing

from station.values import Load
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import Terminal, Translate

COLUMNS = ("load", "production_order", "operation", "consumer", "machine", "tray", "compartment", "put_at", "take_at")


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--consumer", metavar="NAME", help=_("only what waits for this consumer"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import open_reader

    with closing(open_reader(*store_directory(args))) as reader:
        loads = [each for each in reader.loads() if args.consumer in (None, each.consumer)]
    terminal.write_rows([as_row(each) for each in loads], as_json=args.json, columns=COLUMNS)
    return 0


def as_row(load: Load) -> dict[str, object]:
    """One row of the output. Times are ISO 8601, UTC; what nobody said is "" or null."""
    return {
        "load": load.load,
        "production_order": load.production_order,
        "operation": load.operation,
        "consumer": load.consumer,
        "machine": load.place.machine,
        "tray": load.place.tray,
        "compartment": load.place.compartment,
        "put_at": load.put_at.isoformat(),
        "take_at": load.take_at.isoformat() if load.take_at else None,
    }
