"""`baylight sync`: how the replication with the site database does, one run of it, or a replication without a window."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from station.control import NoStationError, ask
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, FAILED, Terminal, Translate

if TYPE_CHECKING:
    from station.settings import Settings

ONCE_S = 60.0
ANSWER_S = 10.0  # more than the station's own waiting
SHOWN = ("state", "problem", "code", "depth", "dirty", "oldest_at", "since", "last_receipt_at", "last_pull_at", "data_as_of")
POSITIONS = ("acked", "durable", "head")


def describe(parser: ArgumentParser, _: Translate) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB", title=_("verbs"))
    status = verbs.add_parser("status", help=_("what waits, since when, and why; also beside a running station"))
    once = verbs.add_parser("once", help=_("replicate until the site database has everything that is in the store now"))
    once.add_argument("--timeout", type=float, default=ONCE_S, metavar="S", help=_("give up after so many seconds (default: 60)"))
    run_on = verbs.add_parser("run", help=_("replicate until the program is ended (SIGTERM), without a station"))
    for verb in (status, once, run_on):
        add_store_options(verb, _)
        add_json_option(verb, _)


def run(args: Namespace, terminal: Terminal) -> int:
    return {"status": _status, "once": _once, "run": _run}[args.verb](args, terminal)


def _status(args: Namespace, terminal: Terminal) -> int:
    """FAILED when a person must look, so that whoever watches over stations needs the exit status alone."""
    from ui.bootstrap.replication import sync_status

    directory, settings = _named(args)
    fields = sync_status(directory, settings)
    _write(fields, args, terminal)
    return FAILED if fields["state"] == "attention" else DONE


def _once(args: Namespace, terminal: Terminal) -> int:
    """The running station does it where there is one."""
    directory, settings = _named(args)
    try:
        answer = ask(directory, "sync", timeout_s=args.timeout + ANSWER_S, patience_s=args.timeout)
        fields = answer if isinstance(answer, Mapping) else {}
    except NoStationError:
        fields = _once_here(directory, settings, args.timeout)
    _write(fields, args, terminal)
    return DONE if _has_all(fields) else FAILED


def _once_here(directory: Path, settings: Settings, patience_s: float) -> Mapping[str, object]:
    from ui.bootstrap.replication import open_replication, status_fields

    with open_replication(directory, settings) as replication:
        return status_fields(replication.drain(patience_s))


def _run(args: Namespace, terminal: Terminal) -> int:
    """A line for each change of what a person would look at."""
    from ui.bootstrap.replication import open_replication, status_fields

    directory, settings = _named(args)
    ended, last = threading.Event(), [("", "")]

    def tell(fields: Mapping[str, object]) -> None:
        said = str(fields["state"]), str(fields["problem"])
        if said != last[0]:
            last[0] = said
            _write(fields, args, terminal)

    before = {each: signal.signal(each, lambda *_: ended.set()) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        with open_replication(directory, settings, told=lambda status: tell(status_fields(status))):
            ended.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return DONE


def _named(args: Namespace) -> tuple[Path, Settings]:
    """The store that is meant, and the settings with its station's name."""
    from ui.bootstrap.store import settings_of

    directory, station = store_directory(args)
    settings = settings_of(args.config)
    return directory, replace(settings, station=replace(settings.station, name=station))


def _has_all(fields: Mapping[str, object]) -> bool:
    """The last word of the site, not one of before: what waits may be nothing where nobody was asked."""
    is_told = bool(fields) and fields["state"] not in ("off", "island") and not fields["code"]
    return is_told and not fields["depth"] and not fields["dirty"]


def _write(fields: Mapping[str, object], args: Namespace, terminal: Terminal) -> None:
    """JSON whole; for a person the words and the figures."""
    if args.json:
        terminal.write_json(fields)
        return
    positions = {name: _seq(fields[name]) for name in POSITIONS}
    terminal.write_fields({**{name: fields[name] for name in SHOWN}, **positions}, as_json=False)


def _seq(position: object) -> object:
    return position.get("seq") if isinstance(position, Mapping) else position
