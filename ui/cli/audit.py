"""`baylight audit`: prove the record, show it, and take it out for somebody else to prove."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path

from ui.cli import events
from ui.cli.audit_reviews import show_reviews
from ui.cli.days import end_of, moment_of
from ui.cli.faults import advice
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, FAILED, MISUSED, CommandError, Terminal, Translate
from ui.cli.writing import carry_out

SEAL_TIMEOUT_S = 60.0


def describe(parser: ArgumentParser, _: Translate) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB", title=_("verbs"))
    verify = verbs.add_parser("verify", help=_("prove the chain, its signatures, and that it has all heads known elsewhere"))
    show = verbs.add_parser("show", help=_("the events of a tray or an order"))
    export = verbs.add_parser("export", help=_("write signed files that anybody can prove without this program"))
    export.add_argument("directory", type=Path, metavar="DIR", help=_("directory to make; it must not exist"))
    _describe_verify(verify, _)
    _describe_selection(export, _)
    for verb in (show, export):
        events.add_event_filters(verb, _)
        verb.set_defaults(newest_first=False, limit=None)
    reviews = verbs.add_parser("reviews", help=_("the reviews that supervisors have signed"))
    reviews.add_argument("--tray", type=int, metavar="N", help=_("only reviews of this tray"))
    for verb in (verify, show, export, reviews):
        add_store_options(verb, _)
        add_json_option(verb, _)


def _describe_verify(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument(
        "--heads",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help=_("head file, directory of head files, or receipts (may be repeated)"),
    )
    parser.add_argument(
        "--head", action="append", default=[], metavar="SEQ:HEX", help=_("a hash that is known (may be repeated)")
    )
    parser.add_argument(
        "--key", action="append", default=[], metavar="HEX", help=_("a public key of the station, from elsewhere")
    )


def _describe_selection(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--from", dest="since", type=moment_of, metavar="TIME", help=_("only events from this day or moment on"))
    parser.add_argument(
        "--to", dest="until", type=end_of, metavar="TIME", help=_("only events to the end of this day, or before")
    )
    parser.add_argument("--person", metavar="NAME", help=_("only events of this person, by name or id"))
    parser.add_argument("--item", metavar="CODE", help=_("only events of this item"))
    parser.add_argument("--machine", metavar="NAME", help=_("only events of this machine"))
    parser.add_argument("--lot", metavar="LOT", help=_("only events of this lot"))
    parser.add_argument("--serial", metavar="NUMBER", help=_("only events of this serial number"))
    parser.add_argument("--reason", metavar="WORD", help=_("only events with this reason"))
    parser.add_argument("--progress", action="store_true", help=_("print how far it is, one JSON object a line"))


def run(args: Namespace, terminal: Terminal) -> int:
    return {"verify": _verify, "show": events.run, "export": _export, "reviews": show_reviews}[args.verb](args, terminal)


def _tell(terminal: Terminal, done: int, total: int) -> None:
    terminal.write_json({"done": done, "total": total})


def _verify(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.audit import audit
    from ui.cli.audit_report import write_report

    try:
        report = audit(store_directory(args)[0], heads=args.heads, head=args.head, keys=args.key)
    except ValueError as error:  # a head or a key that is none
        raise CommandError("F602", str(error), advice("F602", terminal.translate)) from error
    return write_report(report, terminal, as_json=args.json)


def _export(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.audit import export, make_selection, person_of
    from ui.bootstrap.store import settings_of
    from ui.language import load_language
    from ui.reports.audit_pdf import AuditPaper
    from ui.texts import Texts

    directory, station = store_directory(args)
    person = person_of(directory, args.person) if args.person else ""
    if args.person and not person:
        said = terminal.translate("there is no person {name}, or more than one").format(name=args.person)
        raise CommandError("F603", said, advice("F603", terminal.translate), status=MISUSED)
    selection = make_selection(
        since=args.since,
        until=args.until,
        after_seq=args.after,
        kinds=tuple(args.kind or ()),
        machine=args.machine or "",
        tray=args.tray,
        order=args.order or "",
        item=args.item or "",
        person=person,
        lot=args.lot or "",
        serial=args.serial or "",
        reason=args.reason or "",
    )
    carry_out(directory, station, "seal", timeout_s=SEAL_TIMEOUT_S)
    paper = AuditPaper(Texts(load_language(settings_of(args.config).station.language)))
    told = partial(_tell, terminal) if args.progress else None
    result = export(directory, args.directory, selection, render=paper.render, told=told)
    terminal.write_fields(result, as_json=args.json)
    return DONE if result["is_ok"] else FAILED
