"""`baylight export`: results as files for the host and their acknowledgement, the movements, and the emergency list."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, MISUSED, CommandError, Terminal, Translate
from ui.cli.writing import carry_out

EMERGENCY, MOVEMENTS = "emergency", "movements"


def describe(parser: ArgumentParser, _: Translate) -> None:
    kinds = ("results", EMERGENCY, MOVEMENTS)
    parser.add_argument("kind", nargs="?", default="results", choices=kinds, help=_("what to write out (default: results)"))
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help=_("the PDF of the emergency list (default: where the station keeps it), or the file of the movements"),
    )
    parser.add_argument("--format", choices=("csv", "json"), help=_("format of the file (default: the settings' format)"))
    parser.add_argument("--ack", metavar="FILE", help=_("acknowledge this file of results instead: the host has it"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    if args.kind == EMERGENCY:
        return _write_emergency(args, terminal)
    if args.kind == MOVEMENTS:
        return _write_movements(args, terminal)
    from ui.bootstrap.store import settings_of

    if args.file is not None:
        _ = terminal.translate
        raise CommandError(
            "C105", _("Only the emergency list and the movements are written to a file that is named."), status=MISUSED
        )
    directory, station = store_directory(args)
    named = settings_of(args.config).results
    if args.ack:
        result = carry_out(directory, station, "acknowledge", named=named, file=args.ack)
    else:
        result = carry_out(directory, station, "export", named=named, format=args.format or "")
    terminal.write_fields(result, as_json=args.json)
    return DONE


def _write_emergency(args: Namespace, terminal: Terminal) -> int:
    """Written here, beside a running station: it only reads the store."""
    from ui.bootstrap.emergency import list_path, write_list
    from ui.bootstrap.store import settings_of

    directory, station = store_directory(args)
    settings = settings_of(args.config, station=station)
    target = args.file or list_path(settings, directory)
    try:
        written = write_list(
            directory,
            target,
            station=station,
            language=settings.station.language,
            of_bins=settings.machine.kind == "carousel",
            now=datetime.now(UTC),
        )
    except OSError as error:
        _ = terminal.translate
        sentence = _("The emergency list cannot be written: {why}").format(why=error)
        raise CommandError("E101", sentence, _("Name a file in a folder that can be written to.")) from error
    terminal.write_fields(asdict(written), as_json=args.json)
    return DONE


def _write_movements(args: Namespace, terminal: Terminal) -> int:
    """Written here, beside a running station: it only reads the store."""
    from ui.bootstrap.hosts import write_movements

    _ = terminal.translate
    if args.file is None:
        raise CommandError("C105", _("Name the file that the movements are written to."), status=MISUSED)
    directory, station = store_directory(args)
    try:
        rows = write_movements(directory, station, args.file, as_json=args.file.suffix.lower() == ".json")
    except OSError as error:
        sentence = _("{file} cannot be written: {why}").format(file=args.file, why=error)
        raise CommandError("O551", sentence, _("Name a file in a folder that can be written to.")) from error
    terminal.write_fields({"file": str(args.file), "rows": rows}, as_json=args.json)
    return DONE
