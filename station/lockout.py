"""Who may try a PIN now, and what a try costs: pure policy, no clock and no store.

The counter is stored before the PIN is checked, so that pulling the plug saves nobody a failure: every try counts as a failure
until it is known to be right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from station.values import Credential

FREE_TRIES = 5  # the fifth failure brings the first delay
FIRST_DELAY_S = 30
LOCKED_AFTER = 10  # then a supervisor or administrator must reset it
REPLY_STEP_S = 0.3  # above the cost of one check on a bay computer


@dataclass(frozen=True, slots=True)
class Allowed:
    """A PIN may be tried."""


@dataclass(frozen=True, slots=True)
class Refused:
    """No PIN is checked. `reason`: disabled, locked or too_early (the record's words); `retry_in_s` 0 when waiting is no help."""

    reason: str
    retry_in_s: int = 0


def may_try(credential: Credential, now: datetime) -> Allowed | Refused:
    """Whether a PIN of this person may be checked at this moment."""
    if not credential.is_active:
        return Refused("disabled")
    if credential.is_locked:
        return Refused("locked")
    if credential.not_before is not None and now < credential.not_before:
        return Refused("too_early", math.ceil((credential.not_before - now).total_seconds()))
    return Allowed()


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
