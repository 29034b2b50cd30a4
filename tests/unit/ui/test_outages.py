"""What is out of service on the screen: rows, what is said before an answer, and what a touch means."""

from __future__ import annotations

from station import commands as do
from station.outage_work import OutageWork
from station.view.outages import OutagesFace
from station.view.view import View
from tests.helpers import faces
from tests.unit.ui.conftest import ZONE
from ui.intent import interpret
from ui.language import load_language
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models import outages, question_page


def shown(name: str) -> tuple[View, OutagesFace]:
    view = faces.all_views()[name]
    assert isinstance(view.face, OutagesFace)
    return view, view.face


def test_a_row_says_what_why_since_when_by_whom_and_what_waits(texts: Texts) -> None:
    _, face = shown("outages")
    tray, by_command, bay, other = outages.present(face, Local(), texts, now=faces.NOW, rows=9).rows.rows
    assert (tray.lead, tray.main, tray.sub, tray.right) == ("12", "Damaged", "since 13:02 · J. Weber", "3 lines wait")
    assert by_command.main == "motor noise at the front rail", "free text of a command line as it came"
    assert by_command.sub.endswith("by command line")
    assert (bay.lead, bay.is_touchable) == ("SH1-1", True)
    assert (other.lead, other.is_touchable) == ("SH1-2", False)


def test_before_the_answer_the_reason_and_the_work_are_said(texts: Texts) -> None:
    _, face = shown("outage_confirm")
    page = question_page.present(face, Local(), texts)
    assert page.lines == (
        "Reason: Spill or cleaning",
        "3 open lines wait until it is back.",
        "1 open line is planned from elsewhere.",
    )
    _, counting = shown("outage_counting")
    assert "One moment: looking which open lines need it." in question_page.present(counting, Local(), texts).lines
    _, bay = shown("outage_bay")
    assert question_page.present(bay, Local(), texts).lines[-1] == "41 open lines cannot be worked here."


def test_where_nothing_waits_that_is_said_too(texts: Texts) -> None:
    _, face = shown("outage_confirm")
    free = OutagesFace(rows=(), offers=face.offers, ask=face.ask, work=OutageWork(waits=0))
    assert question_page.present(free, Local(), texts).lines[-1] == "No open line needs it."


def test_a_touch_on_a_row_asks_for_its_return() -> None:
    view, _ = shown("outages")
    assert interpret("outage_12", view, Local(), page_rows=6)[1] == do.AskReturn(view.token, 12)
    assert interpret("outage_SH1-1", view, Local(), page_rows=6)[1] == do.AskReturn(view.token, None)
    assert interpret("action_take_out", view, Local(), page_rows=6)[1] == do.AskTakeOut(view.token)
    assert interpret("action_take_bay_out", view, Local(), page_rows=6)[1] == do.AskTakeBayOut(view.token)
    assert interpret("action_back", view, Local(), page_rows=6)[1] == do.ClosePage()


def test_the_tray_page_asks_about_its_own_tray() -> None:
    view = faces.all_views()["tray_page_out"]
    assert interpret("action_take_back", view, Local(), page_rows=6)[1] == do.AskReturn(view.token, 47)


def test_at_a_carousel_a_bin_goes_out_of_service() -> None:
    texts = Texts(load_language("en"), ZONE, of_bins=True)
    _, face = shown("outage_confirm")
    assert face.ask is not None
    assert texts.ask(face.ask) == "Take bin 47 out of service?"
