"""What the message bar said lately, and the alarms that still hold: kept in memory for a shift. Pure.

A standing instruction without a colour is no news: it stands on the screen as long as it is true. What a person is called by in a
sentence is not kept: the next one at this bay reads the list too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from station.view.message import Level, Message

MOST: Final = 200
SHIFT: Final = timedelta(hours=12)
SETTLING: Final = timedelta(seconds=10)  # so long devices may take to answer for the first time
ABOUT_A_PERSON: Final = ("name",)
COUNTING: Final = ("seconds",)  # what changes in a sentence while it says the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One sentence with the moment when it began to be shown; `until` is when it ended to be true, of an alarm that has ended."""

    at: datetime
    message: Message
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLog:
    """Newest first. `holds` are the alarms that are true now, the worst first; `shown` is what the bar says now, `flash` the
    number of the last booking that was flashed. `began` is when the station began to listen."""

    said: tuple[Heard, ...] = ()
    holds: tuple[Heard, ...] = ()
    shown: tuple[object, ...] = ()
    flash: int = 0
    began: datetime | None = None


def followed(
    log: MessageLog, bar: Message, *, is_said: bool, flash: int, flashed: Message | None, alarms: Sequence[Message], at: datetime
) -> MessageLog:
    """The log after what is shown now; the same one when nothing new is. `is_said`: the sentence answers what just happened, and
    does not only stand there."""
    holds = _holding(log.holds, alarms, at)
    shown = _meaning(bar)
    began = log.began or at
    if holds == log.holds and shown == log.shown and flash == log.flash and log.began is not None:
        return log
    news = [*_ended(log, holds, at)]
    if flash != log.flash and flashed is not None:
        news.append(Heard(at=at, message=flashed))
    is_alarm = any(_meaning(each) == shown for each in alarms)
    if shown != log.shown and not is_alarm and is_news(bar, is_said=is_said):
        news.append(Heard(at=at, message=bar))
    said = _newest((*reversed(news), *log.said), at) if news else log.said
    return MessageLog(said=said, holds=holds, shown=shown, flash=flash, began=began)


def is_news(bar: Message, *, is_said: bool) -> bool:
    """Whether a sentence is worth to be read later."""
    return (is_said or bar.level is not Level.NOTE) and not any(each in bar.params for each in ABOUT_A_PERSON)


def _meaning(message: Message) -> tuple[object, ...]:
    params = tuple(sorted((name, value) for name, value in message.params.items() if name not in COUNTING))
    return message.code, message.error, str(message.level), params


def _holding(before: Sequence[Heard], alarms: Sequence[Message], at: datetime) -> tuple[Heard, ...]:
    """Each alarm since when it holds."""
    known = {_meaning(each.message): each for each in before}
    return tuple(known.get(_meaning(each)) or Heard(at=at, message=each) for each in alarms)


def _ended(log: MessageLog, holds: Sequence[Heard], at: datetime) -> list[Heard]:
    """What held and does so no more. A device that answers for the first time has not failed before."""
    still = {_meaning(each.message) for each in holds}
    over = [each for each in log.holds if _meaning(each.message) not in still]
    return [replace(each, until=at) for each in reversed(over) if not _is_settling(log, each, at)]


def _is_settling(log: MessageLog, alarm: Heard, at: datetime) -> bool:
    return alarm.message.code.endswith("_down") and alarm.at == log.began and at - alarm.at <= SETTLING


def _newest(said: Sequence[Heard], at: datetime) -> tuple[Heard, ...]:
    kept = [each for each in said if at - each.at <= SHIFT]
    return tuple(sorted(kept, key=lambda each: each.at, reverse=True)[:MOST])
