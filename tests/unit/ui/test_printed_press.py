"""A printed command presses the button it stands for, as a finger would, and nothing else."""

from __future__ import annotations

from station import commands as do
from station.core import printed
from tests.helpers import faces
from tests.unit.ui.conftest import MakeBench

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
)


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
