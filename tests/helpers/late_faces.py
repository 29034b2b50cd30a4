"""Hand-made Views of what was done without the station."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.count_due import LATE_REASONS, TrayToCount
from station.view.action import Action
from station.view.ask import AskChoice, AskNumber, Choice
from station.view.late import LateFace
from station.view.message import Message
from station.view.view import View
from tests.helpers.faces import NOW, offers, view
from tests.helpers.outage_faces import ASKING, SUPERVISOR

ROWS = (
    TrayToCount(tray=4, why="late_power_cut", since=NOW - timedelta(hours=2), places=12),
    TrayToCount(tray=17, why="found_at_bay", since=NOW - timedelta(hours=1), places=1),
    TrayToCount(
        tray=31, why="the lift was run by hand during the fire drill on Tuesday", since=NOW - timedelta(days=2), places=30
    ),
)


def late_views() -> Iterator[tuple[str, View]]:
    """The list, and the questions before a tray is marked."""
    buttons = offers(Action.BACK, Action.MARK_TRAY, Action.MARK_ALL, Action.LOCK)
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
    sure = AskChoice(code="mark_tray", choices=(mark, Choice("not_marked", "not_marked")), params=params)
    yield "late_sure", view(replace(asking, ask=sure), answer, **who)
