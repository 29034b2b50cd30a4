"""The scripted operator's hands: touches on the glass and codes from a keyboard-wedge scanner.

Everything goes in where a person's input comes in: mouse events to the native window, which finds the widget under the finger,
and key events with a scanner's time stamps. A button that is hidden, covered or disabled cannot be pressed.
"""

from __future__ import annotations

import asyncio
import time

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QWidget

from ui.demo.eyes import Eyes
from ui.probe import Act, Probe
from ui.window import MainWindow

KEY_GAP_MS = 8  # of a scanner that types
BETWEEN_SCANS_MS = 400  # longer than REPEAT_S of station.scan_repeat: he aims anew for every piece
TAP_LOCK_MARGIN_S = 0.05
DOUBLE_TAP_GAP_S = 0.12
MOST_PAGES = 4  # behind "More"
KEYS = ("key_", "pin_", "text_", "page_", "turn_")

_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.MouseButton.NoButton
_PLAIN = Qt.KeyboardModifier.NoModifier


class NotTouchableError(Exception):
    """There is no such thing to touch on the screen now."""


class Hands:
    """Touches and scans on one window. `tap_lock_s` is how long the screen ignores touches after it changed."""

    def __init__(self, window: MainWindow, *, eyes: Eyes, probe: Probe, tap_lock_s: float) -> None:
        self._window = window
        self._eyes = eyes
        self._probe = probe
        self._tap_lock_s = tap_lock_s
        self._last_key_ms = 0
        self._last_name, self._last_at_s = "", 0.0

    def can_touch(self, name: str) -> bool:
        """Whether a thing with this name is visible, enabled and not covered."""
        return self._find(name) is not None

    async def tap(self, name: str, act: Act = Act.TOUCH) -> None:
        """Touch once, not before the screen takes touches. Raises NotTouchableError."""
        await self._uncover(name)
        await self._until_screen_takes_touches(name)
        self._touch(name, act)

    async def _uncover(self, name: str) -> None:
        """An action that is not on the first row of buttons is behind "more"."""
        for _ in range(MOST_PAGES):
            if self.can_touch(name) or not name.startswith("action_") or not self.can_touch("action_more"):
                return
            await self._until_screen_takes_touches("action_more")
            self._touch("action_more", Act.TOUCH)

    async def double_tap(self, name: str, act: Act = Act.TOUCH) -> None:
        """The two quick touches of a nervous finger. The second lands where the first did, whatever is there by then."""
        await self._uncover(name)
        await self._until_screen_takes_touches(name)
        where = self._touch(name, act)
        await asyncio.sleep(DOUBLE_TAP_GAP_S)
        self._send_touch(where)

    def scan(self, code: str) -> None:
        """A burst of keys, ended by Return, as a scanner types it."""
        self._probe.begin(Act.SCAN, self._eyes.seen)
        now_ms = int(time.monotonic() * 1000)
        self._last_key_ms = max(now_ms, self._last_key_ms + BETWEEN_SCANS_MS)
        for character in code:
            self._send_key(Qt.Key.Key_unknown, character)
        self._probe.sent()
        self._send_key(Qt.Key.Key_Return, "\r")

    async def _until_screen_takes_touches(self, name: str) -> None:
        """He looks before he touches: not a screen that has just changed, nor the same button twice at once."""
        rest_s = self._rest_s(name, asyncio.get_running_loop().time())
        if rest_s > 0:
            await asyncio.sleep(rest_s)
            await self._until_screen_takes_touches(name)

    def _rest_s(self, name: str, now_s: float) -> float:
        is_key = name.startswith(KEYS) and name != "key_enter"
        again_s = 0.0 if is_key or name != self._last_name else self._last_at_s + self._tap_lock_s - now_s
        rest_s = max(self._window.tap_lock_remaining_s, again_s)
        return rest_s + TAP_LOCK_MARGIN_S if rest_s > 0 else 0.0

    def _touch(self, name: str, act: Act) -> QPointF:
        widget = self._find(name)
        if widget is None:
            raise NotTouchableError(name)
        where = QPointF(_middle(widget, self._window))
        self._last_name, self._last_at_s = name, asyncio.get_running_loop().time()
        self._probe.begin(act, self._eyes.seen)
        self._send_touch(where)
        return where

    def _find(self, name: str) -> QWidget | None:
        for widget in self._window.findChildren(QWidget, name):
            if widget.isVisible() and widget.isEnabled():
                hit = self._window.childAt(_middle(widget, self._window))
                if hit is widget or (hit is not None and widget.isAncestorOf(hit)):
                    return widget
        return None

    def _send_touch(self, where: QPointF) -> None:
        native = self._native()
        everywhere = QPointF(self._window.mapToGlobal(where.toPoint()))
        press = QMouseEvent(QEvent.Type.MouseButtonPress, where, where, everywhere, _LEFT, _LEFT, _PLAIN)
        release = QMouseEvent(QEvent.Type.MouseButtonRelease, where, where, everywhere, _LEFT, _NONE, _PLAIN)
        QCoreApplication.sendEvent(native, press)
        self._probe.sent()
        QCoreApplication.sendEvent(native, release)

    def _send_key(self, key: Qt.Key, text: str) -> None:
        native = self._native()
        self._last_key_ms += KEY_GAP_MS
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, _PLAIN, text)
            event.setTimestamp(self._last_key_ms)
            QCoreApplication.sendEvent(native, event)

    def _native(self) -> QWindow:
        native: QWindow | None = self._window.window().windowHandle()
        if native is None:
            raise NotTouchableError("the window is not on the screen")
        return native


def _middle(widget: QWidget, window: QWidget) -> QPoint:
    return widget.mapTo(window, widget.rect().center())
