"""The sentence at the bottom counts down whom we wait for, and nothing but the sentence changes by it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget

from station.view.wait import Wait
from tests.helpers import faces
from tests.unit.ui.conftest import Bench, MakeBench
from ui.texts import Texts
from ui.view_models.bars import present_bar
from ui.widgets.message_bar import MessageBar

WAITING = faces.all_views()["pick_waiting"]


def sentence(bench: Bench) -> str:
    return bench.window.findChild(MessageBar)._text.text()


@pytest.mark.parametrize(
    ("code", "now_s", "said"),
    [
        ("tray_coming", 0.0, "Tray 47 is coming: 9 s"),
        ("tray_coming", 8.5, "Tray 47 is coming: 1 s"),
        ("tray_coming", 9.0, "Tray 47 is coming: 9 s, longer than usual"),
        ("tray_coming", 12.9, "Tray 47 is coming: 12 s, longer than usual"),
        ("tray_leaving", 3.2, "Tray 47 goes back: 6 s"),
    ],
)
def test_it_says_whom_and_how_long(code: str, now_s: float, said: str, texts: Texts) -> None:
    bar = replace(WAITING.bar, code=code)
    view = replace(WAITING, bar=bar, bar_wait=Wait(code, 47, 0.0, 9.0))
    countdown = present_bar(view, texts, flashes=False).countdown
    assert countdown is not None
    assert countdown.at(now_s) == said


def test_where_nobody_knows_how_long_the_sentence_stands_alone(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(replace(WAITING, bar_wait=None))
    assert sentence(bench) == "Tray 47 is coming"


class Witness(QObject):
    """What is laid out or painted."""

    def __init__(self) -> None:
        super().__init__()
        self.laid_out: list[str] = []
        self.painted: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.laid_out.append(type(watched).__name__)
        if event.type() == QEvent.Type.Paint:
            self.painted.add(type(watched).__name__)
        return False


def test_a_second_later_only_the_sentence_is_painted_and_nothing_laid_out(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(WAITING)
    for _ in range(5):  # what one layout asks of the next
        bench.settle()
    assert sentence(bench) == "Tray 47 is coming: 9 s"
    witness = Witness()
    for each in (bench.window, *bench.window.findChildren(QWidget)):
        each.installEventFilter(witness)
    bench.window._bar.tick(7.0)
    QCoreApplication.sendPostedEvents()
    assert sentence(bench) == "Tray 47 is coming: 5 s"
    assert witness.laid_out == []
    assert "TrayMap" not in witness.painted
