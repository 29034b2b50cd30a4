"""`--shifts`: when the shifts of the site begin."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import time

from ui.cli.terminal import MISUSED, CommandError, Translate

USUAL = "06:00,14:00,22:00"


def add_shifts_option(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument(
        "--shifts", default=USUAL, metavar="TIMES", help=_("when shifts begin, local time (default: 06:00,14:00,22:00)")
    )


def shifts_of(args: Namespace, _: Translate) -> tuple[time, ...]:
    """The local times at which shifts begin. Raises CommandError O571."""
    try:
        return tuple(time.fromisoformat(each.strip()) for each in args.shifts.split(","))
    except ValueError as error:
        message = _("--shifts are no times of day: {said}").format(said=args.shifts)
        raise CommandError("O571", message, _("Name the begins of the shifts: 06:00,14:00,22:00."), status=MISUSED) from error
