"""The button that takes a booking back, and the strip of practice mode, in the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station import commands as do
from station.view.undo import UndoTag
from tests.helpers import faces
from tests.unit.ui.conftest import MakeBench
from ui.intent import interpret
from ui.local_state import Local
from ui.metrics import Metrics
from ui.texts import Texts
from ui.view_models.undo import present_undo
from ui.widgets.practice_strip import PracticeStrip
from ui.window import MainWindow

VIEWS = faces.all_views()


def test_the_button_counts_down_and_then_says_what_it_counts(texts: Texts) -> None:
    running, past = present_undo(UndoTag(7, 47, "B2"), texts), present_undo(UndoTag(0, 47, "B2", "no_right"), texts)
    assert running is not None
    assert past is not None
    assert (running.text, running.is_enabled) == ("Undo 7\N{NO-BREAK SPACE}s", True)
    assert (past.text, past.is_enabled, past.reason) == (
        "Count 47·B2",
        False,
        "Not your role",
    )
    assert present_undo(None, texts) is None


@pytest.mark.parametrize(
    ("instead", "said"),
    [("load_pick", "Take 47·B2"), ("load_put", "Put 47·B2"), ("why", "Too late to undo")],
)
def test_of_a_load_and_of_goods_at_the_bay_it_says_what_a_touch_does_then(instead: str, said: str, texts: Texts) -> None:
    past, running = (present_undo(UndoTag(left, 47, "B2", instead=instead), texts) for left in (0, 7))
    assert past is not None
    assert running is not None
    assert (past.text, running.text) == (said, "Undo 7\N{NO-BREAK SPACE}s")


def test_a_touch_and_its_f_key_mean_undo_and_the_others_keep_theirs(make_bench: MakeBench) -> None:
    view = VIEWS["undo_open"]
    assert interpret("action_undo", view, Local(), page_rows=5)[1] == do.Undo(view.token)
    bench = make_bench()
    bench.window.show()
    bench.show(VIEWS["pick"])
    before = {name: bench.button(name).text() for name in ("action_not_enough", "action_skip")}
    bench.show(replace(view, token=VIEWS["pick"].token + 1))
    bench.settle()
    assert bench.button("action_undo").isVisible()
    assert {name: bench.button(name).text() for name in before} == before
    bench.show(replace(VIEWS["pick"], token=view.token + 2))
    bench.settle()
    assert not [each for each in bench.window.findChildren(type(bench.button("action_skip")), "action_undo") if each.isVisible()]


@pytest.mark.parametrize("name", ["sign_on", "pick", "work", "devices", "pick_stopped", "locked"])
def test_the_strip_is_over_every_screen_of_practice_and_over_none_else(qapp: QApplication, texts: Texts, name: str) -> None:
    def window(*, is_practice: bool) -> MainWindow:
        metrics = Metrics(1280, 800, 10.1)
        made = MainWindow(
            lambda given: None,
            lambda text, source, *, at_s: scans.append((text, source)),
            texts,
            metrics,
            lambda: datetime(2026, 11, 27, 9, 0, tzinfo=UTC),
            is_practice=is_practice,
        )
        made.setFixedSize(1280, 800)
        made.show()
        made.show_view(VIEWS[name])
        return made

    scans: list[tuple[str, str]] = []
    ended: list[bool] = []
    real, practice = window(is_practice=False), window(is_practice=True)
    assert real.findChildren(PracticeStrip) == []
    (strip,) = practice.findChildren(PracticeStrip)
    practice.practice_ended.connect(lambda: ended.append(True))
    assert strip.isVisible()
    assert strip.accessibleName().startswith("PRACTICE")
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton)
    assert bool(ended) is (name in ("sign_on", "locked"))
    assert [source for _, source in scans] == (["practice"] if name == "pick" else [])
    for each in (real, practice):
        each.close()
        each.deleteLater()
