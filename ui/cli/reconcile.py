"""`baylight reconcile FILE`: the host's stock and ours at a common cut-off (docs/hosts.md). Nothing is corrected."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path

from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, FAILED, CommandError, Terminal, Translate
from ui.cli.writing import carry_out

TIMEOUT_S = 600.0
COLUMNS = ("item", "lot", "owner", "state", "ours", "host", "in_transit", "difference", "all_events")


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("the host's stock by item, lot and owner (CSV, JSON or XML)"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    """Ends with 1 when something differs."""
    _ = terminal.translate
    if not args.file.is_file():
        raise CommandError("I301", _("there is no file {path}").format(path=args.file), _("Name a file that exists."), status=2)
    directory, station = store_directory(args)
    found = carry_out(directory, station, "reconcile", timeout_s=TIMEOUT_S, path=str(args.file.resolve()))
    if args.json:
        terminal.write_json(found)
    else:
        _show(found, terminal)
    return FAILED if found["different"] else DONE


def _show(found: Mapping[str, object], terminal: Terminal) -> None:
    _ = terminal.translate
    listed = found["rows"]
    rows = [each for each in listed if each["state"] != "equal"] if isinstance(listed, list) else []
    if rows:
        terminal.write_rows(rows, as_json=False, columns=COLUMNS)
    terminal.say(_("{equal} equal, {in_transit} in transit, {different} different").format(**found))
    if found["different"]:
        terminal.say(_("Nothing was corrected. Count what differs, or look at its events: baylight reconcile FILE --json."))
