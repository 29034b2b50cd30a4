"""`baylight jit suppliers`: what each supplier does, measured against what was asked and agreed, and what smaller deliveries
would bring."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from station.jit.agreed_table import AgreedFile, read_agreed
from station.jit.deliveries import by_item
from station.jit.facts import Assumptions, ItemFacts
from station.jit.lots import DAYS_A_YEAR
from station.jit.reading import deliveries_of, own_facts
from station.jit.suppliers import Agreement, Delivery, MoreOften, breaches, more_often, performance
from station.pull.told import MINUTES_A_DAY
from station.values import PullLoop
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, FAILED, MISUSED, CommandError, Row, Terminal, Translate

COLUMNS = (
    *("supplier", "item", "deliveries", "lead_time_days", "lead_time_sd_days", "on_time", "in_full", "otif"),
    *("quantity_accuracy", "per_month", "ppm", "breaks", "net_money"),
)
DAYS, TIMES = 365, 2.0
NO_AGREEMENTS = AgreedFile({}, {}, ())
ALL = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What stands beside the deliveries. `since_days`: of so many days they are."""

    given: Assumptions
    agreed: AgreedFile
    loops: Mapping[tuple[str, str], PullLoop]
    facts: Mapping[str, ItemFacts]
    scales: Mapping[str, int]
    since_days: float
    times: float


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument(
        "--by", choices=("supplier", "item"), default="supplier", help=_("a line a supplier, or a supplier's item")
    )
    parser.add_argument("--days", type=int, default=DAYS, metavar="N", help=_("of so many days"))
    parser.add_argument("--agreed", type=Path, metavar="FILE", help=_("what was agreed with them (docs/jit.md)"))
    parser.add_argument("--times", type=float, default=TIMES, metavar="N", help=_("what if deliveries came N times as often"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    agreed = _agreed_of(args.agreed, terminal) if args.agreed else NO_AGREEMENTS
    delivered, known = _read(args, agreed)
    rows = [_item_row(key, found, known) for key, found in by_item(delivered).items()]
    if args.by == "supplier":
        names = dict.fromkeys(each["supplier"] for each in rows)
        rows = [_supplier_row(str(name), delivered, [each for each in rows if each["supplier"] == name]) for name in names]
    shown = rows if args.json else [{**row, "breaks": ", ".join(row["breaks"]), **_rounded(row)} for row in rows]  # type: ignore[arg-type]
    terminal.write_rows(shown, as_json=args.json, columns=COLUMNS)
    return FAILED if agreed.errors else DONE


def _read(args: Namespace, agreed: AgreedFile) -> tuple[tuple[Delivery, ...], Known]:
    from station.jit.facts import assumptions_of
    from ui.bootstrap.store import open_reader, settings_of

    now = datetime.now(UTC)
    since = now - timedelta(days=max(1, args.days))
    with closing(open_reader(*store_directory(args))) as reader:
        found = deliveries_of(reader, reader.signals_since(since), since=since, now=now)
        items, loops = reader.items(), reader.loops()
        facts = own_facts(items, reader.stock(), loops, found)
    return found, Known(
        given=assumptions_of(settings_of(args.config).jit),
        agreed=agreed,
        loops={(each.supplier, each.item): each for each in loops if each.supplier and each.is_active},
        facts=facts,
        scales={each.code: 10**each.decimals for each in items},
        since_days=float(max(1, args.days)),
        times=args.times if args.times > 1 else TIMES,
    )


def agreement_of(key: tuple[str, str], known: Known) -> Agreement:
    """What the file says of the supplier's item, else of the supplier; the lead time of the loop where neither says one."""
    named = key if key in known.agreed.agreed else (key[0], ALL)
    found = known.agreed.agreed.get(named, Agreement())
    loop = known.loops.get(key)
    if found.lead_time_days is None and loop is not None and loop.lead_time_min:
        found = replace(found, lead_time_days=loop.lead_time_min / MINUTES_A_DAY)
    lot = known.agreed.lots.get(named)
    return found if lot is None else replace(found, lot=max(1, round(lot * known.scales.get(key[1], 1))))


def _item_row(key: tuple[str, str], found: tuple[Delivery, ...], known: Known) -> Row:
    agreed, more = agreement_of(key, known), _more(key, found, known)
    scale = known.scales.get(key[1], 1)
    return {
        "supplier": key[0],
        "item": key[1],
        **_figures(found),
        "agreed_lead_time_days": agreed.lead_time_days,
        "agreed_weekdays": sorted(agreed.weekdays),
        "agreed_lot": None if agreed.lot is None else agreed.lot / scale,
        "agreed_service": agreed.service,
        "breaks": breaches(found, agreed),
        "lot": sum(each.received for each in found) / len(found) / scale,
        "saved_money": None if more is None else round(more.saved_minor),
        "cost_money": None if more is None else round(more.cost_minor),
        "cash_money": None if more is None else round(more.cash_minor),
        "net_money": None if more is None else round(more.net_minor),
    }


def _supplier_row(name: str, delivered: tuple[Delivery, ...], rows: list[Row]) -> Row:
    """Over all items; money adds up where it is known. `breaks`: the worst share of each agreement that an item breaks."""
    worst: dict[str, float] = {}
    for row in rows:
        broken = row["breaks"]
        for what, share in broken.items() if isinstance(broken, dict) else ():
            worst[what] = min(worst.get(what, 1.0), share) if what == "service" else max(worst.get(what, 0.0), share)
    own = tuple(each for each in delivered if each.supplier == name)
    sums = {name: _sum(row[name] for row in rows) for name in ("saved_money", "cost_money", "cash_money", "net_money")}
    return {"supplier": name, "item": "", "items": len(rows), **_figures(own), "breaks": worst, **sums}


def _sum(values: object) -> int | None:
    known = [each for each in values if isinstance(each, int)]  # type: ignore[attr-defined]
    return sum(known) if known else None


def _figures(found: tuple[Delivery, ...]) -> Row:
    done = performance(found)
    return {
        "deliveries": done.deliveries,
        "lead_time_days": done.lead_time_days,
        "lead_time_sd_days": done.lead_time_sd_days,
        "lead_time_p95_days": done.lead_time_p95_days,
        "on_time": done.on_time,
        "in_full": done.in_full,
        "otif": done.otif,
        "quantity_accuracy": done.quantity_accuracy,
        "per_month": done.per_month,
        "rejected": done.rejected,
        "ppm": round(done.ppm),
    }


def _more(key: tuple[str, str], found: tuple[Delivery, ...], known: Known) -> MoreOften | None:
    """None where nobody said what the item is worth."""
    facts, scale = known.facts.get(key[1]), known.scales.get(key[1], 1)
    received = sum(each.received for each in found) / scale
    if facts is None or not facts.unit_value or received <= 0:
        return None
    return more_often(
        per_year=received * DAYS_A_YEAR / known.since_days,
        lot=received / len(found),
        unit_value=facts.unit_value,
        order_cost=known.given.settings.order_cost,
        avoidable_rate=known.given.cost.avoidable_rate,
        times=known.times,
    )


def _agreed_of(path: Path, terminal: Terminal) -> AgreedFile:
    """Raises CommandError O525 where the file says nothing."""
    _ = terminal.translate
    found = read_agreed(path.read_bytes(), file=path.name, is_json=path.suffix.lower() == ".json")
    for error in found.errors[:10]:
        where = _("{file} line {line}: {field} {reason} {value}")
        values = {"file": error.file, "line": error.line, "field": error.field, "reason": error.reason, "value": error.value}
        terminal.warn(where.format(**values).rstrip())
    if found.errors and not found.agreed:
        how = _("Name the columns in the first line; docs/jit.md lists them.")
        raise CommandError("O525", _("{path} says nothing of any supplier").format(path=path), how, status=MISUSED)
    return found


def _rounded(row: Row) -> Row:
    return {name: f"{value:.2f}" for name, value in row.items() if isinstance(value, float)}
