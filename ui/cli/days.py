"""Days and moments on the command line, in this computer's time zone."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import UTC, datetime, time, timedelta

from ui.cli.terminal import MISUSED, CommandError, Translate

DAY = "2026-11-26"


def moment_of(text: str) -> datetime:
    """A day begins at midnight of this computer's zone; so is a moment that names no zone. Raises ArgumentTypeError."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as error:
        raise ArgumentTypeError(f"not a day or moment like 2026-11-26 or 2026-11-26T14:30: {text}") from error


def end_of(text: str) -> datetime:
    """The first moment that is too late: of a day, the midnight after it, be it 23 or 25 hours long. Raises ArgumentTypeError."""
    if len(text) > len(DAY):
        return moment_of(text)
    return datetime.combine(moment_of(text).date() + timedelta(days=1), time.min).astimezone()


def day_of(said: str, _: Translate, *, is_end: bool = False) -> datetime:
    """The begin of this day, or its end, in UTC. Raises CommandError O572."""
    try:
        if len(said) > len(DAY):
            raise ArgumentTypeError(said)
        return (end_of(said) if is_end else moment_of(said)).astimezone(UTC)
    except ArgumentTypeError as error:
        message = _("{said} is no day").format(said=said)
        raise CommandError("O572", message, _("Write it as 2026-11-02."), status=MISUSED) from error
