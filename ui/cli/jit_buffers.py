"""`baylight jit buffers`: the level that each item needs, beside today's minimum and maximum."""

from __future__ import annotations

import math
from argparse import ArgumentParser, Namespace
from contextlib import closing
from datetime import UTC, datetime

from station.jit.assortment import Analysed
from station.jit.buffers import DynamicBuffer, propose, zone_of
from station.jit.capacity import capacity
from station.jit.desk import LOOK_BACK_DAYS, DeskFacts, buffers_of
from station.jit.loop_buffers import LoopBuffer
from station.jit.money import above_and_below
from station.jit.reading import desk_facts
from station.jit.report import gates_of
from station.jit.safety import Method
from station.jit.stock_days import by_item, daily
from station.values import StockChange
from ui.cli.jit_source import add_source_options, read_source, status_of, today
from ui.cli.options import store_directory
from ui.cli.terminal import Row, Terminal, Translate

TABLES = ("items", "loops")
LOOP_COLUMNS = ("loop", "item", "covers", "size", "on_hand", "zone", "after", "reason", "pieces", "money", "still", "cycles")
COLUMNS = ("item", "covers", "method", "on_hand", "zone", "level", "up_to", "minimum", "maximum", "pieces", "money")


def describe(parser: ArgumentParser, _: Translate) -> None:
    how = _("a line an item, or a kanban loop with its buffer; items by default")
    parser.add_argument("--table", choices=TABLES, default="items", help=how)
    add_source_options(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    if args.table == "loops":
        return _run_loops(args, terminal)
    source = read_source(args, terminal, stock_days=LOOK_BACK_DAYS)
    changes = by_item(source.changes)
    rows = [
        {
            **as_row(each, source.given.service),
            **as_dynamic(each, changes.get(each.item)),
            "assumed": list(each.measured.known.assumed),
        }
        for each in source.analysed().items
    ]
    shown = rows if args.json else [{**row, **_rounded(row)} for row in rows]
    terminal.write_rows(shown, as_json=args.json, columns=COLUMNS)
    return status_of(source)


def _run_loops(args: Namespace, terminal: Terminal) -> int:
    """What the supervisor's page shows, by the same functions."""
    from ui.bootstrap.store import open_reader, settings_of

    source, now = read_source(args, terminal, stock_days=LOOK_BACK_DAYS, needs_demand=False), datetime.now(UTC)
    with closing(open_reader(*store_directory(args))) as reader:
        read = desk_facts(reader, settings_of(args.config).jit, now=now)
    assortment = source.analysed()
    gates = gates_of(assortment, source.counted, source.internal, capacity(source.worked, assortment.items))
    rows = [as_loop(each, read) for each in buffers_of(source, assortment, read, gates=gates, now=now)]
    terminal.write_rows(rows, as_json=args.json, columns=LOOP_COLUMNS)
    return status_of(source)


def as_loop(each: LoopBuffer, read: DeskFacts) -> Row:
    """One loop: its zone, and what is proposed (`after`, `pieces`, `money`) or why nothing is (`still`), in stock units."""
    loop, change, dynamic, internal = each.loop, each.change, each.dynamic, each.internal
    scale = 10 ** read.items[loop.item].decimals
    return {
        "loop": loop.loop,
        "item": loop.item,
        "consumer": loop.consumer,
        "supplier": loop.supplier,
        "covers": loop.covers,
        "size": each.size / scale,
        "on_hand": each.on_hand / scale,
        "zone": each.zone.value,
        "trigger_at": None if loop.trigger_at is None else loop.trigger_at / scale,
        "cards": loop.cards,
        "after": change.after / scale if change else None,
        "reason": change.reason.value if change else None,
        "pieces": change.pieces / scale if change else None,
        "money": change.money if change else None,
        "still": each.still.value if each.still else None,
        "step": each.step,
        "steps": each.steps,
        "levels": [level / scale for level in change.levels] if change else [],
        "cycles": each.cycles,
        "red_gates": list(each.red_gates),
        "red_sum": dynamic.red_sum / scale if dynamic else None,
        "red_limit": dynamic.red_limit / scale if dynamic else None,
        "green_days": dynamic.green_days if dynamic else None,
        "use_per_day": internal.use_per_day / scale if internal else None,
        "replenishment_p95_days": internal.replenishment_p95_days if internal else None,
        "stop_cover_days": internal.stop_cover_days if internal else None,
    }


def as_row(each: Analysed, service: float) -> dict[str, object]:
    """One row: a supplier's loop with cycle and safety stock, in stock units: below `level` is ordered up to `up_to`, by which
    the zone of today's stock is told. `pieces` and `money` (minor units): mean stock
    under the proposal less today's stock; null where one of them is not known. `method` none: too little history for a level."""
    found, facts, scale = each.measured.level, each.measured.known.facts, each.measured.series.scale
    is_known = found.method is not Method.NONE
    level = math.ceil(found.level - 1e-9) if is_known else None
    mean = each.mean_stock
    pieces = None if mean is None or facts.on_hand is None else mean - facts.on_hand
    zone = (
        None
        if level is None or facts.on_hand is None
        else zone_of(round(facts.on_hand * scale), max(1, round((each.top or 0.0) * scale))).value
    )
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
        "cycle": each.measured.lot if is_known else None,
        "up_to": each.top,
        "on_hand": facts.on_hand,
        "zone": zone,
        "minimum": facts.minimum,
        "maximum": facts.maximum,
        "pieces": pieces,
        "money": None if pieces is None or facts.unit_value is None else round(pieces * facts.unit_value),
    }


def as_dynamic(each: Analysed, changes: tuple[StockChange, ...] | None) -> dict[str, object]:
    """What dynamic buffer management says of today's maximum, from free stock at the end of each day of the record; null where
    there is no such maximum or no record. It stands beside the level, never on top of it: a loop has one of the two."""
    facts, known = each.measured.known.facts, each.measured.known
    if changes is None or not facts.maximum or facts.on_hand is None or known.lead_time_days <= 0:
        return {"dynamic": None, "days_out": None, "above_money": None, "lost_money": None}
    scale, size = each.measured.series.scale, round(facts.maximum * each.measured.series.scale)
    days = daily(round(facts.on_hand * scale), changes, days=LOOK_BACK_DAYS, today=today())
    value = None if facts.unit_value is None else facts.unit_value / scale
    found = propose(DynamicBuffer(size=size, replenishment_days=known.lead_time_days), days, unit_value_minor=value)
    money = above_and_below(days, top=size, use_per_day=each.measured.per_day * scale, unit_value_minor=value or 0.0)
    dynamic = {
        "before": found.before / scale,
        "after": found.after / scale,
        "reason": found.reason.value,
        "pieces": found.pieces / scale,
        "money": found.money_minor,
        "green_days": found.green_days,
        "red_sum": found.red_sum / scale,
        "red_limit": found.red_limit / scale,
        "days": len(days),
    }
    return {
        "dynamic": dynamic,
        "days_out": money.days_out,
        "above_money": None if value is None else round(money.above_minor),
        "lost_money": None if value is None else round(money.lost_minor),
    }


def _rounded(row: dict[str, object]) -> dict[str, object]:
    return {name: f"{value:.1f}" for name, value in row.items() if isinstance(value, float)}
