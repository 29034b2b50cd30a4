"""The site database in words: four states, what each asks of whom, and a page that never stands in the way of the work."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.upstream import connect
from station import commands as do
from station.values import Problem, SyncState
from station.view.message import Level, Message
from station.view.sync import SyncView
from tests.helpers import faces
from tests.helpers.sync_faces import ATTENTION, CATCHING_UP, ISLAND, LEASES, NEW, OLD_ISLAND, ONLINE, REFUSED, site_states
from tests.unit.ui.conftest import ZONE, Bench, MakeBench
from tests.unit.ui.test_layout_rules import PANELS, layout_faults
from ui.cli.faults import advice
from ui.language import load_language
from ui.local_state import Local
from ui.sentences import SITE, SITE_ADVICE
from ui.sentences.site_codes import SITE_CODES
from ui.texts import Texts
from ui.view_models.site import SiteModel, present, present_mark, present_row
from ui.widgets.site_mark import SiteButton
from ui.widgets.status_bar import StatusBar

TEXTS = Texts(load_language("en"), ZONE)
STATES = dict(site_states())
ISLE = STATES["site_island"]


def shown(view: SyncView, *, page: int = 0, rows: int = 3) -> SiteModel:
    return present(view, Local(site_page=page), TEXTS, now=faces.NOW, rows=rows)


def mark(view: SyncView, *, later: timedelta = timedelta()) -> tuple[str, ...]:
    found = present_mark(view, TEXTS, faces.NOW + later)
    assert found is not None
    return found.texts


def open_page(bench: Bench) -> None:
    """A finger on the status bar."""
    bar = bench.window.findChild(StatusBar)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 3, bar.height() // 2))
    bench.settle()


@pytest.mark.parametrize(
    ("view", "texts"),
    [
        (ONLINE, ("Online",)),
        (CATCHING_UP, ("Catching up (12,480, 3 h)", "12,480 · 3 h")),
        (replace(CATCHING_UP, oldest_at=None), ("Catching up (12,480)", "12,480")),
        (ISLAND, ("Island since 13:34", "13:34")),
        (ATTENTION, ("Attention", "!")),
    ],
)
def test_the_bar_says_the_state_in_long_and_in_short(view: SyncView, texts: tuple[str, ...]) -> None:
    assert mark(view) == texts


def test_no_site_database_no_mark() -> None:
    assert present_mark(None, TEXTS, faces.NOW) is None


def test_an_age_counts_up_by_the_clock_alone() -> None:
    view = replace(CATCHING_UP, waiting=3, oldest_at=faces.NOW - timedelta(seconds=9))
    ages = [mark(view, later=timedelta(seconds=more))[1] for more in (0, 1, 51, 3591, 2 * 86_400)]
    assert ages == ["3 · 9 s", "3 · 10 s", "3 · 1 min", "3 · 1 h", "3 · 2 days"]


@pytest.mark.parametrize("problem", [each.value for each in Problem if each.value] + ["queue_long"])
def test_every_problem_says_what_to_do_next(problem: str) -> None:
    assert f"help_{problem}" in SITE
    assert shown(replace(ATTENTION, problem=problem)).help == SITE[f"help_{problem}"]


@pytest.mark.parametrize("state", [each.value for each in SyncState if each not in (SyncState.OFF, SyncState.ATTENTION)])
def test_every_state_says_what_it_means(state: str) -> None:
    assert shown(replace(ONLINE, state=SyncState(state))).help == SITE[f"help_{state}"]


def test_the_cards_say_what_waits_and_how_old_the_data_is() -> None:
    model = shown(OLD_ISLAND)
    assert model.title == "Site database: attention"
    assert [(each.value, each.below) for each in model.cards] == [
        ("15,120 entries", "oldest 3 days"),
        ("14:31", "4711 of 4749"),
        ("14:31", "fetched 14:31"),
        ("7", "first until 14:44"),
    ]
    assert [each.is_due for each in model.cards] == [True, False, False, False]
    assert model.foot == "Server epoch 7f3c9a52  ·  U201"


def test_before_the_first_connection_nothing_is_made_up() -> None:
    model = shown(NEW)
    assert [(each.value, each.below) for each in model.cards[1:]] == [
        ("never", "0 of 3"),
        ("never", "fetched never"),
        ("none", ""),
    ]
    assert shown(replace(NEW, code="")).rows.empty == "No order of the site is held here"


def test_what_was_not_taken_over_stands_before_what_is_held() -> None:
    rows = shown(ATTENTION, rows=20).rows.rows
    assert [each.lead for each in rows[:6]] == ["Not taken over"] * 4 + ["Refused by the site", "Not taken over"]
    assert rows[0].main == "Tray VLM1/12"
    assert rows[5].sub == "Reason: too_large. Show it to your IT"
    assert [each.lead for each in rows[len(REFUSED) :]] == [each.order for each in LEASES]


def test_a_try_that_is_under_way_is_not_asked_for_again() -> None:
    tries = [present_row(view, TEXTS).secondary[1] for view in (ISLAND, OLD_ISLAND)]
    assert [(each.is_enabled, each.reason) for each in tries] == [(False, "Trying"), (True, "")]


def test_a_touch_on_the_status_bar_opens_the_page_and_back_leads_to_the_work(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(STATES["site_old_island"])
    open_page(bench)
    bench.tap("site_try")
    assert bench.sent == [do.LookAtSite(), do.TryNow()]
    bench.tap("site_close")
    bench.settle()
    bench.tap("action_confirm")
    assert bench.sent[2:] == [do.Confirm(7)]


def test_without_a_site_database_the_bar_means_nothing(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["pick"])
    open_page(bench)
    assert bench.sent == []
    assert bench.window.findChild(SiteButton).isHidden()


def test_f10_opens_it_too(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(ISLE)
    QTest.keyClick(bench.window, Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: bench.sent == [do.LookAtSite()])


def test_the_list_turns_its_own_pages(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(STATES["site_attention"])
    open_page(bench)
    bench.tap("page_down")
    bench.settle()
    assert bench.window.findChild(SiteButton).isVisible()
    bench.tap("page_up")
    assert bench.sent == [do.LookAtSite()]


@pytest.mark.parametrize(
    "change",
    [
        {"bar": Message("machine_stopped", Level.STOP, {"code": "A-213"}, error="A-213")},
        {"bar": Message("do_press_return", Level.ACT, {"tray": 47})},
        {"face": faces.all_views()["sign_on"].face},
    ],
)
def test_the_page_gives_way_when_the_bay_asks_for_somebody(change: dict[str, object], make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(ISLE)
    open_page(bench)
    assert bench.button("site_close")
    bench.show(replace(ISLE, **change))  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="0 visible"):
        bench.button("site_close")


def test_news_of_the_replication_leave_the_page_and_the_work_as_they_are(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(ISLE)
    open_page(bench)
    bench.show(STATES["site_online"])
    assert bench.button("site_close")
    assert bench.window.tap_lock_remaining_s == 0


@pytest.mark.parametrize("language", ["en", "en_XA"])
@pytest.mark.parametrize("panel", PANELS)
def test_mark_and_page_keep_the_touch_rules_and_show_whole_texts(panel: str, language: str, make_bench: MakeBench) -> None:
    bench = make_bench(PANELS[panel], language=language)
    bench.window.show()
    faults: list[str] = []
    for name, view in site_states():
        bench.show(view)
        faults += [f"{name}, mark: {fault}" for fault in layout_faults(bench, PANELS[panel])]
        button = bench.window.findChild(SiteButton)
        if not bench.window.rect().contains(button.rect().translated(button.mapTo(bench.window, QPoint()))):
            faults.append(f"{name}: the mark is cut")
        open_page(bench)
        faults += [f"{name}: {fault}" for fault in layout_faults(bench, PANELS[panel])]
        bench.tap("site_close")
    assert not faults, "\n".join(faults)


def test_every_code_of_the_site_database_has_its_words_and_what_to_do() -> None:
    table = Path(__file__).parents[3].joinpath("docs", "site.md").read_text(encoding="utf-8")
    codes = set(re.findall(r"^\| (U\d{3}) \|", table, re.MULTILINE))
    named = {each for each in vars(connect).values() if isinstance(each, str) and re.fullmatch(r"U\d{3}", each)}
    assert codes == named == set(SITE_CODES) == set(SITE_ADVICE)
    for code in codes:
        row = shown(replace(OLD_ISLAND, code=code)).rows.rows[0]
        assert (row.lead, row.main, row.sub) == (code, SITE_CODES[code], SITE_ADVICE[code])
        assert advice(code, str) == SITE_ADVICE[code]
        assert len(SITE_ADVICE[code]) <= 64, "a longer one is cut in its row"


def test_the_row_of_every_code_keeps_the_rules_of_a_small_panel(make_bench: MakeBench) -> None:
    panel = PANELS["12.1in_800x600"]
    bench = make_bench(panel)
    bench.window.show()
    faults: list[str] = []
    for code in SITE_ADVICE:
        bench.show(replace(ISLE, sync=replace(ISLAND, code=code)))
        open_page(bench)
        faults += [f"{code}: {fault}" for fault in layout_faults(bench, panel)]
        bench.tap("site_close")
    assert not faults, "\n".join(faults)
