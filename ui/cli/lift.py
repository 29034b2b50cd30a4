"""`baylight lift`: one command to a real lift, for a person who stands at it.

`fetch` and `store` move metal: they need --at-the-machine and journal intent and result in the store that is named, else in the
settings' own where there is one; without any the answer says so. Refused are a data directory on which a station runs and a
serial port that is held; what is not protected is in docs/install.md. Nothing is ever sent twice.
"""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser, Namespace
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ui.cli.options import add_json_option, store_directory
from ui.cli.terminal import DONE, FAILED, MISUSED, UNKNOWN, CommandError, Terminal, Translate
from ui.cli.writing import is_running

if TYPE_CHECKING:
    from station.lift_call import LiftAnswer

STATUS_OF = {"done": DONE, "not_done": FAILED, "unknown": UNKNOWN}
MOVING = ("fetch", "store")
FRAME_COLUMNS = ("after_s", "who", "text", "hex")
NOT_JOURNALLED = "nothing was journalled: there is no store"  # in the JSON answer, which knows no language


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--protocol", required=True, help=_("what the lift speaks, such as jmif"))
    parser.add_argument(
        "--url", required=True, help=_("port of the lift: /dev/..., COM3, socket://host:port, rfc2217://host:port")
    )
    parser.add_argument("--serial", default="", metavar="LINE", help=_("line settings, such as 19200,8E1"))
    parser.add_argument("--map", type=Path, metavar="FILE", help=_("register map of the protocols that have one"))
    parser.add_argument("--link-layer", choices=("none", "3964r", "3964"), default="none", help=_("protocol below the telegrams"))
    parser.add_argument(
        "--priority", choices=("high", "low"), default="high", help=_("our end's priority on the link layer (default: high)")
    )
    parser.add_argument(
        "--modbus", choices=("auto", "rtu", "tcp"), default="auto", help=_("frames of modbus (auto: tcp on socket://, else rtu)")
    )
    parser.add_argument("--bay", default="SH1-1", metavar="NAME", help=_("opening of the machine (default: SH1-1)"))
    parser.add_argument("--machine", default="M1", metavar="NAME", help=_("name of the machine in the store (default: M1)"))
    parser.add_argument("--timeout", type=float, metavar="S", help=_("how long to wait for the end of a motion"))
    parser.add_argument(
        "--at-the-machine", action="store_true", help=_("you stand at the machine and see that nobody is in its way")
    )
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help=_("the store to journal in; refused while a station runs on it (default: the settings)"),
    )
    parser.add_argument("--station", metavar="NAME", help=_("name of the station whose store it is"))
    parser.add_argument("--config", type=Path, metavar="FILE", help=_("settings file (TOML)"))
    add_json_option(parser, _)
    parser.add_argument("verb", choices=("status", "fetch", "store", "ping"), help=_("what to ask or do"))
    parser.add_argument("tray", nargs="?", type=int, help=_("the tray's number (fetch)"))


def run(args: Namespace, terminal: Terminal) -> int:
    _check(args, terminal.translate)
    station_data, _ = store_directory(args)
    _check_is_free(station_data, terminal.translate)
    directory = _journal_directory(args, station_data)
    answer = asyncio.run(_work(args, directory))
    if args.verb in MOVING and directory is None:
        answer = replace(answer, message="; ".join(filter(None, (answer.message, NOT_JOURNALLED))))
    fields = as_fields(answer)
    if args.json:
        terminal.write_json(fields)
    else:
        terminal.write_fields({**fields, "frames": len(answer.frames)}, as_json=False)
        terminal.write_rows(frame_rows(answer), as_json=False, columns=FRAME_COLUMNS)
    return STATUS_OF[answer.outcome.value]


def as_fields(answer: LiftAnswer) -> dict[str, object]:
    """The answer as JSON values; bytes in hex."""
    frames = [{"at_s": round(each.at_s, 4), "sent": each.sent, "hex": each.data.hex(" ")} for each in answer.frames]
    return {
        "outcome": answer.outcome.value,
        "tray": answer.tray,
        "code": answer.code,
        "message": answer.message,
        "frames": frames,
    }


def frame_rows(answer: LiftAnswer) -> list[dict[str, object]]:
    """Its frames for a person, oldest first: seconds since the first, who spoke, the text where it is one, and the bytes."""
    first_s = answer.frames[0].at_s if answer.frames else 0.0
    return [
        {
            "after_s": f"{each.at_s - first_s:.3f}",
            "who": "sent" if each.sent else "heard",
            "text": each.data.decode("ascii", errors="replace").strip() if _is_text(each.data) else "",
            "hex": each.data.hex(" "),
        }
        for each in answer.frames
    ]


def _is_text(data: bytes) -> bool:
    return all(byte in b"\r\n\t" or 32 <= byte < 127 for byte in data)


def _check(args: Namespace, _: Translate) -> None:
    if args.verb == "fetch" and args.tray is None:
        raise CommandError("F608", _("fetch needs a tray"), _("Name its number: baylight lift ... fetch 12"), status=MISUSED)
    if args.verb == "fetch" and args.tray < 1:
        raise CommandError("F608", _("no tray has the number {tray}").format(tray=args.tray), status=MISUSED)
    if args.verb != "fetch" and args.tray is not None:
        raise CommandError("F608", _("only fetch takes a tray"), status=MISUSED)
    if args.verb in MOVING and not args.at_the_machine:
        raise CommandError(
            "F609",
            _("{verb} moves the machine").format(verb=args.verb),
            _("Go to it, see that nobody is in its way, and say so with --at-the-machine."),
            status=MISUSED,
        )


def _journal_directory(args: Namespace, station_data: Path) -> Path | None:
    """Where intent and result are written: the named store, or for a motion the settings' own where one has been made."""
    named: Path | None = args.data
    if named is not None or args.verb not in MOVING:
        return named
    return station_data if (station_data / "store.db").exists() else None


def _check_is_free(station_data: Path, _: Translate) -> None:
    """A station on the named directory, or else on the settings' own, has the lift. One elsewhere is not seen from here; its
    serial port refuses a second opener, but a TCP address does not."""
    if is_running(station_data):
        raise CommandError("L104", _("a station runs on {data} and holds the port").format(data=station_data), _("End it first."))


async def _work(args: Namespace, directory: Path | None) -> LiftAnswer:
    """Open store and line, carry out the one verb, and close both again whatever happens."""
    from ui.bootstrap.devices import lift_call, lift_failure
    from ui.bootstrap.store import open_store, owner_of, settings_of, store_of

    station = args.station or (owner_of(directory) if directory else None) or store_of(args.config)[1]
    with closing(open_store(directory, station)) if directory else nullcontext() as store:
        line = {
            "protocol": args.protocol,
            "url": args.url,
            "serial": args.serial,
            "link_layer": "" if args.link_layer == "none" else args.link_layer,
            "priority": args.priority,
            "opening": args.bay,
            "machine": args.machine,
        }
        line |= {"register_map": str(args.map or ""), "modbus": args.modbus}
        try:
            spelling = settings_of(args.config).machine
            async with lift_call(**line, timeout_s=args.timeout, store=store, settings=spelling) as call:
                match args.verb:
                    case "fetch":
                        return await call.fetch(args.tray)
                    case "store":
                        return await call.store()
                    case _:
                        return await call.status()
        except Exception as error:
            answer = lift_failure(error)
            if answer is None:
                raise
            return answer
