"""`baylight upstream`: the site database, for whoever looks after it. See docs/site.md."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path

from ui.cli.faults import advice
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, FAILED, MISUSED, CommandError, Terminal, Translate

STATION_COLUMNS = ("station", "state", "epoch", "acked", "head", "behind_s")
CHAIN_COLUMNS = ("station", "epoch", "events", "acked", "broken_at", "problem")


def describe(parser: ArgumentParser, _: Translate) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB", title=_("verbs"))
    verbs.add_parser("init", help=_("make schema, roles and functions in a database; again: complete them"))
    verbs.add_parser("migrate", help=_("bring the schema of an older release up"))
    enrol = verbs.add_parser("enrol", help=_("make a station's own role and write the file that the station joins with"))
    enrol.add_argument("name", metavar="NAME", help=_("the station's name, as its settings have it"))
    enrol.add_argument("--file", type=Path, metavar="FILE", help=_("file to write (default: NAME.enrolment.json)"))
    enrol.add_argument("--replace", action="store_true", help=_("an enrolled station's secret too: the old one is refused then"))
    verbs.add_parser("status", help=_("what every station has sent, and what waits for somebody"))
    verify = verbs.add_parser("verify", help=_("compute every hash of all stations again"))
    verify.add_argument(
        "--heads", type=Path, metavar="DIR", help=_("compare with the heads kept in this folder and add those of now")
    )
    verbs.add_parser("restored", help=_("after a backup was put back: stations fetch the state again and send what is missing"))
    for verb in verbs.choices.values():
        verb.add_argument("url", metavar="URL", help=_("postgresql://user@host/database; the password from ~/.pgpass"))
    join = verbs.add_parser("join", help=_("at the station: take up the file of upstream enrol"))
    join.add_argument("file", type=Path, metavar="FILE", help=_("the enrolment file; delete it afterwards"))
    for verb in (enrol, join):
        add_store_options(verb, _)
    for verb in verbs.choices.values():
        add_json_option(verb, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap import upstream

    _refuse_no_address(args, terminal)
    if args.verb == "status":
        return _status(upstream.status(args.url), args, terminal)
    if args.verb == "verify":
        is_ok, found = upstream.verify(args.url, args.heads)
        return _proof(is_ok, found, args, terminal)
    if args.verb == "enrol":
        file = args.file or Path(f"{args.name.replace('/', '_')}.enrolment.json")
        directory = _existing(store_directory(args)[0])
        done = upstream.enrol(args.url, args.name, file, directory, replaces=args.replace)
    elif args.verb == "join":
        done = upstream.join(args.file, *_own_store(args))
    else:
        done = {"init": upstream.initialise, "migrate": upstream.migrate, "restored": upstream.restored}[args.verb](args.url)
    terminal.write_fields(done, as_json=args.json)
    _say_what_next(args.verb, terminal)
    return DONE


def _refuse_no_address(args: Namespace, terminal: Terminal) -> None:
    """libpq would take an empty one for the server on this computer, and look at another site than was meant."""
    _ = terminal.translate
    if args.verb != "join" and not args.url.strip():
        sentence = _("the address of the site database is empty")
        raise CommandError("U501", sentence, advice("U501", _), status=MISUSED)


def _own_store(args: Namespace) -> tuple[Path, str]:
    """The directory, and whose store is in it ("" where there is none yet)."""
    from ui.bootstrap.store import owner_of

    directory, _ = store_directory(args)
    return directory, owner_of(directory)


def _existing(directory: Path) -> Path:
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    return directory


def _say_what_next(verb: str, terminal: Terminal) -> None:
    _ = terminal.translate
    texts = {
        "enrol": _("The file holds the station's secret and the pepper of the site. Carry it there, join with it, delete it."),
        "join": _("Write the address (url) into the settings (upstream.url), and delete the enrolment file."),
        "restored": _("Stations fetch everything again by themselves. Look at upstream status until none is behind."),
    }
    if verb in texts:
        terminal.warn(texts[verb])


def _status(told: Mapping[str, object], args: Namespace, terminal: Terminal) -> int:
    if args.json:
        terminal.write_json(told)
        return DONE
    terminal.write_fields({name: told[name] for name in ("events", "server_epoch", "exceptions")}, as_json=False)
    terminal.write_rows(_rows(told["stations"]), as_json=False, columns=STATION_COLUMNS)
    return DONE


def _proof(is_ok: bool, found: Mapping[str, object], args: Namespace, terminal: Terminal) -> int:
    if args.json:
        terminal.write_json(found)
    else:
        terminal.write_fields({name: value for name, value in found.items() if name != "chains"}, as_json=False)
        terminal.write_rows(_rows(found["chains"]), as_json=False, columns=CHAIN_COLUMNS)
    return DONE if is_ok else FAILED


def _rows(value: object) -> list[Mapping[str, object]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
