"""A printed command presses the button it stands for, as a finger would, and nothing else."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from station import commands as do
from station.core import printed
from station.view.view import View
from tests.helpers import faces
from tests.unit.ui.conftest import MakeBench
from ui.printed_press import button_of_word

VIEWS = faces.all_views()


CASES: tuple[tuple[str, tuple[str, ...], list[object]], ...] = (
    ("work", ("CALL_TRAY",), [do.CallTrayPage()]),
    ("work", ("DEVICES", "OUTAGES"), []),  # of another role
    ("ask_taken", ("ONE", "TWO", "ERASE", "ENTER"), [do.EnterNumber(7, 1)]),
    ("ask_taken", ("CANCEL",), [do.Back(7)]),
    ("pick", ("ONE", "ENTER", "ROW_ONE", "CHOICE_ONE", "PAGE_DOWN"), []),
    ("printers", ("ROW_TWO",), [do.AskPrint(7, "u")]),
    ("printers", ("ROW_ONE",), []),  # the printer itself is no button
    ("printers_unknown", ("CHOICE_ONE",), [do.Choose(7, "again")]),
    ("printers_unknown", ("CHOICE_NINE",), []),
    ("printers_unknown", ("CANCEL",), [do.Back(7)]),
    ("undo_open", ("UNDO",), [do.Undo(7)]),
    ("history", ("HISTORY_EARLIER",), [do.StepHistory(7, -1)]),
    ("put_proposed", ("OTHER_TWO",), [do.TakeRunnerUp(7, 1)]),
    ("pick", ("OTHER_ONE", "TAB_ONE", "WEIGHED", "SAMPLE", "CLEAR"), []),  # none of them is there
    ("ask_taken", ("ONE", "TWO", "CLEAR", "THREE", "ENTER"), [do.EnterNumber(7, 3)]),
    ("history", ("TAB_ONE",), [do.ShowHistory(7, "contents")]),
    ("search_pictures", ("ROW_TWO",), [do.ShowItem(7, "6ES7214-1AG40-0XB0-1")]),
    ("search_pictures", ("ROW_NINE", "PAGE_UP"), []),
)
# Letters are scanned as the label that they stand on, a turn of the pointer is looked at on the tray, and a PIN is nowhere.
WITHOUT = ("text_", "turn_", "by_", "pin_", "person_", "language_")


def one_of_each() -> list[View]:
    """A view of each kind of page and question, and of each set of what is offered there."""
    found = {}
    for view in VIEWS.values():
        ask = getattr(view.face, "ask", None)
        about = (type(view.face), type(ask), getattr(view.face, "beside", ""), getattr(view.face, "show", ""), view.undo is None)
        found.setdefault(about, view)
    return list(found.values())


def test_every_other_button_of_every_face_has_its_word(make_bench: MakeBench) -> None:
    bench, without = make_bench(), set()
    bench.window.show()
    for view in one_of_each():
        bench.show(view)
        frame = bench.window._frame
        assert frame is not None
        words = {button_of_word(word, frame) for word in printed.PRESSED} | {f"action_{word.lower()}" for word in printed.OWN}
        shown = [each for each in bench.window.findChildren(QPushButton) if each.isVisible() and each.isEnabled()]
        without |= {each.objectName() for each in shown if not each.objectName().startswith(WITHOUT)} - words
    assert not without - {""}


def test_the_picture_is_enlarged_and_laid_back(make_bench: MakeBench) -> None:
    bench = make_bench(tap_lock_s=0.0)
    bench.window.show()
    bench.show(VIEWS["pick"])
    for word, is_large in (("PICTURE", True), ("LESS", False)):
        bench.window.press(word)
        assert bench.window._local.is_picture is is_large


def test_a_word_presses_its_button_where_it_can_be_used(make_bench: MakeBench) -> None:
    bench = make_bench(tap_lock_s=0.0)
    bench.window.show()
    for name, words, sent in CASES:
        bench.sent.clear()
        bench.show(VIEWS[name])
        for word in words:
            bench.window.press(word)
        assert bench.sent == sent, (name, words)
    bench.show(VIEWS["work"])
    for word in ("ROW_ONE", "START"):
        bench.window.press(word)
    assert isinstance(bench.sent[-1], do.StartOrders)


def test_no_word_types_a_pin(make_bench: MakeBench) -> None:
    bench = make_bench(tap_lock_s=0.0)
    bench.window.show()
    asking = [name for name in VIEWS if name in ("sign_on_pin", "enter_pin", "locked", "pin_again") or "pin" in name]
    assert asking
    for name in asking:
        bench.show(VIEWS[name])
        for word in (*printed.DIGITS, "ENTER"):
            bench.window.press(word)
    assert bench.sent == []


def test_a_command_leaves_what_is_behind_more_open(make_bench: MakeBench) -> None:
    bench = make_bench(tap_lock_s=0.0)
    bench.window.show()
    bench.show(VIEWS["work"])
    bench.window.press("MORE")
    bench.window.press("LOCK")
    assert bench.sent == [do.LockScreen()]
