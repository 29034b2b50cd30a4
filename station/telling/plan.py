"""Which telling is due: by the table of the settings, by what was told already, and by who has answered. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from station.desk.values import Telling

FIRST_RETRY: Final = timedelta(minutes=1)
LONGEST_RETRY: Final = timedelta(hours=1)
MOST_TRIES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of the table: of these topics this address is told, once nobody has answered for so long."""

    topics: tuple[str, ...]
    way: str
    to: str
    after: timedelta = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that somebody has to be told of. `about` is the same as long as it is the same one; `what` names it."""

    topic: str
    about: str
    since: datetime
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    happening: Happening
    rule: Rule
    attempt: int


def due(
    happenings: Iterable[Happening], rules: Sequence[Rule], told: Collection[Telling], answered: Collection[str], now: datetime
) -> tuple[Due, ...]:
    """What is to be told now. Each address hears of each happening once; where it was not reached it is tried again, later each
    time. What somebody has answered goes to nobody else."""
    found = []
    for happening in happenings:
        if happening.about in answered:
            continue
        for rule in rules:
            attempt = _attempt(happening, rule, told, now) if happening.topic in rule.topics else 0
            if attempt:
                found.append(Due(happening=happening, rule=rule, attempt=attempt))
    return tuple(found)


def _attempt(happening: Happening, rule: Rule, told: Collection[Telling], now: datetime) -> int:
    """Which try this would be; 0: none now."""
    if now - happening.since < rule.after:
        return 0
    tries = [each for each in told if (each.about, each.way, each.to) == (happening.about, rule.way, rule.to)]
    if not tries:
        return 1
    last = max(tries, key=lambda each: each.attempt)
    if last.outcome == "sent" or last.attempt >= MOST_TRIES:
        return 0
    return last.attempt + 1 if now - last.at >= retry_after(last.attempt) else 0


def retry_after(attempt: int) -> timedelta:
    """How long after this failed try the next one is."""
    return min(LONGEST_RETRY, FIRST_RETRY * (1 << min(attempt - 1, 10)))
