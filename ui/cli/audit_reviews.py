"""`baylight audit reviews`: what supervisors have looked at in the record, and what they say of it."""

from __future__ import annotations

import json
from argparse import Namespace
from contextlib import closing

from ui.cli.options import store_directory
from ui.cli.terminal import DONE, Terminal

COLUMNS = ("seq", "at", "person", "machine", "tray", "through_seq", "proof", "note")


def show_reviews(args: Namespace, terminal: Terminal) -> int:
    """One row for each review, the oldest first."""
    from ui.bootstrap.store import open_reader

    with closing(open_reader(*store_directory(args))) as reader:
        names = {each.person: each.name for each in reader.people()}
        found = reader.events(kinds=("review_signed",))
    rows: list[dict[str, object]] = []
    for row in found:
        data = json.loads(row.body)["data"]
        who = names.get(row.operator, "") or row.operator
        rows.append({"seq": row.seq, "at": row.at.isoformat(), "person": who, "hash": row.hash, **data})
    wanted = [each for each in rows if args.tray is None or each["tray"] == args.tray]
    terminal.write_rows(wanted, as_json=args.json, columns=COLUMNS)
    return DONE
