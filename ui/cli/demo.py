"""`baylight demo`: a simulated machine and a sample site; with --headless a scripted operator works real orders on it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ui.cli.display import require_display
from ui.cli.options import add_json_option, add_window_option, screen_of
from ui.cli.terminal import DONE, FAILED, Terminal, Translate


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument(
        "--headless", action="store_true", help=_("no window: a scripted operator works, and the figures are printed")
    )
    parser.add_argument("--orders", type=int, default=20, metavar="N", help=_("release so many more orders (default: 20)"))
    parser.add_argument(
        "--speed", type=float, default=1.0, metavar="X", help=_("divides the machine's motion and the operator's thinking")
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help=_("the same seed gives the same bookings and mistakes"))
    parser.add_argument("--screens", type=Path, metavar="DIR", help=_("save one picture of each screen and state"))
    parser.add_argument("--data", type=Path, metavar="DIR", help=_("keep the store here, or take over what is open in it"))
    parser.add_argument("--station", default="DEMO1", metavar="NAME", help=_("name of the station (default: DEMO1)"))
    parser.add_argument("--machine", metavar="URL", help=_("join this simulated machine instead of starting one"))
    parser.add_argument("--bay", default="SH1-1", metavar="NAME", help=_("opening of the machine (default: SH1-1)"))
    parser.add_argument(
        "--seen", type=Path, metavar="FILE", help=_("append a JSON line for every booking that was seen on the screen")
    )
    parser.add_argument("--site", type=Path, metavar="DIR", help=_("import items, trays, stock and orders from here instead"))
    parser.add_argument("--together", type=int, metavar="N", help=_("headless: start so many orders at once (default: drawn)"))
    parser.add_argument("--tap-lock", type=float, metavar="S", help=_("headless: how long a changed screen ignores touches"))
    add_window_option(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    if not args.headless:
        require_display(terminal.translate)
        from ui.bootstrap.store import settings_of
        from ui.demo.window import WindowOptions, run_sample_window

        screen = screen_of(args, settings_of(None).screen)
        return run_sample_window(WindowOptions(data=args.data, station=args.station, screen=screen))
    from ui.demo.tour import TourOptions, run_tour

    summary = run_tour(
        TourOptions(
            orders=args.orders,
            speed=args.speed,
            seed=args.seed,
            screens=args.screens,
            data=args.data,
            station=args.station,
            machine_url=args.machine,
            opening=args.bay,
            seen=args.seen,
            site=args.site,
            together=args.together,
            tap_lock_s=args.tap_lock,
        )
    )
    terminal.write_fields(summary.as_dict(), as_json=args.json)
    return DONE if summary.is_well else FAILED
