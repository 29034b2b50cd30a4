"""What the window fills: the screen that is there, unless the settings say otherwise."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from station.settings import ScreenSettings
from ui.cli.faults import as_command_error
from ui.panel import ScreenError, choose_panel

SHOWS_A_WINDOW = """
from PySide6.QtWidgets import QWidget
from station.settings import ScreenSettings
from ui.app import dress_application, screen_size, show_on_panel, start_application
from ui.panel import choose_panel
application = start_application(["baylight"])
screen_px = screen_size(application)
panel = choose_panel(screen_px, ScreenSettings())
dress_application(application, panel.metrics)
window = QWidget()
show_on_panel(window, panel, screen_px)
print(screen_px, window.isFullScreen(), window.width(), window.height())
"""


@pytest.mark.parametrize("screen_px", [(1024, 768), (1280, 800), (1366, 768), (1920, 1080)])
def test_a_panel_is_filled_without_a_frame(screen_px: tuple[int, int]) -> None:
    panel = choose_panel(screen_px, ScreenSettings())
    assert (panel.size_px, panel.has_frame) == (screen_px, False)


@pytest.mark.parametrize("screen_px", [(2560, 1440), (3840, 2160), (1920, 1200)])
def test_a_desktop_gets_a_window(screen_px: tuple[int, int]) -> None:
    panel = choose_panel(screen_px, ScreenSettings())
    assert (panel.size_px, panel.has_frame) == ((1280, 800), True)


def test_the_settings_win_over_the_screen() -> None:
    desktop, fixed = (2560, 1440), ScreenSettings(size_px="1024x768", diagonal_in=15.0)
    assert choose_panel(desktop, ScreenSettings(window="full")).size_px == desktop
    panel = choose_panel((1280, 800), fixed)
    assert (panel.size_px, panel.has_frame, panel.metrics.diagonal_in) == ((1024, 768), True, 15.0)
    bare = choose_panel((1280, 800), ScreenSettings(size_px="1024x768", window="full"))
    assert (bare.size_px, bare.has_frame) == ((1024, 768), False)


def test_a_window_on_a_small_desktop_leaves_room_for_its_frame() -> None:
    assert choose_panel((1366, 768), ScreenSettings(window="framed")).size_px == (1280, 704)


def test_without_a_screen_the_usual_panel_is_made() -> None:
    assert choose_panel(None, ScreenSettings()).size_px == (1280, 800)
    assert choose_panel(None, ScreenSettings(size_px="1366x768")).size_px == (1366, 768)


@pytest.mark.parametrize(("screen_px", "diagonal_in"), [((640, 480), 12.1), ((1366, 768), 10.1), ((800, 1280), 12.1)])
def test_a_screen_that_is_too_small_is_refused_with_what_is_needed(screen_px: tuple[int, int], diagonal_in: float) -> None:
    with pytest.raises(ScreenError) as caught:
        choose_panel(screen_px, ScreenSettings(diagonal_in=diagonal_in))
    said = as_command_error(caught.value, str)
    assert said is not None
    assert f"{screen_px[0]} x {screen_px[1]} px" in said.sentence
    assert "needs at least 800 x 600 px and 217 x 136 mm" in said.sentence
    assert "screen.diagonal_in" in said.advice


@pytest.mark.parametrize(
    ("platform", "said"),
    [("offscreen:configfile={file}", "(1366, 768) True 1366 768"), ("offscreen", "None False 1280 800")],
)
def test_the_program_asks_the_screen_that_qt_has(platform: str, said: str, tmp_path: Path) -> None:
    screen = {"name": "panel", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    file = tmp_path / "screens.json"
    file.write_text(json.dumps({"screens": [screen]}))
    environment = {**os.environ, "QT_QPA_PLATFORM": platform.format(file=file)}
    run = subprocess.run(
        [sys.executable, "-c", SHOWS_A_WINDOW], env=environment, capture_output=True, text=True, check=False, timeout=30
    )
    assert run.stdout.strip() == said, run.stderr


def test_qts_own_vnc_screen_is_made_as_large_as_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.app import platform_arguments

    monkeypatch.setenv("QT_QPA_PLATFORM", "vnc")
    assert platform_arguments((1366, 768)) == ["-platform", "vnc:size=1366x768"]
    monkeypatch.setenv("QT_QPA_PLATFORM", "vnc:size=1024x768")
    assert platform_arguments((1366, 768)) == []
