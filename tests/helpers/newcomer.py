"""Whoever sets a new station up: touches and scans on the window of the first start, one after the other."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from station.first_start.pages import TEXTS, Page, Trial
from station.first_start.values import FirstStart
from station.scan_form import Stroke
from ui.first_start import FirstStarting

PATIENCE_S = 60.0
KEY_GAP_MS = 8


@dataclass
class Newcomer:
    """Looks before he touches. Everything goes in where a person's input comes in."""

    running: FirstStarting
    _painted: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.running.window.painted.connect(self._on_painted)

    def _on_painted(self, _token: int) -> None:
        self._painted.set()

    @property
    def state(self) -> FirstStart:
        state = self.running.window.state
        assert state is not None
        return state

    async def until(self, wanted: Callable[[FirstStart], bool], what: str) -> FirstStart:
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not wanted(self.state):
                    self._painted.clear()
                    await self._painted.wait()
        except TimeoutError:
            raise AssertionError(f"{what}: {self.state}") from None
        return self.state

    async def until_page(self, page: Page) -> FirstStart:
        return await self.until(lambda state: state.page is page and not state.is_waiting, page.value)

    async def tap(self, name: str) -> None:
        """A finger on a button that can be used, once the screen takes touches."""
        window = self.running.window
        await self._until_screen_takes_touches()
        found = [each for each in window.findChildren(QPushButton, name) if each.isVisible() and each.isEnabled()]
        assert len(found) == 1, f"{name} on {self.state.page}: {len(found)}"
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)

    async def _until_screen_takes_touches(self) -> None:
        if (rest_s := self.running.window.tap_lock_remaining_s) > 0:
            await asyncio.sleep(rest_s)
            await self._until_screen_takes_touches()

    async def go_on(self, page: Page) -> None:
        await self.tap("first_go_on")
        await self.until_page(page)

    async def type(self, text: str) -> None:
        """A text on the keys, page by page."""
        typing = TEXTS[self.state.page]
        for sign in text:
            if sign == " ":
                await self.tap("sign_space")
                continue
            while sign not in typing.keys[self.state.keys]:
                await self.tap("sign_keys")
            await self.tap(f"sign_{typing.keys[self.state.keys].index(sign)}")

    async def type_pin(self, pin: str) -> None:
        for digit in pin:
            await self.tap(f"pin_{digit}")

    async def try_it(self) -> None:
        await self.tap("first_go_on")
        await self.until(lambda state: state.trial in (Trial.GOOD, Trial.BAD), "the try")

    def scan(self, strokes: tuple[Stroke, ...]) -> None:
        """A scanner that types. The window may be told its keys only at the native window, as from a keyboard."""
        native = self.running.window.windowHandle()
        assert native is not None
        at_ms = int(time.monotonic() * 1000)
        for stroke in strokes:
            at_ms += KEY_GAP_MS
            key = Qt.Key.Key_Return if stroke.is_end else Qt.Key.Key_BracketRight if stroke.is_control else Qt.Key.Key_unknown
            modifiers = Qt.KeyboardModifier.ControlModifier if stroke.is_control else Qt.KeyboardModifier.NoModifier
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, modifiers, stroke.text)
                event.setTimestamp(at_ms)
                QCoreApplication.sendEvent(native, event)
