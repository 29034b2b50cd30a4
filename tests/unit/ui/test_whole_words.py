"""At most one primary action on every face; every sentence fits the bar, and "More" of every face its page, in every language."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton

from station.view.message import Level, Message
from station.view.messages import MessagesView
from station.view.view import View
from tests.helpers import faces
from tests.helpers.every_param import params_of
from tests.helpers.message_faces import message_views
from tests.helpers.sync_faces import site_states
from tests.unit.ui.conftest import Bench, MakeBench
from tests.unit.ui.test_layout_rules import PANELS, layout_faults
from ui.language import LANGUAGES
from ui.sentences import MESSAGES
from ui.view_change import is_brief
from ui.view_models.bars import SECONDS
from ui.widgets.fit_label import FitLabel
from ui.widgets.message_bar import MessageBar
from ui.widgets.touch_button import TouchButton

BARS = ("10.1in_1280x800", "12.1in_1024x768")
ERROR = "O301"


def every_view() -> dict[str, View]:
    return faces.all_views() | dict(message_views()) | dict(site_states())


def primaries(bench: Bench) -> list[str]:
    """What looks like the one thing to do: blue, or locked in its place."""
    shown = [each for each in bench.window.findChildren(TouchButton) if each.isVisible()]
    return [each.model.name for each in shown if each.model.is_primary]


@pytest.mark.slow
def test_no_face_has_two_primary_actions(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    found = {}
    for name, view in every_view().items():
        bench.show(view)
        found[name] = primaries(bench)
    assert {name: several for name, several in found.items() if len(several) > 1} == {}
    assert found["pick"] == ["action_confirm"]
    assert found["sign_on"] == []


@pytest.mark.slow
@pytest.mark.parametrize("level", [Level.ACT, Level.STOP])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", BARS)
def test_every_sentence_fits_the_bar(panel: str, language: str, level: Level, make_bench: MakeBench) -> None:
    """With its mark and a code beside it, and values as long as they become; a number for the seconds that it counts itself."""
    bench = make_bench(PANELS[panel], language=language)
    bench.window.show()
    pick, bar = faces.all_views()["pick"], bench.window.findChild(MessageBar)
    bench.show(pick)
    cut = []
    for code in MESSAGES:
        said = {name: 128 if value == SECONDS else value for name, value in params_of(MESSAGES, code).items()}
        bench.window.show_view(replace(pick, bar=Message(code, level, said, error=ERROR)))
        QCoreApplication.sendPostedEvents()
        bar.grab()  # it alone: there are more than five hundred
        cut += [code for each in bar.findChildren(FitLabel) if each.isVisible() and each.is_clipped]
    assert cut == []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", BARS)
def test_what_is_behind_more_fits_on_every_face(panel: str, language: str, make_bench: MakeBench) -> None:
    """With "Messages", which is there while somebody works here."""
    bench = make_bench(PANELS[panel], language=language)
    bench.window.show()
    opened, faults = 0, []
    for name, view in every_view().items():
        bench.show(replace(view, messages=MessagesView()))
        more = [each for each in bench.window.findChildren(QPushButton, "action_more") if each.isVisible() and each.isEnabled()]
        if not more or is_brief(view):  # while it books, for milliseconds, nothing is opened
            continue
        opened += 1
        bench.tap("action_more")
        bench.settle()
        assert bench.button("action_messages")
        faults += [f"{name}: {fault}" for fault in layout_faults(bench, PANELS[panel])]
        bench.tap("action_less")
    assert opened > 20
    assert faults == []
