"""`baylight events`: the record as it is stored. `body` is the stored text, the one that is hashed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing

from station.values import EventRow
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, Terminal, Translate

COLUMNS = ("seq", "at", "kind", "operator", "body")


def describe(parser: ArgumentParser, _: Translate) -> None:
    add_event_filters(parser, _)
    parser.add_argument("--newest-first", action="store_true", help=_("begin with the newest event"))
    parser.add_argument("--limit", type=int, default=None, metavar="N", help=_("at most so many events"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def add_event_filters(parser: ArgumentParser, _: Translate) -> None:
    """Which events are meant; shared with `audit show` and `audit export`."""
    parser.add_argument("--kind", action="append", metavar="WORD", help=_("only events of this kind (may be repeated)"))
    parser.add_argument("--tray", type=int, metavar="N", help=_("only events of this tray"))
    parser.add_argument("--order", metavar="NAME", help=_("only events of this order"))
    parser.add_argument("--after", type=int, default=0, metavar="SEQ", help=_("only events after this number"))


def run(args: Namespace, terminal: Terminal) -> int:
    terminal.write_rows([as_row(each) for each in read_events(args)], as_json=args.json, columns=COLUMNS)
    return DONE


def read_events(args: Namespace) -> tuple[EventRow, ...]:
    """The events that the options ask for, oldest first unless asked otherwise."""
    from ui.bootstrap.store import open_reader

    with closing(open_reader(*store_directory(args))) as reader:
        return reader.events(
            kinds=tuple(args.kind) if args.kind else None,
            after_seq=args.after,
            tray=args.tray,
            order=args.order,
            limit=args.limit,
            newest_first=args.newest_first,
        )


def as_row(event: EventRow) -> dict[str, object]:
    return {
        "id": event.id,
        "station": event.station,
        "epoch": event.epoch,
        "seq": event.seq,
        "kind": event.kind,
        "at": event.at.isoformat(),
        "operator": event.operator,
        "body": event.body,
        "prev": event.prev,
        "hash": event.hash,
    }
