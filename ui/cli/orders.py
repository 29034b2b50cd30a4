"""`baylight orders`: orders with their lines and what became of them; one cancelled, or made to count something."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from station.quantity import to_text
from station.sequence_proof import RankRow
from station.values import Item, Order, OrderLine, OrderState
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, MISUSED, CommandError, Terminal, Translate
from ui.cli.writing import carry_out

COLUMNS = ("order", "kind", "state", "need_by", "priority", "destination", "line_count", "open_lines")
SEQUENCE = "sequence"
HOLDS = {"hold": "order_hold", "resume": "order_resume"}
ACTS = {"take-over": "order_take_over", "split": "order_split", "cancel": "order_end"}
BY_SUPERVISOR = {**HOLDS, **ACTS}
RANK_COLUMNS = ("rank", "order", "line", "item", "state", "left_at", "released_by", "released_at")
OPEN_STATES = (OrderState.RELEASED, OrderState.STARTED, OrderState.HELD)


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument(
        "order",
        nargs="*",
        help=_(
            "only these; “sequence NAME”: its proof; by a supervisor: “hold ORDER”, “resume ORDER”, “take-over ORDER”, "
            "“split ORDER --lines 2,3”, “cancel ORDER”, also of one that was begun"
        ),
    )
    parser.add_argument("--cancel", action="store_true", help=_("cancel the named orders; needs --reason"))
    parser.add_argument("--reason", metavar="TEXT", help=_("why; it stands in the record"))
    parser.add_argument("--lines", metavar="LINE,...", help=_("which open lines “split” puts into an order of their own"))
    parser.add_argument("--put-back", action="store_true", help=_("“cancel” makes an order that puts back what was taken"))
    parser.add_argument("--release", metavar="LINE", help=_("let a sequence go on without this line; needs --reason"))
    parser.add_argument("--pdf", type=Path, metavar="FILE", help=_("the proof of a sequence on paper, too"))
    parser.add_argument("--open", action="store_true", help=_("only released and started orders"))
    about = _("make a count order: of an item, a tray, an area or a programme")
    counts = parser.add_argument_group(_("orders count"), about)
    counts.add_argument("--item", metavar="SKU", help=_("everything that the book has of this item"))
    counts.add_argument("--tray", type=_tray, metavar="N", help=_("everything on this tray"))
    counts.add_argument("--from-tray", type=_tray, metavar="N", help=_("everything on the trays from this one; needs --to-tray"))
    counts.add_argument("--to-tray", type=_tray, metavar="N", help=_("to this one"))
    counts.add_argument("--riskiest", type=_tray, metavar="N", help=_("of all that, the N whose book is most likely wrong"))
    counts.add_argument(
        "--sample", type=_tray, metavar="N", help=_("of all that, N places drawn at random: what accuracy is told by")
    )
    counts.add_argument(
        "--seed", type=int, default=0, metavar="S", help=_("the same seed on the same stock draws the same places")
    )
    counts.add_argument("--machine", metavar="NAME", help=_("on this machine; needed where there are more"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    if args.order == ["count"] and not args.cancel and not args.open and _is_count(args):
        return _count(args, terminal)
    if _is_count(args):
        _ = terminal.translate
        raise CommandError("O383", _("these options make a count order"), _("Say: baylight orders count ..."), status=MISUSED)
    if len(args.order) == 2 and args.order[0] == SEQUENCE:
        return _sequence(args, args.order[1], terminal)
    if len(args.order) > 1 and args.order[0] in BY_SUPERVISOR:
        return _by_supervisor(args, args.order[0], terminal)
    if args.release:
        return _release(args, terminal)
    return _cancel(args, terminal) if args.cancel else _list(args, terminal)


def _tray(text: str) -> int:
    """A number of at least 1; argparse says so of anything else."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _is_count(args: Namespace) -> bool:
    what = (args.item, args.tray, args.from_tray, args.to_tray, args.riskiest, args.sample, args.machine)
    return any(each is not None for each in what)


def _count(args: Namespace, terminal: Terminal) -> int:
    """Make the order; the running station shows it in its work list."""
    _ = terminal.translate
    is_area = args.from_tray is not None or args.to_tray is not None
    if is_area and (args.tray is not None or args.from_tray is None or args.to_tray is None or args.from_tray > args.to_tray):
        raise CommandError("O383", _("--from-tray and --to-tray go together"), _("Name both, or one --tray."), status=MISUSED)
    what = {"machine": args.machine, "item": args.item, "riskiest": args.riskiest}
    what |= {"sample": args.sample, "seed": args.seed}
    trays = {"first_tray": args.from_tray or args.tray, "last_tray": args.to_tray}
    directory, station = store_directory(args)
    terminal.write_fields(carry_out(directory, station, "order_count", **what, **trays), as_json=args.json)
    return DONE


def _sequence(args: Namespace, name: str, terminal: Terminal) -> int:
    """The proof of a sequence, rank by rank."""
    from station.sequence_proof import proof
    from ui.bootstrap.store import open_reader, settings_of
    from ui.language import load_language
    from ui.reports.sequence_pdf import SequencePaper
    from ui.texts import Texts

    with closing(open_reader(*store_directory(args))) as reader:
        found = proof(reader, name)
        items = {code: reader.item(code) for code in {each.item for each in found}}
        people = {each.person: each for each in reader.people()}
    if args.pdf and found:
        texts = Texts(load_language(settings_of(args.config).station.language))
        args.pdf.write_bytes(SequencePaper(texts, people, items).render(name, found, made_at=datetime.now(UTC)))
    rows = [_rank_row(each, items.get(each.item)) for each in found]
    terminal.write_rows(rows, as_json=args.json, columns=RANK_COLUMNS)
    unknown = terminal.translate("there is no sequence {name}").format(name=name)
    return terminal.end_with(() if rows else (unknown,))


def _by_supervisor(args: Namespace, word: str, terminal: Terminal) -> int:
    """A supervisor does something to orders as a whole; the first that is refused ends the command."""
    _ = terminal.translate
    if not (args.reason or "").strip():
        needs = _("{word} needs --reason").format(word=word)
        raise CommandError("O321", needs, _("Name it; it stands in the record."), status=MISUSED)
    if (word == "split") is not bool(args.lines) or (args.put_back and word != "cancel"):
        how = _("Say: baylight orders split ORDER --lines 2,3 --reason TEXT; --put-back belongs to cancel.")
        raise CommandError("O410", _("split needs --lines, and nothing else does"), how, status=MISUSED)
    directory, station = store_directory(args)
    badge = terminal.read_secret(_("Your own badge, supervisor: "))
    pin = terminal.read_secret(_("Your PIN: ")) if badge else ""
    if not badge or not pin:
        how = _("Type your badge, then your PIN. A script gives both, each on a line of its own, as standard input.")
        raise CommandError("O503", _("{word} needs the badge and the PIN of a supervisor").format(word=word), how, status=MISUSED)
    verb, lines = BY_SUPERVISOR[word], [each.strip() for each in (args.lines or "").split(",") if each.strip()]
    for order in args.order[1:]:
        said = {"order": order, "reason": args.reason, "lines": lines, "put_back": args.put_back}
        told = carry_out(directory, station, verb, **said, by_badge=badge, by_pin=pin)
        terminal.write_fields(told, as_json=args.json)
    return DONE


def _rank_row(row: RankRow, item: Item | None) -> dict[str, object]:
    decimals = item.decimals if item else 0
    times = {name: at.isoformat() if (at := getattr(row, name)) else None for name in ("left_at", "gap_since", "released_at")}
    quantities = {name: to_text(getattr(row, name), decimals) for name in ("quantity", "done_quantity")}
    return {**asdict(row), **times, **quantities}


def _release(args: Namespace, terminal: Terminal) -> int:
    _ = terminal.translate
    if len(args.order) != 1 or not (args.reason or "").strip():
        message = _("--release needs one order and --reason")
        raise CommandError("O321", message, _("Name both; they stand in the proof of the sequence."), status=MISUSED)
    directory, station = store_directory(args)
    (order,) = args.order
    told = carry_out(directory, station, "gap_release", order=order, line=args.release, reason=args.reason)
    terminal.write_fields(told, as_json=args.json)
    return DONE


def _cancel(args: Namespace, terminal: Terminal) -> int:
    """One order after the other; the first that is refused ends the command, those before it are cancelled."""
    _ = terminal.translate
    if not args.order or not (args.reason or "").strip():
        raise CommandError("O321", _("--cancel needs orders and --reason"), _("Name both; the host is told why."), status=MISUSED)
    directory, station = store_directory(args)
    for order in args.order:
        terminal.write_fields(carry_out(directory, station, "order_cancel", order=order, reason=args.reason), as_json=args.json)
    return DONE


def _list(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import open_reader

    _ = terminal.translate
    with closing(open_reader(*store_directory(args))) as reader:
        found = [reader.order(name) for name in dict.fromkeys(args.order)] if args.order else reader.orders()
        orders = [each for each in found if each and (not args.open or each.state in OPEN_STATES)]
        items = {code: reader.item(code) for code in {line.item for order in orders for line in order.lines}}
    rows = [as_row(order, items) for order in orders]
    terminal.write_rows(rows, as_json=args.json, columns=COLUMNS)
    missing = set(args.order) - {each.order for each in found if each}
    return terminal.end_with(_("there is no order {order}").format(order=name) for name in sorted(missing))


def as_row(order: Order, items: Mapping[str, Item | None]) -> dict[str, object]:
    """One order with all its lines."""
    return {
        "order": order.order,
        "kind": order.kind.value,
        "state": order.state.value,
        "need_by": order.need_by.isoformat() if order.need_by else None,
        "priority": order.priority,
        "express": order.is_express,
        "sequence": order.sequence,
        "destination": order.destination,
        "host_key": order.host_key,
        "split_of": order.split_of,
        "line_count": len(order.lines),
        "open_lines": sum(line.state.value in ("open", "skipped") for line in order.lines),
        "lines": [_line_row(line, items.get(line.item)) for line in order.lines],
    }


def _line_row(line: OrderLine, item: Item | None) -> dict[str, object]:
    decimals = item.decimals if item else 0
    place = line.place
    return {
        "line": line.line,
        "item": line.item,
        "quantity": to_text(line.quantity, decimals),
        "done_quantity": to_text(line.done_quantity, decimals),
        "unit": item.unit if item else "",
        "lot": line.lot,
        "owner": line.owner,
        "state": line.state.value,
        "reason": line.reason,
        "host_key": line.host_key,
        "place": {"machine": place.machine, "tray": place.tray, "compartment": place.compartment} if place else None,
        "note": line.note,
        "rank": line.rank or None,
        "kit": {"kit": line.kit.kit, "line": line.kit.line, "asked": line.kit.asked} if line.kit else None,
    }
