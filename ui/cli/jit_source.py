"""Where the demand of `baylight jit` comes from: a table of items by periods, or the record of the store."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from station.jit.assortment import Assortment, analyse
from station.jit.demand import Series
from station.jit.drawn import Drawing, drawn_facts
from station.jit.facts import Assumptions, ItemFacts, assumptions_of
from station.jit.facts_table import read_facts
from station.jit.history import series_of
from station.jit.period_names import period_days_of
from station.jit_settings import JitSettings
from station.pull.told import internal_ratio
from station.values import Item, Stock, StockChange, StockStatus
from ui.cli.jit_files import read_table_file
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import FAILED, MISUSED, CommandError, Terminal, Translate

COUNTS = 2000  # the newest, of which the accuracy of the inventory is told
MOST_PERIOD_DAYS = 92.0
LEAST_SERVICE, MOST_SERVICE = 50.0, 99.99


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What was read. `is_rejected`: a line of a file was left out, so that the answer is not of the whole."""

    series: tuple[Series, ...]
    facts: dict[str, ItemFacts]
    given: Assumptions
    period_days: float
    is_period_assumed: bool = False
    drawn: tuple[str, ...] = ()
    undated: int = 0
    counted: tuple[tuple[int, int], ...] = ()
    changes: tuple[StockChange, ...] = ()
    internal: float | None = None  # of the signals that were delivered inside the house
    is_rejected: bool = False

    @property
    def status(self) -> int:
        return FAILED if self.is_rejected else 0

    def analysed(self) -> Assortment:
        """The assortment of it."""
        return analyse(self.series, self.facts, given=self.given, period_days=self.period_days, drawn=self.drawn)


def add_source_options(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help=_("a table of items by periods (CSV) instead of the store's record")
    )
    parser.add_argument("--facts", type=Path, metavar="FILE", help=_("what is known of the items (docs/jit.md)"))
    parser.add_argument("--period-days", type=float, metavar="DAYS", help=_("how long a period of the table is"))
    parser.add_argument(
        "--draw", type=int, metavar="SEED", help=_("draw the values and lead times that nobody said, and name them as assumed")
    )
    parser.add_argument(
        "--service", type=float, metavar="PERCENT", help=_("share of cycles without a stock-out, instead of the settings' one")
    )
    add_store_options(parser, _)
    add_json_option(parser, _)


def read_source(args: Namespace, terminal: Terminal, *, stock_days: int = 0) -> Source:
    """The demand with what is known of its items, of the store's stock with its changes of so many days. Raises CommandError
    O460, O462 or O463."""
    from ui.bootstrap.store import settings_of

    _ = terminal.translate
    settings = settings_of(args.config).jit
    if args.service is not None:
        if not LEAST_SERVICE <= args.service <= MOST_SERVICE:
            raise CommandError(
                "O460", _("A service level lies from 50 to 99.99 %: give --service such a number."), status=MISUSED
            )
        settings = replace(settings, service_percent=args.service)
    if args.period_days is not None and not 1 <= args.period_days <= MOST_PERIOD_DAYS:
        raise CommandError("O460", _("A period has 1 to 92 days: give --period-days such a number."), status=MISUSED)
    named, is_rejected = _facts_of(args.facts, terminal) if args.facts else ({}, False)
    source = _of_file(args, settings, terminal=terminal) if args.file else _of_store(args, settings, stock_days=stock_days)
    if not any(each.known for each in source.series):
        raise CommandError("O463", _("There is no demand to look at."), _("Name a table, or wait until orders were worked."))
    facts, drawn = {**source.facts, **_merged(source.facts, named)}, source.drawn
    if args.draw is not None:
        facts, drawn = drawn_facts([each.item for each in source.series], facts, drawing=Drawing(seed=args.draw))
    return replace(source, facts=facts, drawn=drawn, is_rejected=source.is_rejected or is_rejected)


def _of_file(args: Namespace, settings: JitSettings, *, terminal: Terminal) -> Source:
    table = read_table_file(args.file, terminal)
    told = args.period_days or period_days_of(table.periods)
    return Source(
        series=table.series,
        facts={},
        given=assumptions_of(settings),
        period_days=told or float(settings.period_days),
        is_period_assumed=told is None,
        is_rejected=bool(table.rejected),
    )


def _of_store(args: Namespace, settings: JitSettings, *, stock_days: int) -> Source:
    from ui.bootstrap.store import open_reader

    days_each = max(1, round(args.period_days or settings.period_days))
    periods = max(1, settings.history_days // days_each)
    first = today() - timedelta(days=periods * days_each)  # up to yesterday: today is not over
    with closing(open_reader(*store_directory(args))) as reader:
        items = reader.items()
        demand = reader.demand(first=first, days=periods * days_each)
        stock, counted = reader.stock(), reader.counts_lately(COUNTS)
        internal = internal_ratio(reader.signals_since(datetime.combine(first, time(), UTC)))
        changes = reader.stock_changes(days=stock_days, today=today()) if stock_days else ()
    series = series_of(demand, {each.code: each.decimals for each in items}, period_days=days_each, periods=periods)
    return Source(
        series=series,
        facts=_known_items(items, stock),
        given=assumptions_of(settings),
        period_days=float(days_each),
        undated=demand.undated,
        counted=counted,
        internal=internal,
        changes=changes,
    )


def today() -> date:
    return datetime.now(UTC).date()


def _known_items(items: Sequence[Item], stock: Sequence[Stock]) -> dict[str, ItemFacts]:
    free: dict[str, int] = {}
    for each in stock:
        if each.key.status is StockStatus.FREE:
            free[each.key.item] = free.get(each.key.item, 0) + each.quantity
    return {
        each.code: ItemFacts(
            item=each.code,
            unit_value=float(each.unit_value) if each.unit_value else None,
            on_hand=max(0, free.get(each.code, 0)) / 10**each.decimals,
        )
        for each in items
    }


def _merged(of_store: dict[str, ItemFacts], named: dict[str, ItemFacts]) -> dict[str, ItemFacts]:
    """What the file says, with stock and value of the store where it says nothing of them."""
    found = {}
    for item, facts in named.items():
        base = of_store.get(item, ItemFacts(item=item))
        found[item] = replace(
            facts,
            unit_value=base.unit_value if facts.unit_value is None else facts.unit_value,
            on_hand=base.on_hand if facts.on_hand is None else facts.on_hand,
        )
    return found


def _facts_of(path: Path, terminal: Terminal) -> tuple[dict[str, ItemFacts], bool]:
    _ = terminal.translate
    found = read_facts(path.read_bytes(), file=path.name, is_json=path.suffix.lower() == ".json")
    for error in found.errors[:10]:
        where = _("{file} line {line}: {field} {reason} {value}")
        values = {"file": error.file, "line": error.line, "field": error.field, "reason": error.reason, "value": error.value}
        terminal.warn(where.format(**values).rstrip())
    if found.errors and not found.facts:
        how = _("Name the columns in the first line; docs/jit.md lists them.")
        raise CommandError("O462", _("{path} says nothing of any item").format(path=path), how, status=MISUSED)
    if found.errors:
        terminal.warn(_("baylight: O461 Lines left out: {count}. Mend them and ask again.").format(count=len(found.errors)))
    if found.ignored:
        terminal.warn(_("columns that nobody reads: {columns}").format(columns=", ".join(found.ignored)))
    return found.facts, bool(found.errors)
