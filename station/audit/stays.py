"""Custody of a tray, from its events: called, arrived, in reach, sent away, by whom, how long, and who was refused."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from station.values import PastEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One time that a tray was at an opening, or was called and did not come. Persons are ids. `arrived_at` is when it came into
    reach, `sent_at` when it was told to go, `left_at` when it was away; None: not yet, or nobody saw it. `stops` are stops of the
    machine meanwhile. `seq` is the event it began with; `how` says how it is known: answer, scan, typed, machine, walk."""

    opening: str
    seq: int
    called_by: str = ""
    called_at: datetime | None = None
    arrived_at: datetime | None = None
    sent_by: str = ""
    sent_at: datetime | None = None
    left_at: datetime | None = None
    how: str = "answer"
    stops: int = 0
    outcome: str = ""  # not_done | unknown, of a call that did not end well

    def exposed_s(self, until: datetime | None = None) -> int | None:
        """Whole seconds in reach of a person, to `until` while it is there still; None when it never was, or nobody knows."""
        end = self.left_at or until
        if self.arrived_at is None or end is None:
            return None
        return max(0, int((end - self.arrived_at).total_seconds()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Somebody wanted the tray and has not the `right` that `what` (tray, compartment, item) asks for."""

    seq: int
    at: datetime
    person: str
    right: str
    what: str


@dataclass(frozen=True, slots=True)
class Custody:
    """Both, oldest first."""

    stays: tuple[Stay, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def custody_of(events: Sequence[PastEvent], stops: Iterable[tuple[int, datetime]] = ()) -> Custody:
    """The custody that these events of one tray tell, oldest first."""
    stays: list[Stay] = []
    refusals: list[Refusal] = []
    for event in events:
        data = json.loads(event.row.body)["data"]
        if event.row.kind == "access_refused":
            refusals.append(_refusal(event, data))
        else:
            _take(stays, event, data)
    whens = [at for _, at in stops]
    return Custody(tuple(_with_stops(each, whens) for each in stays), tuple(refusals))


def _refusal(event: PastEvent, data: dict[str, Any]) -> Refusal:
    return Refusal(seq=event.row.seq, at=event.row.at, person=data["person"], right=data["right"], what=data["what"])


def _take(stays: list[Stay], event: PastEvent, data: dict[str, Any]) -> None:
    at, who, last = event.row.at, event.row.operator, stays[-1] if stays else None
    opening = str(data.get("opening", data.get("compartment", "")))
    match event.row.kind, data.get("verb"), data.get("outcome"):
        case "motion_intended", "fetch", _:
            stays.append(Stay(opening=opening, seq=event.row.seq, called_by=who, called_at=at))
        case "motion_intended", "store", _:
            here = last if last is not None and last.left_at is None else _appeared(stays, event, opening)
            stays[-1] = replace(here, sent_by=who, sent_at=at)
        case "motion_ended", "fetch", "done":
            arrived = last if last is not None and _awaits(last) else _appeared(stays, event, opening)
            stays[-1] = replace(arrived, arrived_at=at, how=str(data.get("how", "answer")), outcome="")
        case "motion_ended", "fetch", outcome if last is not None and last.arrived_at is None:
            stays[-1] = replace(last, outcome=str(outcome))
        case "motion_ended", "store", "done" if last is not None and last.left_at is None:
            stays[-1] = replace(last, left_at=at)
        case "tray_told", _, _:
            if last is None or last.left_at is not None or last.opening != opening:
                last = _appeared(stays, event, opening)
            if last.arrived_at is None:
                stays[-1] = replace(last, arrived_at=at, how=str(data.get("how", "")), outcome="")
        case "place_reached", _, _:
            stays.append(Stay(opening=opening, seq=event.row.seq, called_by=who, called_at=at, arrived_at=at, how="walk"))


def _awaits(stay: Stay) -> bool:
    return stay.arrived_at is None and stay.left_at is None


def _appeared(stays: list[Stay], event: PastEvent, opening: str) -> Stay:
    """The tray is there and nobody saw how it was called: the record may begin later than the stay."""
    stays.append(Stay(opening=opening, seq=event.row.seq))
    return stays[-1]


def _with_stops(stay: Stay, whens: Iterable[datetime]) -> Stay:
    began, end = stay.arrived_at, stay.left_at
    if began is None:
        return stay
    return replace(stay, stops=sum(1 for at in whens if at >= began and (end is None or at <= end)))
