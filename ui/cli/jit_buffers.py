"""`baylight jit buffers`: the level that each item needs, beside today's minimum and maximum."""

from __future__ import annotations

import math
from argparse import ArgumentParser, Namespace

from station.jit.assortment import Analysed
from station.jit.buffers import zone_of
from station.jit.safety import Method
from ui.cli.jit_source import add_source_options, read_source
from ui.cli.terminal import Terminal, Translate

COLUMNS = ("item", "covers", "method", "on_hand", "zone", "level", "safety", "minimum", "maximum", "pieces", "money")


def describe(parser: ArgumentParser, _: Translate) -> None:
    add_source_options(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    source = read_source(args, terminal)
    rows = [as_row(each, source.given.service) for each in source.analysed().items]
    shown = rows if args.json else [{**row, **_rounded(row)} for row in rows]
    terminal.write_rows(shown, as_json=args.json, columns=COLUMNS)
    return source.status


def as_row(each: Analysed, service: float) -> dict[str, object]:
    """One row: a supplier's loop with cycle and safety stock, in stock units. `pieces` and `money` (minor units): mean stock
    under the proposal less today's stock; null where one of them is not known. `method` none: too little history for a level."""
    found, facts, scale = each.measured.level, each.measured.known.facts, each.measured.series.scale
    is_known = found.method is not Method.NONE
    level = math.ceil(found.level - 1e-9) if is_known else None
    mean = each.mean_stock
    pieces = None if mean is None or facts.on_hand is None else mean - facts.on_hand
    zone = None if level is None or facts.on_hand is None else zone_of(round(facts.on_hand * scale), max(1, level)).value
    return {
        "item": each.item,
        "covers": "external",
        "method": found.method.value,
        "service": service,
        "windows": found.windows,
        "use_per_day": each.measured.per_day,
        "lead_time_days": each.measured.known.lead_time_days,
        "lead_time_sd_days": each.measured.known.lead_time_sd_days,
        "level": level / scale if level is not None else None,
        "safety": found.safety / scale if is_known else None,
        "cycle": each.lot if is_known else None,
        "on_hand": facts.on_hand,
        "zone": zone,
        "minimum": facts.minimum,
        "maximum": facts.maximum,
        "pieces": pieces,
        "money": None if pieces is None or facts.unit_value is None else round(pieces * facts.unit_value),
        "assumed": list(each.measured.known.assumed),
    }


def _rounded(row: dict[str, object]) -> dict[str, object]:
    return {name: f"{value:.1f}" for name, value in row.items() if isinstance(value, float)}
