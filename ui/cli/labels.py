"""`baylight labels`: labels for trays, compartments, totes, cards and items, packing slips, and the sheet of commands to scan."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, MISUSED, CommandError, Terminal, Translate
from ui.cli.writing import carry_out

if TYPE_CHECKING:
    from station.labels.values import Printed
    from station.print_settings import PrinterSettings
    from station.settings import Settings
    from ui.labels.drawing import Paper
    from ui.labels.pdf import Group

WHAT = {
    "compartment": "compartment",
    "tray": "tray",
    "tote": "tote",
    "kanban": "kanban",
    "item": "item",
    "slip": "packing_slip",
    "buttons": "button",
}
SHEET_LABEL = "63x38"  # three columns of seven on A4
USUAL = {"slip": "100x150", "buttons": "96x31"}  # the longest command has room in bars
NAMED = ("tote", "kanban", "item", "slip")
_SIZE = re.compile(r"([1-9][0-9]{1,2})x([1-9][0-9]{1,2})")


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("what", choices=tuple(WHAT), help=_("which labels"))
    parser.add_argument("names", nargs="*", metavar="NAME", help=_("totes, cards, items or orders"))
    parser.add_argument("--machine", metavar="NAME", default="", help=_("the machine, where there are several"))
    parser.add_argument("--tray", type=int, action="append", metavar="N", help=_("only this tray; may be given again"))
    parser.add_argument("--compartment", metavar="LABEL", default="", help=_("only this compartment"))
    parser.add_argument("--item", metavar="CODE", default="", help=_("what a kanban card asks for"))
    parser.add_argument("--loop", metavar="LOOP", default="", help=_("all cards of this kanban loop, or those that are named"))
    parser.add_argument("--lot", metavar="LOT", default="", help=_("lot"))
    parser.add_argument("--quantity", metavar="N", default="", help=_("how many are in it, or are asked for"))
    parser.add_argument("--language", metavar="CODE", default="", help=_("buttons in this language only"))
    target = parser.add_mutually_exclusive_group(required=True)
    target.add_argument("--pdf", type=Path, metavar="FILE", help=_("write a PDF, many labels on an A4 sheet"))
    target.add_argument("--zpl", type=Path, metavar="FILE", help=_("write what a label printer takes"))
    target.add_argument("--print", dest="printer", metavar="PRINTER", help=_("to this printer of the settings"))
    parser.add_argument("--size", metavar="WxH", default="", help=_("label in mm, like 63x38"))
    parser.add_argument("--dpmm", type=int, choices=(6, 8, 12, 24), default=12, help=_("dots of the printer in a mm"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import open_reader, settings_of

    _refuse(args, terminal.translate)
    settings = settings_of(args.config, station=args.station)
    directory, station = store_directory(args)
    printer = _printer(args, settings, terminal.translate) if args.printer else None
    with closing(open_reader(directory, station)) as reader:
        from ui.bootstrap.label_orders import Wanted, WantedError, abouts_of, job_values, labels_of

        wanted = Wanted(
            label=WHAT[args.what],
            names=tuple(args.names),
            machine=args.machine,
            trays=tuple(args.tray or ()),
            compartment=args.compartment,
            item=args.item,
            lot=args.lot,
            quantity=args.quantity,
            loop=args.loop,
        )
        try:
            abouts = abouts_of(wanted, reader)
        except WantedError as error:
            raise _not_there(error.code, error.name, terminal.translate) from error
        labels = labels_of(wanted.label, abouts, reader)
    if printer is not None:
        jobs = [job_values(wanted.label, each) for each in abouts]
        carry_out(directory, station, "print_labels", printer=printer.name, jobs=jobs)
    else:
        _write_file(args, labels, settings, terminal.translate)
    _tell(args, labels, terminal)
    return DONE


def _refuse(args: Namespace, _: Translate) -> None:
    if args.what in NAMED and not args.names and not (args.what == "kanban" and args.loop):
        raise CommandError("C101", _("name what the labels are for"), status=MISUSED)
    if args.what == "kanban" and not (args.item or args.loop):
        raise CommandError("C101", _("a card needs --item or --loop"), status=MISUSED)
    if args.size and _SIZE.fullmatch(args.size) is None:
        raise CommandError("C101", _("--size is like 63x38"), status=MISUSED)


def _printer(args: Namespace, settings: Settings, _: Translate) -> PrinterSettings:
    found = next((each for each in settings.printer if each.name == args.printer), None)
    if found is None:
        named = ", ".join(each.name for each in settings.printer) or _("none")
        sentence = _("the settings name no printer {printer}").format(printer=args.printer)
        raise CommandError("C101", sentence, _("printers of the settings: {named}").format(named=named), status=MISUSED)
    return found


def _not_there(code: str, name: str, _: Translate) -> CommandError:
    sentences = {
        "no_tray": _("there is no tray {name}"),
        "no_compartment": _("there is no compartment {name}"),
        "no_item": _("there is no item {name}"),
        "no_order": _("there is no order {name}"),
        "no_loop": _("there is no kanban loop {name}"),
        "no_quantity": _("{name} is no quantity of this item"),
        "which_machine": _("name the machine: {name}"),
    }
    return CommandError("C101", sentences[code].format(name=name or "-"))


def _paper(args: Namespace, what: str) -> Paper:
    from ui.labels.drawing import Paper
    from ui.labels.pdf import A4

    if what == "slip" and not args.size and args.pdf:
        return A4
    found = _SIZE.fullmatch(args.size or USUAL.get(what, SHEET_LABEL))
    width, height = (int(each) for each in found.groups()) if found else (63, 38)
    return Paper(width_mm=float(width), height_mm=float(height), dpmm=args.dpmm)


def _write_file(args: Namespace, labels: Sequence[Printed], settings: Settings, _: Translate) -> None:
    from ui.bootstrap.printing import texts_of
    from ui.labels.design import pages_of
    from ui.labels.pdf import pages_pdf, sheets_pdf
    from ui.labels.zpl import to_zpl

    paper = _paper(args, args.what)
    groups = _groups(args, labels, settings, paper)
    if args.zpl:
        args.zpl.write_bytes(to_zpl([each for group in groups for each in group.drawings]))
    elif args.what == "slip":
        drawings = [page for each in labels for page in pages_of(each, paper, texts_of(settings))]
        args.pdf.write_bytes(pages_pdf(drawings, title=_("Packing slips")))
    else:
        args.pdf.write_bytes(sheets_pdf(groups, title=_("Labels")))


def _groups(args: Namespace, labels: Sequence[Printed], settings: Settings, paper: Paper) -> list[Group]:
    """One, and of the commands one for each language that there is."""
    from ui.bootstrap.printing import languages, texts_of
    from ui.labels.design import pages_of
    from ui.labels.pdf import Group

    if args.what != "buttons":
        texts = texts_of(settings)
        return [Group([page for each in labels for page in pages_of(each, paper, texts)])]
    groups = []
    for code in (args.language,) if args.language else languages():
        texts = texts_of(settings, language=code)
        drawings = [page for each in labels for page in pages_of(each, paper, texts)]
        groups.append(Group(drawings, texts.printed("commands"), texts.printed("commands_help")))
    return groups


def _tell(args: Namespace, labels: Sequence[Printed], terminal: Terminal) -> None:
    where = {"printer": args.printer} if args.printer else {"file": str(args.pdf or args.zpl)}
    if args.json:
        for each in labels:
            terminal.write_json({"label": WHAT[args.what], "code": each.label.code, **where})
        return
    named = args.printer or str(args.pdf or args.zpl)
    terminal.say(terminal.translate("{count} labels: {where}").format(count=len(labels), where=named))
