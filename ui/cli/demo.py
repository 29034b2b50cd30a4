"""`baylight demo`: a simulated machine and a sample site; with --headless a scripted operator works real orders on it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ui.cli.display import require_display
from ui.cli.options import add_json_option, add_window_option, screen_of
from ui.cli.terminal import DONE, FAILED, MISUSED, CommandError, Terminal, Translate

TOUR_ORDERS = 20
PROTOCOLS = ("jmif", "hostcom", "modula-link", "modbus", "carousel2")
PLANNERS = ("votes", "oldest", "planner", "off")
HEADLESS_ONLY = ("screens", "seen", "together", "tap_lock", "look_around", "planner", "even", "most", "json")


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument(
        "--headless", action="store_true", help=_("no window: a scripted operator works, and the figures are printed")
    )
    parser.add_argument(
        "--orders", type=int, metavar="N", help=_("release so many more orders (default: 20 headless, none with a window)")
    )
    parser.add_argument(
        "--speed", type=float, default=1.0, metavar="X", help=_("divides the machine's motion and the operator's thinking")
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help=_("the same seed gives the same bookings and mistakes"))
    parser.add_argument("--screens", type=Path, metavar="DIR", help=_("headless: save one picture of each screen and state"))
    parser.add_argument("--data", type=Path, metavar="DIR", help=_("keep the store here, or take over what is open in it"))
    parser.add_argument("--station", default="DEMO1", metavar="NAME", help=_("name of the station (default: DEMO1)"))
    parser.add_argument(
        "--protocol",
        choices=PROTOCOLS,
        default="jmif",
        help=_("what the simulated machine speaks; carousel2 is a carousel, modbus a lift by its register map"),
    )
    parser.add_argument(
        "--prefetch",
        action="store_true",
        help=_("jmif: the machine has a second place, and the round names the tray that it wants next"),
    )
    parser.add_argument(
        "--machines",
        type=int,
        default=1,
        choices=(1, 2, 3),
        metavar="N",
        help=_("so many lifts side by side, one to three, which share the trays of the sample site (default: 1)"),
    )
    parser.add_argument(
        "--machine",
        metavar="URL",
        help=_("join this simulated machine instead of starting one; a pod of carousels as URL#1-20, URL#21-40"),
    )
    parser.add_argument(
        "--scale", metavar="URL", help=_("a counting scale at the bay, such as a simulated one that runs already (by hand only)")
    )
    parser.add_argument("--bay", default="SH1-1", metavar="NAME", help=_("opening of the machine (default: SH1-1)"))
    parser.add_argument(
        "--seen", type=Path, metavar="FILE", help=_("headless: append a JSON line for every booking that was seen on the screen")
    )
    parser.add_argument("--site", type=Path, metavar="DIR", help=_("import items, trays, stock and orders from here instead"))
    parser.add_argument("--together", type=int, metavar="N", help=_("headless: start so many orders at once (default: drawn)"))
    parser.add_argument(
        "--totes", type=int, default=0, metavar="N", help=_("headless: so many put places for orders started together")
    )
    parser.add_argument(
        "--planner", choices=PLANNERS, help=_("headless: by which rule the trays of a round come (default: as planner.policy)")
    )
    parser.add_argument("--tap-lock", type=float, metavar="S", help=_("headless: how long a changed screen ignores touches"))
    parser.add_argument(
        "--look-around", action="store_true", help=_("headless: open each page of the work list once before the work")
    )
    parser.add_argument(
        "--even", action="store_true", help=_("headless: the operator makes no mistakes and takes the same time for each line")
    )
    parser.add_argument("--most", type=int, metavar="N", help=_("headless: the operator goes after so many orders"))
    add_window_option(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    return _run_headless(args, terminal) if args.headless else _run_window(args, terminal)


def _run_window(args: Namespace, terminal: Terminal) -> int:
    _ = terminal.translate
    _refuse_beside(args, terminal)
    _refuse(args, HEADLESS_ONLY, _("{option} is for the scripted operator"), _("Add --headless."))
    require_display(_)
    from ui.bootstrap.store import settings_of
    from ui.demo.window import WindowOptions, run_sample_window

    return run_sample_window(
        WindowOptions(
            data=args.data,
            station=args.station,
            orders=args.orders or 0,
            speed=args.speed,
            seed=args.seed,
            machine_url=args.machine,
            scale_url=args.scale or "",
            opening=args.bay,
            protocol=args.protocol,
            prefetch=args.prefetch,
            machines=args.machines,
            site=args.site,
            screen=screen_of(args, settings_of(None).screen),
            upstream=settings_of(None).upstream,
            printers=settings_of(None).printer,
        )
    )


def _run_headless(args: Namespace, terminal: Terminal) -> int:
    _refuse_beside(args, terminal)
    _refuse(args, ("window", "scale"), terminal.translate("{option} does not go with --headless"), "")
    from ui.bootstrap.store import settings_of
    from ui.demo.tour import TourOptions, run_tour

    summary = run_tour(
        TourOptions(
            orders=TOUR_ORDERS if args.orders is None else args.orders,
            speed=args.speed,
            seed=args.seed,
            screens=args.screens,
            data=args.data,
            station=args.station,
            machine_url=args.machine,
            opening=args.bay,
            protocol=args.protocol,
            prefetch=args.prefetch,
            seen=args.seen,
            site=args.site,
            together=args.together,
            tap_lock_s=args.tap_lock,
            looks_around=args.look_around,
            put_places=args.totes,
            planner=args.planner,
            is_even=args.even,
            most=args.most,
            machines=args.machines,
            upstream=settings_of(None).upstream,
            printers=settings_of(None).printer,
        )
    )
    terminal.write_fields(summary.as_dict(), as_json=args.json)
    return DONE if summary.is_well else FAILED


def _refuse_beside(args: Namespace, terminal: Terminal) -> None:
    """Lifts side by side are started here, each with its share of the sample site's trays."""
    _ = terminal.translate
    if args.machines > 1:
        _refuse(args, ("machine", "prefetch", "site"), _("{option} does not go with --machines"), "")
        if args.protocol in ("carousel2", "modbus"):
            _refuse(args, ("protocol",), _("{option} does not go with --machines"), "")


def _refuse(args: Namespace, names: tuple[str, ...], sentence: str, advice: str) -> None:
    """Misuse, by the option's name: an option that does nothing here would be believed to have done something."""
    for name in names:
        if getattr(args, name):
            raise CommandError("F607", sentence.format(option=f"--{name.replace('_', '-')}"), advice, status=MISUSED)
