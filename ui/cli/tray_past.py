"""`baylight trays TRAY --at TIME`: trays as they were, with who left it so and from which order."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from ui.cli.options import store_directory
from ui.cli.terminal import MISUSED, CommandError, Terminal


def show_past(args: Namespace, terminal: Terminal) -> int:
    """One object for each tray: its layout of that moment, what lay where, what has changed since, and its custody up to then."""
    from station.audit.rows import STOCK_COLUMNS, past_row
    from station.audit.stays import custody_of
    from station.values import PastAsk
    from ui.bootstrap.store import open_reader

    _ = terminal.translate
    if not args.tray:
        raise CommandError("O530", _("which tray is not said"), _("trays TRAY --at TIME, or --event SEQ"), status=MISUSED)
    missing = []
    with closing(open_reader(*store_directory(args))) as reader:
        for number in args.tray:
            machines = [args.machine] if args.machine else [m for m in reader.machines() if number in reader.tray_numbers(m)]
            pages = [reader.tray_past(PastAsk(machine=m, tray=number, at=args.at, seq=args.event)) for m in machines]
            pages = [each for each in pages if each.past.tray is not None or each.past.total]
            missing += [] if pages else [_("there is no tray {tray}").format(tray=number)]
            for page in pages:
                row = past_row(page, custody_of(page.custody, page.stops))
                if args.json:
                    terminal.write_json(row)
                else:
                    head = _("Tray {tray} of {machine} after event {seq} ({at})")
                    terminal.say(head.format(tray=number, machine=row["machine"], seq=row["seq"] or 0, at=row["at"] or "-"))
                    stock = row["stock"] if isinstance(row["stock"], list) else []
                    terminal.write_rows(stock, as_json=False, columns=STOCK_COLUMNS)
    return terminal.end_with(missing)
