"""`baylight trays`: the trays of the site and how they are divided; trays and bays out of service, and back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict

from station.count_due import TrayToCount, trays_to_count
from station.values import Outage, Tray
from ui.cli.days import moment_of
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, MISUSED, CommandError, Terminal, Translate
from ui.cli.tray_past import show_past
from ui.cli.writing import carry_out

COLUMNS = (
    "machine",
    "tray",
    "name",
    "width_mm",
    "depth_mm",
    "max_weight_g",
    "compartment_count",
    "visit",
    "out_of_service",
    "to_count",
)
GO_LIVE = {"first-fill": "first_fill", "opening-check": "opening_check"}
VERBS = {**GO_LIVE, "out-of-service": "out_of_service", "in-service": "in_service", "moved": "count_due"}
CELL_COLUMNS = ("machine", "tray", "compartment", "x_mm", "y_mm", "width_mm", "depth_mm")


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument(
        "tray",
        nargs="*",
        type=_tray_or_verb,
        metavar="TRAY",
        help=_("only these trays, each with its compartments; after out-of-service, in-service or moved, the tray meant"),
    )
    parser.add_argument("--reason", metavar="TEXT", help=_("why it is out of service, or was moved; shown at the bay"))
    parser.add_argument("--all", action="store_true", help=_("after moved: every tray of the machine"))
    parser.add_argument("--bay", metavar="OPENING", help=_("this bay, instead of a tray"))
    parser.add_argument("--machine", metavar="NAME", help=_("only this machine"))
    parser.add_argument("--at", type=moment_of, metavar="TIME", help=_("the named trays as they were at this moment"))
    parser.add_argument("--event", type=int, metavar="SEQ", help=_("the named trays as they were after this event"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def _tray_or_verb(word: str) -> int | str:
    """Raises ValueError for what is neither, which argparse says."""
    return word if word in VERBS else int(word)


def run(args: Namespace, terminal: Terminal) -> int:
    if args.tray and args.tray[0] == "moved":
        return _mark_moved(args, terminal)
    if args.tray and args.tray[0] in GO_LIVE:
        return _go_live(args, terminal, GO_LIVE[args.tray[0]])
    if args.tray and args.tray[0] in VERBS:
        return _service(args, terminal, VERBS[args.tray[0]])
    if args.reason or args.bay or args.all or any(each in VERBS for each in args.tray):
        raise _misused(terminal)
    if args.at is not None or args.event is not None:
        return show_past(args, terminal)
    return _list(args, terminal)


def _service(args: Namespace, terminal: Terminal, verb: str) -> int:
    """One tray after the other; the first that is refused ends the command, those before it are changed."""
    trays = args.tray[1:]
    is_out = verb == "out_of_service"
    if bool(trays) == bool(args.bay) or is_out != bool((args.reason or "").strip()) or not all(isinstance(t, int) for t in trays):
        raise _misused(terminal)
    from ui.bootstrap.store import settings_of

    directory, station = store_directory(args)
    own_machine = settings_of(args.config).machine
    reason = {"reason": args.reason} if is_out else {}
    for tray in trays or [None]:
        which = {"tray": tray, "opening": args.bay, "machine": args.machine}
        done = carry_out(directory, station, verb, own_machine=own_machine, **which, **reason)
        terminal.write_fields(done, as_json=args.json)
    return DONE


def _mark_moved(args: Namespace, terminal: Terminal) -> int:
    """Trays that were moved without the station are counted at their next visit: all that are named, or none."""
    trays = args.tray[1:]
    if bool(trays) == args.all or args.bay or not (args.reason or "").strip() or not all(isinstance(t, int) for t in trays):
        raise _misused(terminal)
    directory, station = store_directory(args)
    done = carry_out(directory, station, "count_due", trays=list(trays), reason=args.reason, machine=args.machine)
    terminal.write_fields(done, as_json=args.json)
    return DONE


def _go_live(args: Namespace, terminal: Terminal, what: str) -> int:
    """These trays, or all that it can be meant for, wait for their release at the bay."""
    trays = args.tray[1:]
    if bool(trays) == args.all or args.bay or args.reason or not all(isinstance(each, int) for each in trays):
        raise _misused(terminal)
    directory, station = store_directory(args)
    done = carry_out(directory, station, "go_live", what=what, trays=list(trays), machine=args.machine)
    terminal.write_fields(done, as_json=args.json)
    return DONE


def _misused(terminal: Terminal) -> CommandError:
    _ = terminal.translate
    return CommandError(
        "O323",
        _("this is no complete command"),
        _(
            "trays out-of-service TRAY --reason TEXT, trays in-service TRAY; or --bay OPENING instead of the tray. "
            "trays moved TRAY... --reason TEXT, or --all."
        )
        + " "
        + _("trays first-fill TRAY..., trays opening-check TRAY..., each also with --all."),
        status=MISUSED,
    )


def _list(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import open_reader

    with closing(open_reader(*store_directory(args))) as reader:
        machines = [args.machine] if args.machine else reader.machines()
        found = [tray for machine in machines for tray in reader.trays(machine)]
        trays = [tray for tray in found if not args.tray or tray.number in args.tray]
        out = {(each.machine, each.tray): each for machine in machines for each in reader.outages(machine)}
        to_count = {(machine, each.tray): each for machine in machines for each in trays_to_count(reader.counts_due(machine))}
        rows = [
            as_row(
                tray,
                to_count=to_count.get((tray.machine, tray.number)),
                visit=reader.visit_of(tray.machine, tray.number),
                outage=out.get((tray.machine, tray.number)),
            )
            for tray in trays
        ]
    terminal.write_rows(rows, as_json=args.json, columns=COLUMNS)
    if args.tray and trays and not args.json:  # all compartments of all trays are no table that anybody reads
        terminal.write_rows([row for tray in trays for row in cells_of(tray)], as_json=False, columns=CELL_COLUMNS)
    return terminal.end_with(_missing(args, found, terminal.translate))


def _missing(args: Namespace, found: Sequence[Tray], _: Translate) -> Iterator[str]:
    """What was named and is not among the trays of the machines that were asked for."""
    if args.machine and not found:
        yield _("there is no tray of a machine {machine}").format(machine=args.machine)
        return
    for number in sorted(set(args.tray) - {each.number for each in found}):
        yield _("there is no tray {tray}").format(tray=number)


def cells_of(tray: Tray) -> list[dict[str, object]]:
    """The compartments of a tray as rows for a person."""
    return [
        {"machine": tray.machine, "tray": tray.number, "compartment": each.label, **asdict(each)} for each in tray.compartments
    ]


def as_row(tray: Tray, *, visit: int, outage: Outage | None = None, to_count: TrayToCount | None = None) -> dict[str, object]:
    """One tray with its compartments; `visit` is the highest known here, 0 when it was never at a bay. `out_of_service` is the
    reason, None while it is in service."""
    return {
        "machine": tray.machine,
        "tray": tray.number,
        "name": tray.name,
        "width_mm": tray.width_mm,
        "depth_mm": tray.depth_mm,
        "max_weight_g": tray.max_weight_g,
        "visit": visit,
        "out_of_service": outage.reason if outage else None,
        "out_since": outage.since.isoformat() if outage else None,
        "to_count": to_count.why if to_count else None,
        "compartment_count": len(tray.compartments),
        "compartments": [asdict(each) for each in tray.compartments],
    }
