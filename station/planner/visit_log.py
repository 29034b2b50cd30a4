"""The visits of a bay as its log tells them: how long a person waited for each tray and worked at it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Any, Final

from station.planner.fitting import fit
from station.planner.problem import Operator

KINDS: Final = ("motion_intended", "motion_ended", "picked", "put", "counted", "corrected", "line_closed", "line_skipped")
BOOKINGS: Final = frozenset(KINDS[2:])
PAUSE_S: Final = 300.0  # longer than that nobody waits for a tray or works at one: it is a break, and counts for neither
LEAVING_S: Final = 5.0  # from the last booking to the command that sends the tray back, where nobody stands and thinks
LEAST: Final = 15  # visits, below which the operator's times are assumed
ASSUMED: Final = Operator(visit_s=4.0, line_s=9.0)
LEAST_LINE_S: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A tray at the bay. `waited_s`: from the booking before it (or from the command, after a break) to its arrival; `worked_s`:
    from there to its last booking, or to the command that sends it back where that follows
    at once; `lines` that ended meanwhile."""

    tray: int
    arrived: datetime
    waited_s: float
    worked_s: float
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LearntOperator:
    """What a visit and each line of it take, with the residual and of how many visits. `is_assumed`: they are too few."""

    operator: Operator
    rms_s: float = 0.0
    n: int = 0
    is_assumed: bool = False


@dataclass(slots=True)
class _Open:
    tray: int
    arrived: datetime
    waited_s: float
    last: datetime
    lines: int = 0

    def ended(self) -> Visit:
        worked_s = min(PAUSE_S, (self.last - self.arrived).total_seconds())
        return Visit(tray=self.tray, arrived=self.arrived, waited_s=self.waited_s, worked_s=worked_s, lines=self.lines)


def visits_of(events: Iterable[tuple[datetime, str, Mapping[str, Any]]], *, machine: str, opening: str) -> tuple[Visit, ...]:
    """All presentations of trays at one opening. `events` are (at, kind, data) of `KINDS`, oldest first."""
    found: list[Visit] = []
    now: _Open | None = None
    begun: dict[int, datetime] = {}
    booked: datetime | None = None
    for at, kind, data in events:
        if kind == "motion_intended" and data["machine"] == machine:
            begun = {data["command"]: at}
            if now is not None and data["verb"] == "store" and (at - now.last).total_seconds() <= LEAVING_S:
                now.last = at
        elif kind == "motion_ended" and _arrives(data, machine, opening):
            if now is not None:
                found.append(now.ended())
            now = _Open(data["tray"], at, _waited_s(at, booked, begun.get(data["command"])), at)
        elif kind in BOOKINGS:
            booked = at
            if now is not None and (at - now.last).total_seconds() <= PAUSE_S:
                now.last = at
                now.lines += kind == "line_closed"
    if now is not None:
        found.append(now.ended())
    return tuple(found)


def learn_operator(visits: Sequence[Visit]) -> LearntOperator:
    """What a visit and a line take the people here, from visits on which a line ended. What some visits take beyond that (a tote
    that is exchanged, a scan that is repeated) is spread over all: a forecast is to be right in the sum."""
    used = [each for each in visits if each.lines and 0 < each.worked_s < PAUSE_S]
    if len(used) < LEAST:
        return LearntOperator(operator=ASSUMED, n=len(used), is_assumed=True)

    def model(parameters: Sequence[float], number: int) -> float:
        return parameters[0] + parameters[1] * used[number].lines

    found = fit(model, [each.worked_s for each in used], (ASSUMED.visit_s, ASSUMED.line_s), hold=1e-3)
    line_s = max(LEAST_LINE_S, found.parameters[1])
    operator = Operator(max(0.0, fmean(each.worked_s - line_s * each.lines for each in used)), line_s)
    return LearntOperator(operator=operator, rms_s=found.rms, n=found.counted)


def _arrives(data: Mapping[str, Any], machine: str, opening: str) -> bool:
    here = (data["machine"], data["opening"]) == (machine, opening)
    return here and data["verb"] == "fetch" and data["outcome"] == "done"


def _waited_s(arrived: datetime, booked: datetime | None, begun: datetime | None) -> float:
    """Since the last booking; after a break only since the command; nothing where neither is known."""
    for since in (booked, begun):
        if since is not None and 0 <= (arrived - since).total_seconds() <= PAUSE_S:
            return (arrived - since).total_seconds()
    return 0.0
