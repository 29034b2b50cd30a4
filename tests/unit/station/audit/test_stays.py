"""Custody of a tray as its events tell it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from station.audit.stays import custody_of
from station.values import EventRow, PastEvent

BEGAN = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


def event(seq: int, kind: str, *, at_s: int, operator: str = "p_1", **data: Any) -> PastEvent:
    body = json.dumps({"data": {"opening": "SH1-1", **data}})
    at = BEGAN + timedelta(seconds=at_s)
    row = EventRow(id="", station="S1", epoch="e", seq=seq, kind=kind, at=at, operator=operator, body=body, prev="", hash="")
    return PastEvent(seq, row)


def visit(first: int, at_s: int, stays_s: int) -> list[PastEvent]:
    return [
        event(first, "motion_intended", at_s=at_s, verb="fetch"),
        event(first + 1, "motion_ended", at_s=at_s + 12, verb="fetch", outcome="done", how="answer"),
        event(first + 2, "motion_intended", at_s=at_s + 12 + stays_s, operator="p_2", verb="store"),
        event(first + 3, "motion_ended", at_s=at_s + 22 + stays_s, verb="store", outcome="done"),
    ]


def test_a_visit_is_called_arrives_is_in_reach_and_is_sent_away() -> None:
    (stay,) = custody_of(visit(1, 0, 60)).stays
    assert (stay.called_by, stay.sent_by, stay.opening) == ("p_1", "p_2", "SH1-1")
    assert (stay.arrived_at, stay.sent_at) == (BEGAN + timedelta(seconds=12), BEGAN + timedelta(seconds=72))
    assert stay.exposed_s() == 70


def test_a_tray_that_is_there_still_counts_to_the_moment() -> None:
    (stay,) = custody_of(visit(1, 0, 60)[:2]).stays
    assert stay.exposed_s() is None
    assert stay.exposed_s(BEGAN + timedelta(seconds=42)) == 30


def test_a_call_that_failed_was_never_in_reach() -> None:
    events = [visit(1, 0, 1)[0], event(2, "motion_ended", at_s=5, verb="fetch", outcome="not_done")]
    (stay,) = custody_of(events).stays
    assert (stay.outcome, stay.arrived_at, stay.exposed_s(BEGAN)) == ("not_done", None, None)


def test_a_person_says_that_the_tray_is_here_after_an_unknown_end() -> None:
    events = [
        visit(1, 0, 1)[0],
        event(2, "motion_ended", at_s=5, verb="fetch", outcome="unknown"),
        event(3, "tray_told", at_s=9, how="scan"),
    ]
    (stay,) = custody_of(events).stays
    assert (stay.how, stay.outcome, stay.arrived_at) == ("scan", "", BEGAN + timedelta(seconds=9))


def test_a_tray_whose_call_is_not_in_the_record_appears() -> None:
    (stay,) = custody_of([event(1, "tray_told", at_s=0, how="typed")]).stays
    assert (stay.called_by, stay.arrived_at) == ("", BEGAN)


def test_a_label_scanned_twice_is_one_stay() -> None:
    events = [*visit(1, 0, 60)[:2], event(3, "tray_told", at_s=20, how="scan")]
    assert len(custody_of(events).stays) == 1


def test_stops_are_those_while_it_was_in_reach() -> None:
    stops = [(n, BEGAN + timedelta(seconds=at_s)) for n, at_s in ((9, 5), (10, 30), (11, 500))]
    (stay,) = custody_of(visit(1, 0, 60), stops).stays
    assert stay.stops == 1


def test_refused_access_is_listed_beside() -> None:
    refused = event(1, "access_refused", at_s=3, person="p_9", right="esd", what="item")
    custody = custody_of([refused, *visit(2, 10, 5)])
    assert [(each.person, each.right, each.what) for each in custody.refusals] == [("p_9", "esd", "item")]
    assert len(custody.stays) == 1


def test_two_visits_are_two_stays() -> None:
    custody = custody_of([*visit(1, 0, 5), *visit(5, 100, 7)])
    assert [each.exposed_s() for each in custody.stays] == [15, 17]
