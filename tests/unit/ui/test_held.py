"""Counts that wait for a second person on the screen: rows without a figure, what is said before, what a touch means."""

from __future__ import annotations

from station import commands as do
from station.view.held import HeldFace
from station.view.view import View
from tests.helpers import faces
from ui.intent import interpret
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models import held, question_page, questions, work


def shown(name: str) -> tuple[View, HeldFace]:
    view = faces.all_views()[name]
    assert isinstance(view.face, HeldFace)
    return view, view.face


def test_a_row_says_where_what_since_when_and_who_and_no_figure(texts: Texts) -> None:
    _, face = shown("held")
    model = held.present(face, Local(), texts, now=faces.NOW, rows=9)
    first, _, mine, afresh = model.rows.rows
    assert (first.lead, first.main, first.right_sub) == ("47 · C7", faces.BOLT.name, "Touch to choose")
    assert first.sub == "4017-0840 · Lot 2409-17 · counted by M. Keller"
    assert mine.right_sub == "You counted it"
    assert afresh.sub.endswith("to be counted afresh")
    assert model.summary == "4 counts wait for a second person"


def test_the_book_stands_there_only_for_who_decides(texts: Texts) -> None:
    asked = question_page.present(shown("held_ask")[1], Local(), texts)
    assert asked.lines[:2] == ("4017-0840 · Lot 2409-17", "counted by M. Keller")
    assert not any("book has" in line for line in asked.lines)
    decided = question_page.present(shown("held_decide")[1], Local(), texts)
    assert decided.lines[-1].startswith("The book has 24\N{NO-BREAK SPACE}pcs. ")
    assert isinstance(decided.question, questions.ChoicesModel)
    assert [each.text for each in decided.question.choices][:2] == ["31\N{NO-BREAK SPACE}pcs", "28\N{NO-BREAK SPACE}pcs"]


def test_a_touch_on_a_row_asks_about_it() -> None:
    view, _ = shown("held")
    assert interpret("held_2", view, Local(), page_rows=6)[1] == do.ShowHeld(view.token, 2)
    assert interpret("action_back", view, Local(), page_rows=6)[1] == do.ClosePage()
    assert interpret("action_held", faces.all_views()["work_held"], Local(), page_rows=6)[1] == do.OpenHeld()
    page = faces.all_views()["tray_page_count"]
    assert interpret("action_count_tray", page, Local(), page_rows=6)[1] == do.OrderTrayCount(page.token)
    assert interpret("action_count_item", page, Local(), page_rows=6)[1] == do.OrderItemCount(page.token)


def test_the_work_list_says_how_many_wait(texts: Texts) -> None:
    face = faces.all_views()["work_held"].face
    assert isinstance(face, work.WorkFace)
    model = work.present(face, Local(), texts, now=faces.NOW, rows=9)
    assert model.summary.endswith("4 counts wait for a second person")
    assert "C7 on tray 47: count waits for a second person" in model.orders.rows[0].sub
