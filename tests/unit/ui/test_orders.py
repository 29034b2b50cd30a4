"""The order page on the screen: rows, the one button that comes first, what is said before the answer, what a touch means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station import commands as do
from station.view.orders import OrdersFace
from station.view.task import TaskFace
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers import faces
from ui.intent import interpret
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models import orders, question_page, task, work


def shown(name: str) -> tuple[View, OrdersFace]:
    view = faces.all_views()[name]
    assert isinstance(view.face, OrdersFace)
    return view, view.face


def test_a_line_says_how_far_it_is_by_whom_and_for_which_kit(texts: Texts) -> None:
    model = orders.present(shown("order_page")[1], Local(), texts, now=faces.NOW, rows=9)
    first, second, _, short, skipped, _, moved = model.rows.rows
    assert (first.lead, first.right, first.right_sub) == ("10.1", "24 of 24\N{NO-BREAK SPACE}pcs", "done")
    assert first.sub == "DOOR-KIT-900 × 2: 1 of 3 · by M. Keller · 4017-0840"
    assert (second.right, second.right_sub) == ("5 of 12.5\N{NO-BREAK SPACE}m", "open")
    assert (short.right_sub, skipped.right_sub, moved.right_sub) == ("short: Not there", "set aside", "in another order")
    assert not any(row.is_touchable for row in model.rows.rows)
    assert model.summary == "SO-48213  ·  waits  ·  4 of 7 lines open  ·  1 short  ·  M. Keller, BAY1, 13:08"


@pytest.mark.parametrize(
    ("name", "first", "others"),
    [
        ("order_page", "Take over", {"Back", "Split", "Cancel order", "More"}),
        ("order_held", "Let it go on", {"Back", "Split", "Cancel order", "Lock screen"}),
        ("order_lines", "Split off 1 line", {"Back", "Lock screen"}),
        ("order_no_lines", "Split", {"Back", "Lock screen"}),
    ],
)
def test_one_act_comes_first(texts: Texts, name: str, first: str, others: set[str]) -> None:
    row = orders.present_row(shown(name)[1], texts)
    assert row.primary is not None
    assert (row.primary.text, {each.text for each in row.secondary}) == (first, others)
    assert row.primary.is_enabled is (name != "order_no_lines")


def test_only_lines_that_may_move_can_be_touched(texts: Texts) -> None:
    view, face = shown("order_lines")
    rows = orders.present(face, Local(), texts, now=faces.NOW, rows=9).rows.rows
    assert [row.lead for row in rows if row.is_touchable] == ["30", "40"]
    assert [row.lead for row in rows if row.is_chosen] == ["30"]
    assert interpret("orderline_40", view, Local(), page_rows=6)[1] == do.ChooseLine(view.token, "40")


def test_what_was_taken_is_listed_beside_the_question_what_becomes_of_it(texts: Texts) -> None:
    _, face = shown("order_taken")
    assert face.seen is not None
    lines = question_page.present(face, Local(), texts).lines
    assert lines[2] == "1\N{NO-BREAK SPACE}pcs Threadlocker 243, 50 ml from tray 31, B2 · Lot 2409-17"
    more = replace(face, seen=replace(face.seen, taken=face.seen.taken * 2))
    assert question_page.present(more, Local(), texts).lines[-1] == "and 3 more"


@pytest.mark.parametrize(
    ("button", "command"),
    [
        ("action_hold_order", do.HoldOrder),
        ("action_take_over", do.TakeOverOrder),
        ("action_split_order", do.SplitOrder),
        ("action_cancel_order", do.CancelOrder),
    ],
)
def test_a_button_is_its_act_on_the_screen_that_shows_it(button: str, command: type) -> None:
    view, _ = shown("order_page")
    assert interpret(button, view, Local(), page_rows=6)[1] == command(view.token)


def test_the_page_is_opened_of_the_order_that_is_chosen_or_was_touched_last() -> None:
    view = faces.all_views()["work_kits"]
    assert isinstance(view.face, WorkFace)
    first, last = view.face.orders[0].order, view.face.orders[-1].order

    def opened(local: Local) -> object:
        return interpret("action_orders", view, local, page_rows=6)[1]

    assert opened(Local()) == do.OpenOrder("")
    assert opened(replace(Local(), chosen=(first,))) == do.OpenOrder(first)
    assert opened(replace(Local(), asked=last)) == do.OpenOrder(last)
    assert opened(replace(Local(), asked="gone")) == do.OpenOrder("")
    listed, _ = shown("orders")
    assert interpret(f"openorder_{first}", listed, Local(), page_rows=6)[1] == do.ShowOrder(listed.token, first)


def test_a_line_of_a_kit_says_so_in_the_list_and_at_the_compartment(texts: Texts) -> None:
    face = faces.all_views()["pick_kit"].face
    assert isinstance(face, TaskFace)
    assert task.present(face, Local(), texts, is_stopped=False).note == "For kit DOOR-KIT-900 × 2 (component 3 of 7)"
    listed = faces.all_views()["work_kits"].face
    assert isinstance(listed, WorkFace)
    assert "for kit DOOR-KIT-900 × 2" in work.present(listed, Local(), texts, now=faces.NOW, rows=9).orders.rows[0].sub
