"""`baylight stock`: what the store holds now, one row for each stock key in each compartment."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Collection, Iterator
from contextlib import closing

from station.quantity import to_text
from station.values import Item, Stock
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import Terminal, Translate

COLUMNS = ("machine", "tray", "compartment", "item", "lot", "serial", "owner", "status", "quantity", "unit")


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--item", metavar="CODE", help=_("only this item"))
    parser.add_argument("--machine", metavar="NAME", help=_("only this machine"))
    parser.add_argument("--tray", type=int, metavar="N", help=_("only this tray"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import open_reader

    with closing(open_reader(*store_directory(args))) as reader:
        stock = [each for each in reader.stock() if _is_wanted(each, args)]
        items = {code: reader.item(code) for code in {each.key.item for each in stock}}
        is_item_known = args.item is None or reader.item(args.item) is not None
        machines = [args.machine] if args.machine else reader.machines()
        trays = [tray.number for machine in machines for tray in reader.trays(machine)]
    rows = [as_row(each, items[each.key.item]) for each in stock]
    terminal.write_rows(rows, as_json=args.json, columns=COLUMNS)
    missing = () if rows else _missing(args, terminal.translate, is_item_known=is_item_known, trays=trays)
    return terminal.end_with(missing)


def as_row(stock: Stock, item: Item | None) -> dict[str, object]:
    """One row of the output. Without its item a quantity is a plain count of the smallest unit."""
    return {
        "machine": stock.place.machine,
        "tray": stock.place.tray,
        "compartment": stock.place.compartment,
        "item": stock.key.item,
        "name": item.name if item else "",
        "lot": stock.key.lot,
        "serial": stock.key.serial,
        "owner": stock.key.owner,
        "status": stock.key.status.value,
        "quantity": to_text(stock.quantity, item.decimals if item else 0),
        "unit": item.unit if item else "",
        "counted_at": stock.counted_at.isoformat() if stock.counted_at else None,
    }


def _missing(args: Namespace, _: Translate, /, *, is_item_known: bool, trays: Collection[int]) -> Iterator[str]:
    """What was named and the store does not know. To know a thing and hold nothing of it is an answer, no failure."""
    if not is_item_known:
        yield _("there is no item {item}").format(item=args.item)
    if args.machine is not None and not trays:
        yield _("there is no tray of a machine {machine}").format(machine=args.machine)
    elif args.tray is not None and args.tray not in trays:
        yield _("there is no tray {tray}").format(tray=args.tray)


def _is_wanted(stock: Stock, args: Namespace) -> bool:
    return (
        args.item in (None, stock.key.item)
        and args.machine in (None, stock.place.machine)
        and args.tray in (None, stock.place.tray)
    )
