"""Where the demand of `baylight jit` comes from: a table of items by periods, or the record of the store."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from station.jit.drawn import Drawing, drawn_facts
from station.jit.facts import ItemFacts, assumptions_of
from station.jit.facts_table import read_facts
from station.jit.period_names import period_days_of
from station.jit.reading import source_of
from station.jit.source import Source
from station.jit_settings import JitSettings
from ui.cli.jit_files import read_table_file
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import FAILED, MISUSED, CommandError, Terminal, Translate

MOST_PERIOD_DAYS = 92.0
LEAST_SERVICE, MOST_SERVICE = 50.0, 99.99


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


def read_source(args: Namespace, terminal: Terminal, *, stock_days: int = 0, needs_demand: bool = True) -> Source:
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
    if needs_demand and not any(each.known for each in source.series):
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

    with closing(open_reader(*store_directory(args))) as reader:
        return source_of(reader, settings, now=datetime.now(UTC), period_days=args.period_days, stock_days=stock_days)


def status_of(source: Source) -> int:
    """FAILED when a line of a file was left out."""
    return FAILED if source.is_rejected else 0


def today() -> date:
    return datetime.now(UTC).date()


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
