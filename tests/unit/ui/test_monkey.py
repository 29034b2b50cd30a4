"""A monkey at the real window: touches what can be touched, types scans as a scanner does, while machine and store go their ways.

The rules behind the window are `tests.helpers.world`'s, held to the laws of the house at every step; the days are those of
`tests.unit.station.core.test_world`. What is added here: each screen has a way on that can be touched, and the way out of
whatever happened is walked by touches alone. The small form takes some hundred steps, BAYLIGHT_SOAK ten thousand.
"""

from __future__ import annotations

import os
from functools import cache
from itertools import count

import pytest
from hypothesis import settings
from hypothesis.stateful import invariant, rule
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from station import commands as do
from station.commands import Command
from station.view.sign_on import LockedFace, SignOnFace
from tests.helpers.fake_store import NOON
from tests.unit.station.core.test_world import ANY, DAYS, ToteBay
from tests.unit.ui.conftest import SMALL, ZONE
from ui.app import make_application
from ui.intent import interpret
from ui.language import load_language
from ui.local_state import Local
from ui.texts import Texts
from ui.window import MainWindow

STEPS = 50
DAYS_DRAWN = 200 if os.environ.get("BAYLIGHT_SOAK") else 12
KEY_GAP_MS = 8
BETWEEN_SCANS_MS = 1000
MOST_TOUCHES = 200  # from anywhere to the empty work list


@cache
def dress_once() -> None:
    make_application([], SMALL)


class Monkey(ToteBay):
    """The window of one bay, and whoever touches it."""

    def __init__(self) -> None:
        super().__init__()
        dress_once()
        self.said: list[Command] = []
        self.scanned: list[str] = []
        self.turns = count()
        self.typed_ms = count(BETWEEN_SCANS_MS, BETWEEN_SCANS_MS)
        self.window = MainWindow(
            self.said.append,
            lambda text, source, *, at_s: self.scanned.append(text),
            Texts(load_language("en"), ZONE),
            SMALL,
            lambda: NOON,
            monotonic=lambda: self.world.clock_s,
            tap_lock_s=0.0,
        )
        self.window.resize(SMALL.width_px, SMALL.height_px)
        self.window.show()
        self.world.see = self.window.show_view
        self.window.show_view(self.world.view())

    # --- what the monkey does

    @rule(pick=ANY)
    def something_is_touched(self, pick: int) -> None:
        buttons = self.touchable()
        if buttons:
            self.touch(buttons[pick % len(buttons)])

    @rule(pick=ANY)
    def one_thing_is_touched_twice(self, pick: int) -> None:
        buttons = self.touchable()
        if buttons:
            button = buttons[pick % len(buttons)]
            self.touch(button)
            if button.isVisible() and button.isEnabled():
                self.touch(button)

    @rule(pick=ANY)
    def a_scanner_types(self, pick: int) -> None:
        codes = self.world.scans()
        self.type(codes[pick % len(codes)])

    # --- what must hold

    @invariant()
    def there_is_a_way_on(self) -> None:
        """A button, a code to scan, or the sentence that says what is waited for."""
        view = self.window.view
        assert view == self.world.view(), "the screen shows what is no longer so"
        if self.touchable() or isinstance(view.face, SignOnFace | LockedFace):
            return
        assert self.is_awaited(), f"nothing to touch and nothing to wait for: {view}"

    def is_awaited(self) -> bool:
        world = self.world
        return bool(world.writes or world.reads or world.answers or world.gate or world.questions or world.move)

    def teardown(self) -> None:
        """All is well again: whatever is on the screen, touches lead to the empty work list."""
        world = self.world
        world.calm()
        for _ in range(MOST_TOUCHES):
            world.settle()
            command = world.way_out()
            if command is None:
                break
            if isinstance(command, str):
                world.sign_on(command)
            else:
                self.touch_what_says(command)
        else:
            raise AssertionError(f"touches lead nowhere from {world.view().face}")
        super().teardown()
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no loop runs here that would free it

    # --- fingers

    def touchable(self) -> list[QPushButton]:
        found = [each for each in self.window.findChildren(QPushButton) if each.isVisible() and each.isEnabled()]
        return sorted(found, key=lambda each: (each.objectName(), each.x(), each.y()))

    def touch(self, button: QPushButton) -> None:
        QCoreApplication.sendPostedEvents()  # laid out as for the eye
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.hand_over()

    def touch_what_says(self, command: Command) -> None:
        """The button that means it, on the screen or behind "More". A question comes first: cancelled, or answered anyhow."""
        buttons = {each.objectName(): each for each in self.touchable()}
        meant = {name: self.meaning_of(each) for name, each in buttons.items()}
        wanted = [name for name in meant if meant[name] == command]
        token = self.world.state.token
        ways = (do.Back(token), do.ClosePage(), do.Skip(token))  # work without an order is left by skipping it
        wanted += [name for way in ways for name in meant if meant[name] == way]
        choices = [name for name in meant if name.startswith("choice_")]
        wanted += choices[next(self.turns) % len(choices) :] if choices else []
        wanted += [name for name in meant if name in ("action_more", "action_less")]
        assert wanted, f"no button says {command}, of {meant} on {self.window.view}"
        self.touch(buttons[wanted[0]])

    def meaning_of(self, button: QPushButton) -> object:
        view = self.window.view
        assert view is not None
        return interpret(button.objectName(), view, Local(), page_rows=1)[1]

    def type(self, text: str) -> None:
        """A burst of keys with a scanner's time stamps, ended by Return."""
        at_ms = next(self.typed_ms)
        native = self.window.windowHandle()
        assert native is not None
        for number, character in enumerate((*text, "\r")):
            key = Qt.Key.Key_Return if character == "\r" else Qt.Key.Key_unknown
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
                event.setTimestamp(at_ms + number * KEY_GAP_MS)
                QCoreApplication.sendEvent(native, event)
        assert self.said == [], "keys of a scan reached a button"
        self.hand_over()

    def hand_over(self) -> None:
        """What the window said reaches the station after the touch, as on its loop."""
        said, scanned = tuple(self.said), tuple(self.scanned)
        self.said.clear()
        self.scanned.clear()
        for command in said:
            self.world.give(command)
        for text in scanned:
            self.world.scan(text)
        while self.world.pressed:
            self.window.press(self.world.pressed.pop(0))
            self.hand_over()


pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000 if os.environ.get("BAYLIGHT_SOAK") else 240)]


class TestMonkey(Monkey.TestCase):
    settings = settings(DAYS, max_examples=DAYS_DRAWN, stateful_step_count=STEPS)
