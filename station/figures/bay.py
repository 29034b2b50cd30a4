"""What a stretch of the record comes to, by hour of the day, day or shift. Pure.

Time is attended time: somebody was signed on (`line_timed`). A line is one that ended with goods moved; a tray is a fetch that
the machine did. Figures of a shift tell of its people: where fewer than FEWEST_PEOPLE worked in it, only its lines are told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from statistics import median

from station.values import EventFact, WorkQuarter

FEWEST_PEOPLE = 5
CAUSES = ("lift", "operator", "host", "empty")
RECORDS = ("line_timed", "line_closed", "motion_ended", "scan_refused", "goods_passed")
HOUR_MS = 3_600_000

Group = Callable[[datetime], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of one hour, day or shift. `shares` of the attended time by cause; None throughout where there is nothing to divide by, or
    where too few people worked to be told. `dwell_s` is the median time from a receipt to the order that waited for its goods."""

    what: str
    lines: int
    hours: float | None
    lines_per_hour: float | None
    shares: tuple[float, ...] | None
    trays_per_line: float | None
    wrong_scans_per_100: float | None
    shorts_per_100: float | None
    dwell_s: float | None


@dataclass(slots=True)
class _Sum:
    lines: int = 0
    shorts: int = 0
    trays: int = 0
    wrong_scans: int = 0
    ms: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CAUSES, 0))
    dwell_s: list[int] = field(default_factory=list)
    people: set[str] = field(default_factory=set)


def figures_of(facts: Iterable[EventFact], group: Group, *, fewest_people: int = 0) -> tuple[Figures, ...]:
    """By `group`, sorted by its name. Below `fewest_people` in a group only its lines are told."""
    sums: defaultdict[str, _Sum] = defaultdict(_Sum)
    for fact in facts:
        _add(sums[group(fact.at)], fact)
    return tuple(_told(what, each, fewest_people) for what, each in sorted(sums.items()))


def figures_of_work(
    quarters: Iterable[WorkQuarter], facts: Iterable[EventFact], group: Group, *, fewest_people: int = 0
) -> tuple[Figures, ...]:
    """The same of work that the store has added up; of the facts what goods took on their way counts."""
    sums: defaultdict[str, _Sum] = defaultdict(_Sum)
    for each in quarters:
        into = sums[group(each.at)]
        into.lines += each.lines
        into.shorts += each.shorts
        into.trays += each.trays
        into.wrong_scans += each.wrong_scans
        for cause, ms in zip(CAUSES, (each.lift_ms, each.operator_ms, each.host_ms, each.empty_ms), strict=True):
            into.ms[cause] += ms
        into.people.update({each.operator} if each.closed else ())
    for fact in facts:
        if fact.kind == "goods_passed":
            _add(sums[group(fact.at)], fact)
    return tuple(_told(what, each, fewest_people) for what, each in sorted(sums.items()))


def by_hour(zone: tzinfo | None = None) -> Group:
    """The hour of the day, like "06", over all days. None: this computer's time zone."""
    return lambda at: at.astimezone(zone).strftime("%H")


def by_day(zone: tzinfo | None = None) -> Group:
    return lambda at: at.astimezone(zone).date().isoformat()


def all_together(at: datetime) -> str:
    return ""


def _add(into: _Sum, fact: EventFact) -> None:
    data = fact.data
    match fact.kind:
        case "line_timed":
            for cause in CAUSES:
                into.ms[cause] += data[f"{cause}_ms"]
        case "line_closed" if data["outcome"] in ("confirmed", "short"):
            into.lines += data["done_quantity"] > 0
            into.shorts += data["outcome"] == "short"
            into.people.add(fact.operator)
        case "motion_ended" if data["verb"] == "fetch" and data["outcome"] == "done":
            into.trays += 1
        case "scan_refused":
            into.wrong_scans += 1
        case "goods_passed":
            into.dwell_s.append(data["dwell_s"])


def _told(what: str, found: _Sum, fewest_people: int) -> Figures:
    is_told = len(found.people) >= fewest_people
    ms, lines = sum(found.ms.values()) if is_told else 0, found.lines if is_told else 0
    return Figures(
        what=what,
        lines=found.lines,
        hours=ms / HOUR_MS if ms else None,
        lines_per_hour=found.lines * HOUR_MS / ms if ms else None,
        shares=tuple(found.ms[cause] / ms for cause in CAUSES) if ms else None,
        trays_per_line=found.trays / lines if lines else None,
        wrong_scans_per_100=100 * found.wrong_scans / lines if lines else None,
        shorts_per_100=100 * found.shorts / lines if lines else None,
        dwell_s=median(found.dwell_s) if found.dwell_s and is_told else None,
    )
