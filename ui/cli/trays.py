"""`baylight trays`: the trays of the site and how they are divided."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict

from station.values import Tray
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import Terminal, Translate

COLUMNS = ("machine", "tray", "name", "width_mm", "depth_mm", "max_weight_g", "compartment_count", "visit")
CELL_COLUMNS = ("machine", "tray", "compartment", "x_mm", "y_mm", "width_mm", "depth_mm")


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("tray", nargs="*", type=int, help=_("only these trays, each with its compartments"))
    parser.add_argument("--machine", metavar="NAME", help=_("only this machine"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import open_reader

    with closing(open_reader(*store_directory(args))) as reader:
        machines = [args.machine] if args.machine else reader.machines()
        found = [tray for machine in machines for tray in reader.trays(machine)]
        trays = [tray for tray in found if not args.tray or tray.number in args.tray]
        rows = [as_row(tray, visit=reader.visit_of(tray.machine, tray.number)) for tray in trays]
    terminal.write_rows(rows, as_json=args.json, columns=COLUMNS)
    if args.tray and trays and not args.json:  # all compartments of all trays are no table that anybody reads
        terminal.write_rows([row for tray in trays for row in cells_of(tray)], as_json=False, columns=CELL_COLUMNS)
    return terminal.end_with(_missing(args, found, terminal.translate))


def _missing(args: Namespace, found: Sequence[Tray], _: Translate) -> Iterator[str]:
    """What was named and is not among the trays of the machines that were asked for."""
    if args.machine and not found:
        yield _("there is no tray of a machine {machine}").format(machine=args.machine)
        return
    for number in sorted(set(args.tray) - {each.number for each in found}):
        yield _("there is no tray {tray}").format(tray=number)


def cells_of(tray: Tray) -> list[dict[str, object]]:
    """The compartments of a tray as rows for a person."""
    return [
        {"machine": tray.machine, "tray": tray.number, "compartment": each.label, **asdict(each)} for each in tray.compartments
    ]


def as_row(tray: Tray, *, visit: int) -> dict[str, object]:
    """One tray with its compartments; `visit` is the highest known here, 0 when it was never at a bay."""
    return {
        "machine": tray.machine,
        "tray": tray.number,
        "name": tray.name,
        "width_mm": tray.width_mm,
        "depth_mm": tray.depth_mm,
        "max_weight_g": tray.max_weight_g,
        "visit": visit,
        "compartment_count": len(tray.compartments),
        "compartments": [asdict(each) for each in tray.compartments],
    }
