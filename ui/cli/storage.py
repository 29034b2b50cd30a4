"""`baylight storage`: where items should lie, what that saves of lift time a day, and the moves that somebody has decided on."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, MISUSED, CommandError, Terminal, Translate
from ui.cli.writing import carry_out

if TYPE_CHECKING:
    from station.storage.proposal import Proposal
    from station.storage.report import StorageReport
    from station.values import PlannedMove

COLUMNS = ("no", "kind", "item", "quantity", "from", "to", "saves_min_a_day", "cost_min", "payback_days")
PLANNED_COLUMNS = ("item", "quantity", "from", "to", "state")
SHOWN_OTHERS = 10


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument(
        "--days", type=int, default=90, metavar="N", help=_("of which days the orders are looked at (default: 90)")
    )
    parser.add_argument("--most", type=int, default=40, metavar="N", help=_("at most so many proposals of a kind (default: 40)"))
    parser.add_argument(
        "--payback",
        type=float,
        default=30.0,
        metavar="DAYS",
        help=_("moves that pay for themselves in so many days (default: 30)"),
    )
    parser.add_argument("--accept", metavar="NO,...", help=_("plan these moves: the bay offers them among its other work"))
    parser.add_argument("--planned", action="store_true", help=_("the moves that are planned and not done yet"))
    parser.add_argument("--drop", action="store_true", help=_("drop all planned moves that nobody has begun"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    _ = terminal.translate
    if args.days < 1 or args.most < 1 or args.payback <= 0 or sum(map(bool, (args.accept, args.planned, args.drop))) > 1:
        message = _("this is no complete command")
        how = _("Give --days, --most and --payback numbers above 0, and only one of --accept, --planned and --drop.")
        raise CommandError("O515", message, how, status=MISUSED)
    if args.planned:
        return _planned(args, terminal)
    if args.drop:
        directory, station = store_directory(args)
        terminal.write_fields(carry_out(directory, station, "moves_drop", machine=_machine(args)), as_json=args.json)
        return DONE
    return _propose(args, terminal)


def _propose(args: Namespace, terminal: Terminal) -> int:
    from station.storage.accepting import records_of
    from station.storage.own_reading import shop_of
    from station.storage.report import report
    from ui.bootstrap.planning import settings_for
    from ui.bootstrap.store import open_reader, settings_of

    with closing(open_reader(*store_directory(args))) as reader:
        settings = settings_for(reader, settings_of(args.config)).machine
        shop = shop_of(reader, settings, days=args.days, now=datetime.now(UTC))
        found = report(shop, most=args.most, most_days=args.payback)
        numbered = _numbered(found)
        if not args.accept:
            _write(found, numbered, settings.name, args, terminal)
            return DONE
        records = records_of(shop, _named(args.accept, numbered, terminal))
    directory, station = store_directory(args)
    done = carry_out(directory, station, "moves_plan", moves=[asdict(each) for each in records])
    terminal.write_fields(done, as_json=args.json)
    return DONE


def _machine(args: Namespace) -> str:
    from ui.bootstrap.planning import settings_for
    from ui.bootstrap.store import open_reader, settings_of

    with closing(open_reader(*store_directory(args))) as reader:
        return settings_for(reader, settings_of(args.config)).machine.name


def _planned(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import open_reader

    machine = _machine(args)
    with closing(open_reader(*store_directory(args))) as reader:
        moves = reader.planned_moves(machine)
    terminal.write_rows([_planned_row(each) for each in moves], as_json=args.json, columns=PLANNED_COLUMNS)
    return DONE


def _planned_row(move: PlannedMove) -> dict[str, Any]:
    return {
        "item": move.key.item,
        "lot": move.key.lot,
        "serial": move.key.serial,
        "quantity": move.quantity,
        "from": f"{move.from_place.tray} {move.from_place.compartment}",
        "to": f"{move.to_place.tray} {move.to_place.compartment}",
        "state": "taken" if move.is_taken else "planned",
    }


def _numbered(found: StorageReport) -> Sequence[Proposal]:
    """All proposals in one numbering: those that save time first."""
    return (*found.moves, *found.second_homes, *found.together, *found.cleared)


def _named(said: str, numbered: Sequence[Proposal], terminal: Terminal) -> list[Proposal]:
    """The proposals of these numbers. The moves build on each other: whoever takes one takes it as it stands in the list."""
    _ = terminal.translate
    words = [each.strip() for each in said.split(",") if each.strip()]
    if not words or not all(each.isdecimal() and 1 <= int(each) <= len(numbered) for each in words):
        message = _("there is no proposal {number}").format(number=said)
        raise CommandError("O515", message, _("Name numbers of the list: baylight storage."), status=MISUSED)
    return [numbered[int(each) - 1] for each in dict.fromkeys(words)]


def as_json(found: StorageReport, numbered: Sequence[Proposal], machine: str) -> dict[str, Any]:
    """The answer as one object; times in minutes."""
    return {
        "machine": machine,
        "days": found.days,
        "orders": found.orders,
        "lift_min_a_day": found.lift_s_a_day / 60,
        "after_min_a_day": found.after_s_a_day / 60,
        "proposals": [_json_row(number, each) for number, each in enumerate(numbered, start=1)],
        "trays": [asdict(each) for each in found.trays],
    }


def _json_row(number: int, proposal: Proposal) -> dict[str, Any]:
    return {
        "no": number,
        "kind": str(proposal.kind),
        "moves": [
            {
                "item": each.item,
                "quantity": each.quantity,
                "from": {"tray": each.from_place.tray, "compartment": each.from_place.compartment},
                "to": {"tray": each.to_place.tray, "compartment": each.to_place.compartment},
            }
            for each in proposal.moves
        ],
        "saves_min_a_day": proposal.saved_s_a_day / 60,
        "cost_min": proposal.cost_s / 60,
        "payback_days": proposal.payback_days,
        "frees": proposal.frees,
    }


def _write(found: StorageReport, numbered: Sequence[Proposal], machine: str, args: Namespace, terminal: Terminal) -> None:
    _ = terminal.translate
    if args.json:
        terminal.write_json(as_json(found, numbered, machine))
        return
    said = _("{machine}: {now} min of lift time a day for {orders} orders of {days} days; {after} min after the moves that pay.")
    minutes = {"now": f"{found.lift_s_a_day / 60:.1f}", "after": f"{found.after_s_a_day / 60:.1f}"}
    terminal.say(said.format(machine=machine, orders=found.orders, days=f"{found.days:.0f}", **minutes))
    shown = [*numbered[: len(found.moves)], *found.second_homes[:SHOWN_OTHERS]]
    shown += [*found.together[:SHOWN_OTHERS], *found.cleared[:SHOWN_OTHERS]]
    rows = [row for number, each in enumerate(numbered, start=1) if each in shown for row in _rows(number, each)]
    terminal.write_rows(rows, as_json=False, columns=COLUMNS)
    if numbered:
        terminal.say(_("Plan those you want: baylight storage --accept 1,2. The first ones build on each other."))
    else:
        terminal.say(_("Nothing is to be moved. Ask again when more orders were worked."))


def _rows(number: int, proposal: Proposal) -> list[dict[str, object]]:
    """A line for each move; what it saves and costs stands at the first one."""
    rows: list[dict[str, object]] = []
    for at, each in enumerate(proposal.moves):
        row: dict[str, object] = {"no": number if at == 0 else "", "kind": str(proposal.kind) if at == 0 else ""}
        row |= {"item": each.item, "quantity": each.quantity}
        row |= {"from": f"{each.from_place.tray} {each.from_place.compartment}"}
        row |= {"to": f"{each.to_place.tray} {each.to_place.compartment}"}
        payback = proposal.payback_days
        figures = {
            "saves_min_a_day": f"{proposal.saved_s_a_day / 60:.1f}" if proposal.saved_s_a_day else "",
            "cost_min": f"{proposal.cost_s / 60:.1f}",
            "payback_days": "" if payback is None else f"{payback:.1f}",
        }
        rows.append({**row, **(figures if at == 0 else dict.fromkeys(figures, ""))})
    return rows
