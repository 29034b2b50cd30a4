"""The page on which goods are received, the held lots and the divider: what a touch means, and what is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station import commands as do
from station.commands import Command
from station.values import Inspect
from station.view.action import Action
from station.view.ask import AskText
from station.view.lots import LotsFace
from station.view.receipts import ReceiptsFace
from tests.helpers import faces
from tests.unit.ui.conftest import MakeBench
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models import lots, receipts

TOUCHES = [
    ("receipts", "goods_0", do.TakeWaiting(1, 0)),
    ("receipts", "receipt_2", do.TakeAnnounced(1, 2)),
    ("receipts", "action_type_goods", do.TypeGoods(1)),
    ("receipts", "action_back", do.ClosePage()),
    ("receipt_count", "action_receive_all", do.Confirm(1)),
    ("receipt_count", "action_judge_goods", do.JudgeGoods(1)),
    ("receipt_count", "key_cancel", do.Back(1)),
    ("receipt_verdict", "choice_hold", do.Choose(1, "hold")),
    ("receipt_photo", "action_leave_out", do.LeaveOut(1)),
    ("receipt_pass", "choice_hand_over_goods", do.Choose(1, "hand_over_goods")),
    ("receipt_end", "choice_goods_put_away", do.Choose(1, "goods_put_away")),
    ("lots", "lot_1", do.ShowLot(1, 1)),
    ("lot_release", "choice_tested_good", do.Choose(1, "tested_good")),
    ("divider", "action_divider_left", do.MoveDivider(1, -1)),
    ("divider", "action_divide_here", do.DivideHere(1)),
    ("divider_free", "choice_part_has_goods", do.Choose(1, "part_has_goods")),
]


@pytest.mark.parametrize(("view", "name", "command"), TOUCHES, ids=[f"{view}-{name}" for view, name, _ in TOUCHES])
def test_a_touch_is_the_command_that_its_button_says(view: str, name: str, command: Command, make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    shown = faces.all_views()[view]
    bench.show(shown)
    bench.tap(name)
    sent = bench.sent[-1]
    assert type(sent) is type(command)
    token = {"token": shown.token} if hasattr(command, "token") else {}
    assert sent == type(command)(**{**{each: getattr(command, each) for each in command.__dataclass_fields__}, **token})


NBSP = "\N{NO-BREAK SPACE}"


def plain(told: tuple[str, ...]) -> tuple[str, ...]:
    """With blanks that a test can show."""
    return tuple(each.replace(NBSP, " ") for each in told)


def _said(name: str, texts: Texts) -> tuple[str, ...]:
    face = faces.all_views()[name].face
    assert isinstance(face, ReceiptsFace)
    return plain(receipts.said_of(face, texts, faces.NOW))


def test_what_must_be_known_fits_into_three_lines(texts: Texts) -> None:
    for name, view in faces.all_views().items():
        if isinstance(view.face, ReceiptsFace):
            assert len(_said(name, texts)) <= 3, name


def test_who_waits_says_where_when_and_into_which_tote(texts: Texts) -> None:
    assert _said("receipt_pass", texts)[1] == "Line 3 · needed 15:32 · Tote B-0417 at T1"


def test_the_end_says_what_became_of_it_and_how_long_it_lay_here(texts: Texts) -> None:
    assert _said("receipt_end", texts)[1:] == ("36 pcs received", "24 pcs to order SO-48213, 1 min after receipt")
    assert _said("receipt_end_held", texts)[1:] == ("36 pcs received · On quality hold: Packing damaged",)


def test_the_button_that_accepts_says_how_many(texts: Texts) -> None:
    face = faces.all_views()["receipt_count"].face
    assert isinstance(face, ReceiptsFace)
    assert plain(tuple(receipts.words_of(face, texts).values())) == ("All 36 pcs are here",)


def test_a_held_lot_says_where_it_lies(texts: Texts) -> None:
    face = faces.all_views()["lot_release"].face
    assert isinstance(face, LotsFace)
    assert plain(lots.said_of(face, texts)[1:]) == ("88 pcs on hold", "tray 3 · C7 · tray 7 · C7 · tray 12 · C7")


def test_what_is_counted_blind_is_not_told_before_the_count(texts: Texts) -> None:
    face = faces.all_views()["receipts"].face
    assert isinstance(face, ReceiptsFace)
    first = face.announced[0]
    judged = replace(face.items[first.line.item], inspect=Inspect.CONDITION)
    blind = replace(face, items={**face.items, judged.code: judged})
    rows = receipts.present(blind, Local(), texts, now=faces.NOW, rows=9).rows.rows
    assert [each.right for each in rows if each.name in ("receipt_0", "receipt_2")] == ["count what came"] * 2
    assert [plain((each.right,)) for each in rows if each.name == "receipt_1"] == [("36 pcs expected",)]


@pytest.mark.parametrize("about", ["order", "line"])
def test_supplier_and_lot_have_it_counted_blind_too(about: str) -> None:
    face = faces.all_views()["receipts"].face
    assert isinstance(face, ReceiptsFace)
    first, asked = face.announced[0], {"inspect": Inspect.QUANTITY}
    order = replace(first.order, **asked) if about == "order" else first.order
    line = replace(first.line, **asked) if about == "line" else first.line
    assert replace(first, order=order, line=line).is_blind(None)
    assert not first.is_blind(None)


def test_going_on_without_a_photo_or_a_note_says_so(texts: Texts) -> None:
    face = faces.all_views()["receipt_photo"].face
    assert isinstance(face, ReceiptsFace)
    assert receipts.words_of(face, texts) == {Action.LEAVE_OUT: "No photo"}
    assert receipts.words_of(replace(face, ask=AskText(code="goods_note")), texts) == {Action.LEAVE_OUT: "No note"}


def test_what_lies_at_the_bay_has_its_noun(texts: Texts) -> None:
    face = faces.all_views()["receipts"].face
    assert isinstance(face, ReceiptsFace)
    assert "1 delivery lies at the bay" in receipts.present(face, Local(), texts, now=faces.NOW, rows=9).summary
