"""The QApplication of the window: the screen it is on, Fusion, the bundled font, the palette and the one style sheet."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.metrics import Metrics
from ui.panel import USUAL_PX, Panel, Size
from ui.theme import Theme, style_sheet
from ui.widgets.look import MEDIUM
from ui.widgets.text_fit import FAMILY, forget_measures, make_font

FONT_DIRECTORY = Path(__file__).parent / "fonts"
PLATFORM: Final = "QT_QPA_PLATFORM"
ACCESSIBLE: Final = "QT_LINUX_ACCESSIBILITY_ALWAYS_ON"  # else Qt asks a desktop that a kiosk does not have
WITHOUT_SCREEN: Final = ("offscreen", "minimal")  # what Qt names as their screen has nothing to do with any glass


class FontMissingError(Exception):
    """A bundled font file cannot be read: the installation is not complete."""


def make_application(arguments: Sequence[str], metrics: Metrics, theme: Theme | None = None) -> QApplication:
    """The application, ready for a MainWindow. There is one for each process; a second call dresses the same one again."""
    application = start_application(arguments)
    dress_application(application, metrics, theme)
    return application


def start_application(arguments: Sequence[str], size_px: Size = USUAL_PX) -> QApplication:
    """The application, undressed: good for asking about its screen. `size_px` is for a screen that Qt itself makes."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    return QApplication([*(arguments or ["baylight"]), *platform_arguments(size_px)])


def dress_application(application: QApplication, metrics: Metrics, theme: Theme | None = None) -> None:
    """Style, fonts and colours in the sizes of a panel. Raises FontMissingError."""
    application.setStyle("Fusion")
    load_fonts()
    application.setFont(make_font(metrics.body_px, MEDIUM))
    theme = theme or Theme()
    application.setPalette(_palette(theme))
    application.setStyleSheet(style_sheet(theme, metrics))
    application.setEffectEnabled(Qt.UIEffect.UI_AnimateMenu, False)
    application.setQuitOnLastWindowClosed(True)


def be_accessible(is_wanted: bool) -> None:
    """Let assistive technology reach the window by AT-SPI. To be said before the application is made: Qt looks then."""
    if is_wanted:
        os.environ.setdefault(ACCESSIBLE, "1")


def screen_size(application: QApplication) -> Size | None:
    """The pixels of the screen, None where there is no screen that anybody sees."""
    is_told = ":" in os.environ.get(PLATFORM, "")  # offscreen:configfile=... describes a screen to be taken seriously
    screen = application.primaryScreen()
    if screen is None or (application.platformName() in WITHOUT_SCREEN and not is_told):
        return None
    return screen.size().width(), screen.size().height()


def show_on_panel(window: QWidget, panel: Panel, screen_px: Size | None) -> None:
    """Show the window as its panel says. The sizes in it are made for these pixels, so a frame cannot stretch it."""
    window.setFixedSize(*panel.size_px)
    if panel.has_frame or screen_px is None:
        window.show()
        return
    window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    window.move(window.screen().geometry().topLeft())
    if panel.size_px == screen_px:
        window.showFullScreen()
    else:
        window.show()


def platform_arguments(size_px: Size) -> list[str]:
    """Qt's VNC screen has 1024 x 768 pixels unless it is told otherwise."""
    return ["-platform", f"vnc:size={size_px[0]}x{size_px[1]}"] if os.environ.get(PLATFORM) == "vnc" else []


def load_fonts(directory: Path = FONT_DIRECTORY) -> None:
    """Register the bundled cuts of Inter. Raises FontMissingError."""
    if FAMILY in QFontDatabase.families():
        return
    for path in sorted(directory.glob("*.otf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FontMissingError(str(path))
    forget_measures()
    if FAMILY not in QFontDatabase.families():
        raise FontMissingError(f"{FAMILY} in {directory}")


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor(theme.ground))
    palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.text))
    palette.setColor(QPalette.ColorRole.Base, QColor(theme.surface))
    palette.setColor(QPalette.ColorRole.Text, QColor(theme.text))
    palette.setColor(QPalette.ColorRole.Button, QColor(theme.surface))
    palette.setColor(QPalette.ColorRole.ButtonText, QColor(theme.text))
    palette.setColor(QPalette.ColorRole.Highlight, QColor(theme.accent))
    return palette
