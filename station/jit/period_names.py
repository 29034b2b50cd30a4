"""How long the periods of a table are, as far as their names tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_NAMED = re.compile(r"([a-z]{3})[a-z]*[-. ]'?(\d{2}|\d{4})", re.IGNORECASE)
_MOST_DAYS = 92.0


def period_days_of(names: Sequence[str]) -> float | None:
    """Days of one period, from the first and the last of names like 2026-05-04, 2026-W19, 2026-05 or May-26; None when they say
    nothing or are no row of equal steps up to a quarter."""
    if len(names) < 2:
        return None
    first, last = _start(names[0]), _start(names[-1])
    if first is None or last is None or last <= first:
        return None
    days = (last - first).days / (len(names) - 1)
    return days if 1 <= days <= _MOST_DAYS else None


def _start(name: str) -> date | None:
    try:
        return _read(name.strip())
    except ValueError:  # the 31st of February
        return None


def _read(name: str) -> date | None:
    if found := _DAY.fullmatch(name):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _WEEK.fullmatch(name):
        return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    if found := _MONTH.fullmatch(name):
        return date(int(found[1]), int(found[2]), 1)
    if (found := _NAMED.fullmatch(name)) and found[1].lower() in MONTHS:
        year = int(found[2])
        century = 0 if year > 99 else 1900 if year >= 70 else 2000
        return date(century + year, MONTHS.index(found[1].lower()) + 1, 1)
    return None
