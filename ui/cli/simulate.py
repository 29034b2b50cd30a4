"""`baylight simulate`: a simulated device as a process of its own, speaking the real wire.

Its first line on standard output is a JSON object with `ready`, `url` and `pid`; SIGTERM ends it with 0.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ui.cli.terminal import Terminal, Translate

PROTOCOLS = (
    "jmif",
    "hostcom",
    "modbus",
    "modula-link",
    "carousel2",
    "cd5220",
    "alpha",
    "wled",
    "dmx",
    "register-lamps",
    "ssi",
    "scanner",
    "mt-sics",
)


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--protocol", required=True, choices=PROTOCOLS, help=_("what is spoken on the line"))
    parser.add_argument("--listen", required=True, metavar="WHERE", help=_("pty:LINK or tcp:PORT (0 picks a free port)"))
    parser.add_argument("--serial", default="", metavar="LINE", help=_("line settings such as 19200,8E1, and its speed"))
    parser.add_argument("--map", type=Path, metavar="FILE", help=_("register map of the protocols that have one"))
    parser.add_argument("--link-layer", default="", metavar="NAME", help=_("link layer under the protocol, such as 3964r"))
    parser.add_argument("--priority", choices=("high", "low"), default="low", help=_("which end of the link layer withdraws"))
    parser.add_argument("--machine", type=Path, metavar="FILE", help=_("description of the machine (JSON)"))
    parser.add_argument(
        "--state", type=Path, metavar="FILE", help=_("where the machine keeps its state; it resumes from it after a kill")
    )
    parser.add_argument("--speed", type=float, default=1.0, metavar="X", help=_("divides the times of the machine's motion"))
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="NAME[=ARG][@S][+D]",
        help=_("a fault, S seconds after the start, for D seconds (may be repeated); random=N draws N a minute"),
    )
    parser.add_argument("--seed", type=int, default=0, metavar="S", help=_("seed of what the faults draw"))
    parser.add_argument(
        "--control",
        default="tcp:0",
        metavar="WHERE",
        help=_("where people and tests move its curtain, E-stop and cable: tcp:PORT"),
    )
    parser.add_argument(
        "--linger", type=float, default=None, metavar="S", help=_("end after so many seconds without a client (default: never)")
    )


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.devices import simulate

    return simulate(
        protocol=args.protocol,
        listen=args.listen,
        serial=args.serial,
        register_map=str(args.map) if args.map else None,
        link_layer=args.link_layer,
        priority=args.priority,
        machine_file=args.machine,
        state_file=args.state,
        speed=args.speed,
        faults=tuple(args.fault),
        seed=args.seed,
        linger_s=args.linger,
        control=args.control,
    )
