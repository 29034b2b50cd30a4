"""`baylight exceptions`: what went otherwise than asked, with cause, age, value and person; and what was lost where."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from station.exceptions.case import Case, Kind
from station.quantity import to_text
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.shifts import add_shifts_option, shifts_of
from ui.cli.terminal import DONE, MISUSED, CommandError, Terminal, Translate

if TYPE_CHECKING:
    from station.exceptions.reading import Cases

COLUMNS = ("at", "kind", "person_name", "tray", "compartment", "item", "order", "quantity", "value", "reason", "next")
LOSS_COLUMNS = ("what", "cases", "missing", "surplus", "value")
REACH_COLUMNS = ("at", "tray", "compartment", "item", "quantity", "value", "person_name", "times")
DAYS = 30


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--days", type=int, default=DAYS, metavar="N", help=_("of the last N days (default: 30)"))
    kinds = ", ".join(each.value for each in Kind)
    parser.add_argument(
        "--kind",
        action="append",
        choices=[each.value for each in Kind],
        metavar="WORD",
        help=_("only of this kind: {kinds}").format(kinds=kinds),
    )
    parser.add_argument(
        "--losses",
        choices=("item", "tray", "shift", "access"),
        help=_("what the book lacked or had too much, added up; access: who had the tray since the place was last right"),
    )
    add_shifts_option(parser, _)
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from station.exceptions.reading import read_cases
    from ui.bootstrap.store import open_reader

    begins = shifts_of(args, terminal.translate)
    now = datetime.now(UTC)
    if args.days < 1:
        _ = terminal.translate
        raise CommandError("O570", _("--days is no number of days"), _("Name at least 1."), status=MISUSED)
    with closing(open_reader(*store_directory(args))) as reader:
        first = now - timedelta(days=args.days)
        found = read_cases(reader, first=first, until=now + timedelta(minutes=1), with_reach=args.losses == "access")
    if args.losses == "access":
        terminal.write_rows(_reach_rows(found), as_json=args.json, columns=REACH_COLUMNS)
    elif args.losses:
        terminal.write_rows(_loss_rows(found, args.losses, begins), as_json=args.json, columns=LOSS_COLUMNS)
    else:
        wanted = [each for each in found.cases if not args.kind or each.kind.value in args.kind]
        rows = [as_row(each, found, now, terminal.translate) for each in wanted]
        terminal.write_rows(rows, as_json=args.json, columns=COLUMNS)
    return DONE


def as_row(case: Case, found: Cases, now: datetime, _: Translate) -> dict[str, object]:
    """One row of the output. Times are ISO 8601, UTC; what is missing is negative; values are minor units of money."""
    from ui.sentences.exceptions import NEXT_STEPS

    return {
        **_place(case, found),
        "kind": case.kind.value,
        "person": case.person,
        "person_name": found.names.get(case.person, ""),
        "lot": case.lot,
        "order": case.order,
        "line": case.line,
        "reason": case.reason,
        "age_h": round((now - case.at).total_seconds() / 3600, 1),
        "next": _(NEXT_STEPS[case.kind.value]),
    }


def _place(case: Case, found: Cases) -> dict[str, object]:
    return {
        "at": case.at.isoformat(timespec="seconds"),
        "machine": case.machine,
        "tray": case.tray,
        "compartment": case.compartment,
        "item": case.item,
        "quantity": _quantity(case.quantity, case.item, found),
        "value": case.value,
    }


def _reach_rows(found: Cases) -> Iterable[dict[str, object]]:
    for each in found.reach:
        who = {"person": each.person, "person_name": found.names.get(each.person, ""), "times": each.times}
        yield {**_place(each.case, found), **who}


def _loss_rows(found: Cases, what: str, begins: tuple[time, ...]) -> Iterable[dict[str, Any]]:
    """Pieces are added up for one item alone: bolts and litres have no sum."""
    from station.exceptions.losses import by_item, by_tray, losses
    from station.figures.shifts import shift_of

    shift = shift_of(begins)
    sorted_by = {"item": by_item, "tray": by_tray, "shift": lambda case: shift(case.at)}[what]
    for loss in losses(found.cases, sorted_by):
        is_item = what == "item"
        missing = _quantity(loss.missing, loss.what, found) if is_item else None
        surplus = _quantity(loss.surplus, loss.what, found) if is_item else None
        yield {"what": loss.what, "cases": loss.cases, "missing": missing, "surplus": surplus, "value": loss.value}


def _quantity(quantity: int, code: str, found: Cases) -> str:
    item = found.items.get(code)
    return to_text(quantity, item.decimals if item is not None else 0)
