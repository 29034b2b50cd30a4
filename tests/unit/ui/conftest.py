"""Windows of hand-made Views."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from station.commands import Command
from station.view.view import View
from tests.helpers import faces
from ui.app import make_application
from ui.language import LANGUAGES, load_language
from ui.metrics import Metrics
from ui.texts import Texts
from ui.themes import THEMES
from ui.window import MainWindow

SMALL = Metrics(1280, 800, 10.1)
ZONE = ZoneInfo("Europe/Berlin")


class Bench:
    """A window with what it sent and scanned, and a clock that stands still."""

    def __init__(
        self, metrics: Metrics, language: str, tap_lock_s: float, theme: str = "day", hand: str = "right", lifts: int = 0
    ) -> None:
        make_application([], metrics, THEMES[theme])
        self.metrics = metrics
        self.sent: list[Command] = []
        self.scans: list[tuple[str, str]] = []
        self.scanned_at_s: list[float] = []
        texts = Texts(load_language(language), ZONE, choices=LANGUAGES)
        self.window = MainWindow(
            self.sent.append,
            self._scan,
            texts,
            metrics,
            lambda: faces.NOW,
            pictures=faces.picture,
            monotonic=lambda: 3.0,
            tap_lock_s=tap_lock_s,
            theme=THEMES[theme],
            is_left_handed=hand == "left",
            lifts=lifts,
        )
        self.window.resize(metrics.width_px, metrics.height_px)

    def _scan(self, text: str, source: str, *, at_s: float) -> None:
        self.scans.append((text, source))
        self.scanned_at_s.append(at_s)

    def show(self, view: View) -> QPixmap:
        """Show a View and let it be laid out and painted, as the event loop would; the picture of it."""
        self.window.show_view(view)
        return self.settle()

    def settle(self) -> QPixmap:
        QCoreApplication.sendPostedEvents()
        return self.window.grab()

    def button(self, name: str) -> QPushButton:
        """The visible button with this name; fails when there is none or more than one."""
        found = [each for each in self.window.findChildren(QPushButton, name) if each.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)} visible"
        return found[0]

    def tap(self, name: str) -> None:
        """A finger on a visible button."""
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()


MakeBench = Callable[..., Bench]


@pytest.fixture
def make_bench(qapp: QApplication) -> Iterator[MakeBench]:
    """Windows that are closed at the end of the test."""
    benches: list[Bench] = []

    def make(
        metrics: Metrics = SMALL,
        *,
        language: str = "en",
        tap_lock_s: float = 0.0,
        theme: str = "day",
        hand: str = "right",
        lifts: int = 0,
    ) -> Bench:
        benches.append(Bench(metrics, language, tap_lock_s, theme, hand, lifts))
        return benches[-1]

    yield make
    for bench in benches:
        bench.close()


@pytest.fixture
def texts() -> Texts:
    return Texts(load_language("en"), ZONE)
