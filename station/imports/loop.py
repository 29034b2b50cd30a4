"""Rows of a loop file: one row for each loop. A loop that the file names is as the file says from then on."""

from __future__ import annotations

import re
from dataclasses import replace

from db.records.pull import LoopSet
from station.imports.fields import MAX_CODE, Fields
from station.imports.known import Known
from station.imports.report import ErrorList
from station.imports.table import Table
from station.jit.kanban import Trigger, cards, with_trigger
from station.pull.wip import wip_of
from station.tracking import is_whole
from station.values import Item

REQUIRED = frozenset({"loop", "item", "consumer", "container"})
COLUMNS = REQUIRED | {
    *("cards", "lead_time_min", "supplier", "goes_back", "trigger_at", "up_to", "wip_limit", "use_per_day", "safety_percent"),
    *("bottleneck_per_hour", "raw_time_min", "wanted_per_hour", "out_of_use"),
}
MOST_CARDS = 9999
MOST_MINUTES = 525_600  # a year
MINUTES_A_DAY = 24 * 60
RATE_DECIMALS = 3  # of containers an hour: whole ones in a thousand hours
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.]{0,29}")
_RULE = "letters, digits, dot and underscore, at most 30; a dash parts it from the number of its card"


def read_loops(table: Table, errors: ErrorList, *, known: Known) -> dict[int, LoopSet]:
    """The good rows, by their line in the file."""
    found: dict[int, LoopSet] = {}
    for row in table.rows:
        if row.is_broken:
            continue
        fields = Fields(row, errors)
        loop = _loop(fields, known)
        if loop is not None and loop.loop in {each.loop for each in found.values()}:
            fields.refuse("loop", "duplicate")
        if loop is not None and fields.is_good:
            found[fields.line] = loop
    return found


def _loop(fields: Fields, known: Known) -> LoopSet | None:
    name = fields.text("loop", is_required=True)
    if name and not _NAME.fullmatch(name):
        fields.refuse("loop", "not_allowed", allowed=_RULE)
    item = known.item(fields)
    if item is None:
        return None
    if item.components:
        fields.refuse("item", "not_allowed", allowed="an item that is stocked: a kit is asked for by an order")
    loop = LoopSet(
        loop=name,
        item=item.code,
        consumer=fields.text("consumer", is_required=True, longest=MAX_CODE),
        supplier=fields.text("supplier", longest=MAX_CODE),
        goes_back=fields.choice("goes_back", Trigger, Trigger.BIN_EMPTY).value,
        container=_container(fields, item),
        cards=fields.whole("cards", low=0, high=MOST_CARDS, default=0),
        lead_time_min=fields.whole("lead_time_min", low=0, high=MOST_MINUTES, default=0),
        trigger_at=fields.quantity("trigger_at", item.decimals) if fields.has("trigger_at") else -1,
        up_to=fields.quantity("up_to", item.decimals, is_required=False),
        wip_limit=fields.whole("wip_limit", low=0, high=MOST_CARDS, default=0),
        use_per_day=fields.quantity("use_per_day", item.decimals, is_required=False),
        safety_percent=fields.whole("safety_percent", low=0, high=1000, default=0),
        bottleneck_per_1000h=fields.quantity("bottleneck_per_hour", RATE_DECIMALS, is_required=False),
        raw_time_min=fields.whole("raw_time_min", low=0, high=MOST_MINUTES, default=0),
        wanted_per_1000h=fields.quantity("wanted_per_hour", RATE_DECIMALS, is_required=False),
        is_active=not (fields.has("out_of_use") and fields.flag("out_of_use")),
    )
    _check_trigger(fields, loop)
    if fields.is_good:
        loop = limited(fields, loop)
    return _with_cards(fields, loop) if fields.is_good else None


def _container(fields: Fields, item: Item) -> int:
    quantity = fields.quantity("container", item.decimals)
    if fields.is_good and not quantity:
        fields.refuse("container", "out_of_range", allowed="more than 0")
    if not is_whole(item, quantity):
        fields.refuse("container", "not_allowed", allowed="whole pieces, because the item is tracked by serial")
    return quantity


def _check_trigger(fields: Fields, loop: LoopSet) -> None:
    """What a stock in the machine triggers is asked of a supplier: inside the house the stock is the consumer's, and not in the
    book. Work in progress is limited inside the house."""
    if loop.trigger_at >= 0 and not loop.supplier:
        fields.refuse("trigger_at", "not_allowed", allowed="only with a supplier")
    if loop.trigger_at >= 0 and loop.up_to <= loop.trigger_at:
        fields.refuse("up_to", "out_of_range", allowed="more than trigger_at")
    if loop.up_to and loop.trigger_at < 0:
        fields.refuse("trigger_at", "missing")
    if loop.wip_limit and loop.supplier:
        fields.refuse("wip_limit", "not_allowed", allowed="only without a supplier")
    if loop.bottleneck_per_1000h and loop.supplier:
        fields.refuse("bottleneck_per_hour", "not_allowed", allowed="only without a supplier")


def limited(fields: Fields, loop: LoopSet) -> LoopSet:
    """The limit of work in progress, by formula where the file does not say it and says what it is made of."""
    made = {
        "bottleneck_per_hour": loop.bottleneck_per_1000h,
        "raw_time_min": loop.raw_time_min,
        "wanted_per_hour": loop.wanted_per_1000h,
    }
    if not any(made.values()):
        return loop
    for name in (each for each, value in made.items() if not value):
        fields.refuse(name, "missing", allowed="all three that a limit is made from, or none")
    if fields.is_good and loop.wanted_per_1000h >= loop.bottleneck_per_1000h:
        fields.refuse("wanted_per_hour", "out_of_range", allowed="less than bottleneck_per_hour")
    if not fields.is_good or loop.wip_limit:
        return loop
    count = wip_of(
        bottleneck_per_1000h=loop.bottleneck_per_1000h, raw_time_min=loop.raw_time_min, wanted_per_1000h=loop.wanted_per_1000h
    )
    if count is None or count.limit > MOST_CARDS:
        fields.refuse("wip_limit", "out_of_range", allowed=f"at most {MOST_CARDS}")
        return loop
    return replace(loop, wip_limit=count.limit)


def _with_cards(fields: Fields, loop: LoopSet) -> LoopSet | None:
    """The number of cards, by formula where the file does not say it and says what it is made of."""
    if loop.cards or loop.trigger_at >= 0:
        return loop
    if not (loop.use_per_day and loop.lead_time_min):
        fields.refuse("cards", "missing", allowed="a number, or use_per_day and lead_time_min to make it from")
        return None
    count = cards_of(loop)
    if count > MOST_CARDS:
        fields.refuse("cards", "out_of_range", allowed=f"at most {MOST_CARDS}, by formula {count}")
        return None
    return replace(loop, cards=count)


def cards_of(loop: LoopSet) -> int:
    """How many cards the formula says."""
    made = cards(
        demand_per_day=float(loop.use_per_day),
        lead_time_days=loop.lead_time_min / MINUTES_A_DAY,
        container=float(loop.container),
        safety=loop.safety_percent / 100,
    )
    return with_trigger(made, Trigger(loop.goes_back)).cards
