"""Hand-made Views of what was done without the station."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.count_due import LATE_REASONS, TrayToCount
from station.view.action import Action
from station.view.ask import AskChoice, AskNumber, AskText, Choice
from station.view.late import LateFace
from station.view.message import Level, Message
from station.view.view import View
from tests.helpers.faces import NOW, offers, view
from tests.helpers.outage_faces import ASKING, SUPERVISOR

ROWS = (
    TrayToCount(tray=4, why="late_power_cut", since=NOW - timedelta(hours=2), places=12),
    TrayToCount(tray=17, why="found_at_bay", since=NOW - timedelta(hours=1), places=1),
    TrayToCount(tray=31, why="the lift was run by hand in the fire drill on Tuesday", since=NOW - timedelta(days=2), places=30),
)


def late_views() -> Iterator[tuple[str, View]]:
    """The list, and the questions before a tray is marked."""
    buttons = offers(Action.BACK, Action.LATE_BOOKING, Action.MARK_TRAY, Action.MARK_ALL, Action.LOCK)
    who: dict[str, object] = {"operator": SUPERVISOR}
    listed = LateFace(rows=ROWS, offers=buttons)
    yield "late", view(listed, Message("late_page"), **who)
    yield "late_none", view(replace(listed, rows=()), Message("late_page"), **who)
    asking = replace(listed, offers=ASKING)
    answer = Message("answer_late")
    which = AskNumber(code="which_tray", result="mark_tray")
    yield "late_which", view(replace(asking, ask=which), Message("which_tray"), **who)
    tray: dict[str, str | int] = {"tray": 47}
    why = AskChoice(code="why_mark_tray", choices=tuple(Choice(each, f"reason_{each}") for each in LATE_REASONS), params=tray)
    yield "late_why", view(replace(asking, ask=why), answer, **who)
    mark = Choice("mark", "mark_tray", tray, is_primary=True)
    params = {**tray, "reason": "late_power_cut"}
    sure = AskChoice(code="mark_tray", choices=(mark,), params=params)
    yield "late_sure", view(replace(asking, ask=sure), answer, **who)
    people = ("A. Kaya", "B. Novak", "C. Rossi", "D. Lefèvre", "E. Demir")
    who_did = AskChoice(
        code="late_who",
        choices=(*(Choice(f"p_{name}", "late_person", {"name": name}) for name in people), Choice("more", "late_more")),
    )
    yield "late_book_who", view(replace(asking, ask=who_did), answer, **who)
    yield "late_book_when", view(replace(asking, ask=AskNumber(code="late_time", maximum=2359)), answer, **who)
    yield "late_book_compartment", view(replace(asking, ask=AskText(code="late_which_compartment", params=tray)), answer, **who)
    yield "late_booking", view(replace(asking, wait="booking"), Message("booking"), **who)
    place: dict[str, str | int] = {"item": "4762-0466", "tray": 17, "compartment": "A10"}
    done: dict[str, str | int] = {"quantity": "24", "decimals": 0, "unit": "pcs", **place}
    when: dict[str, str | int] = {"name": "D. Lefèvre", "date": "2026-03-02", "hour": 9, "minute": 5, "reason": "late_power_cut"}
    said = (
        Message("late_counted_since", Level.ACT),
        Message("late_said_pick", params=done),
        Message("late_said_when", params=when),
    )
    book = AskChoice(
        code="late_sure_line",
        params={"order": "WO-48202", "line": "4"},
        choices=(Choice("book", "late_book_all_the_same"), Choice("not_booked", "not_booked")),
    )
    yield "late_book_sure", view(replace(asking, ask=book, said=said), answer, **who)
