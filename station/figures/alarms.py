"""How long the machine could be used while the station ran, and what kept it from it: stops and lost lines by cause. Pure.

The cause is the first that was told (first-out): what follows while the machine stands is a consequence. A station that ended
without a word (`was_clean` false at the next start) counts as running up to the last event before that start.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from station.values import EventFact

RECORDS = ("safety", "link", "station_started", "station_stopped")
NO_CODE = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One cause: how often it stopped the machine, for how long in all, and the longest time until it went on."""

    code: str
    times: int
    lasted: timedelta
    longest: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """`share` of the time the station ran in which the machine could be used; None where it did not run."""

    ran: timedelta
    down: timedelta
    alarms: tuple[Alarm, ...]

    @property
    def share(self) -> float | None:
        return 1 - self.down / self.ran if self.ran else None


@dataclass(slots=True)
class _Watch:
    """What holds while the record is read."""

    running_since: datetime | None
    last: datetime
    ran: timedelta = timedelta()
    is_stopped: bool = False
    is_linked: bool = True
    down_since: datetime | None = None
    cause: str = ""


def availability(facts: Iterable[EventFact], *, first: datetime, until: datetime) -> Availability:
    """Of the stretch from `first` to `until`. The station is taken to have run at `first` unless its start stands first."""
    told = tuple(facts)
    began_later = bool(told) and told[0].kind == "station_started"
    watch = _Watch(None if began_later or not told else first, first)
    spans: defaultdict[str, list[timedelta]] = defaultdict(list)
    for fact in told:
        _turn(watch, fact, spans)
        watch.last = fact.at
    _ended(watch, until, spans)
    alarms = [Alarm(code=code, times=len(each), lasted=sum(each, timedelta()), longest=max(each)) for code, each in spans.items()]
    down = sum((each.lasted for each in alarms), timedelta())
    return Availability(ran=watch.ran, down=down, alarms=tuple(sorted(alarms, key=lambda each: (-each.lasted, each.code))))


def _turn(watch: _Watch, fact: EventFact, spans: dict[str, list[timedelta]]) -> None:
    match fact.kind:
        case "station_started":
            _ended(watch, watch.last, spans)
            watch.running_since, watch.is_stopped, watch.is_linked = fact.at, False, True
        case "station_stopped":
            _ended(watch, fact.at, spans)
        case "safety":
            watch.is_stopped = fact.data["is_stopped"]
            _judge(watch, fact, spans)
        case "link" if fact.data["device"] == "machine":
            watch.is_linked = fact.data["is_up"]
            _judge(watch, fact, spans)


def _judge(watch: _Watch, fact: EventFact, spans: dict[str, list[timedelta]]) -> None:
    is_down = watch.is_stopped or not watch.is_linked
    if is_down and watch.down_since is None:
        watch.down_since, watch.cause = fact.at, fact.data["code"] or NO_CODE
    elif not is_down:
        _up(watch, fact.at, spans)


def _up(watch: _Watch, at: datetime, spans: dict[str, list[timedelta]]) -> None:
    if watch.down_since is not None:
        spans[watch.cause].append(at - watch.down_since)
        watch.down_since = None


def _ended(watch: _Watch, at: datetime, spans: dict[str, list[timedelta]]) -> None:
    _up(watch, at, spans)
    if watch.running_since is not None:
        watch.ran += at - watch.running_since
        watch.running_since = None
