"""Who may try a PIN now, and what a try costs: pure policy, no clock and no store.

The counter is stored before the PIN is checked, so that pulling the plug saves nobody a failure: every try counts as a failure
until it is known to be right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from station.values import Credential, StationTries

FREE_TRIES = 5  # the fifth failure brings the first delay
FIRST_DELAY_S = 30
LOCKED_AFTER = 10  # then a supervisor or administrator must reset it
STATION_FREE_TRIES = 20  # of all persons together: whoever tries one PIN on many badges is slowed down too
STATION_MOST_DELAY_S = 480
REPLY_STEP_S = 0.3  # above the cost of one check on a bay computer
OFFLINE_DAYS = 30
NO_TRIES = StationTries()


@dataclass(frozen=True, slots=True)
class Allowed:
    """A PIN may be tried."""


@dataclass(frozen=True, slots=True)
class Refused:
    """No PIN is checked. `reason`: disabled, locked, expired or too_early (the record's words); `retry_in_s` 0 when waiting is no
    help."""

    reason: str
    retry_in_s: int = 0


def may_try(
    credential: Credential, now: datetime, *, offline_days: int = OFFLINE_DAYS, tries: StationTries = NO_TRIES
) -> Allowed | Refused:
    """Whether a PIN of this person may be checked here at this moment. A person whom the site database keeps may have been
    disabled there: after so many days without a word from it, he is let in no more; fewer where somebody said so of him."""
    if not credential.is_active:
        return Refused("disabled")
    if credential.is_locked:
        return Refused("locked")
    days = min(credential.offline_days or offline_days, offline_days)
    if credential.heard_at is not None and now - credential.heard_at > timedelta(days=days):
        return Refused("expired")
    not_before = max(filter(None, (credential.not_before, tries.not_before)), default=None)
    if not_before is not None and now < not_before:
        return Refused("too_early", math.ceil((not_before - now).total_seconds()))
    return Allowed()


def next_tries(tries: StationTries, now: datetime) -> StationTries:
    """What to store of the station before this try is checked."""
    failures = tries.failures + 1
    over = failures - STATION_FREE_TRIES
    delay_s = min(FIRST_DELAY_S * 2 ** min(over, 8), STATION_MOST_DELAY_S) if over >= 0 else 0
    return StationTries(failures, now + timedelta(seconds=delay_s) if delay_s else None)


def tries_after_right(tries: StationTries) -> StationTries:
    """A right PIN takes this try back, and one failure before it; not all, or one's own PIN would pay for many guesses."""
    return StationTries(max(0, tries.failures - 1))


def next_counter(credential: Credential, now: datetime) -> tuple[int, datetime | None, bool]:
    """What to store before this try is checked: (failures, not_before, is_locked). A right PIN clears it again."""
    failures = credential.failures + 1
    delay_s = delay_after(failures)
    not_before = now + timedelta(seconds=delay_s) if delay_s else None
    return failures, not_before, failures >= LOCKED_AFTER


def delay_after(failures: int) -> int:
    """Seconds of waiting that this many failures bring: none up to four, then 30 doubling (30, 60, 120, 240, 480)."""
    if failures < FREE_TRIES:
        return 0
    return int(FIRST_DELAY_S * 2 ** (min(failures, LOCKED_AFTER) - FREE_TRIES))


def reply_after_s(took_s: float) -> float:
    """How long after the try the answer is shown: the next full step, so that its time tells nothing about the PIN."""
    return max(1, math.ceil(took_s / REPLY_STEP_S)) * REPLY_STEP_S
