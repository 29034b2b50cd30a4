"""Painting has a turn of the loop of its own: nobody who waits for the loop waits for the widgets and for their picture."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QTimer
from pytestqt.qtbot import QtBot

from tests.helpers import faces
from tests.unit.ui.conftest import Bench, MakeBench


def _painted_window(make_bench: MakeBench, qtbot: QtBot) -> tuple[Bench, list[str]]:
    bench = make_bench()
    happened: list[str] = []
    bench.window.show()
    qtbot.waitExposed(bench.window)
    with qtbot.waitSignal(bench.window.painted, timeout=2000):
        bench.window.show_view(faces.all_views()["pick"])
    bench.window.painted.connect(lambda token: happened.append(f"painted {token}"))
    return bench, happened


def test_what_is_due_comes_before_the_painting(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench, happened = _painted_window(make_bench, qtbot)
    somebody = QTimer(bench.window)
    somebody.setSingleShot(True)
    somebody.timeout.connect(lambda: happened.append("somebody's turn"))
    somebody.start(0)
    bench.window.show_view(replace(faces.all_views()["work"], token=8))
    QCoreApplication.sendPostedEvents()
    assert happened == []
    qtbot.waitUntil(lambda: len(happened) > 1)
    assert happened == ["somebody's turn", "painted 8"]


def test_two_views_in_one_turn_are_painted_once(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench, happened = _painted_window(make_bench, qtbot)
    for token, name in ((8, "work"), (9, "pick")):
        bench.window.show_view(replace(faces.all_views()[name], token=token))
        QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: bool(happened))
    assert happened == ["painted 9"]
