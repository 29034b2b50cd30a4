"""A day on the command line."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ui.cli.terminal import MISUSED, CommandError, Translate


def day_of(said: str, _: Translate) -> datetime:
    """The begin of this day in this computer's time zone. Raises CommandError O572."""
    try:
        day = date.fromisoformat(said)
    except ValueError as error:
        message = _("{said} is no day").format(said=said)
        raise CommandError("O572", message, _("Write it as 2026-11-02."), status=MISUSED) from error
    return datetime(day.year, day.month, day.day).astimezone(UTC)
