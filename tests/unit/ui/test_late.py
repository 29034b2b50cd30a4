"""What was done without the station on the screen: rows, what is said before an answer, and what a touch means."""

from __future__ import annotations

from station import commands as do
from station.view.late import LateFace
from station.view.view import View
from tests.helpers import faces
from ui.intent import interpret
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models import late, question_page


def shown(name: str) -> tuple[View, LateFace]:
    view = faces.all_views()[name]
    assert isinstance(view.face, LateFace)
    return view, view.face


def test_a_row_says_which_tray_why_since_when_and_how_much(texts: Texts) -> None:
    _, face = shown("late")
    model = late.present(face, Local(), texts, now=faces.NOW, rows=9)
    first, _, spoken = model.rows.rows
    assert (first.lead, first.main, first.right) == ("4", "Power cut", "12 compartments")
    assert first.sub.startswith("marked ")
    assert spoken.main.startswith("the lift was run by hand"), "free text as it came"
    assert model.summary == "3 trays to count"


def test_before_the_answer_the_reason_is_said(texts: Texts) -> None:
    _, face = shown("late_sure")
    page = question_page.present(face, Local(), texts)
    assert page.title == "Count tray 47 at its next visit?"
    assert page.lines[0] == "Reason: Power cut"


def test_a_touch_on_a_button_asks() -> None:
    view, _ = shown("late")
    assert interpret("action_mark_tray", view, Local(), page_rows=6)[1] == do.AskMarkTray(view.token)
    assert interpret("action_mark_all", view, Local(), page_rows=6)[1] == do.AskMarkAll(view.token)
    assert interpret("action_late_booking", view, Local(), page_rows=6)[1] == do.AskLate(view.token)
    assert interpret("action_back", view, Local(), page_rows=6)[1] == do.ClosePage()
    assert interpret("action_late", faces.all_views()["work"], Local(), page_rows=6)[1] == do.OpenLate()


def test_before_it_is_booked_the_whole_booking_is_read_out(texts: Texts) -> None:
    _, face = shown("late_book_sure")
    page = question_page.present(face, Local(), texts)
    assert page.title == "Book this for WO-48202, line 4?"
    assert page.lines == (
        "Counted since then: what that count saw is in the book already",
        "Taken: 24\N{NO-BREAK SPACE}pcs of 4762-0466 from A10, tray 17",
        "By D. Lefèvre, 2026-03-02 09:05. Power cut",
    )


def test_a_late_booking_is_marked_on_the_tray_page(texts: Texts) -> None:
    mark = texts.late_mark(faces.NOW, "late_power_cut", "", faces.NOW)
    assert mark == f"LATE: done {texts.clock(faces.NOW)} by {texts.label('erased')}, Power cut"
