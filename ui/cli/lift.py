"""`baylight lift`: one command to a real lift, for a person who stands at it.

`fetch` and `store` move metal: they need --at-the-machine and journal intent and result when a store is named. A port that a
running station holds is refused. Nothing is ever sent twice.
"""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path

from ui.cli.options import add_json_option
from ui.cli.terminal import DONE, FAILED, MISUSED, UNKNOWN, CommandError, Terminal, Translate
from ui.cli.writing import is_running

STATUS_OF = {"done": DONE, "not_done": FAILED, "unknown": UNKNOWN}
MOVING = ("fetch", "store")


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftAnswer:
    """What became of the command. `frames` are the line's last ones: direction, seconds, and bytes in hex."""

    outcome: str
    tray: int | None
    code: str
    message: str
    frames: tuple[dict[str, object], ...]


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--protocol", required=True, help=_("what the lift speaks, such as jmif"))
    parser.add_argument(
        "--url", required=True, help=_("port of the lift: /dev/..., COM3, socket://host:port, rfc2217://host:port")
    )
    parser.add_argument("--serial", default="", metavar="LINE", help=_("line settings, such as 19200,8E1"))
    parser.add_argument("--map", type=Path, metavar="FILE", help=_("register map of the protocols that have one"))
    parser.add_argument("--link-layer", choices=("none", "3964r"), default="none", help=_("protocol below the telegrams"))
    parser.add_argument("--bay", default="SH1-1", metavar="NAME", help=_("opening of the machine (default: SH1-1)"))
    parser.add_argument("--timeout", type=float, metavar="S", help=_("how long to wait for the end of a motion"))
    parser.add_argument(
        "--at-the-machine", action="store_true", help=_("you stand at the machine and see that nobody is in its way")
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help=_("journal intent and result in this store"))
    parser.add_argument("--station", metavar="NAME", help=_("name of the station whose store it is"))
    parser.add_argument("--config", type=Path, metavar="FILE", help=_("settings file (TOML)"))
    add_json_option(parser, _)
    parser.add_argument("verb", choices=("status", "fetch", "store", "ping"), help=_("what to ask or do"))
    parser.add_argument("tray", nargs="?", type=int, help=_("the tray's number (fetch)"))


def run(args: Namespace, terminal: Terminal) -> int:
    _check(args, terminal.translate)
    answer = asyncio.run(_work(args))
    fields = {
        "outcome": answer.outcome,
        "tray": answer.tray,
        "code": answer.code,
        "message": answer.message,
        "frames": list(answer.frames),
    }
    terminal.write_fields(fields, as_json=args.json)
    return STATUS_OF[answer.outcome]


def _check(args: Namespace, _: Translate) -> None:
    if args.verb == "fetch" and args.tray is None:
        raise CommandError("F602", _("fetch needs a tray"), _("Name its number: baylight lift ... fetch 12"), status=MISUSED)
    if args.verb != "fetch" and args.tray is not None:
        raise CommandError("F602", _("only fetch takes a tray"), status=MISUSED)
    if args.verb in MOVING and not args.at_the_machine:
        raise CommandError(
            "F603",
            _("{verb} moves the machine").format(verb=args.verb),
            _("Go to it, see that nobody is in its way, and say so with --at-the-machine."),
            status=MISUSED,
        )
    if args.data is not None and is_running(args.data):
        raise CommandError("L104", _("a station runs on {data} and holds the port").format(data=args.data), _("End it first."))


async def _work(args: Namespace) -> LiftAnswer:
    """Open the line, carry out the one verb, and close it again whatever happens."""
    from ui.bootstrap import lift_session

    async with lift_session(args) as session:
        if args.verb in ("status", "ping"):
            return await session.status()
        if args.verb == "fetch":
            return await session.fetch(args.tray)
        return await session.store()
