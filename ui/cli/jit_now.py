"""What a planner should look at today, for the head of `baylight jit report`: warnings, and the buffers of the loops."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from station.jit.assortment import Assortment
from station.jit.buffers import Zone
from station.jit.capacity import capacity
from station.jit.desk import LOOK_BACK_DAYS, buffers_of
from station.jit.reading import desk_facts
from station.jit.report import gates_of
from station.jit.source import Source
from station.jit.warned import warned
from ui.cli.options import store_directory
from ui.cli.terminal import Terminal

LOW = frozenset({Zone.RED, Zone.BLACK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """`line_stops` are of the warnings; `low` and `proposed` of the buffers in use."""

    warnings: int
    line_stops: int
    buffers: int
    low: int
    proposed: int


def read_now(args: Namespace, source: Source, assortment: Assortment) -> Now | None:
    """None where a table stands in for the record."""
    from ui.bootstrap.store import open_reader, settings_of

    if args.file:
        return None
    now = datetime.now(UTC)
    with closing(open_reader(*store_directory(args))) as reader:
        read = desk_facts(reader, settings_of(args.config).jit, now=now, with_orders=False)
        if any(each.is_active for each in read.loops):
            source = replace(source, changes=reader.stock_changes(days=LOOK_BACK_DAYS, today=now.date()))
    told = warned(read.signals, read.outages, source.counted, now=now)
    gates = gates_of(assortment, source.counted, source.internal, capacity(source.worked, assortment.items))
    buffers = buffers_of(source, assortment, read, gates=gates, now=now)
    return Now(
        warnings=len(told),
        line_stops=sum(each.code == "line_stop" for each in told),
        buffers=len(buffers),
        low=sum(each.zone in LOW for each in buffers),
        proposed=sum(each.change is not None for each in buffers),
    )


def say_now(now: Now | None, terminal: Terminal) -> None:
    """What there is, and the command that tells more; nothing where there is nothing."""
    _ = terminal.translate
    if now is None:
        return
    if now.warnings:
        said = _("Look today: warnings {warnings}, of them lines that may stand {stops} (baylight jit exposure).")
        terminal.say(said.format(warnings=now.warnings, stops=now.line_stops))
    if now.low or now.proposed:
        said = _("Buffers: {low} of {buffers} red or empty; changes proposed: {proposed} (baylight jit buffers --table loops).")
        terminal.say(said.format(low=now.low, buffers=now.buffers, proposed=now.proposed))
