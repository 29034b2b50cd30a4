"""The QApplication of the window: Fusion, the bundled font, the palette and the one style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ui.metrics import Metrics
from ui.theme import Theme, style_sheet
from ui.widgets.look import MEDIUM
from ui.widgets.text_fit import FAMILY, make_font

FONT_DIRECTORY = Path(__file__).parent / "fonts"


class FontMissingError(Exception):
    """A bundled font file cannot be read: the installation is not complete."""


def make_application(arguments: Sequence[str], metrics: Metrics) -> QApplication:
    """The application, ready for a MainWindow. There is one for each process; a second call dresses the same one again."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication([*arguments] or ["baylight"])
    application.setStyle("Fusion")
    load_fonts()
    application.setFont(make_font(metrics.body_px, MEDIUM))
    theme = Theme()
    application.setPalette(_palette(theme))
    application.setStyleSheet(style_sheet(theme, metrics))
    application.setEffectEnabled(Qt.UIEffect.UI_AnimateMenu, False)
    application.setQuitOnLastWindowClosed(True)
    return application


def load_fonts(directory: Path = FONT_DIRECTORY) -> None:
    """Register the bundled cuts of Inter. Raises FontMissingError."""
    if FAMILY in QFontDatabase.families():
        return
    for path in sorted(directory.glob("*.otf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FontMissingError(str(path))
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
