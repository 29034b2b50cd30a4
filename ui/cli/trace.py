"""`baylight trace`: where goods came from, where they lie, and who got them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing

from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, Terminal, Translate

KINDS = ("lot", "serial", "receipt", "order")


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("what", choices=KINDS, help=_("what is followed; a receipt by its order or the supplier's reference"))
    parser.add_argument("key", metavar="NAME", help=_("its number or name"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from station.audit.rows import TRACE_COLUMNS, trace_rows
    from ui.bootstrap.store import open_reader

    _ = terminal.translate
    with closing(open_reader(*store_directory(args))) as reader:
        trace = reader.traced(args.what, args.key)
        items = {each.code: each for each in reader.items_named({g.item for g in trace.followed} | set(trace.unfollowed))}
        names = {each.person: each.name for each in reader.people()}
    if not trace.is_known:
        return terminal.end_with([_("the record has nothing of {what} {name}").format(what=args.what, name=args.key)])
    terminal.write_rows(trace_rows(trace, items, names), as_json=args.json, columns=TRACE_COLUMNS)
    if trace.unfollowed:
        said = _("without a lot or a serial, and so followed no further: {items}")
        terminal.warn(said.format(items=", ".join(trace.unfollowed)))
    if trace.is_cut:
        terminal.warn(_("there is more than is shown: ask for one lot or serial"))
    return DONE
