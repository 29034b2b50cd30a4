"""`baylight import`: take over item, tray, stock and order files (docs/hosts.md).

Good rows go in, bad ones land in a reject file beside the input and are listed here with file, line, field and reason.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path

from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, FAILED, CommandError, Terminal, Translate
from ui.cli.writing import carry_out

IMPORT_TIMEOUT_S = 600.0


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=_("files (CSV, JSON or XML), in this order"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    _ = terminal.translate
    directory, station = store_directory(args)
    status = DONE
    for path in args.paths:
        if not path.is_file():
            raise CommandError("I301", _("there is no file {path}").format(path=path), _("Name a file that exists."), status=2)
        report = carry_out(directory, station, "import", timeout_s=IMPORT_TIMEOUT_S, path=str(path.resolve()))
        status = max(status, show_report(report, terminal, as_json=args.json))
    return status


def show_report(report: Mapping[str, object], terminal: Terminal, *, as_json: bool) -> int:
    """Print the report of one file, its errors on standard error; the exit status."""
    _ = terminal.translate
    if as_json:
        terminal.write_json(report)
    else:
        terminal.say(_("{file}: {rows} rows taken over, {rejected} rejected").format(**report))
    errors = report["errors"]
    for error in errors if isinstance(errors, list) else []:
        terminal.warn(said(error, _))
    ignored = report["ignored_columns"]
    for column in ignored if isinstance(ignored, list | tuple) else []:
        terminal.warn(_("{file}: column {column} is not known and was ignored").format(file=report["file"], column=column))
    return FAILED if report["rejected"] else DONE


def said(error: Mapping[str, object], _: Translate) -> str:
    """One error of a row: where, why, and what would be right. Line 0 is the whole file, an empty field the whole line."""
    sentence = _("{file}, line {line}, {field}: {reason}") if error["field"] else _("{file}, line {line}: {reason}")
    sentence = sentence if error["line"] else _("{file}: {reason}")
    text = sentence.format(**error)
    return f"{text} ({_('allowed: {allowed}').format(**error)})" if error["allowed"] else text
