"""`baylight jit exposure`: what runs dry, and which orders stop when something does not come."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing
from datetime import UTC, datetime, timedelta

from station.jit.exposed import lines_of, stocked
from station.jit.exposure import (
    Asked,
    EarlyWarning,
    Stocked,
    Stop,
    cover_days,
    cover_of_orders,
    late,
    runs_dry,
    shield,
    stops,
)
from station.jit.lane_use import LaneUse
from station.jit.lanes import consumers_stopped, lane_of
from station.jit.source import Source
from station.jit.warned import warned
from ui.cli.jit_lanes import Scenario, consumer_rows, if_closed
from ui.cli.jit_source import add_source_options, read_source, status_of
from ui.cli.options import store_directory
from ui.cli.terminal import MISUSED, CommandError, Terminal, Translate

COLUMNS = ("what", "consumer", "item", "order", "line", "in_days", "cover_days", "missing", "about", "figure")

SIGNALS = timedelta(days=365)  # so old an open signal may be


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--late", metavar="SUPPLIER", default="", help=_("what if this supplier were late; needs --days"))
    parser.add_argument(
        "--lane",
        metavar="FROM>TO",
        default="",
        help=_(
            "what if this lane were closed: a machine or supplier, and a consumer (either may be empty), or a lane of the facts"
        ),
    )
    parser.add_argument("--days", type=float, default=0.0, metavar="N", help=_("by so many days"))
    parser.add_argument("--within", type=float, default=30.0, metavar="DAYS", help=_("only what runs dry within so many days"))
    parser.add_argument(
        "--stop-cost",
        type=float,
        default=0.0,
        metavar="MONEY",
        help=_("what a day of standstill costs, minor units: is a buffer worth it?"),
    )
    parser.add_argument("--hold", type=float, default=30.0, metavar="DAYS", help=_("how long such a buffer would be held"))
    add_source_options(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    _ = terminal.translate
    if bool(args.late) is not (args.days > 0) and (args.late or not args.lane):
        raise CommandError("O465", _("--late and --days belong together: give both, or none."), status=MISUSED)
    if args.late and args.lane:
        raise CommandError("O527", _("--late and --lane are two questions: ask them one after the other."), status=MISUSED)
    source = read_source(args, terminal, needs_demand=bool(args.file))
    now = datetime.now(UTC)
    use, warnings = (LaneUse(), ()) if args.file else _of_store(args, source, now)
    stock = stocked(source, use.orders, now=now)
    shields = _shield_rows(stock, args, source) if args.days > 0 and args.stop_cost > 0 else []
    if args.late:
        stock = late(stock, days=args.days, supplier=args.late)
    lines = lines_of(use.orders, source, now=now)
    found = stops(stock, lines)
    scenario = Scenario(stock, found, consumers_stopped(found, ()))
    if args.lane:
        scenario = if_closed(args, source, use, stock, lines, terminal=terminal, now=now)
    rows = [
        *_warning_rows(warnings),
        *consumer_rows(scenario.consumers),
        *_dry_rows(scenario.stock, args.within),
        *_order_rows(scenario.stock, lines),
        *_stop_rows(scenario.stock, scenario.stops),
        *shields,
    ]
    shown = rows if args.json else [{**dict.fromkeys(COLUMNS), **row} for row in rows]  # each kind has columns of its own
    terminal.write_rows(shown, as_json=args.json, columns=COLUMNS)
    return status_of(source)


def _of_store(args: Namespace, source: Source, now: datetime) -> tuple[LaneUse, tuple[EarlyWarning, ...]]:
    """The open orders with what lanes carry, and what will hurt later."""
    from ui.bootstrap.store import open_reader

    with closing(open_reader(*store_directory(args))) as reader:
        outages = [each for machine in reader.machines() for each in reader.outages(machine)]
        signals = reader.signals_since(now - SIGNALS)
        use = LaneUse(
            orders=reader.open_orders(),
            stock=reader.stock(),
            loops=reader.loops(),
            signals=signals,
            machines=reader.machines(),
        )
        return use, warned(signals, outages, source.counted, now=now)


def _warning_rows(warnings: tuple[EarlyWarning, ...]) -> list[dict[str, object]]:
    """Hours that a signal is late (below zero) or a bay is out; of accuracy that of the newest counts, with what was usual."""
    return [
        {
            "what": each.code,
            "item": "",
            "order": "",
            "line": "",
            "in_days": None,
            "cover_days": None,
            "missing": None,
            "about": each.about,
            "figure": round(each.figure, 3),
            "limit": round(each.limit, 3),
        }
        for each in warnings
    ]


def _order_rows(stock: tuple[Stocked, ...], lines: tuple[Asked, ...]) -> list[dict[str, object]]:
    """The days of cover of each order in work, the shortest first; null: none of its items runs out."""
    cover = cover_of_orders({each.item: each for each in stock}, lines)
    return [
        {
            "what": "order",
            "item": "",
            "order": order,
            "line": "",
            "in_days": None,
            "cover_days": None if days is None else round(days, 2),
            "missing": None,
        }
        for order, days in sorted(cover.items(), key=lambda each: (each[1] is None, each[1] or 0.0, each[0]))
    ]


def _dry_rows(stock: tuple[Stocked, ...], within: float) -> list[dict[str, object]]:
    dry = [(each, found) for each in stock if (found := runs_dry(each)) is not None and found.in_days <= within]
    return [
        {
            "what": "item",
            "item": each.item,
            "order": "",
            "line": "",
            "in_days": round(found.in_days, 2),
            "cover_days": round(cover_days(each) or 0.0, 2),
            "missing": None,
            "for_days": found.for_days,
            "supplier": each.supplier,
        }
        for each, found in sorted(dry, key=lambda both: (both[1].in_days, both[0].item))
    ]


def _stop_rows(stock: tuple[Stocked, ...], found: tuple[Stop, ...]) -> list[dict[str, object]]:
    cover = {each.item: round(days, 2) for each in stock if (days := cover_days(each)) is not None}
    return [
        {
            "what": "line",
            "item": each.item,
            "order": each.order,
            "line": each.line,
            "in_days": round(each.in_days, 2),
            "cover_days": cover.get(each.item),
            "missing": each.missing,
            "for_days": None,
            "supplier": "",
            "consumer": each.consumer,
        }
        for each in found
    ]


def _shield_rows(stock: tuple[Stocked, ...], args: Namespace, source: Source) -> list[dict[str, object]]:
    """The temporary buffers that would bridge the delay, each against the standstill that it prevents; money in minor units."""
    suppliers = {each.item: each.supplier for each in stock}
    found = [
        shield(
            each,
            delay_days=args.days,
            stop_minor_per_day=args.stop_cost,
            carrying_rate=source.given.cost.rate,
            held_days=args.hold,
        )
        for each in stock
        if _is_late(each, args)
    ]
    return [
        {
            "what": "buffer",
            "item": each.item,
            "order": "",
            "line": "",
            "in_days": None,
            "cover_days": None,
            "missing": each.quantity,
            "value": round(each.value_minor),
            "carrying": round(each.carrying_minor),
            "stop": round(each.stop_minor),
            "worth_it": each.is_worth_it,
            "supplier": suppliers[each.item],
        }
        for each in found
        if each is not None
    ]


def _is_late(stocked: Stocked, args: Namespace) -> bool:
    """Whether what comes of it comes later: by its supplier, or by the lane that is closed."""
    lane = lane_of(args.lane)
    return stocked.supplier == (args.late or lane.source or None) or bool(lane.name and stocked.lane == lane.name)
