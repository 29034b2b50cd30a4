"""The alarms of the past days: which came first, how long each held, and how long it was until somebody did something. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from station.values import EventFact

AlarmFact = tuple[EventFact, datetime | None, str]  # with when somebody first did something afterwards, and who


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A stop of the machine or a line that was down. `source` is the machine or the device. `is_first_out`: it began while no
    other held, so that it is where to look first. `answered_at`: when somebody first did something at the bay afterwards, None
    while nobody has; `until`: when it was over, None while it holds."""

    source: str
    code: str
    at: datetime
    is_stop: bool
    is_first_out: bool
    until: datetime | None = None
    answered_at: datetime | None = None
    answered_by: str = ""

    @property
    def answer_s(self) -> int | None:
        """How many seconds it was until somebody did something; None: nobody has."""
        return None if self.answered_at is None else round((self.answered_at - self.at).total_seconds())


def alarms_of(facts: Iterable[AlarmFact]) -> tuple[Alarm, ...]:
    """The alarms in these facts, newest first. A fact that says what is known already begins nothing."""
    found: list[Alarm] = []
    holds: dict[str, int] = {}
    for fact, answered_at, answered_by in facts:
        source = str(fact.data.get("machine") or fact.data.get("device", ""))
        is_stop = fact.kind == "safety"
        begins = bool(fact.data["is_stopped"]) if is_stop else not fact.data["is_up"]
        key = f"{fact.kind} {source}"
        if begins and key not in holds:
            alarm = Alarm(source=source, code=fact.data.get("code", ""), at=fact.at, is_stop=is_stop, is_first_out=not holds)
            holds[key] = len(found)
            found.append(replace(alarm, answered_at=answered_at, answered_by=answered_by))
        elif not begins and key in holds:
            place = holds.pop(key)
            found[place] = replace(found[place], until=fact.at)
    return tuple(reversed(found))


def lines_lost(alarms: Iterable[Alarm]) -> dict[str, int]:
    """How often the line to each device was down."""
    counted: dict[str, int] = {}
    for alarm in alarms:
        if not alarm.is_stop:
            counted[alarm.source] = counted.get(alarm.source, 0) + 1
    return dict(sorted(counted.items()))
