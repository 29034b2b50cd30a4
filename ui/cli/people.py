"""`baylight people`: who may work here.

Badges and PINs come from a prompt or standard input, never from the command line: everybody on the computer sees that in the list
of processes, and the shell keeps it.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing
from typing import Any

from station.values import Role
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.people_table import describe_table, show_table
from ui.cli.terminal import DONE, CommandError, Terminal, Translate
from ui.cli.writing import carry_out

COLUMNS = ("person", "name", "role", "rights", "is_active", "language")


def describe(parser: ArgumentParser, _: Translate) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB", title=_("verbs"))
    add = verbs.add_parser("add", help=_("add a person; asks for badge and PIN (standard input: a line each)"))
    add.add_argument("name", metavar="NAME", help=_("the name that screens show"))
    add.add_argument("--role", required=True, choices=[role.value for role in Role], help=_("what the person may do"))
    add.add_argument("--right", action="append", default=[], metavar="RIGHT", help=_("a right of the person"))
    listing = verbs.add_parser("list", help=_("list the people"))
    disable = verbs.add_parser("disable", help=_("the person may not sign on any more"))
    reset = verbs.add_parser("reset-pin", help=_("set a new PIN and end a lock-out; asks for the PIN"))
    erase = verbs.add_parser("erase-name", help=_("erase the name; the record still verifies"))
    rights = verbs.add_parser("rights", help=_("the person has these rights from now on, and no others"))
    for verb in (disable, reset, erase, rights):
        verb.add_argument("person", metavar="PERSON", help=_("the person's id, as `people list` shows it"))
    rights.add_argument("rights", nargs="*", metavar="RIGHT", help=_("as items and trays name it; none: no right"))
    table = verbs.add_parser("table", help=_("who may what, as one table; also as CSV or PDF"))
    describe_table(table, _)
    for verb in (add, disable, reset, erase, rights):
        verb.add_argument("--sign", action="store_true", help=_("as an administrator: asks for your badge and PIN first"))
    for verb in (add, listing, disable, reset, erase, rights, table):
        add_store_options(verb, _)
        add_json_option(verb, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import settings_of

    _ = terminal.translate
    directory, station = store_directory(args)
    if args.verb == "list":
        return _list(args, terminal)
    if args.verb == "table":
        return show_table(args, terminal)
    by = _signature(terminal) if args.sign else {}
    if args.verb == "add":
        badge = terminal.read_secret(_("Scan the badge, or type its code: "))
        details = {"name": args.name, "role": args.role, "rights": args.right, "badge": badge, "pin": _new_pin(terminal)}
    elif args.verb == "reset-pin":
        details = {"person": args.person, "pin": _new_pin(terminal)}
    elif args.verb == "rights":
        details = {"person": args.person, "rights": args.rights}
    else:
        details = {"person": args.person}
    verb, sign_on = f"people_{args.verb.replace('-', '_')}", settings_of(args.config).sign_on
    result = carry_out(directory, station, verb, own_sign_on=sign_on, **by, **details)
    terminal.write_fields(result, as_json=args.json)
    if args.verb == "erase-name":
        _say_where_it_is_left(terminal)
    return DONE


def _signature(terminal: Terminal) -> dict[str, Any]:
    """Who makes the change; the record then names the administrator, and that the PIN was asked."""
    _ = terminal.translate
    badge = terminal.read_secret(_("Your own badge, administrator: "))
    return {"by_badge": badge, "by_pin": terminal.read_secret(_("Your PIN: "))}


def _say_where_it_is_left(terminal: Terminal) -> None:
    """The erasing reaches this store; what was copied before is somebody else's to delete."""
    _ = terminal.translate
    terminal.warn(
        _("Older copies still hold the name: the last 24 in backups/, each gone after 24 hours of a running station;")
        + " "
        + _("folders replaced-... and copies made by hand stay until somebody deletes them (docs/install.md).")
    )


def _list(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import open_reader

    with closing(open_reader(*store_directory(args))) as reader:
        people = reader.people()
    rows = [
        {
            "person": each.person,
            "name": each.name,
            "role": each.role.value,
            "rights": list(each.rights),
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
