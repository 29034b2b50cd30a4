"""GS1's checks of dates and times."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable

from station.codes.decoded import Fault
from station.codes.gs1_numbers import digits

Check = Callable[[str], Fault | None]


def _two_digits(name: str, most: int) -> Check:
    def check(text: str) -> Fault | None:
        if len(text) != 2:
            return Fault(f"{name}_too_{'short' if len(text) < 2 else 'long'}", 0, len(text))
        return digits(text) or (Fault(f"illegal_{name}", 0, 2) if int(text) > most else None)

    return check


hour = _two_digits("hour", 23)
minute = _two_digits("minute", 59)
second = _two_digits("second", 59)


def hour_minute(text: str) -> Fault | None:
    if len(text) != 4:
        return Fault(f"hour_with_minute_too_{'short' if len(text) < 4 else 'long'}", 0, len(text))
    wrong = minute(text[2:])
    return hour(text[:2]) or (Fault(wrong.code, wrong.at + 2, wrong.length) if wrong else None)


def _date(text: str, *, length: int, may_lack_day: bool) -> Fault | None:
    """A date of six or eight digits. For what days a month has, every two-digit year is of this century until 2050: of the years
    that end in 00 only 2000 is then within GS1's reach."""
    if len(text) != length:
        return Fault(f"date_too_{'short' if len(text) < length else 'long'}", 0, len(text))
    if wrong := digits(text):
        return wrong
    year, month, day = int(text[:-4]) + (2000 if length == 6 else 0), int(text[-4:-2]), int(text[-2:])
    if not 1 <= month <= 12:
        return Fault("illegal_month", length - 4, 2)
    is_wrong = day > monthrange(year or 4, month)[1] or (day == 0 and not may_lack_day)
    return Fault("illegal_day", length - 2, 2) if is_wrong else None


def yymmdd(text: str) -> Fault | None:
    return _date(text, length=6, may_lack_day=False)


def yymmd0(text: str) -> Fault | None:
    """Day 00 is the last day of the month."""
    return _date(text, length=6, may_lack_day=True)


def yyyymmdd(text: str) -> Fault | None:
    return _date(text, length=8, may_lack_day=False)


def yyyymmd0(text: str) -> Fault | None:
    return _date(text, length=8, may_lack_day=True)
