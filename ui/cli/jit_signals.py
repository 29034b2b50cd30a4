"""`baylight jit signals`: what is asked for, the loops it comes from, how long each step takes, and how long receipts lie."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Protocol

from station.jit.conwip import WipCount
from station.jit.signal import latencies
from station.pull.steps import as_signal
from station.pull.told import LoopTold, StepTold, loops_told, steps_told
from station.pull.wip import Room, waiting_for
from station.quantity import to_text
from station.values import Item, PullCard, PullLoop, PullPosition, PullSignal, Receipt
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, Row, Terminal, Translate

TABLES = ("signals", "loops", "times", "receipts")
COLUMNS = {
    "signals": ("signal", "state", "slack_min", "waits_for", "quantity", "item", "consumer", "origin", "need_by", "supplier"),
    "loops": (
        "loop",
        "item",
        "consumer",
        "supplier",
        "covers",
        "container",
        "cards",
        "formula",
        "open",
        "at_work",
        "wip_limit",
        "wip_formula",
        "lost",
        "surplus",
        "net",
    ),
    "times": ("step", "count", "p50_s", "p95_s"),
    "receipts": ("at", "item", "quantity", "supplier", "order", "way", "dwell_s"),
}
DAYS = 30


class PullReader(Protocol):
    """What is asked of the store."""

    def open_signals(self, *, with_steps: bool = False) -> tuple[PullSignal, ...]: ...

    def signals_since(self, since: datetime) -> tuple[PullSignal, ...]: ...

    def receipts_since(self, since: datetime) -> tuple[Receipt, ...]: ...

    def loops(self) -> tuple[PullLoop, ...]: ...

    def cards(self) -> tuple[PullCard, ...]: ...

    def positions(self, codes: Collection[str]) -> dict[str, PullPosition]: ...

    def items_named(self, codes: Iterable[str]) -> tuple[Item, ...]: ...


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--table", choices=TABLES, default="signals", help=_("which of the tables; signals by default"))
    parser.add_argument("--days", type=int, default=DAYS, metavar="N", help=_("of so many days, and all that is open"))
    parser.add_argument("--open", action="store_true", help=_("only what is open"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import open_reader

    now = datetime.now(UTC)
    since = now - timedelta(days=max(0, args.days))
    with closing(open_reader(*store_directory(args))) as reader:
        rows = _rows(reader, args, since=since, now=now)
    terminal.write_rows(rows, as_json=args.json, columns=COLUMNS[args.table])
    return DONE


def _rows(reader: PullReader, args: Namespace, *, since: datetime, now: datetime) -> list[Row]:
    signals = reader.open_signals(with_steps=True) if args.open else reader.signals_since(since)
    if args.table == "times":
        return [_time(each) for each in steps_told(signals, reader.receipts_since(since))]
    if args.table == "receipts":
        receipts = reader.receipts_since(since)
        items = _items(reader, {each.item for each in receipts})
        return [_receipt(each, items) for each in receipts]
    if args.table == "loops":
        loops = reader.loops()
        positions = reader.positions({each.item for each in loops if each.trigger_at is not None})
        told = loops_told(loops, signals=reader.open_signals(), seen=reader.cards(), positions=positions, now=now)
        items = _items(reader, {each.item for each in loops})
        return [_loop(each, items) for each in told]
    items, rooms = _items(reader, {each.item for each in signals}), waiting_for(signals, reader.loops())
    return [{**_signal(each, items, now), "waits_for": _room(rooms.get(each.signal))} for each in sorted(signals, key=_rank)]


def _room(room: Room | None) -> str | None:
    """How many its consumer has at work, of how many it may; null where it does not wait for that."""
    return None if room is None else f"{room.at_work}/{room.limit}"


def _items(reader: PullReader, codes: set[str]) -> dict[str, Item]:
    return {each.code: each for each in reader.items_named(codes)}


def _rank(signal: PullSignal) -> tuple[bool, bool, datetime, str]:
    return not signal.is_open, signal.need_by is None, signal.need_by or signal.raised_at, signal.signal


def _text(quantity: int, item: str, items: Mapping[str, Item]) -> str:
    known = items.get(item)
    return to_text(quantity, known.decimals if known else 0)


def _signal(each: PullSignal, items: Mapping[str, Item], now: datetime) -> Row:
    """`slack_min` is below zero where it is late; null when nobody said by when, or it is over."""
    slack = (each.need_by - now).total_seconds() / 60 if each.need_by and each.is_open else None
    return {
        "signal": each.signal,
        "state": each.state,
        "is_open": each.is_open,
        "item": each.item,
        "quantity": _text(each.quantity, each.item, items),
        "done": _text(each.done, each.item, items),
        "consumer": each.consumer,
        "origin": each.origin,
        "raised_at": each.raised_at.isoformat(),
        "need_by": each.need_by.isoformat() if each.need_by else None,
        "slack_min": None if slack is None else round(slack),
        "loop": each.loop,
        "card": each.card,
        "supplier": each.supplier,
        "order": each.order,
        "rest_of": each.rest_of,
        "reason": each.reason,
        "steps": [{"state": state, "at": at.isoformat()} for state, at in each.steps],
        "took_s": {state.value: round(took.total_seconds(), 3) for state, took in latencies(as_signal(each)).items()},
    }


def _loop(told: LoopTold, items: Mapping[str, Item]) -> Row:
    loop, made, position = told.loop, told.formula, told.position
    scale = 10 ** items[loop.item].decimals if loop.item in items else 1
    in_units = ("demand_per_day", "container")
    return {
        "loop": loop.loop,
        "item": loop.item,
        "consumer": loop.consumer,
        "supplier": loop.supplier,
        "covers": loop.covers,
        "goes_back": loop.goes_back,
        "container": _text(loop.container, loop.item, items),
        "cards": loop.cards,
        "formula": made.cards if made else None,
        "formula_text": made.formula if made else None,
        "formula_exact": round(made.exact, 4) if made else None,
        "formula_inputs": {n: v / scale if n in in_units else v for n, v in made.inputs.items()} if made else None,
        "lead_time_min": loop.lead_time_min,
        "is_active": loop.is_active,
        "open": told.open_signals,
        "at_work": told.at_work,
        "wip_limit": loop.wip_limit or None,
        **_wip(told.wip),
        "lost": [f"{loop.loop}-{number}" for number in told.found.lost],
        "surplus": [f"{loop.loop}-{number}" for number in told.found.surplus],
        "trigger_at": None if loop.trigger_at is None else _text(loop.trigger_at, loop.item, items),
        "up_to": None if loop.trigger_at is None else _text(loop.up_to, loop.item, items),
        "net": None if position is None else _text(position.net, loop.item, items),
        "on_hand": None if position is None else _text(position.on_hand, loop.item, items),
        "on_order": None if position is None else _text(position.on_order, loop.item, items),
        "on_the_way": None if position is None else _text(position.on_the_way, loop.item, items),
        "committed": None if position is None else _text(position.committed, loop.item, items),
    }


def _wip(made: WipCount | None) -> Row:
    """The limit by formula, with what it is made from; null where nobody said it."""
    return {
        "wip_formula": made.limit if made else None,
        "wip_formula_text": made.formula if made else None,
        "wip_inputs": dict(made.inputs) if made else None,
        "wip_reached_per_hour": round(made.reached_per_hour, 4) if made else None,
    }


def _time(each: StepTold) -> Row:
    return {"step": each.step, "count": each.count, "p50_s": round(each.p50_s, 3), "p95_s": round(each.p95_s, 3)}


def _receipt(each: Receipt, items: Mapping[str, Item]) -> Row:
    return {
        "at": each.at.isoformat(),
        "order": each.order,
        "item": each.item,
        "quantity": _text(each.quantity, each.item, items),
        "supplier": each.supplier,
        "reference": each.reference,
        "way": each.way,
        "dwell_s": each.dwell_s,
    }
