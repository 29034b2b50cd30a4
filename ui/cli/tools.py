"""`baylight tools`: who has which tool, and when it is due; what is overdue before the rest."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing
from datetime import UTC, datetime

from station.quantity import to_text
from station.taken_seen import TakenSeen, lent, taken_seen
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import Terminal, Translate

COLUMNS = (
    "item",
    "name",
    "lot",
    "serial",
    "quantity",
    "person",
    "person_name",
    "job",
    "machine",
    "since",
    "due_at",
    "is_overdue",
)


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--overdue", action="store_true", help=_("only what should be back by now"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import open_reader

    now = datetime.now(UTC)
    with closing(open_reader(*store_directory(args))) as reader:
        out = [each for each in lent(taken_seen(reader), now) if not args.overdue or each.taken.is_overdue(now)]
    terminal.write_rows([as_row(each, now) for each in out], as_json=args.json, columns=COLUMNS)
    return 0


def as_row(seen: TakenSeen, now: datetime) -> dict[str, object]:
    """One row of the output. Times are ISO 8601, UTC, null for no time; quantities are decimal strings."""
    taken = seen.taken
    return {
        "item": taken.key.item,
        "name": seen.item.name if seen.item else "",
        "lot": taken.key.lot,
        "serial": taken.key.serial,
        "quantity": to_text(taken.quantity, seen.item.decimals if seen.item else 0),
        "person": taken.holder,
        "person_name": seen.name,
        "job": taken.job,
        "machine": taken.machine,
        "since": taken.since.isoformat(),
        "due_at": taken.due_at.isoformat() if taken.due_at else None,
        "is_overdue": taken.is_overdue(now),
    }
