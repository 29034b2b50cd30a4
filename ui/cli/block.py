"""`baylight block`: goods that may not leave for an order, at any bay of the site, and which stations the word has reached."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, MISUSED, CommandError, Terminal, Translate
from ui.cli.writing import carry_out

if TYPE_CHECKING:
    from station.values import LotHold

COLUMNS = ("block", "item", "lot", "supplier", "reason", "since", "station", "not_reached")


def describe(parser: ArgumentParser, _: Translate) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB", title=_("verbs"))
    lot = verbs.add_parser("lot", help=_("block a lot, wherever it lies and whenever more of it comes"))
    lot.add_argument("--item", default="", metavar="SKU", help=_("of this item; needed where several have a lot of that number"))
    item = verbs.add_parser("item", help=_("block all of an item"))
    supplier = verbs.add_parser("supplier", help=_("block what this station has received from a supplier"))
    lift = verbs.add_parser("lift", help=_("end a block, also one of another station"))
    listing = verbs.add_parser("list", help=_("what is blocked, and which stations the word has not reached yet"))
    listing.add_argument("--all", action="store_true", help=_("those that were lifted, too"))
    for verb in (lot, item, supplier, lift):
        verb.add_argument("key", metavar="NAME", help=_("its number or name; of a block as “block list” shows it"))
        verb.add_argument("--reason", required=True, metavar="TEXT", help=_("why; it stands in the record"))
    for verb in (lot, item, supplier, lift, listing):
        add_store_options(verb, _)
        add_json_option(verb, _)


def run(args: Namespace, terminal: Terminal) -> int:
    if args.verb == "list":
        return _list(args, terminal)
    _ = terminal.translate
    directory, station = store_directory(args)
    badge = terminal.read_secret(_("Your own badge, supervisor: "))
    pin = terminal.read_secret(_("Your PIN: ")) if badge else ""
    if not badge or not pin:
        how = _("Type your badge, then your PIN. A script gives both, each on a line of its own, as standard input.")
        needs = _("{word} needs the badge and the PIN of a supervisor").format(word=args.verb)
        raise CommandError("O503", needs, how, status=MISUSED)
    said = {"key": args.key, "reason": args.reason, "by_badge": badge, "by_pin": pin}
    if args.verb == "lift":
        terminal.write_fields(carry_out(directory, station, "block_lift", **said), as_json=args.json)
        return DONE
    made = carry_out(directory, station, "block", what=args.verb, item=getattr(args, "item", ""), **said)
    rows = made.get("blocks", ())
    _write(rows if isinstance(rows, list) else [], args, terminal)
    if not made.get("is_whole_site", True):
        terminal.warn(
            _("baylight: O543 The site does not answer: only what this station has received is blocked. Say it again later.")
        )
    return DONE


def _list(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import open_reader

    with closing(open_reader(*store_directory(args))) as reader:
        found = reader.lot_holds(with_lifted=args.all)
    _write([row_of(each) for each in found], args, terminal)
    return DONE


def _write(rows: list[Any], args: Namespace, terminal: Terminal) -> None:
    """The rows; and for a person what they cannot say."""
    terminal.write_rows([_shown(each, as_json=args.json) for each in rows], as_json=args.json, columns=COLUMNS)
    _ = terminal.translate
    missing = sorted({name for each in rows if not each["is_lifted"] for name in each["not_reached"]})
    if missing:
        said = _("baylight: O541 Not yet reached: {stations}. Goods may still be picked there: tell the people there.")
        terminal.warn(said.format(stations=", ".join(missing)))
    if any(not each["station"] for each in rows):
        terminal.warn(_("The site has not answered yet: “baylight block list” says which stations the word has reached."))


def _shown(row: Mapping[str, Any], *, as_json: bool) -> Mapping[str, Any]:
    return row if as_json else {**row, "not_reached": ", ".join(row["not_reached"])}


def row_of(block: LotHold) -> Mapping[str, object]:
    """A block as JSON has it."""
    from station.blocking import fields

    return fields(block)
