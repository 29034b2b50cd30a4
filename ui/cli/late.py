"""`baylight late`: enter what was done without the station, one booking by options or a sheet of them as a file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ui.cli.import_files import show_report
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.refusals import late_advice
from ui.cli.terminal import MISUSED, CommandError, Terminal, Translate
from ui.cli.writing import carry_out

LATE_TIMEOUT_S = 600.0
STOCK = ("machine", "tray", "compartment", "item", "lot", "serial", "owner", "quantity")
TEXTS = ("order", "line", *STOCK, "person", "at", "reason")


def describe(parser: ArgumentParser, _: Translate) -> None:
    helps = {
        "order": _("the order it was done for"),
        "line": _("its line"),
        "machine": _("the machine, where there are several"),
        "tray": _("number of the tray"),
        "compartment": _("label of the compartment"),
        "item": _("code of the item; an order's line names it itself"),
        "lot": _("lot"),
        "serial": _("serial number"),
        "owner": _("whose stock, where it is not our own"),
        "quantity": _("how many, or how many are there"),
        "person": _("who did it: name or id"),
        "at": _("when it was done, local time: 2026-05-04 14:30"),
        "reason": _("why the station could not book it"),
    }
    parser.add_argument("what", nargs="?", choices=("pick", "put", "count"), help=_("what was done"))
    parser.add_argument("--file", type=Path, metavar="FILE", help=_("a file of such bookings (docs/supervisor.md)"))
    for name in TEXTS:
        parser.add_argument(f"--{name}", metavar=name.upper(), default="", help=helps[name])
    parser.add_argument("--rest", choices=("open", "short"), default="", help=_("what becomes of a line that got less"))
    parser.add_argument("--sure", action="store_true", help=_("enter it although it was counted since"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    _ = terminal.translate
    if bool(args.file) == bool(args.what):
        raise CommandError(
            "C107", _("Say what was done, or name a file."), _("late pick --tray 4 ..., or late --file FILE."), status=MISUSED
        )
    directory, station = store_directory(args)
    if args.file:
        if not args.file.is_file():
            raise CommandError(
                "I301", _("there is no file {path}").format(path=args.file), _("Name a file that exists."), status=MISUSED
            )
        report = carry_out(directory, station, "late", timeout_s=LATE_TIMEOUT_S, path=str(args.file.resolve()))
    else:
        values = {name: getattr(args, name) for name in TEXTS} | {"what": args.what, "rest": args.rest}
        report = carry_out(directory, station, "late", values=values | {"sure": "yes" if args.sure else ""})
    status = show_report(report, terminal, as_json=args.json)
    _say_what_next(report["errors"], terminal)
    return status


def _say_what_next(errors: object, terminal: Terminal) -> None:
    """Each next step once, however many rows need it."""
    from ui.sentences import MESSAGES

    reasons = [str(each["reason"]) for each in errors] if isinstance(errors, list) else []
    texts = {code: text for code, text in MESSAGES.items() if isinstance(text, str)}
    steps = (late_advice(each, texts, terminal.translate) for each in dict.fromkeys(reasons))
    for step in filter(None, steps):
        terminal.warn(step)
