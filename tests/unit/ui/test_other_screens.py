"""Sign-on, lists and questions: nothing squeezed, nothing said twice, nothing that moves under the finger."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QFontMetrics

from station.view.sign_on import LockedFace, SignOnFace
from tests.helpers import faces
from tests.unit.ui.conftest import SMALL, Bench, MakeBench
from ui.theme import Theme
from ui.view_models.rows import RowModel
from ui.widgets.fit_label import FitLabel
from ui.widgets.keypad import PinDots
from ui.widgets.look import Look
from ui.widgets.row_button import RowButton
from ui.widgets.text_fit import TextStyle, fit, make_font, shorten

LONG = faces.VALVE.name


def _texts(bench: Bench) -> list[str]:
    return [each.text() for each in bench.window.findChildren(FitLabel) if each.isVisible() and each.text()]


@pytest.mark.parametrize("length", [4, 6])
@pytest.mark.parametrize("name", ["sign_on_pin", "locked_pin"])
def test_a_pin_has_as_many_circles_as_digits(name: str, length: int, make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    view = faces.all_views()[name]
    assert isinstance(view.face, SignOnFace | LockedFace)
    bench.show(replace(view, face=replace(view.face, pin_length=length)))
    (dots,) = [each for each in bench.window.findChildren(PinDots) if each.isVisible()]
    assert dots.circles == length
    for digit in "12345678":
        bench.tap(f"pin_{digit}")
    assert dots.circles == 8, "a longer PIN is shown as long as it is typed"


def test_a_locked_screen_does_not_ask_its_owner_for_a_pin(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["locked"])
    assert "Mara Keller: badge alone. Others: badge and PIN." in _texts(bench)
    assert not [each for each in _texts(bench) if "then type the PIN" in each]


def test_a_tray_on_its_way_back_is_not_called_at_the_bay(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["locked_leaving"])
    assert "Tray 47 goes back" in _texts(bench)
    assert not [each for each in _texts(bench) if "still at the bay" in each]


def test_a_question_is_said_once_on_its_page(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["ask_tray"])
    assert _texts(bench).count("Which tray?") == 1


@pytest.mark.parametrize(
    "name", ["ask_taken", "ask_metres", "ask_reason", "ask_which", "ask_label", "ask_why_direct", "ask_tray", "work_short"]
)
def test_cancel_has_the_same_key_on_every_question(name: str, make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()[name])
    assert bench.window._frame is not None
    button = bench.window._frame.button_of(11)
    assert button is not None
    assert button.name == "key_cancel"


@pytest.mark.parametrize("name", sorted(faces.all_views()))
def test_no_two_buttons_have_the_same_key(name: str, make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()[name])
    frame = bench.window._frame
    assert frame is not None
    question = getattr(frame.content, "question", None)
    buttons = [*frame.row.secondary, *getattr(question, "choices", ())]
    keys = [each.f_key for each in buttons if each.f_key] + ([frame.row.primary.f_key] if frame.row.primary else [])
    assert len(keys) == len(set(keys))


def test_a_long_name_in_a_row_has_two_lines_and_its_code_one(make_bench: MakeBench) -> None:
    make_bench()
    row = RowButton(Look(SMALL, Theme()), lead_share=12, right_share=25)
    row.resize(640, SMALL.row_height_px)
    row.show_model(RowModel("content_A3", "A3", LONG, sub=faces.VALVE.code, right="310 pcs", right_sub="counted 13/02"))
    row.grab()
    assert not row.is_clipped
    assert row.accessibleName().startswith(f"A3 {LONG}"), "a screen reader has the whole name"
    row.deleteLater()


def test_a_shortened_name_keeps_its_beginning_and_its_end(make_bench: MakeBench) -> None:
    make_bench()
    style = TextStyle(27, SMALL.floor_text_px, lines=2)
    line_px = QFontMetrics(make_font(style.smallest_px, style.weight)).lineSpacing()
    short = shorten(LONG, 360, 2 * line_px, style)
    assert short.startswith("Solenoid valve 5/2-way")
    assert short.endswith("left-hand")
    assert not fit(short, 360, 2 * line_px, style).is_clipped
    assert shorten("Bolt", 360, 2 * line_px, style) == "Bolt"
