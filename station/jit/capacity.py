"""How many transactions bay and store can do against those of today and of the planned frequency. Pure.

A pull in smaller lots is more put-aways for the same demand; what is picked stays what was asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from station.figures.bay import all_together, figures_of
from station.jit.assortment import Analysed
from station.jit.readiness import load
from station.jit.replay import todays_rule
from station.jit.suitability import Kind
from station.values import EventFact

WORKING = 0, 1  # of the causes of a minute (figures.bay.CAUSES): the lift and the hands; the rest is waiting for work
HOUR_S = 3600.0
PULLED = frozenset({Kind.JIT, Kind.HYBRID})


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What the bay did, measured: booked lines a day, seconds of lift and hands for each, attended hours a day."""

    days: int
    per_day: float
    seconds_each: float
    open_hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """`more_per_day`: put-aways that the proposed lots add. Loads are shares of the attended time; above 1 the bay cannot."""

    worked: Worked
    more_per_day: float

    @property
    def planned_per_day(self) -> float:
        return self.worked.per_day + self.more_per_day

    @property
    def load_today(self) -> float:
        return self._load(self.worked.per_day)

    @property
    def load_planned(self) -> float:
        return self._load(self.planned_per_day)

    @property
    def most_per_day(self) -> float:
        """How many the bay can do in its attended time."""
        return self.worked.open_hours * HOUR_S / self.worked.seconds_each

    def _load(self, per_day: float) -> float:
        return load(per_day=per_day, seconds_each=self.worked.seconds_each, open_hours=self.worked.open_hours)


def worked(facts: Iterable[EventFact]) -> Worked | None:
    """From the record of lines and of what their time went into (figures.bay.RECORDS); None where no line was timed."""
    told = tuple(facts)
    found = figures_of(told, all_together)
    if not found or found[0].hours is None or found[0].shares is None or not found[0].lines:
        return None
    figures, hours, shares = found[0], found[0].hours, found[0].shares
    days = len({each.at.date() for each in told if each.kind == "line_timed"})
    busy_s = hours * HOUR_S * sum(shares[cause] for cause in WORKING)
    if not days or busy_s <= 0:
        return None
    return Worked(days=days, per_day=figures.lines / days, seconds_each=busy_s / figures.lines, open_hours=hours / days)


def more_per_day(items: Sequence[Analysed]) -> float:
    """Deliveries a day under the proposal less those of today, over the items that are to be pulled: each is a put-away. Today's
    lot is what lies between minimum and maximum, or the rule of thumb (`todays_rule`)."""
    return sum(_more(each) for each in items if each.verdict.kind in PULLED)


def _more(each: Analysed) -> float:
    per_day, facts, scale = each.measured.per_day, each.measured.known.facts, each.measured.series.scale
    if per_day <= 0 or each.measured.lot <= 0:
        return 0.0
    today, _ = todays_rule(
        minimum=None if facts.minimum is None else round(facts.minimum * scale),
        maximum=None if facts.maximum is None else round(facts.maximum * scale),
        per_day=per_day * scale,
        lead_days=each.measured.known.lead_time_days,
    )
    lot_today = max(1, today.rule.up_to - today.rule.at) / scale
    return per_day / each.measured.lot - per_day / lot_today


def capacity(facts: Iterable[EventFact], items: Sequence[Analysed]) -> Capacity | None:
    """Both together; None where nobody has measured the bay."""
    found = worked(facts)
    return None if found is None else Capacity(worked=found, more_per_day=more_per_day(items))
