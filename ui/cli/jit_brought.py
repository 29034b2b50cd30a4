"""`baylight jit brought`: the worth of the stock over time, the time before a day beside the time since, what lies idle, and how
full the machines are."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from station.jit.brought import Brought, Space, Stretch
from ui.cli.days import day_of
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, MISUSED, CommandError, Row, Terminal, Translate

if TYPE_CHECKING:
    from station.jit_settings import JitSettings

DAYS, IDLE_DAYS, MOST_DAYS = 180, 180, 3650
EVERY = 7  # shown is the last day of each week; JSON has every day
MOST_IDLE = 10


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--days", type=int, default=DAYS, metavar="N", help=_("of so many days"))
    parser.add_argument(
        "--since",
        metavar="DAY",
        help=_("compare the time from this day with the time before it (default: the first buffer applied at the bay)"),
    )
    parser.add_argument(
        "--idle", type=int, default=IDLE_DAYS, metavar="N", help=_("name stock that nobody took for so many days")
    )
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import settings_of

    _ = terminal.translate
    if not 2 <= args.days <= MOST_DAYS:
        raise CommandError("O464", _("Days are compared: give --days a number from 2 to 3650."), status=MISUSED)
    settings = settings_of(args.config).jit
    found, spaces = _read(args, settings, _)
    if args.json:
        terminal.write_json(as_object(found, spaces, settings.currency))
        return DONE
    _say(found, spaces, settings.currency, terminal)
    return DONE


def _read(args: Namespace, settings: JitSettings, _: Translate) -> tuple[Brought, tuple[Space, ...]]:
    from station.jit.brought_reading import Asked, read_brought
    from ui.bootstrap.store import open_reader

    since = day_of(args.since, _).date() if args.since else None
    with closing(open_reader(*store_directory(args))) as reader:
        asked = Asked(days=args.days, since=since, idle_days=max(1, args.idle))
        return read_brought(reader, settings, asked, now=datetime.now(UTC))


def as_object(found: Brought, spaces: tuple[Space, ...], currency: str) -> dict[str, object]:
    """One object: money in minor units of `currency`, days as ISO."""
    return {
        "currency": currency,
        "items": found.items,
        "compared": found.compared,
        "days": [{"day": day.isoformat(), "worth_minor": round(worth)} for day, worth in found.days],
        "before": None if found.before is None else _stretch(found.before),
        "since": _stretch(found.since),
        "idle": [asdict(each) for each in found.idle],
        "space": [asdict(each) for each in spaces],
    }


def _stretch(each: Stretch) -> Row:
    return {**asdict(each), "first": each.first.isoformat(), "last": each.last.isoformat()}


def _say(found: Brought, spaces: tuple[Space, ...], currency: str, terminal: Terminal) -> None:
    _ = terminal.translate
    if not found.items:
        terminal.say(_("No item has a value: import it as unit_value, and everything is told in money."))
    else:
        _say_worth(found, currency, terminal)
    for space in spaces:
        full = _("{machine}: {used} of {compartments} compartments hold stock, {share} of the area.")
        values = {"machine": space.machine, "used": space.used, "compartments": space.compartments}
        terminal.say(full.format(share=f"{space.area_share:.0%}", **values))


def _say_worth(found: Brought, currency: str, terminal: Terminal) -> None:
    _ = terminal.translate

    def money(minor: float) -> str:
        return f"{minor / 100:.2f} {currency}"

    compared = _("Items with a value: {items}, compared (known on every day): {compared}.")
    terminal.say(compared.format(items=found.items, compared=found.compared))
    for day, worth in found.days[::-EVERY][::-1]:
        terminal.say(f"  {day.isoformat()}  {money(worth)}")
    for name, each in ((_("Time before"), found.before), (_("Time since"), found.since)):
        if each is not None:
            _say_stretch(name, each, money(each.mean_minor), money(each.above_minor), money(each.avoidable_minor), terminal)
    if found.before is None:
        terminal.say(_("There is no time before to compare with: name a later day with --since."))
    for aged in found.idle[:MOST_IDLE]:
        said = _("Idle: {item}, {days} days, {worth}")
        terminal.say(said.format(item=aged.item, days=aged.idle_days, worth=money(aged.value_minor)))


def _say_stretch(name: str, each: Stretch, worth: str, above: str, avoidable: str, terminal: Terminal) -> None:
    _ = terminal.translate
    money = _("{name} ({first} to {last}): stock {worth}, {above} of it above its top; avoidable cost {avoidable} a year.")
    days = {"first": each.first.isoformat(), "last": each.last.isoformat()}
    terminal.say(money.format(name=name, worth=worth, above=above, avoidable=avoidable, **days))
    quality = _(
        "  Days without an item: {out}. Refused at receipt: {refused} of {receipts}. Lots held at a pick: {held} ({picks} picks)."
    )
    counts = {"out": each.days_out, "refused": each.refused_receipts, "receipts": each.receipts}
    terminal.say(quality.format(held=each.defects_at_pick, picks=each.picks, **counts))
