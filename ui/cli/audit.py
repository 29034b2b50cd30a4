"""`baylight audit`: prove the record, show it, and take it out for somebody else to prove."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from ui.cli import events
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, FAILED, Terminal, Translate


def describe(parser: ArgumentParser, _: Translate) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB", title=_("verbs"))
    verify = verbs.add_parser("verify", help=_("compute every hash again and compare stock and orders with the record"))
    show = verbs.add_parser("show", help=_("the events of a tray or an order"))
    export = verbs.add_parser("export", help=_("write the events to a file, one JSON object a line"))
    export.add_argument("file", type=Path, metavar="FILE", help=_("file to write; it must not exist"))
    for verb in (show, export):
        events.add_event_filters(verb, _)
        verb.set_defaults(newest_first=False, limit=None)
    for verb in (verify, show, export):
        add_store_options(verb, _)
        add_json_option(verb, _)


def run(args: Namespace, terminal: Terminal) -> int:
    return {"verify": _verify, "show": events.run, "export": _export}[args.verb](args, terminal)


def _verify(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import open_reader

    with closing(open_reader(*store_directory(args))) as reader:
        report = reader.verify()
        stock_ok = reader.stock_matches_log()
    fields = {"chain_ok": report.is_ok, "stock_ok": stock_ok, **asdict(report)}
    terminal.write_fields(fields, as_json=args.json)
    return DONE if report.is_ok and stock_ok else FAILED


def _export(args: Namespace, terminal: Terminal) -> int:
    import json

    rows = [events.as_row(each) for each in events.read_events(args)]
    with args.file.open("x", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    terminal.write_fields({"file": str(args.file), "events": len(rows)}, as_json=args.json)
    return DONE
