"""`baylight people`: who may work here. PINs come from a prompt or standard input, never from the command line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing

from station.values import Role
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, CommandError, Terminal, Translate
from ui.cli.writing import carry_out

COLUMNS = ("person", "name", "role", "is_active", "language")


def describe(parser: ArgumentParser, _: Translate) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB", title=_("verbs"))
    add = verbs.add_parser("add", help=_("add a person; asks for the PIN"))
    add.add_argument("name", metavar="NAME", help=_("the name that screens show"))
    add.add_argument("--role", required=True, choices=[role.value for role in Role], help=_("what the person may do"))
    add.add_argument("--badge", required=True, metavar="CODE", help=_("what a scan of the badge reads"))
    listing = verbs.add_parser("list", help=_("list the people"))
    disable = verbs.add_parser("disable", help=_("the person may not sign on any more"))
    reset = verbs.add_parser("reset-pin", help=_("set a new PIN and end a lock-out; asks for the PIN"))
    erase = verbs.add_parser("erase-name", help=_("erase the name; the record still verifies"))
    for verb in (disable, reset, erase):
        verb.add_argument("person", metavar="PERSON", help=_("the person's id, as `people list` shows it"))
    for verb in (add, listing, disable, reset, erase):
        add_store_options(verb, _)
        add_json_option(verb, _)


def run(args: Namespace, terminal: Terminal) -> int:
    directory, station = store_directory(args)
    if args.verb == "list":
        return _list(args, terminal)
    if args.verb == "add":
        details = {"name": args.name, "role": args.role, "badge": args.badge, "pin": _new_pin(terminal)}
    elif args.verb == "reset-pin":
        details = {"person": args.person, "pin": _new_pin(terminal)}
    else:
        details = {"person": args.person}
    result = carry_out(directory, station, f"people_{args.verb.replace('-', '_')}", **details)
    terminal.write_fields(result, as_json=args.json)
    return DONE


def _list(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import open_reader

    with closing(open_reader(*store_directory(args))) as reader:
        people = reader.people()
    rows = [
        {
            "person": each.person,
            "name": each.name,
            "role": each.role.value,
            "is_active": each.is_active,
            "language": each.language,
        }
        for each in people
    ]
    terminal.write_rows(rows, as_json=args.json, columns=COLUMNS)
    return DONE


def _new_pin(terminal: Terminal) -> str:
    """Asked twice of a person at a terminal; one line where standard input is a pipe."""
    _ = terminal.translate
    pin = terminal.read_secret(_("New PIN: "))
    if terminal.stdin.isatty() and terminal.read_secret(_("The same again: ")) != pin:
        raise CommandError("P300", _("the two PINs are not the same"), _("Nothing was changed. Try again."))
    return pin
