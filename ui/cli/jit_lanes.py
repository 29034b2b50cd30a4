"""What `baylight jit exposure --lane` answers: which consumers, orders and lines stop when a lane is closed."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from station.jit.exposure import Asked, Stocked, Stop
from station.jit.lane_use import LaneUse, closed_of, held_of, is_known, known_lanes, under_way
from station.jit.lanes import ConsumerStop, consumers_stopped, lane_of, stops_of, without_arrivals
from station.jit.source import Source
from ui.cli.terminal import CommandError, Row, Terminal

MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Scenario:
    """The stock as it would be, and what stops."""

    stock: tuple[Stocked, ...]
    stops: tuple[Stop, ...]
    consumers: tuple[ConsumerStop, ...]


def if_closed(
    args: Namespace,
    source: Source,
    use: LaneUse,
    stock: tuple[Stocked, ...],
    lines: tuple[Asked, ...],
    *,
    terminal: Terminal,
    now: datetime,
) -> Scenario:
    """What stops with the lane closed. Raises CommandError O526 where nothing runs on it."""
    _ = terminal.translate
    lane = lane_of(args.lane)
    if not is_known(lane, use, source.facts):
        known = known_lanes(use, source.facts)
        named = ", ".join(known[:MOST_NAMED]) or "-"
        raise CommandError(
            "O526",
            _("Nothing runs on the lane {lane}.").format(lane=args.lane),
            _("Lanes are FROM>TO, among them: {lanes}. Name one, or give the items their lane in --facts.").format(lanes=named),
        )
    scales = {each.item: each.scale for each in source.series}
    closed = closed_of(lane, use, source.facts, scales, args.days or None)
    stock = without_arrivals(stock, closed)
    found = stops_of(stock, (*lines, *under_way(use.signals, scales, now)), closed)
    held = held_of(use.loops, use.signals, scales)
    return Scenario(stock, found, consumers_stopped(found, held, closed))


def consumer_rows(consumers: Iterable[ConsumerStop]) -> list[Row]:
    """Who stands, the soonest first, and for lack of what."""
    return [
        {
            "what": "consumer",
            "consumer": each.consumer,
            "item": each.item,
            "order": "",
            "line": "",
            "in_days": round(each.in_days, 2),
            "cover_days": None,
            "missing": None,
        }
        for each in consumers
    ]
