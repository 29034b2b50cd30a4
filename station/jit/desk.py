"""What a supervisor sees of just-in-time at the bay: the buffers of the loops, exposure and the verdicts, made once. Pure.

The figures are those of `baylight jit buffers --table loops`, `exposure` and `suitability`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from station.jit.assortment import Analysed, Assortment
from station.jit.capacity import PULLED, capacity
from station.jit.exposed import lines_of, stocked
from station.jit.exposure import DryItem, EarlyWarning, Stocked, Stop, cover_days, late, runs_dry, stops
from station.jit.loop_buffers import Around, LoopBuffer, Mark, buffer_of, ranked
from station.jit.readiness import Measured
from station.jit.report import gates_of
from station.jit.source import Source
from station.jit.stock_days import by_item, daily
from station.jit.suitability import Verdict
from station.jit.warned import warned
from station.jit.ways import Way, is_way, stops_if_closed, ways_of
from station.values import EventFact, Item, Order, Outage, PullLoop, PullSignal

LOOK_BACK_DAYS = 180  # of free stock: two replenishment times of three months
WITHIN_DAYS = 30.0
MOST_WARNINGS = 50
MOST_ROWS = 500  # of each list; more than that nobody reads at a bay
BUFFER_SET = "buffer_set"


@dataclass(frozen=True, slots=True)
class ItemTold:
    """What is shown of an item."""

    code: str
    name: str
    unit: str
    decimals: int


@dataclass(frozen=True, slots=True)
class Cover:
    """How long an item lasts, and when it runs dry, with the supplier who could be late."""

    item: str
    days: float | None
    dry: DryItem | None
    supplier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`covers`: what runs dry first; with a supplier who is so many days late (`late_supplier`, `late_days`), else as it stands.
    `verdicts`: the close ones first. `cut`: so many rows of the lists are not here."""

    made_at: datetime
    currency: str
    buffers: tuple[LoopBuffer, ...]
    gates: tuple[Measured, ...]
    covers: tuple[Cover, ...]
    stops: tuple[Stop, ...]
    verdicts: tuple[Verdict, ...]
    items: Mapping[str, ItemTold]
    late_supplier: str = ""  # or the way to a consumer that is closed (`Way.name`)
    late_days: float = 0.0  # infinite: nothing comes, nobody knows until when
    cut: int = 0
    warnings: tuple[EarlyWarning, ...] = ()
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFacts:
    """What is read beside the source."""

    loops: tuple[PullLoop, ...]
    signals: tuple[PullSignal, ...]
    marks: Mapping[str, Mark]
    orders: tuple[Order, ...]
    items: Mapping[str, Item]
    outages: tuple[Outage, ...] = ()


def marks_of(facts: Iterable[EventFact]) -> dict[str, Mark]:
    """The newest change of each loop's buffer."""
    found = {}
    for each in facts:
        data = each.data
        found[data["loop"]] = Mark(at=each.at, after=data["after"], levels=tuple(data["levels"]), step=data["step"])
    return found


def desk_of(source: Source, read: DeskFacts, *, now: datetime, late_supplier: str = "", late_days: float = 0.0) -> Desk:
    """All of it."""
    assortment = source.analysed()
    gates = gates_of(assortment, source.counted, source.internal, capacity(source.worked, assortment.items))
    buffers = buffers_of(source, assortment, read, gates=gates, now=now)
    stock = stocked(source, read.orders, now=now, assortment=assortment)
    asked = lines_of(read.orders, source, now=now)
    if late_supplier and not is_way(late_supplier):
        stock = late(stock, days=late_days, supplier=late_supplier)
    covers, lines = _covers(stock), stops(stock, asked)
    if is_way(late_supplier):
        lines = stops_if_closed(
            late_supplier,
            late_days,
            stock,
            asked,
            read.signals,
            now=now,
            scales={each.item: each.scale for each in source.series},
        )
    verdicts = sorted((each.verdict for each in assortment.items), key=lambda each: (not each.is_close, each.item))
    shown = (covers[:MOST_ROWS], lines[:MOST_ROWS], tuple(verdicts[:MOST_ROWS]))
    codes = {each.loop.item for each in buffers} | {each.item for rows in shown for each in rows}
    return Desk(
        made_at=now,
        currency=source.given.settings.currency,
        buffers=buffers,
        gates=gates,
        covers=shown[0],
        stops=shown[1],
        verdicts=shown[2],
        items={code: _told(read.items[code]) for code in codes if code in read.items},
        late_supplier=late_supplier,
        late_days=late_days,
        cut=len(covers) + len(lines) + len(verdicts) - sum(map(len, shown)),
        ways=ways_of(asked),
        warnings=warned(read.signals, read.outages, source.counted, now=now)[:MOST_WARNINGS],
    )


def buffers_of(
    source: Source, assortment: Assortment, read: DeskFacts, *, gates: Sequence[Measured], now: datetime
) -> tuple[LoopBuffer, ...]:
    """The buffers of all loops in use, what is proposed first."""
    analysed = {each.item: each for each in assortment.items}
    changes = by_item(source.changes)
    of_loop: dict[str, list[PullSignal]] = {}
    for each in read.signals:
        of_loop.setdefault(each.loop, []).append(each)
    stop_cover = timedelta(minutes=source.given.settings.stop_cover_minutes) / timedelta(days=1)
    found = []
    for loop in read.loops:
        item = read.items.get(loop.item)
        if not loop.is_active or item is None:
            continue
        scale, facts = 10**item.decimals, source.facts.get(loop.item)
        free = round((facts.on_hand or 0.0) * scale) if facts is not None else 0
        around = Around(
            signals=tuple(of_loop.get(loop.loop, ())),
            on_hand=daily(free, changes.get(loop.item, ()), days=LOOK_BACK_DAYS, today=now.date()) if loop.supplier else (),
            target=_target(analysed.get(loop.item), scale) if loop.supplier else None,
            unit_value=facts.unit_value / scale if facts is not None and facts.unit_value else None,
            mark=read.marks.get(loop.loop),
            stop_cover_days=stop_cover,
        )
        found.append(buffer_of(loop, around, gates=gates, now=now))
    return ranked(found)


def _target(found: Analysed | None, scale: int) -> int | None:
    """The most there should be of an item that is to be pulled."""
    if found is None or found.verdict.kind not in PULLED or found.top is None:
        return None
    return max(1, math.ceil(found.top * scale - 1e-9))


def _covers(stock: Sequence[Stocked]) -> tuple[Cover, ...]:
    """What runs dry within the next weeks, the soonest first."""
    found = [
        Cover(each.item, cover_days(each), dry, each.supplier)
        for each in stock
        if (dry := runs_dry(each)) is not None and dry.in_days <= WITHIN_DAYS
    ]
    return tuple(sorted(found, key=lambda each: (each.dry.in_days if each.dry else 0.0, each.item)))


def _told(item: Item) -> ItemTold:
    return ItemTold(item.code, item.name, item.unit, item.decimals)
