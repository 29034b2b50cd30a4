"""`baylight people table`: who may what as one table, for the screen of a terminal, as CSV or on paper."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from ui.cli.options import store_directory
from ui.cli.terminal import DONE, CommandError, Terminal, Translate


def describe_table(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--csv", type=Path, metavar="FILE", help=_("write it as CSV"))
    parser.add_argument("--pdf", type=Path, metavar="FILE", help=_("write it on paper, in the station's language"))


def show_table(args: Namespace, terminal: Terminal) -> int:
    """Print the table, or write it into files. Raises CommandError P300 when a file cannot be written."""
    from station.core.state import Rules
    from station.staff.report import csv_of
    from station.staff.table import cells_of, digest_of, head_of, table_of
    from ui.bootstrap.store import open_reader, settings_of
    from ui.language import load_language
    from ui.texts import Texts

    with closing(open_reader(*store_directory(args))) as reader:
        members, guarded, review = reader.members(), reader.guarded(), reader.rights_review()
    table, rules = table_of(members, guarded), dict(Rules().by_role)
    digest, _ = digest_of(table, rules), terminal.translate
    try:
        if args.csv is not None:
            args.csv.write_text(csv_of(table, rules), encoding="utf-8", newline="")
        if args.pdf is not None:
            from ui.reports.rights_pdf import RightsPaper

            names = {each.person.person: each.person.name for each in members}
            paper = RightsPaper(Texts(load_language(settings_of(args.config).station.language)), names, rules)
            args.pdf.write_bytes(paper.render(table, review, digest=digest, made_at=datetime.now(UTC)))
    except OSError as error:
        raise CommandError("P300", str(error), _("Name a file that can be written.")) from error
    if args.csv is None and args.pdf is None:
        head = head_of(table)
        rows = [dict(zip(head, row, strict=True)) for row in cells_of(table, rules)]
        terminal.write_rows(rows, as_json=args.json, columns=head)
    terminal.warn(_reviewed(review.at, review.count, digest, _))
    return DONE


def _reviewed(at: datetime | None, changes: int, digest: str, _: Translate) -> str:
    if at is None:
        return _("never reviewed; SHA-256 of the table {digest}").format(digest=digest)
    said = _("last reviewed {date}, {count} changes since; SHA-256 of the table {digest}")
    return said.format(date=f"{at:%Y-%m-%d}", count=changes, digest=digest)
