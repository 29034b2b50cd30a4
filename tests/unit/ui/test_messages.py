"""The page of what the bar said: opened from the bar, from "More", by its key and its printed command; and back to the work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station import commands as do
from station.view.message import Level, Message
from station.view.messages import MessagesView
from station.view.view import View
from tests.helpers import faces
from tests.helpers.every_param import params_of
from tests.helpers.looks import changed_looks, digest_of_pixels, digest_of_places
from tests.helpers.message_faces import SAID, heard, message_views
from tests.unit.ui.conftest import Bench, MakeBench
from tests.unit.ui.test_golden import compare
from tests.unit.ui.test_layout_rules import CASES, PANELS, SMALLEST, USUAL, layout_faults
from ui.language import LANGUAGES
from ui.local_state import Local
from ui.screens.messages_screen import MessagesScreen
from ui.sentences import MESSAGES
from ui.texts import Texts
from ui.view_models.messages import present
from ui.widgets.message_bar import BarButton, MessageBar
from ui.widgets.row_button import RowButton

A_PAGE = 4  # rows that stand on a page of every panel
VIEWS = dict(message_views())
FULL = VIEWS["messages"]


def touch_bar(bench: Bench) -> None:
    QTest.mouseClick(bench.window.findChild(BarButton), Qt.MouseButton.LeftButton)
    bench.settle()


def press_key(bench: Bench) -> None:
    bench.window._on_function_key(9)


def press_in_more(bench: Bench) -> None:
    bench.tap("action_more")
    bench.settle()
    bench.tap("action_messages")


def scan_command(bench: Bench) -> None:
    bench.window.press("MESSAGES")


def shown(bench: Bench, view: View = FULL) -> Bench:
    bench.window.show()
    bench.show(view)
    return bench


def is_open(bench: Bench) -> bool:
    bench.settle()
    return bench.window._frame is not None and bench.window._frame.page.value == "messages"


@pytest.mark.parametrize("opens", [touch_bar, press_key, press_in_more, scan_command])
def test_every_way_in_opens_it_and_back_leads_to_the_work(opens: Callable[[Bench], None], make_bench: MakeBench) -> None:
    bench = shown(make_bench())
    opens(bench)
    assert is_open(bench)
    bench.tap("action_less")
    bench.settle()
    bench.tap("action_confirm")
    assert bench.sent == [do.Confirm(7)]


def test_the_printed_command_for_back_leaves_it(make_bench: MakeBench) -> None:
    bench = shown(make_bench())
    touch_bar(bench)
    bench.window.press("LESS")
    assert not is_open(bench)


@pytest.mark.parametrize("opens", [touch_bar, press_key, scan_command])
def test_where_nobody_works_the_bar_means_nothing(opens: Callable[[Bench], None], make_bench: MakeBench) -> None:
    bench = shown(make_bench(), faces.all_views()["sign_on"])
    opens(bench)
    assert not is_open(bench)


def test_a_scan_brings_the_work_back(make_bench: MakeBench) -> None:
    bench = shown(make_bench())
    touch_bar(bench)
    bench.window._on_scanned("4017-0840", 1.0)
    assert not is_open(bench)
    assert bench.scans == [("4017-0840", "wedge")]


def test_the_page_gives_way_when_the_bay_asks_for_somebody(make_bench: MakeBench) -> None:
    bench = shown(make_bench())
    touch_bar(bench)
    bench.show(replace(FULL, bar=Message("do_press_return", Level.ACT, {"tray": 47})))
    assert not is_open(bench)


def test_more_that_is_said_comes_into_the_open_page(make_bench: MakeBench) -> None:
    bench = shown(make_bench())
    touch_bar(bench)
    bench.show(replace(FULL, messages=MessagesView(said=SAID[:1])))
    assert is_open(bench)
    assert bench.window.tap_lock_remaining_s == 0


def test_pages_are_turned_and_nothing_is_sent(make_bench: MakeBench) -> None:
    bench = shown(make_bench())
    touch_bar(bench)
    bench.tap("page_down")
    bench.settle()
    bench.tap("page_up")
    assert is_open(bench)
    assert bench.sent == []


def test_the_bar_is_reached_by_keyboard_and_named_for_assistive_technology(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = shown(make_bench())
    button = bench.window.findChild(BarButton)
    assert button.focusPolicy() == Qt.FocusPolicy.TabFocus
    assert button.accessibleName() == "Messages"
    assert button.accessibleDescription() == bench.window._frame.bar.text
    bar = bench.window.findChild(MessageBar)
    assert button.size() == bar.size()
    assert bar.childAt(QPoint(bar.width() // 2, bar.height() // 2)) is button


def test_each_row_says_when_what_and_how_weighty_by_word_and_shape(texts: Texts) -> None:
    rows = present(FULL.messages, Local(), texts, now=faces.NOW, rows=20).rows.rows
    assert [(each.lead, each.level, each.right, each.right_sub) for each in rows[:5]] == [
        ("14:29", Level.STOP, "A-213", "still holds"),
        ("13:17", Level.ACT, "D421", "still holds"),
        ("14:31", Level.ACT, "O301", "act"),
        ("14:30", Level.NOTE, "", "for information"),
        ("14:23", Level.ACT, "L102", "until 14:24"),
    ]
    assert rows[2].main == texts.message(SAID[0].message)
    assert not any(each.is_touchable for each in rows)


def test_the_line_above_says_whether_an_alarm_holds(texts: Texts) -> None:
    lines = {name: present(view.messages, Local(), texts, now=faces.NOW, rows=5).summary for name, view in VIEWS.items()}
    assert lines["messages"].startswith("2 alarms hold")
    assert lines["messages_calm"].startswith("No alarm holds")


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_has_not_changed_by_a_pixel(language: str, make_bench: MakeBench) -> None:
    bench = shown(make_bench(language=language))
    touch_bar(bench)
    compare(bench, "messages" if language == "en" else f"{language}/messages")


@pytest.mark.slow
@pytest.mark.parametrize(("panel", "language"), CASES)
def test_the_page_keeps_the_touch_rules_and_shows_whole_texts(panel: str, language: str, make_bench: MakeBench) -> None:
    bench = make_bench(PANELS[panel], language=language)
    bench.window.show()
    faults, looks = [], {}
    for name, view in VIEWS.items():
        bench.show(view)
        touch_bar(bench)
        assert is_open(bench)
        looks[name] = digest_of_pixels(bench.settle()) if panel == SMALLEST else digest_of_places(bench.window)
        faults += [f"{name}: {fault}" for fault in layout_faults(bench, PANELS[panel])]
        bench.tap("action_less")
    assert not faults, "\n".join(faults)
    if panel in USUAL and language in LANGUAGES:
        changed = changed_looks(f"messages_{panel}_{language}", looks)
        assert not changed, f"these look different, see build/golden/looks: {', '.join(changed)}"


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", ["10.1in_1280x800", "12.1in_1024x768"])
def test_no_sentence_is_cut_in_its_row(panel: str, language: str, make_bench: MakeBench) -> None:
    bench = shown(make_bench(PANELS[panel], language=language))
    touch_bar(bench)
    screen, faults, every = bench.window.findChild(MessagesScreen), [], tuple(MESSAGES)
    for first in range(0, len(every), A_PAGE):
        codes = every[first : first + A_PAGE]
        said = tuple(heard(1, Message(code, Level.ACT, params_of(MESSAGES, code), error="O301")) for code in codes)
        bench.show(replace(FULL, messages=MessagesView(said=said)))
        assert len([each for each in screen.findChildren(RowButton) if each.isVisible()]) == len(codes)
        faults += [f"{codes}: {fault}" for fault in layout_faults(bench, PANELS[panel])]
    assert not faults, "\n".join(faults)
