"""`baylight jit classify FILE`: how often and how evenly each item is asked for."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path

from station.jit.demand import DEFINITION, Classified, DemandClass, classify
from ui.cli.jit_files import read_table_file, status_of
from ui.cli.options import add_json_option
from ui.cli.terminal import Terminal, Translate

COLUMNS = ("item", "periods", "demands", "adi", "cv2", "class", "sufficient")


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("a table of items by periods (CSV); blank: not sold then"))
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    table = read_table_file(args.file, terminal)
    classified = [classify(each) for each in table.series]
    rows = [as_row(each) for each in classified]
    if args.json:
        terminal.write_rows(rows, as_json=True, columns=COLUMNS)
    else:
        terminal.write_rows([{**row, **_rounded(row)} for row in rows], as_json=False, columns=COLUMNS)
        _say_definition(classified, terminal)
    return status_of(table)


def as_row(classified: Classified) -> dict[str, object]:
    """One row of the output. `adi` null: no demand; `cv2` null: fewer than two demands."""
    return {
        "item": classified.item,
        "periods": classified.periods,
        "demands": classified.demands,
        "adi": classified.adi,
        "cv2": classified.cv2,
        "class": classified.demand_class.value,
        "sufficient": classified.is_sufficient,
    }


def _rounded(row: dict[str, object]) -> dict[str, object]:
    return {name: f"{value:.3f}" for name, value in row.items() if isinstance(value, float)}


def _say_definition(classified: list[Classified], terminal: Terminal) -> None:
    """On standard error: the classes mean nothing without it."""
    _ = terminal.translate
    counts = Counter(each.demand_class for each in classified)
    terminal.warn(", ".join(f"{each.value} {counts[each]}" for each in DemandClass))
    said = _(
        "ADI is periods divided by periods with demand, CV² is of the sample variance of the demands that are not zero. "
        "From {adi} and {cv2} on a demand is rare and uneven; below {enough} demands a class is not sure."
    )
    limits = {"adi": DEFINITION.adi_limit, "cv2": DEFINITION.cv2_limit, "enough": DEFINITION.enough_demands}
    terminal.warn(said.format(**limits))
