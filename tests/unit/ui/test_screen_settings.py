"""What [screen] says of colours and hand reaches the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from station.settings import ScreenSettings, Settings
from ui.app import make_application
from ui.panel import choose_panel
from ui.run import RunOptions, _make_window
from ui.themes import THEMES


@pytest.mark.parametrize(("theme", "hand"), [("day", "right"), ("night", "left"), ("contrast", "left")])
def test_theme_and_hand_reach_the_window(theme: str, hand: str, qapp: QApplication, tmp_path: Path) -> None:
    settings = Settings(screen=ScreenSettings(theme=theme, hand=hand))
    panel = choose_panel(None, settings.screen)
    make_application([], panel.metrics)
    told: Any = print
    window = _make_window(RunOptions(directory=tmp_path, settings=settings), panel, told, told, told)
    assert window._look.theme is THEMES[theme]
    assert window._look.is_left_handed is (hand == "left")
    window.close()
    window.deleteLater()
